/** Metrics on a leader's page, in order; their definitions are content of `metrics`. */
export const PAGE_METRICS = ['received', 'finished', 'open', 'open-late', 'late-of-due', 'online-rate'] as const;

/** Metrics on the page of an office, which decides nothing in its own name: what it did with the dossiers it held. */
export const OFFICE_METRICS = [
  'steps-left',
  'steps-late',
  'steps-on-time-rate',
  'steps-returned',
  'step-average-time',
] as const;

/** How a figure moved: in the figure's own unit, and whether that is for the better; null where it cannot be told. */
export type Change = { readonly by: number; readonly better: boolean | null };

/**
 * Difference to the period before, exact to six places (57.7 − 0 = 57.7; 7.83 − 28.72 = −20.89).
 * @param direction which way is good: `higher`, `lower`, or `none`.
 * @returns null where one of the two has no data.
 */
export function changeSince(value: number | null, before: number | null, direction: string): Change | null {
  if (value === null || before === null) return null;
  const by = Math.round((value - before) * 1e6) / 1e6;
  const good = direction === 'higher' ? by > 0 : direction === 'lower' ? by < 0 : null;
  return { by, better: by === 0 ? null : good };
}
