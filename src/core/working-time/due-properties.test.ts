import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, dayOfNumber, WEEKDAYS } from '../time/index.ts';
import type { Allowance, ClockEvent, CompiledCalendar } from './index.ts';
import { compileCalendar, dueAt, isOpen, workingSecondsBetween } from './index.ts';

const MINUTE = 60_000;
/** Monday 7/8/2023 00:00 in Vietnam. */
const START = Date.parse('2023-08-07T00:00:00+07:00');
const FIRST_DAY = Math.floor((START + 7 * 3_600_000) / DAY_MS);

/** A random week in whole hours, and some exceptions in the weeks after START; kept as plain minutes for the oracle. */
interface Plan {
  /** Per weekday: opening hours as pairs of hours, and tenths of a working day. */
  readonly week: readonly { readonly hours: readonly (readonly [number, number])[]; readonly tenths: number }[];
  readonly off: readonly number[];
}

const hoursOfDay = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constant<[number, number][]>([
      [7, 11],
      [13, 17],
    ]),
  },
  { weight: 2, arbitrary: fc.constant<[number, number][]>([[8, 12]]) },
  { weight: 1, arbitrary: fc.constant<[number, number][]>([[0, 24]]) },
  {
    weight: 1,
    arbitrary: fc.constant<[number, number][]>([
      [6, 9],
      [9, 10],
      [20, 24],
    ]),
  },
  { weight: 2, arbitrary: fc.constant<[number, number][]>([]) },
);
const plans: fc.Arbitrary<Plan> = fc
  .record({
    week: fc.array(fc.record({ hours: hoursOfDay, tenths: fc.constantFrom(10, 10, 10, 5, 0, 3) }), {
      minLength: 7,
      maxLength: 7,
    }),
    off: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 5 }),
  })
  .filter((plan) => plan.week.some((day) => day.hours.length > 0 && day.tenths > 0));

function compile(plan: Plan): CompiledCalendar {
  const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
  const week = Object.fromEntries(
    plan.week.map((day, index) => [
      WEEKDAYS[index],
      { windows: day.hours.map(([from, to]) => [clock(from), clock(to)]), weight: day.tenths / 10 },
    ]),
  );
  const exceptions = plan.off.map((offset) => ({ date: dayOfNumber(FIRST_DAY + offset), kind: 'off' }));
  const result = compileCalendar({ timeZone: 'Asia/Ho_Chi_Minh', week, exceptions });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.calendar;
}

/**
 * The slow truth: walks minute by minute from START. Shares are counted in whole parts of a day, 1 working day =
 * 7,200,000, which every length here (4, 8, 24, 8 hours) and every tenth divides. Answers minutes after START.
 */
function walk(
  plan: Plan,
  received: number,
  allowance: Allowance,
  pauses: readonly (readonly [number, number])[],
): number {
  const isDays = allowance.unit === 'working-day';
  let left = Math.round((allowance.amount ?? 0) * (isDays ? 7_200_000 : 60));
  for (let minute = received; ; minute++) {
    const offset = Math.floor(minute / 1440);
    const day = plan.week[offset % 7];
    const ofDay = minute % 1440;
    const open = day?.hours.some(([from, to]) => from * 60 <= ofDay && ofDay < to * 60) && !plan.off.includes(offset);
    if (!day || !open || pauses.some(([from, to]) => from <= minute && minute < to)) continue;
    const length = day.hours.reduce((sum, [from, to]) => sum + (to - from) * 60, 0);
    left -= isDays ? ((7_200_000 / length) * day.tenths) / 10 : 1;
    if (left <= 0) return minute + 1;
  }
}

const at = (minute: number): Date => new Date(START + minute * MINUTE);
const minuteOf = (instant: Date): number => (instant.getTime() - START) / MINUTE;
const allowances: fc.Arbitrary<Allowance> = fc.oneof(
  fc.record({
    unit: fc.constant('working-day' as const),
    amount: fc.constantFrom(0.1, 0.25, 0.5, 1, 1.5, 2, 3, 7, 12),
  }),
  fc.record({ unit: fc.constant('working-hour' as const), amount: fc.constantFrom(0.5, 1, 2, 4, 8, 12, 24, 40) }),
);
const receipts = fc.integer({ min: 0, max: 14 * 1440 });
const pausePairs = fc
  .uniqueArray(fc.integer({ min: 1, max: 20 * 1440 }), { minLength: 0, maxLength: 6 })
  .map((points) => points.sort((a, b) => a - b))
  .map((points) =>
    points.flatMap((from, i) => (i % 2 === 0 && points[i + 1] ? [[from, points[i + 1] ?? 0] as const] : [])),
  );

function eventsOf(received: number, pauses: readonly (readonly [number, number])[]): ClockEvent[] {
  return pauses.flatMap(([from, to]) => [
    { kind: 'pause' as const, at: at(received + from) },
    { kind: 'resume' as const, at: at(received + to) },
  ]);
}

function due(calendar: CompiledCalendar, received: number, allowance: Allowance, events: ClockEvent[] = []): Date {
  const result = dueAt(calendar, at(received), allowance, { events });
  if (!result.ok || result.dueAt === null) throw new Error(JSON.stringify(result));
  return result.dueAt;
}

