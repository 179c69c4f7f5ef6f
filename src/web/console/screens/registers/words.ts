import { formatNumberVi } from '../../../../core/text/numbers.ts';
import type { RegisterFieldView, RegisterRow } from '../../../../modules/insight/registers/contract.ts';
import { readResult } from '../../../../modules/insight/registers/rules/result.ts';
import type { TagTone } from '../../../shared/design/tag.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { showDay } from '../../data/format.ts';

/** Where a field of a register stands in a form, apart from the form's own: a register may call a field `reason`. */
export const fieldId = (key: string): string => `entry-field-${key}`;

type Value = number | string | null | undefined;

/** A value of a field for reading; a dash where nothing is known. */
export function showValue(field: RegisterFieldView, value: Value): string {
  if (value === null || value === undefined) return '–';
  if (field.type === 'choice') return field.choices.find((choice) => choice.code === value)?.label ?? String(value);
  if (field.type === 'result') return readResult(value)?.label || String(value);
  if (field.type === 'day') return showDay(String(value));
  if (typeof value !== 'number') return value;
  return field.type === 'percent' ? showPercent(value) : formatNumberVi(value);
}

const showPercent = (value: number): string =>
  `${value.toLocaleString('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} %`;

type Figure = { readonly numerator: number; readonly denominator: number | null; readonly value: number | null };

/** `134,79 %` or `2.358`; a dash for none. */
export function showFigure(unit: string, figure: Figure | null): string {
  if (figure === null || figure.value === null) return '–';
  return unit === 'percent' ? showPercent(figure.value) : formatNumberVi(figure.value);
}

/** `16.175 / 12.000`; the number alone where nothing is divided. */
export function showParts(figure: Figure | null): string {
  if (figure === null) return '–';
  const numerator = formatNumberVi(figure.numerator);
  return figure.denominator === null ? numerator : `${numerator} / ${formatNumberVi(figure.denominator)}`;
}

/** How a row stands, in words. */
export function stateText(t: Translate, row: RegisterRow): string {
  if (row.missing && row.entryId !== null) return t('registers.only-after');
  if (row.missing)
    return row.lateDays === null ? t('registers.missing') : t('registers.missing-late', { days: row.lateDays });
  if (row.entryId === null) return t('registers.not-needed');
  return (row.lateDays ?? 0) > 0 ? t('registers.late-days', { days: row.lateDays ?? 0 }) : t('registers.in-time');
}

export function stateTone(row: RegisterRow): TagTone {
  if (row.missing) return row.lateDays === null ? 'amber' : 'red';
  if (row.entryId === null) return 'grey';
  return (row.lateDays ?? 0) > 0 ? 'amber' : 'green';
}
