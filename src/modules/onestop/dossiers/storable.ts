import { AppError } from '../../../platform/errors/app-error.ts';

/** An escaped NUL or lone surrogate in JSON text, not preceded by an odd number of backslashes. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/**
 * Refuses text that PostgreSQL cannot keep: the character U+0000 and half a surrogate pair, wherever they stand. Both
 * come from broken programs, never from a keyboard, and would otherwise be a bare 500.
 * @throws AppError request/invalid.
 */
export function checkStorable(body: unknown): void {
  if (!UNSTORABLE.test(JSON.stringify(body) ?? '')) return;
  throw new AppError('request/invalid', {
    fields: [{ path: 'body', code: 'encoding', message: 'Có ký tự không hợp lệ. Gõ lại thay vì dán từ tệp hỏng.' }],
  });
}
