import { type Day, dayNumberOf, dayOf } from '../../../../core/time/index.ts';
import { type CompiledCalendar, classify, workingMsBetween } from '../../../../core/working-time/index.ts';

/** `later-only`: dates move back only; what would come earlier keeps its date and its calendar. */
export type Policy = 'later-only' | 'both';
export type Direction = 'later' | 'earlier' | 'same' | 'unknown';
/**
 * Why a dossier keeps its date: it would come earlier, would be late at once, its date cannot be counted, or it is due
 * before the unit follows the other calendar.
 */
export type WhyKept = 'earlier' | 'makes-late' | 'unknown' | 'before-start';

/** What is known of a dossier: its date now, and by the new calendar (null: the rules do not come to the present date). */
export type Forecast = {
  readonly now: { readonly dueAt: Date | null };
  readonly moved: { readonly dueAt: Date | null } | null;
  readonly classifyRule: 'by-date' | 'by-instant';
};

export type Judgement = {
  readonly direction: Direction;
  /** Working minutes between the dates, by the calendar that has more of them there; negative: earlier. */
  readonly movedMinutes: number;
  /** Days of the calendar on the wall between the dates; negative: earlier. */
  readonly movedDays: number;
  /** In time by the old date at this moment, late by the new one. */
  readonly becomesLate: boolean;
  readonly why: WhyKept | null;
};

export type Wish = {
  readonly policy: Policy;
  /** Whether the approver accepts dossiers that become late by the move (`both` only). */
  readonly acceptLate: boolean;
  readonly now: Date;
  /** First day of the calendar at the unit, where it was assigned to one: what is due before keeps its date. */
  readonly startsOn?: Day | null;
};

/**
 * What becomes of one dossier under a plan. Pure.
 * Example: due Wed 23/8, a new day off on Tue 22/8 → `later`, 480 minutes, 1 day; to be moved.
 */
export function judge(
  forecast: Forecast,
  calendars: { readonly from: CompiledCalendar; readonly to: CompiledCalendar },
  wish: Wish,
): Judgement {
  const before = forecast.now.dueAt;
  const after = forecast.moved?.dueAt ?? null;
  if (!before || !after) {
    return { direction: 'unknown', movedMinutes: 0, movedDays: 0, becomesLate: false, why: 'unknown' };
  }
  const direction = directionOf(before, after);
  const becomesLate =
    classify(before, wish.now, forecast.classifyRule) !== 'late' &&
    classify(after, wish.now, forecast.classifyRule) === 'late';
  const [first, last] = after < before ? [after, before] : [before, after];
  // A day off more has no hours in the new calendar, a day off less none in the old one.
  const worked = [calendars.from, calendars.to].map((calendar) => workingMsBetween(calendar, first, last));
  const minutes = Math.round(Math.max(...worked) / 60_000);
  return {
    direction,
    movedMinutes: direction === 'earlier' ? -minutes : minutes,
    movedDays: dayNumberOf(dayOf(after)) - dayNumberOf(dayOf(before)),
    becomesLate,
    why: wish.startsOn && dayOf(before) < wish.startsOn ? 'before-start' : whyKept(direction, becomesLate, wish),
  };
}

function directionOf(before: Date, after: Date): Direction {
  if (after.getTime() === before.getTime()) return 'same';
  return after > before ? 'later' : 'earlier';
}

function whyKept(
  direction: Direction,
  becomesLate: boolean,
  { policy, acceptLate }: { readonly policy: Policy; readonly acceptLate: boolean },
): WhyKept | null {
  if (direction === 'earlier' && policy === 'later-only') return 'earlier';
  return becomesLate && !acceptLate ? 'makes-late' : null;
}
