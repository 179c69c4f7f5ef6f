/** Printed in place of a sign that no font at hand can draw. Tinos and Be Vietnam Pro both have it. */
export const MISSING_GLYPH = '□';

/** Signs that take no place and need no glyph: joiners, direction marks, variation selectors, soft hyphen, BOM. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
/** Control characters but line feed; tabs and typographic spaces became plain spaces before. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/**
 * Text as it can be printed: NFC, line ends as `\n`, no control characters, and every sign the fonts lack replaced by
 * one {@link MISSING_GLYPH} (a family emoji of seven code points is one sign). The replaced signs go into `missing`, so
 * that the clerk can be told. Text that the fonts cover, which is all Vietnamese, passes unchanged.
 * @example toPrintable('Lê 😀', covered, missing) // 'Lê □', missing: 😀
 */
export function toPrintable(text: string, covered: ReadonlySet<number>, missing: Set<string>): string {
  const clean = text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\t\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(CONTROL, '');
  // Some fonts have glyphs for direction marks: a name must not turn the text after it around.
  const seen = clean.replace(INVISIBLE, '');
  if (isCovered(seen, covered)) return seen;
  let out = '';
  for (const { segment } of graphemes.segment(clean)) {
    const visible = segment.replace(INVISIBLE, '');
    if (isCovered(visible, covered)) {
      out += visible;
      continue;
    }
    missing.add(segment);
    out += MISSING_GLYPH;
  }
  return out;
}

/** {@link toPrintable} for every string value inside plain JSON data; keys, numbers and booleans stay. */
export function toPrintableData(data: unknown, covered: ReadonlySet<number>, missing: Set<string>): unknown {
  if (typeof data === 'string') return toPrintable(data, covered, missing);
  if (Array.isArray(data)) return data.map((item) => toPrintableData(item, covered, missing));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, toPrintableData(value, covered, missing)]),
  );
}

function isCovered(text: string, covered: ReadonlySet<number>): boolean {
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (code !== 10 && !covered.has(code)) return false;
  }
  return true;
}
