import { describe, expect, test } from 'vitest';
import { dayNumberOf } from '../time/index.ts';
import { calendarNamed, readMoment } from './case-tables.test-support.ts';
import {
  clockLight,
  closeOfDay,
  instantOfShare,
  isDayWithHours,
  isOpen,
  nextDayWithHours,
  nextOpening,
  uniformHoursPerDay,
  workingDaysBetween,
  workingSecondsBetween,
} from './index.ts';

const office = calendarNamed('office-8h');
const at = (text: string): Date => readMoment(text);

describe('opening hours', () => {
  test('the opening is open, the close is not', () => {
    const moments = ['06:59:59', '07:00', '11:29:59', '11:30', '13:30', '16:59:59', '17:00'];
    expect(moments.map((time) => isOpen(office, at(`2023-08-21 ${time}`)))).toEqual([
      false,
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  test.each([
    ['2023-08-21 09:10', '2023-08-21 09:10'],
    ['2023-08-21 11:30', '2023-08-21 13:30'],
    ['2023-08-21 17:00', '2023-08-22 07:00'],
    ['2023-08-31 17:00', '2023-09-05 07:00'],
    ['2023-08-26 12:00', '2023-08-28 07:00'],
  ])('what comes in at %s starts at %s', (received, starts) => {
    expect(nextOpening(office, at(received))).toEqual(at(starts));
  });

  test('the close of a day, and days without hours', () => {
    expect(closeOfDay(office, '2023-08-21')).toEqual(at('2023-08-21 17:00'));
    expect(closeOfDay(calendarNamed('part-days'), '2023-08-23')).toEqual(at('2023-08-23 11:30'));
    expect(closeOfDay(office, '2023-09-01')).toBeUndefined();
    expect(isDayWithHours(office, '2023-09-01')).toBe(false);
    expect(nextDayWithHours(office, '2023-09-01')).toBe('2023-09-05');
    expect(nextDayWithHours(office, '2023-09-05')).toBe('2023-09-05');
  });
});

describe('working time between two instants', () => {
  test.each([
    ['2023-08-25 16:00', '2023-08-28 08:00', 7_200, 0.25],
    ['2023-08-21 07:00', '2023-08-21 17:00', 28_800, 1],
    ['2023-08-21 11:00', '2023-08-21 14:00', 3_600, 0.125],
    ['2023-08-31 15:30', '2023-09-07 15:30', 86_400, 3],
    ['2023-08-26 08:00', '2023-08-27 08:00', 0, 0],
    ['2023-08-22 08:00', '2023-08-21 08:00', 0, 0],
    ['2023-01-02 07:00', '2023-12-29 17:00', 7_430_400, 258],
  ])('%s to %s', (from, to, seconds, days) => {
    expect(workingSecondsBetween(office, at(from), at(to))).toBe(seconds);
    expect(workingDaysBetween(office, at(from), at(to))).toBe(days);
  });

  test('weights count in days, not in seconds', () => {
    const receives = calendarNamed('saturday-receives');
    const half = calendarNamed('saturday-half');
    const [from, to] = [at('2023-08-26 07:00'), at('2023-08-26 11:30')];
    expect([workingSecondsBetween(receives, from, to), workingDaysBetween(receives, from, to)]).toEqual([16_200, 0]);
    expect(workingDaysBetween(half, from, to)).toBe(0.5);
  });

  test('hours and days convert exactly only where all working days are alike', () => {
    const span = [dayNumberOf('2023-08-01'), dayNumberOf('2023-09-30')] as const;
    expect(uniformHoursPerDay(office, ...span)).toBe(8);
    expect(uniformHoursPerDay(calendarNamed('office-7h30'), ...span)).toBe(7.5);
    expect(uniformHoursPerDay(calendarNamed('saturday-receives'), ...span)).toBe(8);
    expect(uniformHoursPerDay(calendarNamed('saturday-half'), ...span)).toBeUndefined();
    expect(uniformHoursPerDay(calendarNamed('uneven'), ...span)).toBeUndefined();
  });
});

describe('traffic light', () => {
  const clock = { startedAt: at('2023-08-21 08:00'), dueAt: at('2023-08-28 08:00') };
  test.each([
    ['2023-08-21 08:00', 'green', 0],
    ['2023-08-23 12:00', 'green', 0.4875],
    ['2023-08-25 07:59', 'green', 0.799583],
    ['2023-08-25 08:00', 'amber', 0.8],
    ['2023-08-28 08:00', 'amber', 1],
    ['2023-08-28 16:00', 'amber', 1],
    ['2023-08-29 07:00', 'red', 1],
  ])('at %s it is %s', (now, light, usedShare) => {
    const found = clockLight(office, { ...clock, now: at(now) });
    expect(found.light).toBe(light);
    expect(found.usedShare).toBeCloseTo(usedShare, 5);
  });

  test('thresholds and the meaning of late can be set', () => {
    const reading = { ...clock, now: at('2023-08-23 12:00') };
    expect(clockLight(office, reading, { amberFromShare: 0.4 }).light).toBe('amber');
    const justLate = { ...clock, now: at('2023-08-28 08:01') };
    expect(clockLight(office, justLate, { rule: 'by-instant' }).light).toBe('red');
  });

  test('a paused clock stands still, one without a due date has no light', () => {
    const pausedSince = at('2023-08-22 08:00');
    const paused = clockLight(office, { ...clock, now: at('2023-10-01 08:00'), pausedSince });
    expect(paused).toEqual({ light: 'paused', usedShare: expect.closeTo(0.2, 9) });
    expect(clockLight(office, { ...clock, dueAt: null, now: at('2023-08-22 08:00') }).light).toBe('none');
    expect(clockLight(office, { ...clock, dueAt: null, now: at('2023-08-22 08:00'), pausedSince }).light).toBe(
      'paused',
    );
  });

  test('a pause in between does not count where the allowance is given', () => {
    const reading = { startedAt: clock.startedAt, dueAt: at('2023-08-30 08:00'), now: at('2023-08-28 08:00') };
    expect(clockLight(office, { ...reading, allowanceSeconds: 5 * 28_800 }).usedShare).toBeCloseTo(0.6, 9);
  });

  test('twelve hours over a night, when nobody works, are measured by the clock', () => {
    const night = { startedAt: at('2023-08-25 18:00'), dueAt: at('2023-08-26 06:00') };
    expect(clockLight(office, { ...night, now: at('2023-08-25 21:00') })).toEqual({ light: 'green', usedShare: 0.25 });
  });

  test('the instant it turns amber can be stored', () => {
    expect(instantOfShare(office, clock.startedAt, clock.dueAt, 0.8)).toEqual(at('2023-08-25 08:00'));
    expect(instantOfShare(office, clock.startedAt, clock.dueAt, 1)).toEqual(at('2023-08-28 08:00'));
    expect(instantOfShare(office, clock.startedAt, clock.dueAt, 0)).toEqual(at('2023-08-21 08:00'));
  });
});
