import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../core/time/index.ts';
import { halfNumber, type Line, type Lines, sumAt } from './rules/series.ts';
import { createSeriesBook, type ReadSeries, type SeriesBook } from './series-book.ts';

type Name = { readonly bucket: string };
const UNITS = Array.from({ length: 30 }, (_, n) => `unit-${n}`);
const KINDS = ['received', 'ended'] as const;
type Kind = (typeof KINDS)[number];
const YEAR = {
  filter: '',
  days: ['2025-01-01', '2026-01-01'],
  cuts: [{ kind: 'received' as const, days: ['2025-01-01', '2026-01-01'], stock: false }],
};

/** What the tables say: of each unit one dossier in every half month, in the buckets `a` and, of every third unit, `b`. */
const halves = Array.from({ length: 48 }, (_, n) => halfNumber('2025-01-01') + n);
let counts: (unitId: string, half: number) => number;
/** The units and first halves the tables were asked for. */
let asked: { readonly unitIds: readonly string[]; readonly from: number; readonly filter: string }[];
let book: SeriesBook<Kind, Name>;

const read: ReadSeries<Kind, Name> = async ({ unitIds, kinds, from, keyOf, asOne }, filter) => {
  asked.push({ unitIds, from, filter });
  const later = halves.filter((half) => half >= from);
  const lineOf = (bucket: string, units: readonly string[]): Line => {
    const n = later.map((half) => units.reduce((sum, unitId) => sum + counts(unitId, half), 0));
    return { key: keyOf({ bucket }), halves: later, n: filter === 'twice' ? n.map((one) => 2 * one) : n, measures: [] };
  };
  const third = unitIds.filter((_, nth) => nth % 3 === 0);
  const linesOf = (units: readonly string[]): readonly Line[] => {
    const some = units.filter((unitId) => third.includes(unitId));
    return [lineOf('a', units), ...(some.length === 0 ? [] : [lineOf('b', some)])];
  };
  const found = new Map<string, readonly Line[]>();
  for (const kind of kinds)
    if (asOne) found.set(` ${kind}`, linesOf(unitIds));
    else for (const unitId of unitIds) found.set(`${unitId} ${kind}`, linesOf([unitId]));
  return found;
};

beforeEach(() => {
  counts = () => 1;
  asked = [];
  book = createSeriesBook<Kind, Name>(read, 100_000);
});

const totalOf = (lines: Lines<Name> | undefined): number =>
  (lines?.names ?? []).reduce((sum, _, nth) => sum + sumAt(lines as Lines<Name>, nth, 1, 0), 0);
const yearOf = async (groups: readonly (readonly string[])[]): Promise<number[]> =>
  (await book.sums({ ...YEAR, groups })).map(totalOf);

describe('half months kept in memory', () => {
  it('are read once for each unit', async () => {
    expect(await yearOf([['unit-1'], ['unit-1', 'unit-2']])).toEqual([48, 72]);
    const reads = asked.length;
    expect(await yearOf([['unit-2']])).toEqual([24]);
    expect(asked.length).toBe(reads);
  });

  it('of many units as one are read at once, of few by unit', async () => {
    const groups = [UNITS, UNITS.slice(0, 2), ['unit-1'], []];
    const asOne = async () => (await book.sums({ ...YEAR, groups, filter: 'steps', asOne: true })).map(totalOf);
    expect(await asOne()).toEqual([960, 72, 24, 0]);
    expect(asked.map((one) => one.unitIds)).toEqual([['unit-0', 'unit-1'], UNITS]);
    counts = (_, half) => (half >= halfNumber('2025-12-15') ? 3 : 1);
    book.forgetFrom('2025-12-20');
    expect(await asOne()).toEqual([1040, 78, 26, 0]);
    expect(asked.slice(2).map((one) => one.from)).toEqual([1, 1].map(() => halfNumber('2025-12-15')));
  });

  it('of many units that are known are not read again as one', async () => {
    const of = async (asOne: boolean, groups: string[][]) =>
      (await book.sums({ ...YEAR, groups, filter: 'steps', asOne })).map(totalOf);
    await of(
      true,
      UNITS.map((unitId) => [unitId]),
    );
    const reads = asked.length;
    expect(await of(true, [UNITS])).toEqual([960]);
    expect(asked.length).toBe(reads);
  });

  it('are kept for each filter by themselves', async () => {
    const narrowed = async () => (await book.sums({ ...YEAR, groups: [UNITS], filter: 'twice' })).map(totalOf);
    const all = await yearOf([UNITS]);
    expect(await narrowed()).toEqual(all.map((n) => n * 2));
    expect(asked.map((one) => one.filter)).toEqual(['', 'twice']);
    expect(await yearOf([UNITS])).toEqual(all);
    expect(await narrowed()).toEqual(all.map((n) => n * 2));
    expect(asked.length).toBe(2);
    counts = () => 3;
    book.forgetFrom('2025-01-01');
    expect(await narrowed()).toEqual(all.map((n) => n * 6));
  });

  it('of many units together are those of each', async () => {
    const [all = 0] = await yearOf([UNITS]);
    const each = await yearOf(UNITS.map((one) => [one]));
    expect(all).toBe(each.reduce((a, b) => a + b));
    expect(all).toBeGreaterThan(30 * 24);
  });

  it('are read again from the day that counted anew, of many units together too', async () => {
    const before = await yearOf([UNITS, ['unit-7']]);
    const changed: Day = '2025-11-20';
    counts = (unitId, half) => (unitId === 'unit-7' && half === halfNumber(changed) ? 5 : 1);
    expect(await yearOf([UNITS, ['unit-7']])).toEqual(before);
    book.forgetFrom(changed);
    asked = [];
    expect(await yearOf([UNITS, ['unit-7']])).toEqual(before.map((n) => n + 4));
    expect(asked.every(({ from }) => from === halfNumber(changed))).toBe(true);
    // What lies before was not forgotten.
    asked = [];
    const days = ['2025-01-01', addDays('2025-11-01', 0)];
    await book.sums({ filter: '', groups: [UNITS], days, cuts: [{ kind: 'received', days, stock: false }] });
    expect(asked).toEqual([]);
  });

  it('are read before anybody asks, a few units at a time', async () => {
    const turns: boolean[] = [];
    do turns.push(await book.readAhead(UNITS, KINDS, ''));
    while (turns.at(-1));
    expect(turns).toEqual([true, true, false]);
    expect(asked.flatMap(({ unitIds }) => unitIds).sort()).toEqual([...UNITS].sort());
    asked = [];
    await yearOf([UNITS]);
    expect(asked).toEqual([]);
  });

  it('are not read ahead where others would have to be dropped', async () => {
    book = createSeriesBook<Kind, Name>(read, 1000);
    let turns = 0;
    while (await book.readAhead(UNITS, KINDS, '')) turns++;
    expect(turns).toBe(1);
    expect(asked.flatMap(({ unitIds }) => unitIds)).toHaveLength(10);
  });
});
