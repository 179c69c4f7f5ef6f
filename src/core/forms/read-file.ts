import { cleanText } from './clean.ts';
import type { FileField } from './definition.ts';
import type { Problem } from './problems.ts';
import { isBlank, isRecord, own, type Reading } from './reading.ts';

/** A stored file a form refers to. Put there by the server after upload, never taken from what a browser says. */
export interface FileValue {
  fileId: string;
  name: string;
  mediaType: string;
  sizeBytes: number;
}

/** Media types by the extension a file field accepts. */
export const MEDIA_TYPES = { pdf: 'application/pdf', jpg: 'image/jpeg', png: 'image/png' } as const;
const MAX_FILES = 20;
const MEBIBYTE = 1_048_576;

function readOne(raw: unknown): FileValue | undefined {
  if (!isRecord(raw)) return undefined;
  const [fileId, name, mediaType, sizeBytes] = ['fileId', 'name', 'mediaType', 'sizeBytes'].map((key) => own(raw, key));
  if (typeof fileId !== 'string' || !/^[A-Za-z0-9-]{1,64}$/.test(fileId)) return undefined;
  if (typeof name !== 'string' || typeof mediaType !== 'string' || name.length > 1000) return undefined;
  if (!/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(mediaType) || mediaType.length > 100) return undefined;
  if (!Number.isSafeInteger(sizeBytes) || (sizeBytes as number) < 0) return undefined;
  const shownName = [...cleanText(name, false).text].slice(0, 200).join('').trim() || fileId;
  return { fileId, name: shownName, mediaType, sizeBytes: sizeBytes as number };
}

function problemOf(field: FileField, file: FileValue): Problem | undefined {
  const accepted: readonly string[] = field.accept.map((kind) => MEDIA_TYPES[kind]);
  const { name } = file;
  const max = field.maxMb ?? 10;
  if (!accepted.includes(file.mediaType)) {
    return { at: '', code: 'file-type', params: { name, accept: field.accept.join(', ').toUpperCase() } };
  }
  if (file.sizeBytes === 0) return { at: '', code: 'file-empty', params: { name } };
  if (file.sizeBytes > max * MEBIBYTE) return { at: '', code: 'file-too-large', params: { name, max } };
  return undefined;
}

/** Reads the references of a file field; the content itself is checked at upload. */
export function readFiles(field: FileField, raw: unknown): Reading {
  if (isBlank(raw)) return { known: [], problems: [] };
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  const problems: Problem[] = [];
  const files: FileValue[] = [];
  for (const item of list.slice(0, MAX_FILES)) {
    const file = readOne(item);
    if (file) files.push(file);
    else problems.push({ at: '', code: 'bad-file' });
  }
  const max = field.multiple ? MAX_FILES : 1;
  if (list.length > max) problems.push({ at: '', code: 'too-many-files', params: { max } });
  for (const file of files) {
    const problem = problemOf(field, file);
    if (problem) problems.push(problem);
  }
  const known = files.map(({ name }) => ({ name }));
  return files.length === 0 ? { known, problems } : { value: files, known, problems };
}
