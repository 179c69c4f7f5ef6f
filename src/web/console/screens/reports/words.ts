import type { ReportLineType, ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import type { TagTone } from '../../../shared/design/tag.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';

export const STATE_TONES: Readonly<Record<ReportLineType['state'], TagTone>> = {
  assigned: 'grey',
  draft: 'blue',
  submitted: 'blue',
  returned: 'amber',
  resubmitted: 'blue',
  accepted: 'green',
  locked: 'green',
  reopened: 'amber',
};

export const lateTone = (row: ReportLineType): TagTone =>
  row.lateDays === null ? 'grey' : row.lateDays > 0 ? 'red' : 'green';

export function lateText(t: Translate, row: ReportLineType): string {
  if (row.lateDays === null) return t('reports.not-due');
  return row.lateDays > 0 ? t('reports.late-days', { days: row.lateDays }) : t('reports.in-time');
}

/** A number as people type it: `1.234,5`; null for nothing, undefined for what is none. */
export function readNumber(typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  if (!/^(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(text)) return undefined;
  return Number(text.replaceAll('.', '').replace(',', '.'));
}

/** `1.234,5`; a dash where there are no data. */
export function showCell(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'number' ? value.toLocaleString('vi-VN', { maximumFractionDigits: 2 }) : value;
}

/** `81,40`: a percentage for people has two decimals. */
export const showPercent = (value: number): string =>
  value.toLocaleString('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const cellRow = (page: ReportPageType, row: string): ReportPageType['rows'][number] | null | undefined =>
  row === 'total' ? page.total : page.rows.find((one) => one.id === row);

/** How a cell is named above what stands behind it. */
export function cellTitle(
  page: ReportPageType,
  row: string,
  column: string,
): { readonly row: string; readonly column: string; readonly title: string } {
  const head = page.columns.find((one) => one.no === column);
  const title = [...(head?.group ?? []), head?.title ?? ''].join(' – ');
  return { row: cellRow(page, row)?.label ?? '', column, title };
}
