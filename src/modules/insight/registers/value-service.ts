import { type Day, dayOf } from '../../../core/time/index.ts';
import { findRegisterOn, registersOn } from './catalogue.ts';
import type { RegisterContext } from './context.ts';
import { endedBelow, heirsOf, inherited } from './heirs.ts';
import { periodsEnding, periodsWithin, type RegisterPeriod, versionWith } from './rules/period.ts';
import type { Register } from './rules/register.ts';
import { completeness, type MeasureValue, measureOver, type Reading, type RollUpNode } from './rules/roll-up.ts';
import * as store from './store.ts';
import { entersOn, type LinesByPlace, linesOf, treeDay, treeOf, unitsBelow } from './units.ts';

/** A measure with how complete it is: `expected` units should have entered, `entered` of them have. */
export type RegisterFigure = MeasureValue & {
  readonly expected: number;
  readonly entered: number;
  /** Last day of the newest period that somebody entered. */
  readonly upTo: Day;
  readonly registerName: string;
  readonly measureName: string;
  /** First day of the version of the register that says what is measured. */
  readonly definedFrom: Day;
};

/**
 * A measure of a register for a unit with everything below it, over the register's periods that lie wholly within the
 * days (both inclusive), each read by the version it has; null where nothing was entered, or register, measure or unit are unknown. Entries made after the
 * closing of their period do not count. Units that ceased meanwhile count with what they became, or with the unit above. `value` is in points of percent or the number itself, null for a denominator of 0.
 * @example registerValue(ctx, { register: 'de-an-06', measure: 'collected-of-target' }, nongSon, { from: '2023-01-01', to: '2023-06-30' })
 *   → { numerator: 16175, denominator: 12000, value: 134.79, expected: 1, entered: 1, upTo: '2023-06-30' }
 */
export async function registerValue(
  ctx: RegisterContext,
  { register: registerId, measure: measureId }: { readonly register: string; readonly measure: string },
  unitId: string,
  span: { readonly from: Day; readonly to: Day },
): Promise<RegisterFigure | null> {
  const today = dayOf(ctx.clock.now());
  const book = await findRegisterOn(ctx.db, registerId, today);
  const read = book ? readOver(book, measureId, periodsWithin(book, span.from, span.to)) : [];
  const periods = read.map(({ period }) => period);
  const last = read.at(-1);
  if (!last) return null;
  const { register, measure } = last;
  const directory = await ctx.ports.directory();
  const day = treeDay(last.period, today);
  const unitIds = unitsBelow(directory, unitId, day);
  if (unitIds.length === 0) return null;
  const periodIds = periods.map((period) => period.id);
  const heirs = heirsOf(directory, register, span.from, day, new Set(unitIds));
  const entries = await store.listEntries(ctx.db, [register.id], [...unitIds, ...heirs.keys()], periodIds);
  const lines = linesOf(inherited(register, entries, heirs));
  const tree = treeOf(directory, unitId, day, lines, periodIds, endedBelow(heirs));
  const value = measureOver(read, tree);
  // What those merged into it had told does not say that a unit has entered anything itself.
  const entered = treeOf(directory, unitId, day, linesOf(entries), periodIds);
  const enters = (id: string): boolean => entersOn(directory, register, id, day);
  const newest = periods.findLast(({ id }) => entries.some((one) => one.periodId === id && one.counted !== null));
  return (
    value && {
      ...value,
      ...completeness(entered, enters, register.tree === 'whole'),
      upTo: (newest ?? last.period).to,
      registerName: register.name,
      measureName: measure.name,
      definedFrom: register.validFrom,
    }
  );
}

