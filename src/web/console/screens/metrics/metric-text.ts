import { formatDecimalsVi, formatNumberVi, formatPercentVi } from '../../../../core/text/numbers.ts';
import type { MetricValueType } from '../../../../modules/insight/metrics/contract.ts';
import type { Translate } from '../../../shared/i18n/translator.ts';

/** A figure as people read it; nothing below the line is no data, neither 0 nor 100. */
export function valueText(value: Pick<MetricValueType, 'rounded' | 'unit'>, t: Translate): string {
  if (value.rounded === null) return t('metrics.no-data');
  if (value.unit === 'percent') return formatPercentVi(value.rounded);
  return value.unit === 'working-minutes' ? minutesText(value.rounded, t) : formatNumberVi(value.rounded);
}

/** Working minutes as people say them: `18 giờ 13 phút làm việc`, `40 phút làm việc`, `1,5 phút làm việc`. */
function minutesText(minutes: number, t: Translate): string {
  if (minutes < 60) return t('metrics.minutes', { count: formatNumberVi(minutes) });
  const whole = Math.round(minutes);
  return t(whole % 60 === 0 ? 'metrics.hours' : 'metrics.hours-minutes', {
    hours: formatNumberVi(Math.floor(whole / 60)),
    minutes: whole % 60,
  });
}

/** What stands above a column of a chart, whose title says the unit: `41,94`; a dash where there is no data. */
export function columnText({ rounded, unit }: Pick<MetricValueType, 'rounded' | 'unit'>): string {
  return rounded === null ? '–' : formatDecimalsVi(rounded, unit === 'percent' ? 2 : 0);
}

export function fractionText(value: Pick<MetricValueType, 'numerator' | 'denominator' | 'unit'>, t: Translate): string {
  if (value.numerator === null || value.denominator === null) return '';
  return t(value.unit === 'working-minutes' ? 'metrics.fraction-minutes' : 'metrics.fraction', {
    above: formatNumberVi(value.numerator),
    below: formatNumberVi(value.denominator),
  });
}

/** What the figures of a table are made of; no column where they are plain counts. */
export function fractionColumn<Row extends Pick<MetricValueType, 'numerator' | 'denominator' | 'unit'>>(
  rows: readonly Row[],
  t: Translate,
): { id: string; label: string; numeric: true; cell: (row: Row) => string }[] {
  if (rows.every((row) => row.denominator === null)) return [];
  return [{ id: 'of', label: t('metrics.made-of'), numeric: true, cell: (row) => fractionText(row, t) }];
}

/** `1234` → `1.234`; nothing where there is no data. */
export const numberText = (value: number | null): string => (value === null ? '' : formatNumberVi(value));
