import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar } from '../../../../core/working-time/index.ts';
import { changeOf, figuresOf } from './figures.ts';
import { isLate } from './lateness.ts';
import { checkProposal, lastNoticeDay, newDueOn } from './proposal.ts';
import { apologyText, numberText } from './words.ts';

const office: [string, string][] = [
  ['07:00', '11:30'],
  ['13:30', '17:00'],
];
const compiled = compileCalendar({
  timeZone: 'Asia/Ho_Chi_Minh',
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, office])),
  exceptions: [],
});
if (!compiled.ok) throw new Error('calendar of the tests');
const { calendar } = compiled;
const at = (wall: string): Date => new Date(`${wall.replace(' ', 'T')}:00+07:00`);

describe('the last day to propose', () => {
  it.each([
    // Hẹn trả thứ Hai 28/8/2023: một ngày làm việc trước là thứ Sáu, một ngày trước là Chủ nhật.
    ['2023-08-28 09:00', 1, 'working-day', '2023-08-25'],
    ['2023-08-28 09:00', 1, 'day', '2023-08-27'],
    ['2023-08-24 08:00', 1, 'working-day', '2023-08-23'],
    ['2023-08-24 08:00', 2, 'working-day', '2023-08-22'],
    ['2023-08-24 08:00', 0, 'working-day', '2023-08-24'],
  ] as const)('of %s, %i %s before, is %s', (due, amount, unit, day) => {
    expect(lastNoticeDay(calendar, at(due), { amount, unit })).toBe(day);
  });
});

it('a new day keeps the wall time of the promise where the office is open then, else the close of that day', () => {
  expect(newDueOn(calendar, at('2023-08-24 08:00'), '2023-08-29')).toEqual(at('2023-08-29 08:00'));
  expect(newDueOn(calendar, at('2023-08-24 17:00'), '2023-08-29')).toEqual(at('2023-08-29 17:00'));
  expect(newDueOn(calendar, at('2023-08-24 08:00'), '2023-08-27')).toBeUndefined();
});

const open = {
  receivedAt: at('2023-08-21 08:00'),
  dueCurrent: at('2023-08-24 08:00'),
  endedAt: null,
  punctuality: null,
  pausedSince: null,
  reappointed: false,
};
const on = (wall: string) => ({ now: at(wall), calendar, rule: { amount: 1, unit: 'working-day' } as const });

describe('a proposal', () => {
  it.each([
    ['in time', open, '2023-08-29', '2023-08-23 16:00', { ok: true, kind: 'reappointment', lateNotice: false }],
    [
      'on the day it is due',
      open,
      '2023-08-29',
      '2023-08-24 07:30',
      { ok: true, kind: 'reappointment', lateNotice: true },
    ],
    [
      'after the date, with a new one',
      open,
      '2023-08-29',
      '2023-08-25 08:00',
      { ok: true, kind: 'apology', lateNotice: true },
    ],
    ['after the date, without', open, null, '2023-08-25 08:00', { ok: true, kind: 'apology', newDueAt: null }],
    ['before the date, without', open, null, '2023-08-23 08:00', { ok: false, why: 'no-date' }],
    [
      'a second time',
      { ...open, reappointed: true },
      '2023-08-29',
      '2023-08-23 08:00',
      { ok: false, why: 'second-reappointment' },
    ],
    [
      'while paused',
      { ...open, pausedSince: at('2023-08-22 08:00') },
      '2023-08-29',
      '2023-08-23 08:00',
      { ok: false, why: 'paused' },
    ],
    ['on a day off', open, '2023-08-27', '2023-08-23 08:00', { ok: false, why: 'closed-day' }],
    ['to a day before', open, '2023-08-23', '2023-08-22 08:00', { ok: false, why: 'too-early' }],
    [
      'ended in time',
      { ...open, endedAt: at('2023-08-23 08:00'), punctuality: 'early' as const },
      null,
      '2023-08-25 08:00',
      { ok: false, why: 'not-needed' },
    ],
    [
      'ended late, with a new date',
      { ...open, endedAt: at('2023-08-25 08:00'), punctuality: 'late' as const },
      '2023-08-29',
      '2023-08-25 09:00',
      { ok: false, why: 'ended' },
    ],
  ] as const)('%s', (_, facts, day, now, expected) => {
    expect(checkProposal(facts, day, on(now))).toMatchObject(expected);
  });

  it('that is lawful moves the date later than promise and now, on an open day; never throws', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 90 }),
        fc.boolean(),
        (dayNow, dayNew, reappointed) => {
          const now = new Date(open.receivedAt.getTime() + dayNow * 7 * 3_600_000);
          const day = new Date(open.receivedAt.getTime() + dayNew * 86_400_000).toISOString().slice(0, 10);
          const checked = checkProposal({ ...open, reappointed }, day, { ...on('2023-08-21 08:00'), now });
          if (!checked.ok || checked.newDueAt === null) return;
          expect(reappointed).toBe(false);
          expect(checked.newDueAt > open.dueCurrent && checked.newDueAt > now).toBe(true);
        },
      ),
    );
  });
});

it('an open dossier is late past its instant, a paused one only where it was late before the pause', () => {
  expect(isLate(open, at('2023-08-24 08:00'))).toBe(false);
  expect(isLate(open, at('2023-08-24 08:01'))).toBe(true);
  expect(isLate({ ...open, pausedSince: at('2023-08-23 08:00') }, at('2023-09-24 08:01'))).toBe(false);
  expect(isLate({ ...open, pausedSince: at('2023-08-25 08:00') }, at('2023-09-24 08:01'))).toBe(true);
  expect(isLate({ ...open, receivedAt: null }, at('2023-09-24 08:01'))).toBe(false);
});

it('figures add up and are rounded to two places', () => {
  expect(
    figuresOf({ finished: 9000, lateFinished: 1872, lateOpen: 1000, withApology: 800, exempted: 72 }),
  ).toMatchObject({
    late: 2872,
    without: 2000,
    denominator: 10_000,
    ratePercent: 28.72,
  });
  expect(figuresOf({ finished: 0, lateFinished: 0, lateOpen: 0, withApology: 0, exempted: 0 }).ratePercent).toBeNull();
});

it.each([
  [28.72, 7.83, -20.89, -72.74],
  [7.83, 28.72, 20.89, 266.79],
  [0, 57.7, 57.7, null],
  [5, 5, 0, 0],
  [null, 5, null, null],
  [5, null, null, null],
] as const)('from %s to %s per cent is %s points, %s per cent', (before, after, points, relativePercent) => {
  expect(changeOf(before, after)).toEqual({ points, relativePercent });
});

it('words say the promise, the apology and the new date', () => {
  const words = {
    kind: 'reappointment',
    agency: 'UBND xã Mẫu',
    dueBefore: at('2023-08-24 08:00'),
    newDueAt: at('2023-08-29 08:00'),
  } as const;
  expect(apologyText(words)).toBe(
    'UBND xã Mẫu không thể trả kết quả đúng hẹn lúc 08:00 ngày 24/08/2023 và xin lỗi Ông/Bà vì sự chậm trễ này. Hẹn trả kết quả mới: 08:00 ngày 29/08/2023.',
  );
  expect(numberText(7, 'PXL')).toBe('07/PXL-UBND');
});
