/** Types an upload may have. */
export type FileKind = 'pdf' | 'jpg' | 'png' | 'docx' | 'xlsx';

export const MIME: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * False where a file of that type certainly lost its end: PDF without `%%EOF`, PNG without IEND, JPEG without EOI, OOXML
 * without the directory of its zip. Bytes after the end mark are tolerated (scanners pad).
 * @param tail the last bytes of the file (4 KiB are enough).
 */
export function hasEnd(kind: FileKind, tail: Uint8Array): boolean {
  switch (kind) {
    case 'pdf':
      return contains(tail, [0x25, 0x25, 0x45, 0x4f, 0x46]);
    case 'png':
      return contains(tail, [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
    case 'jpg':
      // Inside compressed image data 0xFF is always followed by 0x00 or a restart mark, so FF D9 is the end.
      return contains(tail, [0xff, 0xd9]);
    case 'docx':
    case 'xlsx':
      return contains(tail, [0x50, 0x4b, 0x05, 0x06]);
  }
}

function contains(bytes: Uint8Array, mark: readonly number[]): boolean {
  for (let at = bytes.length - mark.length; at >= 0; at--) {
    if (mark.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}
