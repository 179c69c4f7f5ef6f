import { Decimal, type Lost, rounded } from '../../../../core/scoring/index.ts';

/** A place where points of the index were lost the year before; null: the criterion has no points this year (yet). */
export type WonBack = {
  readonly id: string;
  readonly name: string;
  readonly lostBefore: number;
  readonly lostNow: number | null;
  /** Of what was lost, how much is not lost any more; below 0: more is lost than then. */
  readonly wonBack: number | null;
};

/** What became of the points lost the year before, in the order of that loss. @param lostNow points lost this year by id */
export const wonBack = (before: readonly Lost[], lostNow: (id: string) => number | null): WonBack[] =>
  before.map(({ id, name, points }) => {
    const now = lostNow(id);
    const back = now === null ? null : rounded(new Decimal(points).minus(now));
    return { id, name, lostBefore: points, lostNow: now, wonBack: back };
  });
