import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dayOf, instantAt, timeOf } from '../../../../core/time/index.ts';
import { type ClockEvent, dueAt } from '../../../../core/working-time/index.ts';
import { getWarningContent } from '../content.ts';
import { officeCalendar } from '../testing/office.ts';
import { findLadderFaults, type LadderDefinition } from './definition.ts';
import { ladder, type PlacedRung } from './ladder.ts';
import { roundOf, timingOf } from './timing.ts';

type Case = {
  ten: string;
  nhan: string;
  han: string;
  'chinh-sach'?: 'restart';
  'su-kien'?: { loai: 'pause' | 'resume'; luc: string; 'ly-do': 'supplement' }[];
  cham: Record<string, string>;
};

const calendar = officeCalendar();
const definition = getWarningContent().ladders[0]?.definition as LadderDefinition;
const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11, 16)) ?? new Date(Number.NaN);
const show = (date: Date): string => `${dayOf(date)} ${timeOf(date).slice(0, 5)}`;
const cases = parse(readFileSync(new URL('./cases/ladder.yaml', import.meta.url), 'utf8')) as Case[];

describe('the ladder, case by case', () => {
  it.each(cases.map((one) => [one.ten, one] as const))('%s', (_, one) => {
    const events = (one['su-kien'] ?? []).map(
      (e) => ({ kind: e.loai, at: at(e.luc), reason: e['ly-do'] }) as ClockEvent,
    );
    const timing = timingOf(at(one.nhan), at(one.han), { events, supplementPolicy: one['chinh-sach'] ?? 'pause' });
    const placed = ladder({ ...definition, step: [] }, { dossier: timing, step: null }, calendar);
    const found = Object.fromEntries(
      Object.keys(one.cham).map((id) => {
        const rung = placed.find((each) => each.rung.id === id);
        return [id, rung ? show(rung.at) : '-'];
      }),
    );
    expect(found).toEqual(one.cham);
  });
});

it('a step with no budget, or paused since its beginning, has no rungs', () => {
  const dossier = timingOf(at('2026-03-02 07:00'), at('2026-03-06 17:00'), { events: [], supplementPolicy: 'pause' });
  const handOver = { ...dossier, dueAt: dossier.startedAt };
  expect(ladder(definition, { dossier, step: handOver }, calendar).filter((r) => r.subject === 'step')).toEqual([]);
  expect(ladder(definition, { dossier, step: null }, calendar).every((r) => r.subject === 'dossier')).toBe(true);
});

it('a new round begins where the allowance counts anew, and only there', () => {
  const events: ClockEvent[] = [
    { kind: 'pause', at: at('2026-03-03 08:00'), reason: 'supplement' },
    { kind: 'resume', at: at('2026-03-04 08:00'), reason: 'supplement' },
    { kind: 'pause', at: at('2026-03-05 08:00'), reason: 'finance' },
    { kind: 'resume', at: at('2026-03-06 08:00'), reason: 'finance' },
    { kind: 'next-phase', at: at('2026-03-06 08:00') },
  ];
  expect(roundOf({ events, supplementPolicy: 'pause' })).toBe(1);
  expect(roundOf({ events, supplementPolicy: 'restart' })).toBe(2);
});

