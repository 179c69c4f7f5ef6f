import { addDays, type Day, dayOf, instantAt, timeOf } from '../../../../core/time/index.ts';
import { type CompiledCalendar, closeOfDay, isDayWithHours, isOpen } from '../../../../core/working-time/index.ts';
import type { ApologyKind } from './acts.ts';
import { isLate, type LateFacts } from './lateness.ts';

/** How long before the due date a re-appointment is proposed at the latest; the kind of day is data of the regime. */
export type NoticeRule = { readonly amount: number; readonly unit: 'working-day' | 'day' };

/**
 * Last day on which a re-appointment is proposed in time, inclusive.
 * @example due Monday 28/8/2023 09:00, 1 working day → Friday 25/8/2023; 1 day → Sunday 27/8/2023.
 */
export function lastNoticeDay(calendar: CompiledCalendar, due: Date, rule: NoticeRule): Day {
  let day = dayOf(due);
  for (let left = rule.amount; left > 0; left--) {
    day = addDays(day, -1);
    // A year without an open day is a broken calendar: plain days then, no endless search.
    for (let tries = 0; rule.unit === 'working-day' && !isDayWithHours(calendar, day) && tries < 366; tries++)
      day = addDays(day, -1);
  }
  return day;
}

/**
 * The instant a new due day stands for: the wall time of the present due date where the office is open then, else the
 * close of that day. Undefined on a day without hours.
 */
export function newDueOn(calendar: CompiledCalendar, dueCurrent: Date, day: Day): Date | undefined {
  const close = closeOfDay(calendar, day);
  if (close === undefined) return undefined;
  const same = instantAt(day, timeOf(dueCurrent));
  return isOpen(calendar, same) ? same : close;
}

export type ProposalFacts = LateFacts & {
  /** The one re-appointment has been used. */
  readonly reappointed: boolean;
};

export type ProposalRefusal =
  | 'not-needed'
  | 'second-reappointment'
  | 'paused'
  | 'ended'
  | 'no-date'
  | 'closed-day'
  | 'too-early';

export type CheckedProposal =
  | { readonly ok: true; readonly kind: ApologyKind; readonly newDueAt: Date | null; readonly lateNotice: boolean }
  | { readonly ok: false; readonly why: ProposalRefusal };

/**
 * What a proposal comes to. Before the due instant it is a re-appointment and needs a new day after the present due
 * date; afterwards an apology, with a new day only while the dossier is open and was never re-appointed. Proposed
 * after {@link lastNoticeDay} it is possible all the same, and marked late.
 */
export function checkProposal(
  facts: ProposalFacts,
  newDueDay: Day | null,
  at: { readonly now: Date; readonly calendar: CompiledCalendar; readonly rule: NoticeRule },
): CheckedProposal {
  const { dueCurrent } = facts;
  const refuse = (why: ProposalRefusal): CheckedProposal => ({ ok: false, why });
  if (dueCurrent === null || facts.receivedAt === null) return refuse('not-needed');
  const late = isLate(facts, at.now);
  if (!late && facts.endedAt !== null) return refuse('not-needed');
  const kind: ApologyKind = late ? 'apology' : 'reappointment';
  const lateNotice = dayOf(at.now) > lastNoticeDay(at.calendar, dueCurrent, at.rule);
  if (newDueDay === null) {
    if (!late) return refuse(facts.reappointed ? 'second-reappointment' : 'no-date');
    return { ok: true, kind, newDueAt: null, lateNotice };
  }
  if (facts.endedAt !== null) return refuse('ended');
  if (facts.reappointed) return refuse('second-reappointment');
  if (facts.pausedSince !== null) return refuse('paused');
  const newDueAt = newDueOn(at.calendar, dueCurrent, newDueDay);
  if (newDueAt === undefined) return refuse('closed-day');
  if (newDueAt <= dueCurrent || newDueAt <= at.now) return refuse('too-early');
  return { ok: true, kind, newDueAt, lateNotice };
}
