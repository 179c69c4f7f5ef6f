import { describe, expect, it } from 'vitest';
import { loadFonts } from './fonts.ts';
import { readCoverage } from './glyph-coverage.ts';
import { toPrintable, toPrintableData } from './printable-text.ts';

const { covered } = loadFonts([]);
const print = (text: string) => {
  const missing = new Set<string>();
  return { text: toPrintable(text, covered, missing), missing: [...missing] };
};
const ACCENTS = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
/** Vowels with every tone, and đ: the letters beyond ASCII and ASCII itself. */
const letters = [...'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY'].flatMap((vowel) =>
  ACCENTS.map((tone) => (vowel + tone).normalize('NFC')),
);

describe('printable text', () => {
  it('keeps every Vietnamese letter, ₫ and the marks of official papers', () => {
    const text = `${letters.join('')}đĐ₫“”‘’–—…•°×½²`;
    expect(print(text)).toEqual({ text, missing: [] });
  });

  it('composes letters that arrive in pieces', () => {
    expect(print('Tie\u0302\u0301ng Vie\u0302\u0323t').text).toBe('Tiếng Việt');
  });

  it('prints one box for a sign no font can draw and names it', () => {
    expect(print('Lê 👨‍👩‍👧‍👦 ❤️ ក')).toEqual({ text: 'Lê □ □ □', missing: ['👨‍👩‍👧‍👦', '❤️', 'ក'] });
  });

  it('drops control and invisible characters and evens out line ends and spaces', () => {
    expect(print('a\u0007b\u200bc\u202ed\u0000\r\ne\tf\u3000g')).toEqual({ text: 'abcd\ne f g', missing: [] });
  });

  it('reaches strings at any depth and leaves the rest alone', () => {
    const missing = new Set<string>();
    const data = { name: ['😀', { deep: 'x' }], count: 3, yes: true, none: null };
    expect(toPrintableData(data, covered, missing)).toEqual({ ...data, name: ['□', { deep: 'x' }] });
  });

  it('refuses a file that is no font', () => {
    expect(() => readCoverage(Buffer.from('not a font'))).toThrow(RangeError);
  });
});
