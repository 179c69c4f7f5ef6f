import { expect, test } from 'vitest';
import { createTranslator } from './translator.ts';

const t = createTranslator({
  hours: '{{hours}} giờ',
  year: 'Năm {{year}}',
  count: 'Có {{count}} hồ sơ',
  word: '<b>{{word}}</b>',
});

test('amounts are written as they are read here, years and numbers of papers as they stand', () => {
  expect(t('hours', { hours: 3021 })).toBe('3.021 giờ');
  expect(t('hours', { hours: 4.2 })).toBe('4,2 giờ');
  expect(t('count', { count: 1_234_567 })).toBe('Có 1.234.567 hồ sơ');
  expect(t('year', { year: 2026 })).toBe('Năm 2026');
  expect(t('word', { word: '1234 {{year}}' })).toBe('<b>1234 {{year}}</b>');
});