/** A measure of units that count as one (a unit and those merged into it meanwhile), over periods by their last days. */
export type FigureAsk = {
  readonly register: string;
  readonly measure: string;
  readonly unitIds: readonly string[];
  /** `own`: what the units themselves have entered; `tree`: with everything below them. */
  readonly reach: 'own' | 'tree';
  /** Last days of the periods, both inclusive; `from` null: only the last period that had ended by `to`. */
  readonly ends: { readonly from: Day | null; readonly to: Day };
};
export type FigureAnswer = {
  /** Oldest first. */
  readonly periods: readonly { readonly id: string; readonly name: string }[];
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly entered: number;
  readonly expected: number;
};

const NOTHING: FigureAnswer = {
  periods: [],
  numerator: null,
  denominator: null,
  value: null,
  entered: 0,
  expected: 0,
};

/** Measures for a report, one answer for each question; the entries of all are read together. */
export async function registerFigures(
  ctx: RegisterContext,
  asks: readonly FigureAsk[],
): Promise<readonly FigureAnswer[]> {
  const today = dayOf(ctx.clock.now());
  const [directory, registers] = await Promise.all([ctx.ports.directory(), registersOn(ctx.db, today)]);
  const plans = asks.map((ask) => {
    const book = registers.find((each) => each.id === ask.register);
    const read = book ? readOver(book, ask.measure, periodsEnding(book, ask.ends.from, ask.ends.to)) : [];
    const periods = read.map(({ period }) => period);
    const last = read.at(-1);
    if (!last) return undefined;
    const { register } = last;
    const day = treeDay(last.period, today);
    const reached = ask.unitIds.map((unitId) => unitsBelow(directory, unitId, day));
    // A unit below another of them is in its tree already.
    const roots = ask.unitIds.filter(
      (unitId) => !reached.some((below) => below[0] !== unitId && below.includes(unitId)),
    );
    const inTree = new Set(reached.flat());
    const heirs = heirsOf(directory, register, periods[0]?.from ?? day, day, inTree);
    return { register, read, periods, day, roots, heirs, unitIds: [...inTree, ...heirs.keys()], reach: ask.reach };
  });
  const known = plans.filter((plan) => plan !== undefined);
  const entries = await store.listEntries(
    ctx.db,
    [...new Set(known.map((plan) => plan.register.id))],
    [...new Set(known.flatMap((plan) => plan.unitIds))],
    [...new Set(known.flatMap((plan) => plan.periods.map((period) => period.id)))],
  );
  const byRegister = [...Map.groupBy(entries, (entry) => entry.registerId)];
  const entriesIn = new Map(byRegister);
  return plans.map((plan) => {
    if (!plan) return NOTHING;
    const { register, read, day, roots, heirs, reach } = plan;
    const found = entriesIn.get(register.id) ?? [];
    const periodIds = plan.periods.map((period) => period.id);
    const treeWith = (lines: LinesByPlace, ended = endedBelow(heirs)): RollUpNode => {
      const trees = roots
        .map((unitId) => treeOf(directory, unitId, day, lines, periodIds, ended))
        .map((tree) => (reach === 'own' ? { ...tree, below: [] } : tree));
      const [only, ...more] = trees;
      return only && more.length === 0 ? only : { unitId: '', lines: [], below: trees };
    };
    const tree = treeWith(linesOf(inherited(register, found, heirs)));
    const enters = (id: string): boolean => entersOn(directory, register, id, day);
    return {
      periods: plan.periods.map(({ id, name }) => ({ id, name })),
      ...(measureOver(read, tree) ?? { numerator: null, denominator: null, value: null }),
      ...completeness(treeWith(linesOf(found)), enters, register.tree === 'whole'),
    };
  });
}

/** Periods whose version of the register has the measure, each with what it says of it; before that there are no data. */
function readOver(
  book: Register,
  measureId: string,
  periods: readonly RegisterPeriod[],
): readonly (Reading & { readonly period: RegisterPeriod })[] {
  return periods.flatMap((period) => {
    const register = versionWith(book, period.id) ?? book;
    const measure = register.measures.find((each) => each.id === measureId);
    return measure ? [{ period, register, measure }] : [];
  });
}
