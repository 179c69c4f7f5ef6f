import { expect, test } from 'vitest';
import { loadMessages } from '../../shared/i18n/load-messages.ts';
import { createTranslator } from '../../shared/i18n/translator.ts';
import { isShort, readPeriod, writePeriod } from './period.ts';

const t = createTranslator(loadMessages('vi', ['ui']));

test.each([
  ['2026-10', '10/2026'],
  ['2026-Q3', 'Quý 3/2026'],
  ['2026-H1', '6 tháng đầu năm 2026'],
  ['2026-H2', '6 tháng cuối năm 2026'],
  ['2026', '2026'],
  ['2026-02-16..2026-12-31', '16/02/2026 – 31/12/2026'],
])('%s is written %s and read again', (id, text) => {
  expect(writePeriod(id, t)).toBe(text);
  expect(readPeriod(text)).toBe(id);
  expect(readPeriod(id)).toBe(id);
});

test.each([
  ['1/2026', '2026-01'],
  ['Tháng 12/2026', '2026-12'],
  [' q4/2026 ', '2026-Q4'],
  ['Năm 2026', '2026'],
  ['16/2/2026 - 31/12/2026', '2026-02-16..2026-12-31'],
  ['2026-12-31..2026-02-16', undefined],
  ['2026-02-30..2026-12-31', undefined],
  ['13/2026', undefined],
  ['quý 5/2026', undefined],
  ['9999', undefined],
  ['01/0026', undefined],
  ['01/01/2026 – 31/12/9999', undefined],
  ['hôm qua', undefined],
  ['', undefined],
])('%j is read as %j', (text, id) => {
  expect(readPeriod(text)).toBe(id);
});

test('a short field is not for what does not fit into it', () => {
  expect(['10/2026', 'Quý 3/2026', '6 tháng đầu năm 2026', '16/02/2026 – 31/12/2026'].map(isShort)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
