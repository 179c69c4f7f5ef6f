/** An escaped NUL or lone surrogate in JSON text, not preceded by an odd number of backslashes. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** What the person is told; one wording wherever such text comes in. */
export const UNSTORABLE_MESSAGE = 'Có ký tự không hợp lệ. Gõ lại thay vì dán từ tệp hỏng.';

/**
 * False for text that PostgreSQL cannot keep: the character U+0000 and half a surrogate pair, wherever they stand in a
 * JSON value. Both come from broken programs, never from a keyboard, and would otherwise be a bare 500.
 * @example isStorable({ name: 'a\0b' }) === false
 */
export function isStorable(value: unknown): boolean {
  return !UNSTORABLE.test(JSON.stringify(value) ?? '');
}
