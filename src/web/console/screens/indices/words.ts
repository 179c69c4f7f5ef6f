import {
  evenDecimalsVi,
  formatChangeVi,
  formatNumberVi,
  formatPercentVi,
  formatPointsVi,
} from '../../../../core/text/numbers.ts';
import type { LeagueRowType, SheetPageType } from '../../../../modules/insight/indices/contract.ts';
import type { TagTone } from '../../../shared/design/tag.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';

export const SHEET_TONES: Readonly<Record<SheetPageType['state'], TagTone>> = {
  scoring: 'grey',
  submitted: 'blue',
  explaining: 'amber',
  answered: 'blue',
  settled: 'green',
};
export const ROUND_TONES: Readonly<Record<SheetPageType['round']['state'], TagTone>> = {
  open: 'blue',
  frozen: 'amber',
  published: 'green',
};

/** Points somebody has or lost: `14,50`; a dash where nobody has given any. */
export const points = (value: number | null | undefined, t: Translate): string =>
  value === null || value === undefined ? t('indices.none') : formatPointsVi(value);

/** Points there are to be had, as the set says: `16`, `0,5`. */
export const maximum = (value: number): string => formatNumberVi(value);

/** The same where they stand below each other. */
export const maximumIn = (rows: readonly { readonly max: number | null }[], t: Translate) => {
  const even = evenDecimalsVi(rows.map((row) => row.max));
  return ({ max }: { readonly max: number | null }): string => (max === null ? t('indices.none') : even(max));
};

/** Points for a list: a number with the decimals it has on the page. */
export const listedPoints = (value: number | null | undefined): string | undefined => value?.toFixed(2);

/** `81,40 %` */
export const percent = (value: number | null | undefined, t: Translate): string =>
  value === null || value === undefined ? t('indices.none') : formatPercentVi(Math.round(value * 100) / 100);

export const count = (value: number): string => value.toLocaleString('vi-VN', { maximumFractionDigits: 4 });

/**
 * `+0,50 điểm (năm 2025: 79,98)`, with a word where the earlier total is derived; of other maxima `+1,00 điểm phần trăm (năm
 * 2025: 79,00/100 điểm, 79,00 %)`.
 */
export function changeText(change: LeagueRowType['change'], t: Translate): string {
  if (change === null) return t('indices.none');
  const difference = `${formatChangeVi(change.difference, 2)} ${t(`indices.change-unit.${change.unit}`)}`;
  const before =
    change.unit === 'points'
      ? points(change.total, t)
      : t('indices.change-before', {
          total: points(change.total, t),
          max: maximum(change.max),
          percent: percent(change.percent, t),
        });
  const key = change.derived ? 'indices.change-derived' : 'indices.change-of';
  return t(key, { difference, year: change.year, total: before });
}

/** Where the mark of last year stands on a bar out of `max`: at the same share, where it was out of another maximum. */
export const markBefore = (
  change: Pick<NonNullable<LeagueRowType['change']>, 'unit' | 'total' | 'percent'> | null,
  max: number,
): number | null => change && (change.unit === 'points' ? change.total : (change.percent * max) / 100);

/** `16/18` */
export const rankText = (rank: number | null, population: number | null, t: Translate): string =>
  rank === null ? t('indices.none') : population === null ? String(rank) : `${rank}/${population}`;
