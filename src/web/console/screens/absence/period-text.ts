import { showDay, showShortInstant } from '../../data/format.ts';

const midnight = (iso: string): boolean =>
  new Date(Date.parse(iso) + 7 * 3_600_000).getUTCHours() === 0 && /T\d\d:00:00/.test(iso);
const dayOf = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);

/** Beginning of an absence: the day alone where it begins with the day. */
export const showStart = (iso: string): string =>
  midnight(iso) ? showDay(dayOf(Date.parse(iso))) : showShortInstant(iso);

/** End of an absence as people say it: the last day away where it ends with the day, not the midnight after. */
export const showEnd = (iso: string): string =>
  midnight(iso) ? showDay(dayOf(Date.parse(iso) - 1)) : showShortInstant(iso);
