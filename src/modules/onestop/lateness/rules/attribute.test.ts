import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { instantAt } from '../../../../core/time/index.ts';
import { classify, compileCalendar, dueAt, latenessMinutes } from '../../../../core/working-time/index.ts';
import { attribute, type LatenessFacts, type LatenessSegment, type PartKind } from './attribute.ts';

type Case = {
  readonly case: string;
  readonly steps: Readonly<Record<string, number>>;
  readonly log: readonly (readonly [string, string, string, string])[];
  readonly due: string;
  readonly end: string;
  readonly late: number;
  readonly parts: readonly (readonly [string, string, string, number])[];
  readonly waits?: readonly (readonly [string, number])[];
};
const CASES = parse(fs.readFileSync(path.join(import.meta.dirname, 'cases/attribution.yaml'), 'utf8')) as Case[];

const compiled = compileCalendar({
  timeZone: 'Asia/Ho_Chi_Minh',
  week: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['07:00', '11:30'],
        ['13:30', '17:00'],
      ],
    ]),
  ),
  exceptions: [],
});
if (!compiled.ok) throw new Error('calendar of the tests');
const { calendar } = compiled;

const at = (text: string): Date => instantAt(`2023-08-${text.slice(0, 2)}`, text.slice(3));
const KINDS: Readonly<Record<string, PartKind>> = {
  bước: 'step',
  'một cửa': 'desk',
  'người dân': 'citizen',
  'nộp tiền': 'finance',
  'cơ quan khác': 'agency',
  'không rõ': 'unknown',
};
const PAUSES: Readonly<Record<string, string>> = {
  'chờ dân': 'supplement',
  'chờ nộp tiền': 'finance',
  'chờ cơ quan khác': 'agency',
};
const kindOfStep = (id: string): string => (id === 'tiep-nhan' ? 'receive' : 'process');

function segmentsOf(row: Case): LatenessSegment[] {
  let stepId: string | null = null;
  return row.log.map(([what, who, from, to]) => {
    const reason = PAUSES[what] ?? null;
    if (reason === null) stepId = what || null;
    const staffId = who || null;
    const kind = reason === null ? 'run' : 'pause';
    return { kind, reason, stepId, unitId: null, staffId, startedAt: at(from), endedAt: at(to) };
  });
}

describe('who answers for how many minutes', () => {
  for (const row of CASES) {
    test(row.case, () => {
      const [dueInstant, end] = [at(row.due), at(row.end)];
      const segments = segmentsOf(row);
      const result = attribute({
        segments,
        steps: Object.entries(row.steps).map(([id, amount]) => ({
          id,
          kind: kindOfStep(id),
          allow: { unit: 'working-day', amount },
        })),
        calendar,
        countedFrom: segments[0]?.startedAt ?? dueInstant,
        dueAt: dueInstant,
        endedAt: end,
        late: classify(dueInstant, end, 'by-instant') === 'late',
        decidedByUnitId: 'ubnd',
      });
      expect(result.latenessMinutes).toBe(row.late);
      expect(result.parts.map((p) => [p.kind, p.stepId ?? '', p.staffId ?? '', p.minutes])).toEqual(
        row.parts.map(([kind, ...rest]) => [KINDS[kind], ...rest]),
      );
      if (row.waits) {
        expect(result.waits.map((w) => [w.kind, w.minutes])).toEqual(row.waits.map(([k, n]) => [KINDS[k], n]));
      }
    });
  }
});

const START = at('21 07:00');
const STEP_IDS = ['tiep-nhan', 'tham-tra', 'soat-xet', 'ky'] as const;
/** Any history: holders, pauses, turns back, whole seconds and odd milliseconds, budgets that fit the limit or not. */
const histories = fc.record({
  allows: fc.array(
    fc.record({
      unit: fc.constantFrom('working-day' as const, 'working-hour' as const, 'day' as const, 'clock-hour' as const),
      amount: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 4, maxLength: 4 },
  ),
  limitDays: fc.integer({ min: 0, max: 6 }),
  offsetMs: fc.integer({ min: 0, max: 86_400_000 }),
  skipMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200_000_000 })),
  turns: fc.array(
    fc.record({
      step: fc.integer({ min: -1, max: 3 }),
      staff: fc.integer({ min: 0, max: 3 }),
      pause: fc.option(fc.constantFrom('supplement', 'finance', 'agency'), { freq: 3, nil: null }),
      ms: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90_000_000 }), fc.integer({ min: 0, max: 200_000 })),
    }),
    { maxLength: 14 },
  ),
});
type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

function factsOf(history: History): LatenessFacts {
  let now = new Date(START.getTime() + history.offsetMs);
  const receivedAt = now;
  const segments = history.turns.map(({ step, staff, pause, ms }): LatenessSegment => {
    const startedAt = now;
    now = new Date(now.getTime() + ms);
    const stepId = STEP_IDS[step] ?? null;
    const kind = pause === null ? 'run' : 'pause';
    return { kind, reason: pause, stepId, unitId: 'don-vi', staffId: `cb${staff}`, startedAt, endedAt: now };
  });
  const due = dueAt(calendar, receivedAt, { unit: 'working-day', amount: history.limitDays });
  const dueInstant = due.ok ? due.dueAt : null;
  return {
    segments,
    steps: STEP_IDS.map((id, index) => ({
      id,
      kind: kindOfStep(id),
      allow: history.allows[index] ?? { unit: 'working-day', amount: 0 },
    })),
    calendar,
    countedFrom: new Date(receivedAt.getTime() + history.skipMs),
    dueAt: dueInstant,
    endedAt: now,
    late: classify(dueInstant, now) === 'late',
    decidedByUnitId: 'ubnd',
  };
}

const sum = (parts: readonly { minutes: number }[]): number => parts.reduce((all, part) => all + part.minutes, 0);

describe('for any history', () => {
  test('the parts add up to the lateness to the minute, none is negative or empty', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const facts = factsOf(history);
        const { parts } = attribute(facts);
        expect(sum(parts)).toBe(facts.late ? latenessMinutes(calendar, facts.dueAt, facts.endedAt) : 0);
        for (const part of parts) {
          expect(Number.isInteger(part.minutes)).toBe(true);
          expect(part.minutes).toBeGreaterThan(0);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  test('they add up to the stored lateness too, where another calendar measured it', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 10_000 }), (history, stored) => {
        const facts = { ...factsOf(history), late: true, latenessMinutes: stored };
        const { parts } = attribute(facts);
        expect(sum(parts)).toBe(facts.dueAt === null ? 0 : stored);
        expect(parts.every((part) => part.minutes > 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a dossier that is not late has no parts', () => {
    fc.assert(
      fc.property(histories, (history) => {
        expect(attribute({ ...factsOf(history), late: false }).parts).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('whoever stayed within the budget bears nothing while others overran enough', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { parts } = attribute(factsOf(history));
        const charged = parts.filter((part) => part.minutes > part.overrunMinutes + 1);
        // Somebody is charged for more than the overrun only where all overruns together do not explain the lateness.
        if (charged.length > 0 && parts.every((part) => part.kind !== 'unknown')) {
          expect(parts.reduce((all, part) => all + part.overrunMinutes, 0)).toBeLessThan(sum(parts) + parts.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
