import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedText } from './carried.ts';
import { foldVietnamese } from './fold.ts';
import { initialsOf, maskIdNumber, normaliseName } from './names.ts';
import {
  evenDecimalsVi,
  formatChangeVi,
  formatDecimalsVi,
  formatNumberVi,
  formatPercentVi,
  formatPointsVi,
  formatVnd,
  parseNumberVi,
  typedNumberVi,
} from './numbers.ts';
import { amountInWords, numberInWords } from './words.ts';

it('leaves out of a text what the XML of an office file cannot carry', () => {
  expect(carriedText('Lê\u0301\u0000\u001f\ufffe\tx\r\n\ud800')).toBe('Lế\tx\r\n\ufffd');
});

describe('folding', () => {
  it('drops every mark of Vietnamese, composed or not, and keeps the rest', () => {
    expect(foldVietnamese('Đặng Thị HÒA – hoà, xã Hiệp Đức 12')).toBe('dang thi hoa – hoa, xa hiep duc 12');
    expect(foldVietnamese('ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ')).toMatch(/^[aeiouy]+$/);
  });
  it('gives one form for NFC and NFD', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldVietnamese(text.normalize('NFD'))).toBe(foldVietnamese(text.normalize('NFC')));
      }),
    );
  });
});

describe('numbers', () => {
  it.each<[number | bigint, string]>([
    [1234567, '1.234.567'],
    [0, '0'],
    [-0, '0'],
    [999, '999'],
    [1000, '1.000'],
    [-12345, '-12.345'],
    [2.5, '2,5'],
    [1234.5, '1.234,5'],
    [0.1 + 0.2, '0,3'],
    [123456789012345678901234567890n, '123.456.789.012.345.678.901.234.567.890'],
  ])('%s is written %s', (value, text) => {
    expect(formatNumberVi(value)).toBe(text);
  });
  it('fills decimals up, signs differences and keeps the per cent sign on the line', () => {
    expect(formatDecimalsVi(81.4, 2)).toBe('81,40');
    expect(formatDecimalsVi(1234, 0)).toBe('1.234');
    expect(formatPercentVi(100)).toBe('100,00\u00a0%');
    expect(formatPercentVi(60, 0)).toBe('60\u00a0%');
    expect([formatChangeVi(-12.4, 2), formatChangeVi(1.2, 2), formatChangeVi(4), formatChangeVi(0)]).toEqual([
      '−12,40',
      '+1,20',
      '+4',
      '0',
    ]);
  });
  it('prints points with two decimals, half up, and numbers of one column with as many as any of them needs', () => {
    expect([83.3, 82.73, 100, 0, 11.455, 1.005, -5.8].map(formatPointsVi)).toEqual([
      '83,30',
      '82,73',
      '100,00',
      '0,00',
      '11,46',
      '1,01',
      '-5,80',
    ]);
    expect([1, 0.5, 2].map(evenDecimalsVi([1, 0.5, 2]))).toEqual(['1,0', '0,5', '2,0']);
    expect([16, 13].map(evenDecimalsVi([16, 13, null]))).toEqual(['16', '13']);
  });
  it('shows đồng with a space that does not break', () => {
    expect(formatVnd(1234567)).toBe('1.234.567\u00a0đ');
  });
  it.each<[string, number | undefined]>([
    ['1.234.567', 1234567],
    ['1 234 567', 1234567],
    ['1.500', 1500],
    ['1.5', 1.5],
    ['2,5', 2.5],
    ['1.234,5', 1234.5],
    ['-3', -3],
    ['12.34.56', undefined],
    ['1,234,567', undefined],
    ['', undefined],
    ['1e5', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['9'.repeat(40), undefined],
  ])('"%s" is read as %s', (text, value) => {
    expect(parseNumberVi(text)).toBe(value);
  });
  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(parseNumberVi(formatNumberVi(value))).toBe(value + 0);
      }),
    );
  });
  it('writes for a field what it reads again, without dots that a plain reader takes for decimals', () => {
    expect([1234.5, -0.25, 1_000_000, null, undefined].map(typedNumberVi)).toEqual([
      '1234,5',
      '-0,25',
      '1000000',
      '',
      '',
    ]);
    // Digits of programs stay what they are: decimals of a sum that is exact, what a form has kept, rounded rates.
    expect(['81.40', '0.30', '-12.345678901234567890', '12', 'trên 2.5 ha'].map(typedNumberVi)).toEqual([
      '81,40',
      '0,30',
      '-12,345678901234567890',
      '12',
      'trên 2,5 ha',
    ]);
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(1, 100, 10_000), (whole, parts) => {
        expect(parseNumberVi(typedNumberVi(whole / parts))).toBe(whole / parts + 0);
      }),
    );
  });
});

