import zlib from 'node:zlib';

/** The text of one file of a zip archive, e.g. `word/document.xml` of a DOCX. @throws Error with the name of a missing one */
export function zipEntry(zip: Buffer, wanted: string): string {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6])) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const size = zip.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((from) => zip.readUInt16LE(at + from)) as [number, number, number];
    const local = zip.readUInt32LE(at + 42);
    if (zip.toString('utf8', at + 46, at + 46 + name) === wanted) {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      return zlib.inflateRawSync(zip.subarray(start, start + size)).toString('utf8');
    }
    at += 46 + name + extra + comment;
  }
  throw new Error(wanted);
}
