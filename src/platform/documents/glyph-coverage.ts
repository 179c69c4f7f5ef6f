/**
 * Code points a TrueType or OpenType font has a glyph for, read from its `cmap` (formats 4 and 12, the two that every
 * font of this century carries). PDF/A refuses a whole document for one missing glyph, so we must know beforehand.
 * @throws RangeError when the file is no such font
 */
export function readCoverage(font: Buffer): Set<number> {
  const cmap = findTable(font, 'cmap');
  const covered = new Set<number>();
  const subtables = font.readUInt16BE(cmap + 2);
  for (let i = 0; i < subtables; i++) {
    const record = cmap + 4 + i * 8;
    const platform = font.readUInt16BE(record);
    if (platform !== 0 && platform !== 3) continue;
    const start = cmap + font.readUInt32BE(record + 4);
    const format = font.readUInt16BE(start);
    if (format === 4) readFormat4(font, start, covered);
    if (format === 12) readFormat12(font, start, covered);
  }
  return covered;
}

function findTable(font: Buffer, tag: string): number {
  const tables = font.length < 12 ? 0 : font.readUInt16BE(4);
  for (let i = 0; i < tables; i++) {
    const record = 12 + i * 16;
    if (record + 16 > font.length) break;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new RangeError(`Not a TrueType or OpenType font: no "${tag}" table.`);
}

function readFormat4(font: Buffer, start: number, covered: Set<number>): void {
  const doubledSegments = font.readUInt16BE(start + 6);
  const ends = start + 14;
  const starts = ends + doubledSegments + 2;
  const deltas = starts + doubledSegments;
  const offsets = deltas + doubledSegments;
  for (let at = 0; at < doubledSegments; at += 2) {
    const last = font.readUInt16BE(ends + at);
    const first = font.readUInt16BE(starts + at);
    const delta = font.readUInt16BE(deltas + at);
    const offset = font.readUInt16BE(offsets + at);
    for (let code = first; code <= last && code < 0xffff; code++) {
      // An offset counts bytes from its own place in the table, an idiom of 1990.
      const raw = offset === 0 ? code : font.readUInt16BE(offsets + at + offset + (code - first) * 2);
      if (raw !== 0 && ((raw + delta) & 0xffff) !== 0) covered.add(code);
    }
  }
}

function readFormat12(font: Buffer, start: number, covered: Set<number>): void {
  const groups = font.readUInt32BE(start + 12);
  for (let i = 0; i < groups; i++) {
    const group = start + 16 + i * 12;
    const last = font.readUInt32BE(group + 4);
    for (let code = font.readUInt32BE(group); code <= last; code++) covered.add(code);
  }
}