describe('against a walk minute by minute', () => {
  test('working days and hours fall due at the same minute', () => {
    fc.assert(
      fc.property(plans, receipts, allowances, (plan, received, allowance) => {
        // Seconds within the minute are rounded up by the walk.
        const found = minuteOf(due(compile(plan), received, allowance));
        expect(Math.ceil(found)).toBe(walk(plan, received, allowance, []));
      }),
      { numRuns: 1500 },
    );
  });

  test('so they do with pauses', () => {
    fc.assert(
      fc.property(plans, receipts, allowances, pausePairs, (plan, received, allowance, pauses) => {
        const found = minuteOf(due(compile(plan), received, allowance, eventsOf(received, pauses)));
        const shifted = pauses.map(([from, to]) => [from + received, to + received] as const);
        expect(Math.ceil(found)).toBe(walk(plan, received, allowance, shifted));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('laws of the clock', () => {
  const units: fc.Arbitrary<Allowance> = fc.oneof(
    allowances,
    fc.record({ unit: fc.constantFrom('day' as const, 'month' as const), amount: fc.integer({ min: 0, max: 12 }) }),
    fc.record({ unit: fc.constant('clock-hour' as const), amount: fc.double({ min: 0, max: 100, noNaN: true }) }),
    fc.constant<Allowance>({ unit: 'same-day' }),
  );

  test('nothing is due before it was received, nor while nobody works (but clock-hours)', () => {
    fc.assert(
      fc.property(plans, receipts, units, (plan, received, allowance) => {
        const calendar = compile(plan);
        const found = due(calendar, received, allowance);
        expect(found.getTime()).toBeGreaterThanOrEqual(at(received).getTime());
        if (allowance.unit === 'clock-hour') return;
        const justBefore = new Date(found.getTime() - 1);
        expect(isOpen(calendar, found) || isOpen(calendar, justBefore)).toBe(true);
      }),
    );
  });

  test('more of a unit is never due earlier', () => {
    fc.assert(
      fc.property(plans, receipts, units, fc.integer({ min: 0, max: 5 }), (plan, received, allowance, more) => {
        const calendar = compile(plan);
        const longer = { ...allowance, amount: (allowance.amount ?? 0) + more };
        expect(due(calendar, received, longer) >= due(calendar, received, allowance)).toBe(true);
      }),
    );
  });

  test('received later is never due earlier', () => {
    fc.assert(
      fc.property(plans, receipts, units, fc.integer({ min: 0, max: 3000 }), (plan, received, allowance, later) => {
        const calendar = compile(plan);
        expect(due(calendar, received + later, allowance) >= due(calendar, received, allowance)).toBe(true);
      }),
    );
  });

  test('a pause never makes anything due earlier, and one after the due instant changes nothing', () => {
    fc.assert(
      fc.property(plans, receipts, units, pausePairs, (plan, received, allowance, pauses) => {
        const calendar = compile(plan);
        const without = due(calendar, received, allowance);
        const withPauses = due(calendar, received, allowance, eventsOf(received, pauses));
        expect(withPauses >= without).toBe(true);
        const [first] = pauses;
        if (!first || at(received + first[0]) >= without) expect(withPauses).toEqual(without);
      }),
    );
  });

  test('a pause split in two that touch is the same pause in working time and hours of the clock', () => {
    const exact = fc.oneof(
      allowances,
      fc.record({ unit: fc.constant('clock-hour' as const), amount: fc.integer({ min: 1, max: 90 }) }),
    );
    fc.assert(
      fc.property(plans, receipts, exact, pausePairs, (plan, received, allowance, pauses) => {
        const calendar = compile(plan);
        const split = pauses.flatMap(([from, to]) => {
          const middle = Math.floor((from + to) / 2);
          return [[from, middle] as const, [middle, to] as const];
        });
        const whole = due(calendar, received, allowance, eventsOf(received, pauses));
        expect(due(calendar, received, allowance, eventsOf(received, split))).toEqual(whole);
      }),
    );
  });

  test('working hours in total are the working time between receipt and due instant', () => {
    fc.assert(
      fc.property(plans, receipts, fc.integer({ min: 1, max: 60 }), (plan, received, amount) => {
        const calendar = compile(plan);
        const found = due(calendar, received, { unit: 'working-hour', amount });
        expect(workingSecondsBetween(calendar, at(received), found)).toBe(amount * 3600);
      }),
    );
  });

  test('an allowance cut in two and run one after the other ends at the same instant', () => {
    fc.assert(
      fc.property(
        plans,
        receipts,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        (plan, received, a, b) => {
          const calendar = compile(plan);
          const first = due(calendar, received, { unit: 'working-hour', amount: a });
          const second = dueAt(calendar, first, { unit: 'working-hour', amount: b });
          const whole = due(calendar, received, { unit: 'working-hour', amount: a + b });
          expect(second).toEqual({ ok: true, dueAt: whole });
        },
      ),
    );
  });

  test('n whole days give the same date in offices of 7, 7.5 and 8 hours', () => {
    const office = (morning: string[], afternoon: string[]): CompiledCalendar => {
      const windows = [morning, afternoon];
      const result = compileCalendar({
        timeZone: 'Asia/Ho_Chi_Minh',
        week: { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows },
      });
      if (!result.ok) throw new Error('refused');
      return result.calendar;
    };
    const offices = [
      office(['07:30', '11:30'], ['13:30', '16:30']),
      office(['07:30', '11:30'], ['13:30', '17:00']),
      office(['07:30', '11:30'], ['13:00', '17:00']),
    ];
    // While all three work.
    const minutes = fc
      .integer({ min: 450, max: 689 })
      .chain((minute) => receipts.map((r) => Math.floor(r / 1440) * 1440 + minute));
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 300 }), (received, amount) => {
        const dates = offices.map((calendar) =>
          due(calendar, received, { unit: 'working-day', amount }).toISOString().slice(0, 10),
        );
        expect(new Set(dates).size).toBe(1);
      }),
    );
  });
});
