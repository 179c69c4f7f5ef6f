import type { Day } from '../../../../core/time/index.ts';

/** A stretch of plain days. Both ends are inclusive; `validTo: null` means still in force. */
export type Period = { readonly validFrom: Day; readonly validTo: Day | null };

/** Whether the day lies in the period; `2025-06-30` lies in a period that ends on `2025-06-30`. */
export function covers(period: Period, day: Day): boolean {
  return period.validFrom <= day && (period.validTo === null || day <= period.validTo);
}

/** Whether two periods share a day. */
export function overlaps(a: Period, b: Period): boolean {
  return (b.validTo === null || a.validFrom <= b.validTo) && (a.validTo === null || b.validFrom <= a.validTo);
}

/** Whether `inner` lies wholly in `outer`. */
export function contains(outer: Period, inner: Period): boolean {
  if (inner.validFrom < outer.validFrom) return false;
  return outer.validTo === null || (inner.validTo !== null && inner.validTo <= outer.validTo);
}
