/** Text fit to store, and whether something had to be taken out of it that nobody types on purpose. */
export interface CleanText {
  text: string;
  hadBadCharacters: boolean;
}

/** Nothing a person types into one field is longer; longer input is refused before any other work on it. */
export const HARD_TEXT_LIMIT = 100_000;

/**
 * Normalises typed text: NFC, CRLF → LF, tabs and odd spaces → space, trimmed; single-line text gets single spaces.
 * Control characters and lone surrogates are taken out and told: PostgreSQL's jsonb refuses NUL and half characters.
 * Zero-width marks and the byte-order mark, which paste brings along, go silently.
 */
export function cleanText(raw: string, multiline: boolean): CleanText {
  const wellFormed = raw.isWellFormed();
  let text = raw
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\u2060\ufeff]/gu, '')
    .replace(/[\t\u00a0\u202f\u2007]/gu, ' ');
  if (!wellFormed) text = text.replaceAll('\ufffd', '');
  const withoutControls = text.replace(/[^\P{Cc}\n]/gu, '');
  const hadBadCharacters = !wellFormed || withoutControls.length !== text.length;
  const lines = multiline
    ? withoutControls
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n')
        .trim()
    : withoutControls.replace(/\s+/gu, ' ').trim();
  // Taking characters out can bring a base letter and its mark together: NFC once more keeps this idempotent.
  return { text: lines.normalize('NFC'), hadBadCharacters };
}

/** Length as people count it: code points, so that an emoji is one. */
export function textLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
