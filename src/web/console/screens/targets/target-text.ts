import { formatChangeVi, formatDecimalsVi, formatPercentVi } from '../../../../core/text/numbers.ts';
import type { ActionViewType, TargetLineType } from '../../../../modules/insight/targets/contract.ts';
import type { TagTone } from '../../../shared/design/tag.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { showDay } from '../../data/format.ts';

/** Lights in the order they are counted and chosen. */
export const LIGHTS = ['behind', 'near', 'met', 'too-few', 'no-data'] as const satisfies TargetLineType['light'][];

type Measured = Pick<TargetLineType, 'measure' | 'decimals'>;
type Result = Pick<TargetLineType, 'value' | 'band' | 'bound' | 'numerator' | 'denominator'>;

/** `1.234.567`, `81,40`: at least so many decimals. */
export const numberText = (value: number, least = 0): string => formatDecimalsVi(value, least);

/** `81,40 %`; points and counts bear no sign. */
export function measureText(value: number, { measure, decimals }: Measured): string {
  return measure === 'percent' ? formatPercentVi(value, decimals) : numberText(value, decimals);
}

/** `66,67 %`: shares of a unit's targets. */
export const shareText = (value: number | null, t: Translate): string =>
  value === null ? t('targets.no-data') : formatPercentVi(value);

/** `609/QĐ-UBND, 23/08/2023`; the words of the source where it has no number. */
export function sourceText(row: Pick<TargetLineType, 'sourceNumber' | 'sourceDate' | 'sourceText'>): string {
  return [row.sourceNumber || row.sourceText, showDay(row.sourceDate)].filter(Boolean).join(', ');
}

/** The figure behind a result, as the address of the screen of figures says it. */
export const drillSearch = (drill: NonNullable<TargetLineType['drill']>) => ({
  'so-lieu': drill.metricId,
  'don-vi': drill.unitId,
  ky: drill.period,
  'pham-vi': drill.roll,
  chot: drill.cutoff,
});

/** A result as people read it: no data is said, never shown as 0. */
export function resultText(result: Result, measured: Measured, t: Translate): string {
  if (result.band !== null && measured.measure === 'band') return result.band;
  if (result.value === null) return t('targets.no-data');
  const text = measureText(result.value, measured);
  return result.bound ? t(`targets.bound.${result.bound}`, { value: text }) : text;
}

/** What the result is made of: `16.175 trên 12.000 (suy ra)`. */
export function partsText(line: Pick<TargetLineType, 'planned'> & Result, t: Translate): string {
  const { numerator, denominator, planned } = line;
  if (numerator === null) return '';
  const above = numberText(numerator);
  if (planned)
    return t(planned.derived ? 'targets.of-derived' : 'targets.of', { above, below: numberText(planned.quantity) });
  return denominator === null ? '' : t('targets.of', { above, below: numberText(denominator) });
}

/** `từ 65 % trở lên`, `không thấp hơn đơn vị cấp trên (57,70 %)`, `xếp loại Khá trở lên`. */
export function goalText(line: Pick<TargetLineType, 'goal' | 'measure'>, t: Translate): string {
  const { relation, value, band, reference } = line.goal;
  if (relation === 'band') return t('targets.goal.band', { band: band ?? '' });
  const number =
    value === null ? t('targets.no-data') : line.measure === 'percent' ? formatPercentVi(value, 0) : numberText(value);
  if (reference !== null) return t(`targets.goal.${relation}`, { reference, value: number });
  return t(`targets.goal.${relation}`, { value: number });
}

/** `giảm 20,89 điểm (−72,74 %) so với cuối năm 2022`. */
export function changeText(line: Pick<TargetLineType, 'change' | 'measure'>, t: Translate): string {
  const { change, measure } = line;
  if (!change) return '';
  const size = numberText(Math.abs(change.points), 2);
  const points = measure === 'percent' ? t('targets.points', { points: size }) : size;
  const how = change.points === 0 ? 'same' : change.points > 0 ? 'up' : 'down';
  const relative = change.percent === null ? t('targets.no-relative') : `${formatChangeVi(change.percent, 2)}\u00a0%`;
  return t(`targets.change.${how}`, { points, relative, since: change.since });
}

export function forecastText(line: TargetLineType, t: Translate): string {
  const { forecast } = line;
  if (line.startUnknown) return t('targets.forecast.start-unknown');
  if (!forecast || forecast.method === 'final') return '';
  const value = measureText(forecast.value, line);
  const light = t(`targets.light.${forecast.light}`);
  return t(`targets.forecast.${forecast.method}`, { value, light });
}

/** What a running ratio still needs of all further cases; empty where it is met or cannot be said. */
export function neededText(line: TargetLineType, t: Translate): string {
  const needed = line.forecast?.needed ?? null;
  if (needed === null || needed === 0 || line.light === 'met') return '';
  return needed > 100 ? t('targets.out-of-reach') : t('targets.needed', { value: numberText(needed, 2) });
}

export const STATE_TONES: Readonly<Record<ActionViewType['state'], TagTone>> = {
  open: 'grey',
  doing: 'blue',
  done: 'green',
  dropped: 'grey',
};
