/**
 * How dossiers received in the period were served, as is known now: level of the online service at reception, papers as files
 * or used again, result handed over electronically, fees (`paid-cashless` is whatever is not cash; `paid-online` and `paid-at-desk`
 * part the same fees by whether some of it went over a platform for online payment). They are kept apart from the rest, so a form that names none of
 * them does not ask for them.
 */
export const SERVED_COUNTS = [
  'online-full',
  'online-partial',
  'papers-digital',
  'papers-reused',
  'returned-electronic',
  'paid-cash',
  'paid-cashless',
  'paid-online',
  'paid-at-desk',
  'fee-unpaid',
] as const;

/**
 * Figures of dossiers a cell may ask for. Counted by deciding unit over whole days in Vietnam; "open" is the end of the
 * period (or now, where it is not over), "late" of open ones is past the due instant then.
 */
export const COUNTS = [
  'carried',
  'received-online',
  'received-desk',
  'received-post',
  'finished-early',
  'finished-on-time',
  'finished-late',
  'resolved-early',
  'resolved-on-time',
  'resolved-late',
  'withdrawn',
  'stopped',
  'open-in-time',
  'open-late',
  'late-apologised',
  'late-unapologised',
  ...SERVED_COUNTS,
] as const;
/**
 * `finished-*` is every end of processing; `resolved-*` leaves out what was withdrawn or stopped; `late-*` are those
 * that finished late, with and without an apology.
 */
export type CountId = (typeof COUNTS)[number];
export type Counts = Readonly<Record<CountId, number>>;

export const NO_COUNTS: Counts = Object.fromEntries(COUNTS.map((id) => [id, 0])) as Record<CountId, number>;

/** @example addCounts({…carried: 3}, {…carried: 4}).carried → 7 */
export function addCounts(a: Counts, b: Counts): Counts {
  return Object.fromEntries(COUNTS.map((id) => [id, a[id] + b[id]])) as Record<CountId, number>;
}
