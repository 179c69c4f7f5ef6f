import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { CheckedUpload, FilesService } from '../../foundation/files/index.ts';

/** Most files one page takes at once. */
const MAX_FILES = 20;
const MAX_BYTES = 10 * 1024 * 1024;

/** A file that came with a page, already checked; or why it was refused. */
export type PostedFile =
  | { readonly ok: true; readonly field: string; readonly upload: CheckedUpload }
  | { readonly ok: false; readonly field: string; readonly error: AppError };

/** A form as the browser posted it: texts by name (several of one name as a list), files apart. */
export type Posted = { readonly fields: Readonly<Record<string, unknown>>; readonly files: readonly PostedFile[] };

/**
 * Reads a posted form, urlencoded or multipart. Each file is checked while it streams in; a refused one is told with
 * its field and the others are kept. Whoever calls must attach or discard the accepted ones.
 */
export async function readPosted(request: FastifyRequest, files: FilesService): Promise<Posted> {
  const found: PostedFile[] = [];
  const fields = await readParts(request, async (part) => {
    found.push(await take(part, files, found.length));
  });
  return { fields, files: found };
}

/** The texts of a posted form alone; files are read past and kept nowhere. */
export async function readTexts(request: FastifyRequest): Promise<{ fields: Posted['fields']; hadFiles: boolean }> {
  let hadFiles = false;
  const fields = await readParts(request, async (part) => {
    hadFiles = true;
    part.file.resume();
  });
  return { fields, hadFiles };
}

type FilePart = { fieldname: string; filename: string; file: NodeJS.ReadableStream };

async function readParts(
  request: FastifyRequest,
  onFile: (part: FilePart) => Promise<void>,
): Promise<Posted['fields']> {
  if (!request.isMultipart()) return recordOf(request.body);
  const fields: Record<string, unknown> = Object.create(null);
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      put(fields, part.fieldname, typeof part.value === 'string' ? part.value : '');
      continue;
    }
    // A file control left empty still sends a part, without a name.
    if (part.filename === undefined || part.filename === '') {
      part.file.resume();
      continue;
    }
    await onFile(part);
  }
  return { ...fields };
}

async function take(part: FilePart, files: FilesService, count: number): Promise<PostedFile> {
  const field = part.fieldname;
  try {
    if (count >= MAX_FILES) throw new AppError('request/too-large', { params: { limit: `${MAX_FILES} tệp` } });
    const upload = await files.checkUpload(part.file as Parameters<FilesService['checkUpload']>[0], {
      name: part.filename,
      maxBytes: MAX_BYTES,
    });
    return { ok: true, field, upload };
  } catch (error) {
    // The rest must be read, or the next part never comes.
    part.file.resume();
    if (error instanceof AppError) return { ok: false, field, error };
    throw error;
  }
}

function put(fields: Record<string, unknown>, name: string, value: string): void {
  const before = fields[name];
  if (before === undefined) fields[name] = value;
  else fields[name] = Array.isArray(before) ? [...before, value] : [before, value];
}

function recordOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
}

/** Throws away what will not be attached. */
export async function discardFiles(posted: Posted): Promise<void> {
  for (const file of posted.files) if (file.ok) await file.upload.discard();
}

/**
 * One text of a posted form or query, without control characters and broken halves of characters (PostgreSQL refuses
 * them); empty where it is missing or doubled.
 */
export function textOf(fields: Readonly<Record<string, unknown>>, name: string, maxLength = 5000): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value !== 'string') return '';
  return value
    .slice(0, maxLength)
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t\n\r]/gu, '');
}