describe('properties', () => {
  const start = fc
    .integer({ min: 0, max: 60 * 24 * 40 })
    .map((n) => new Date(at('2026-02-02 07:00').getTime() + n * 60_000));
  const history = fc.record({
    start,
    hours: fc.integer({ min: 1, max: 160 }),
    gaps: fc.array(fc.integer({ min: 1, max: 60 * 24 * 5 }), { maxLength: 6 }),
    policy: fc.constantFrom('pause' as const, 'restart' as const),
  });
  /** Pauses and resumes by turns; the due date is the one told: of the last moment the clock ran. */
  function build(h: { start: Date; hours: number; gaps: number[]; policy: 'pause' | 'restart' }, upTo = h.gaps.length) {
    const events: ClockEvent[] = [];
    let t = h.start.getTime();
    for (const [index, minutes] of h.gaps.slice(0, upTo).entries()) {
      t += minutes * 60_000;
      events.push({ kind: index % 2 === 0 ? 'pause' : 'resume', at: new Date(t), reason: 'supplement' });
    }
    const told = events.length % 2 === 0 ? events : events.slice(0, -1);
    const due = dueAt(
      calendar,
      h.start,
      { unit: 'working-hour', amount: h.hours },
      { events: told, supplementPolicy: h.policy },
    );
    if (!due.ok || due.dueAt === null) throw new Error('due of the test');
    return { timing: timingOf(h.start, due.dueAt, { events, supplementPolicy: h.policy }), last: new Date(t) };
  }
  const rungsOf = (timing: ReturnType<typeof build>['timing']): PlacedRung[] =>
    ladder({ ...definition, step: definition.step }, { dossier: timing, step: timing }, calendar);
  const keys = (placed: readonly PlacedRung[], now: Date): string[] =>
    placed.filter((r) => r.at <= now).map((r) => `${r.subject}/${r.rung.id}/${r.at.getTime()}`);

  it('more time elapsed never takes a warning back, and the shares stand in their order', () => {
    fc.assert(
      fc.property(history, fc.nat(20_000), fc.nat(20_000), (h, a, b) => {
        const placed = rungsOf(build(h).timing);
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((m) => new Date(h.start.getTime() + m * 60_000)) as [
          Date,
          Date,
        ];
        const later = new Set(keys(placed, late));
        expect(keys(placed, early).every((key) => later.has(key))).toBe(true);
        const shares = placed.filter((r) => r.subject === 'dossier' && r.rung.share !== undefined);
        const bySize = [...shares].sort((x, y) => (x.rung.share ?? 0) - (y.rung.share ?? 0));
        for (const [i, rung] of bySize.entries()) expect(rung.at >= (bySize[i - 1]?.at ?? h.start)).toBe(true);
        const half = bySize.find((r) => r.rung.share === 50);
        if (half) expect(half.at <= half.dueAt).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('a share reached before a pause or a resume stays reached at the same instant after it', () => {
    fc.assert(
      fc.property(history, (h) => {
        if (h.gaps.length === 0 || h.policy === 'restart') return;
        const before = build(h, h.gaps.length - 1);
        const after = build(h);
        const reached = (rungs: PlacedRung[]) =>
          rungs.filter((r) => r.subject === 'dossier' && r.rung.share !== undefined && r.at < after.last);
        expect(keys(reached(rungsOf(after.timing)), after.last)).toEqual(
          keys(reached(rungsOf(before.timing)), after.last),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('the whole is used at the due date', () => {
    fc.assert(
      fc.property(history, (h) => {
        const { timing } = build(h);
        const whole = rungsOf(timing).find((r) => r.rung.id === '100' && r.subject === 'dossier');
        if (timing.stretches.at(-1)?.to === null) expect(whole?.at).toEqual(timing.dueAt);
      }),
    );
  });
});

describe('faults of a definition', () => {
  const rung = (more: object) =>
    ({ id: 'a', colour: 'amber', acts: [], share: 80, ...more }) as LadderDefinition['step'][number];
  const of = (...rungs: LadderDefinition['step']) => findLadderFaults({ dossier: rungs, step: [] }).map((f) => f.path);
  it('finds none in the general ladder', () => expect(findLadderFaults(definition)).toEqual([]));
  it('one name, one place, one measure', () => {
    expect(of(rung({}), rung({ share: 90 }))).toEqual(['dossier.1']);
    expect(of(rung({}), rung({ id: 'b' }))).toEqual(['dossier.1']);
    expect(of(rung({ workingDaysBefore: 1 }))).toEqual(['dossier.0']);
  });
  it('colours do not fade on the way up, causes are asked only of what is late', () => {
    expect(of(rung({ colour: 'red' }), rung({ id: 'b', share: 100 }))).toEqual(['dossier.1']);
    expect(of(rung({ acts: ['require-cause'] }))).toEqual(['dossier.0']);
  });
});
