import { expect, test } from 'vitest';
import { isStorable } from './storable.ts';

test('text with a zero byte or half a surrogate pair cannot be stored, wherever it stands', () => {
  for (const value of ['a\0b', { a: ['x', { b: '\ud83d' }] }, { 'k\0': 1 }]) expect(isStorable(value)).toBe(false);
});

test('Vietnamese, emoji, escapes and backslashes can be stored', () => {
  for (const value of ['Đặng Thị Ánh', '😀', 'C:\\u0000', '\\\\ud800', undefined, 5, { a: null }])
    expect(isStorable(value)).toBe(true);
});
