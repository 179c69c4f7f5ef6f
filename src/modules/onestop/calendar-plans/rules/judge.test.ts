import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CompiledCalendar, compileCalendar } from '../../../../core/working-time/index.ts';
import { judge, type Policy } from './judge.ts';
import { nextStatus, type PlanOrder, type PlanStatus, STATUS_NAMES } from './stages.ts';

const vn = (text: string): Date => new Date(`${text}+07:00`);
const hours = [
  ['07:00', '11:30'],
  ['13:30', '17:00'],
];
const calendarOff = (...days: readonly string[]): CompiledCalendar => {
  const compiled = compileCalendar({
    timeZone: 'Asia/Ho_Chi_Minh',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, hours])),
    exceptions: days.map((date) => ({ date, kind: 'off' })),
  });
  if (!compiled.ok) throw new Error('calendar');
  return compiled.calendar;
};
const usual = calendarOff();
const calendars = { from: calendarOff('2023-08-22'), to: calendarOff('2023-08-22') };
const forecast = (before: string | null, after: string | null) => ({
  now: { dueAt: before === null ? null : vn(before) },
  moved: after === null ? null : { dueAt: vn(after) },
  classifyRule: 'by-date' as const,
});
const wish = (policy: Policy, now: string, acceptLate = false) => ({ policy, acceptLate, now: vn(now) });

describe('what a plan does to a dossier', () => {
  test('a day off more moves it later, told in working minutes and days', () => {
    const judged = judge(
      forecast('2023-08-23T10:00:00', '2023-08-24T10:00:00'),
      calendars,
      wish('later-only', '2023-08-21T08:00:00'),
    );
    expect(judged).toEqual({ direction: 'later', movedMinutes: 480, movedDays: 1, becomesLate: false, why: null });
  });

  test('the working time is told by the calendar that had it, not by the one that lost it', () => {
    // Due on the day that is now off: by the new calendar alone half of the way would be lost.
    const judged = judge(
      forecast('2023-08-22T13:30:00', '2023-08-23T13:30:00'),
      { from: usual, to: calendars.to },
      wish('later-only', '2023-08-21T08:00:00'),
    );
    expect(judged).toMatchObject({ movedMinutes: 480, movedDays: 1 });
  });

  test('a day off less would move it earlier: kept where dates may only move back', () => {
    const given = forecast('2023-08-24T10:00:00', '2023-08-23T10:00:00');
    const judged = judge(given, calendars, wish('later-only', '2023-08-21T08:00:00'));
    expect(judged).toMatchObject({ direction: 'earlier', movedMinutes: -480, movedDays: -1, why: 'earlier' });
    expect(judge(given, calendars, wish('both', '2023-08-21T08:00:00')).why).toBeNull();
  });

  test('one that would be late at once keeps its date unless the approver accepts it', () => {
    const given = forecast('2023-08-25T10:00:00', '2023-08-23T10:00:00');
    const at = '2023-08-24T08:00:00';
    expect(judge(given, calendars, wish('both', at))).toMatchObject({ becomesLate: true, why: 'makes-late' });
    expect(judge(given, calendars, wish('both', at, true))).toMatchObject({ becomesLate: true, why: null });
  });

  test('one whose date cannot be counted is never moved', () => {
    expect(judge(forecast('2023-08-25T10:00:00', null), calendars, wish('both', '2023-08-21T08:00:00', true)).why).toBe(
      'unknown',
    );
    expect(judge(forecast(null, null), calendars, wish('both', '2023-08-21T08:00:00', true)).direction).toBe('unknown');
  });

  test('never moves earlier what may only move later, never makes late in silence', () => {
    const instant = fc.date({ min: vn('2023-08-01T00:00:00'), max: vn('2023-09-30T00:00:00'), noInvalidDate: true });
    fc.assert(
      fc.property(
        instant,
        instant,
        instant,
        fc.constantFrom<Policy>('later-only', 'both'),
        (before, after, now, policy) => {
          const given = { now: { dueAt: before }, moved: { dueAt: after }, classifyRule: 'by-date' as const };
          const judged = judge(given, calendars, { policy, acceptLate: false, now });
          if (judged.why !== null) return;
          expect(judged.becomesLate).toBe(false);
          if (policy === 'later-only') expect(after >= before).toBe(true);
          expect(Math.sign(judged.movedDays) * (after < before ? -1 : 1)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

test('a plan is applied once and reverted once', () => {
  const ways = (Object.keys(STATUS_NAMES) as PlanStatus[]).flatMap((status) =>
    (['recount', 'discard', 'apply', 'revert'] as PlanOrder[])
      .filter((order) => nextStatus(order, status))
      .map((order) => `${status} ${order} ${nextStatus(order, status)}`),
  );
  expect(ways).toEqual([
    'counting discard discarded',
    'ready recount counting',
    'ready discard discarded',
    'ready apply applying',
    'applied revert reverting',
  ]);
});