/** Reads words back into a number: an oracle that shares nothing with the writer. */
function readWords(text: string): bigint {
  const digits: Record<string, bigint> = {};
  for (const [index, word] of 'không một hai ba bốn năm sáu bảy tám chín'.split(' ').entries()) {
    digits[word] = BigInt(index);
  }
  Object.assign(digits, { mốt: 1n, tư: 4n, lăm: 5n });
  let total = 0n;
  let group = 0n;
  let pending = 0n;
  for (const word of text.split(' ')) {
    if (word === 'linh') continue;
    else if (word === 'mười') group += 10n;
    else if (word === 'mươi' || word === 'trăm') {
      group += pending * (word === 'trăm' ? 100n : 10n);
      pending = 0n;
    } else if (word === 'nghìn' || word === 'triệu') {
      total += (group + pending) * (word === 'nghìn' ? 1000n : 1_000_000n);
      group = 0n;
      pending = 0n;
    } else if (word === 'tỷ') {
      total = (total + group + pending) * 1_000_000_000n;
      group = 0n;
      pending = 0n;
    } else {
      const value = digits[word];
      if (value === undefined) throw new Error(`unknown word ${word}`);
      pending = value;
    }
  }
  return total + group + pending;
}

describe('amounts in words', () => {
  it.each<[number | bigint, string]>([
    [0, 'không'],
    [1, 'một'],
    [5, 'năm'],
    [10, 'mười'],
    [11, 'mười một'],
    [14, 'mười bốn'],
    [15, 'mười lăm'],
    [20, 'hai mươi'],
    [21, 'hai mươi mốt'],
    [24, 'hai mươi tư'],
    [25, 'hai mươi lăm'],
    [100, 'một trăm'],
    [101, 'một trăm linh một'],
    [105, 'một trăm linh năm'],
    [111, 'một trăm mười một'],
    [1000, 'một nghìn'],
    [1005, 'một nghìn không trăm linh năm'],
    [1015, 'một nghìn không trăm mười lăm'],
    [200000, 'hai trăm nghìn'],
    [1234567, 'một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy'],
    [1000005, 'một triệu không trăm linh năm'],
    [1000000000, 'một tỷ'],
    [10005000000, 'mười tỷ không trăm linh năm triệu'],
    [1000000000000n, 'một nghìn tỷ'],
    [1000000000000000000n, 'một tỷ tỷ'],
    [-2000, 'âm hai nghìn'],
  ])('%s is "%s"', (value, words) => {
    expect(numberInWords(value)).toBe(words);
  });
  it('names the currency', () => {
    expect(amountInWords(1005)).toBe('một nghìn không trăm linh năm đồng');
  });
  it('can be read back to the same number, below a thousand one by one and at random above', () => {
    for (let value = 0; value < 2000; value++) expect(readWords(numberInWords(value))).toBe(BigInt(value));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 17n }), (value) => {
        expect(readWords(numberInWords(value))).toBe(value);
      }),
    );
  });
  it('never says "năm" after tens or leaves two spaces', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(numberInWords(value)).not.toMatch(/(mươi|mười) (năm|không)| {2}|mươi một|^ | $/);
      }),
    );
  });
  it('refuses fractions', () => {
    expect(() => amountInWords(1.5)).toThrow(RangeError);
  });
});

describe('names and numbers of people', () => {
  it('normalises spaces and letters, keeps the case', () => {
    expect(normaliseName('  Nguye\u0302\u0303n\u00a0 Thị\tLan\u0000 ')).toBe('Nguyễn Thị Lan');
  });
  it('makes initials', () => {
    expect(initialsOf('Nguyễn Thị Lan')).toBe('NTL');
    expect(initialsOf('đặng')).toBe('Đ');
    expect(initialsOf('Tôn Nữ Thị Ánh Ơn')).toBe('TÁƠ');
    expect(initialsOf('')).toBe('');
  });
  it('masks identity numbers', () => {
    expect(maskIdNumber('049123456712')).toBe('0*********12');
    expect(maskIdNumber('123456')).toBe('******');
    expect(maskIdNumber('')).toBe('');
  });
});
