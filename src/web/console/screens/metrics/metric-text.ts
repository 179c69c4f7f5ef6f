import type { MetricValueType } from '../../../../modules/insight/metrics/contract.ts';
import type { Translate } from '../../../shared/i18n/translator.ts';

const NUMBER = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 6 });

/** A figure as people read it; nothing below the line is no data, neither 0 nor 100. */
export function valueText(value: Pick<MetricValueType, 'rounded' | 'unit'>, t: Translate): string {
  if (value.rounded === null) return t('metrics.no-data');
  const count = NUMBER.format(value.rounded);
  if (value.unit === 'percent') return `${count} %`;
  return value.unit === 'working-minutes' ? t('metrics.minutes', { count }) : count;
}

export function fractionText(value: MetricValueType, t: Translate): string {
  if (value.numerator === null || value.denominator === null) return '';
  return t('metrics.fraction', { above: NUMBER.format(value.numerator), below: NUMBER.format(value.denominator) });
}

/** `1234` → `1.234`; nothing where there is no data. */
export const numberText = (value: number | null): string => (value === null ? '' : NUMBER.format(value));
