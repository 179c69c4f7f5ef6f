import { addDays, type Day } from '../../../../core/time/index.ts';

/** A calendar of its own that a unit has over a period, both days inclusive; `validTo` null: open. */
export type Assignment = { readonly calendarId: string; readonly validFrom: Day; readonly validTo: Day | null };

/**
 * Lays a period over what a unit was given: within it only the new calendar counts (`calendarId` null: none of its own,
 * so the one of the unit above). What was given outside stays, also behind a period that ends: office hours from 2020,
 * with summer hours laid over 2026-06-01 … 2026-08-31, go on from 2026-09-01.
 */
export function layAssignment(
  given: readonly Assignment[],
  next: { readonly calendarId: string | null; readonly from: Day; readonly to: Day | null },
): readonly Assignment[] {
  const { calendarId, from, to } = next;
  const kept = given.flatMap((one): Assignment[] => {
    const before = one.validFrom < from ? [{ ...one, validTo: earlier(one.validTo, addDays(from, -1)) }] : [];
    const goesOn = to !== null && (one.validTo === null || one.validTo > to);
    return goesOn ? [...before, { ...one, validFrom: later(one.validFrom, addDays(to, 1)) }] : before;
  });
  const added = calendarId === null ? [] : [{ calendarId, validFrom: from, validTo: to }];
  return [...kept, ...added].sort((a, b) => a.validFrom.localeCompare(b.validFrom));
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day | null, b: Day): Day => (a === null || a > b ? b : a);
