import { LEVELS, type Level, MIN_SAMPLE } from './forecast.ts';

/** How many ended dossiers stood at a level before their due date, and how many of them were late. */
export type LevelCount = { readonly level: Level; readonly dossiers: number; readonly late: number };

/** How good a warning was: `precision` of those warned were late, `recall` of the late ones had been warned. */
export type HitRate = {
  /** `likely`: the strong warning alone. `possible`: both warnings together. */
  readonly from: 'likely' | 'possible';
  readonly warned: number;
  readonly warnedLate: number;
  readonly late: number;
  /** 0 to 1; null where fewer than `MIN_SAMPLE` stand below the line. */
  readonly precision: number | null;
  readonly recall: number | null;
};

/**
 * The forecast's own hit rate from what came of it. Example: 40 warned of which 30 late, 50 late in all: precision
 * 0.75, recall 0.6.
 */
export function hitRate(counts: readonly LevelCount[], from: 'likely' | 'possible'): HitRate {
  const least = LEVELS.indexOf(from);
  const warnedRows = counts.filter((row) => LEVELS.indexOf(row.level) >= least);
  const sum = (rows: readonly LevelCount[], of: 'dossiers' | 'late'): number =>
    rows.reduce((all, row) => all + row[of], 0);
  const [warned, warnedLate, late] = [sum(warnedRows, 'dossiers'), sum(warnedRows, 'late'), sum(counts, 'late')];
  const share = (part: number, whole: number): number | null => (whole < MIN_SAMPLE ? null : part / whole);
  return { from, warned, warnedLate, late, precision: share(warnedLate, warned), recall: share(warnedLate, late) };
}
