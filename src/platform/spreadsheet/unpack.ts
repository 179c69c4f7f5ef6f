import { inflateRawSync } from 'node:zlib';

/** Inflated bytes of all needed parts together; a commune's register of a year has some hundred kB. */
const MAX_INFLATED = 24 * 1024 * 1024;
const MAX_ENTRIES = 2000;
const NEEDED =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/sharedStrings\.xml|xl\/styles\.xml|xl\/worksheets\/sheet\d+\.xml)$/;

export type Unpacked =
  | { readonly ok: true; readonly parts: Map<string, Uint8Array> }
  | { readonly ok: false; readonly code: 'not-a-workbook' | 'old-format' | 'too-large' };

const BROKEN = { ok: false, code: 'not-a-workbook' } as const;
const TOO_LARGE = { ok: false, code: 'too-large' } as const;

/**
 * The parts of an XLSX that carry cells, inflated under a ceiling: a file of 5 MB may not become gigabytes in memory, and
 * pictures, macros, links and comments are never looked at. The sizes a ZIP declares of itself are not believed.
 */
export function unpackWorkbook(bytes: Uint8Array): Unpacked {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length >= 8 && file.readUInt32BE(0) === 0xd0cf11e0) return { ok: false, code: 'old-format' };
  if (file.length < 22 || file.readUInt32LE(0) !== 0x04034b50) return BROKEN;
  try {
    return inflateParts(file);
  } catch {
    // An offset outside of the file, or data that is not deflate.
    return BROKEN;
  }
}

function inflateParts(file: Buffer): Unpacked {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) return BROKEN;
  const entries = file.readUInt16LE(end + 10);
  if (entries > MAX_ENTRIES) return TOO_LARGE;
  const parts = new Map<string, Uint8Array>();
  let left = MAX_INFLATED;
  let at = file.readUInt32LE(end + 16);
  for (let entry = 0; entry < entries; entry += 1) {
    if (file.readUInt32LE(at) !== 0x02014b50) return BROKEN;
    const nameLength = file.readUInt16LE(at + 28);
    const name = file
      .toString('utf8', at + 46, at + 46 + nameLength)
      .replaceAll('\\', '/')
      .replace(/^\//, '');
    if (NEEDED.test(name)) {
      const content = inflateEntry(file, at, left);
      if (content === null) return BROKEN;
      if (content === 'too-large' || parts.has(name)) return content === 'too-large' ? TOO_LARGE : BROKEN;
      left -= content.length;
      parts.set(name, content);
    }
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts.has('xl/workbook.xml') ? { ok: true, parts } : BROKEN;
}

/** One entry by its record in the directory at `at`; `null` for an encrypted one or another method than deflate. */
function inflateEntry(file: Buffer, at: number, limit: number): Uint8Array | 'too-large' | null {
  const encrypted = (file.readUInt16LE(at + 8) & 1) === 1;
  const method = file.readUInt16LE(at + 10);
  const size = file.readUInt32LE(at + 20);
  const local = file.readUInt32LE(at + 42);
  if (encrypted || (method !== 0 && method !== 8) || file.readUInt32LE(local) !== 0x04034b50) return null;
  const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  if (begin + size > file.length) return null;
  const packed = file.subarray(begin, begin + size);
  if (method === 0) return packed.length > limit ? 'too-large' : packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return 'too-large';
    throw error;
  }
}
