import type { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { formatNumberVi } from '../../../core/text/numbers.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { BlobStore, StagedBlob } from './ports.ts';
import { type FileKind, hasEnd, MIME } from './rules/completeness.ts';
import { safeFileName } from './rules/file-name.ts';

/** 20 MiB, inclusive. Below the 25 MiB at which the HTTP layer cuts an upload off. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;
export const DEFAULT_ACCEPT: readonly FileKind[] = ['pdf', 'jpg', 'png'];

export type UploadOptions = {
  /** Name as the browser sent it; cleaned here. */
  readonly name: string;
  /** Inclusive; default `MAX_UPLOAD_BYTES`. */
  readonly maxBytes?: number;
  /** Default `DEFAULT_ACCEPT`. */
  readonly accept?: readonly FileKind[];
};

/** A checked content waiting in the store's temporary part: `attach` it, or `discard` it. */
export type CheckedUpload = {
  readonly name: string;
  readonly mime: string;
  readonly staged: StagedBlob;
  discard(): Promise<void>;
};

/**
 * Takes an upload in and looks at what it really is; the declared type and extension count for nothing.
 * @throws AppError file/empty, file/too-large, file/wrong-type, file/truncated; nothing is kept then.
 */
export async function checkUpload(
  store: BlobStore,
  source: Readable | Buffer,
  options: UploadOptions,
): Promise<CheckedUpload> {
  const { maxBytes = MAX_UPLOAD_BYTES, accept = DEFAULT_ACCEPT } = options;
  const shown = safeFileName(options.name, /\.([A-Za-z0-9]{1,5})$/.exec(options.name)?.[1] ?? 'bin');
  const staged = await store.stage(source, maxBytes);
  if (staged === 'too-large')
    throw new AppError('file/too-large', { params: { name: shown, limit: sizeText(maxBytes) } });
  const refuse = async (code: 'file/empty' | 'file/wrong-type' | 'file/truncated'): Promise<never> => {
    await staged.discard();
    throw new AppError(code, { params: { name: shown } });
  };
  if (staged.size === 0) return refuse('file/empty');
  const found = await recognise(staged.head);
  const kind = accept.find((accepted) => accepted === found);
  if (!kind) return refuse('file/wrong-type');
  if (!hasEnd(kind, staged.tail)) return refuse('file/truncated');
  return { name: safeFileName(options.name, kind), mime: MIME[kind], staged, discard: () => staged.discard() };
}

/** An archive whose first part is cut short makes the library throw: then it is none of our types. */
async function recognise(head: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(head))?.ext;
  } catch {
    return undefined;
  }
}

function sizeText(bytes: number): string {
  const mib = bytes / (1024 * 1024);
  return mib >= 1 ? `${formatNumberVi(Math.floor(mib * 10) / 10)} MB` : `${Math.floor(bytes / 1024)} KB`;
}
