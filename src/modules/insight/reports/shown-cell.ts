import type { CellValue } from './rules/sheet.ts';

/** `1.234,5`; '' where there are no data. */
export const shownCell = (value: CellValue): string =>
  typeof value === 'number' ? value.toLocaleString('vi-VN', { maximumFractionDigits: 2 }) : (value ?? '');
