import { dayOf, VIETNAM_ZONE } from '../time/index.ts';

/** Trước hạn, đúng hạn, quá hạn. */
export type Punctuality = 'early' | 'on-time' | 'late';

/**
 * How an end is compared with its due date; a matter of the regime. `by-date` compares the dates in the zone (what
 * the vendor systems of the districts did), `by-instant` the instants.
 */
export type PunctualityRule = 'by-date' | 'by-instant';

/**
 * The one place that says early, on time or late. `end` is the end of processing, never the collection (T7); for
 * what is still open, the instant of looking. Without a due date the answer is on time.
 *
 * Example, by date: due 31/8, ended 30/8 / 31/8 / 5/9 → early / on-time / late (T6).
 */
export function classify(
  due: Date | null,
  end: Date,
  rule: PunctualityRule = 'by-date',
  zone: string = VIETNAM_ZONE,
): Punctuality {
  if (due === null) return 'on-time';
  switch (rule) {
    case 'by-date':
      return compare(dayOf(end, zone), dayOf(due, zone));
    case 'by-instant':
      return compare(end.getTime(), due.getTime());
  }
}

function compare<T extends string | number>(end: T, due: T): Punctuality {
  if (end === due) return 'on-time';
  return end < due ? 'early' : 'late';
}
