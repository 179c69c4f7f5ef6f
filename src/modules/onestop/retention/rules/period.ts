import type { Day } from '../../../../core/time/index.ts';

/**
 * The last day a dossier must be kept: the period counts from the end of the year in which its work ended, so nobody
 * argues about a day (law: docs/law.yaml, unverified). Null: kept for ever.
 * @example lastKeptDay('2024-03-05', 2) === '2026-12-31'
 */
export function lastKeptDay(endedOn: Day, years: number | 'permanent'): Day | null {
  if (years === 'permanent') return null;
  return `${Number(endedOn.slice(0, 4)) + years}-12-31`;
}

/** Due for disposal from the day after the last day it must be kept. */
export function isDue(endedOn: Day, years: number | 'permanent', today: Day): boolean {
  const last = lastKeptDay(endedOn, years);
  return last !== null && today > last;
}
