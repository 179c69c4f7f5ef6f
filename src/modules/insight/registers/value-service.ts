import { type Day, dayOf } from '../../../core/time/index.ts';
import { findRegister } from './content.ts';
import type { RegisterContext } from './context.ts';
import { periodsWithin } from './rules/period.ts';
import { completeness, type MeasureValue, measureOf } from './rules/roll-up.ts';
import * as store from './store.ts';
import { entersOn, treeDay, treeOf, unitsBelow } from './units.ts';

/** A measure with how complete it is: `expected` units should have entered, `entered` of them have. */
export type RegisterFigure = MeasureValue & { readonly expected: number; readonly entered: number };

/**
 * A measure of a register for a unit with everything below it, over the register's periods that lie wholly within the
 * days (both inclusive); null where nothing was entered, or register, measure or unit are unknown. Entries made after the
 * closing of their period do not count. `value` is in points of percent or the number itself, null for a denominator of 0.
 * @example registerValue(ctx, { register: 'de-an-06', measure: 'collected-of-target' }, nongSon, { from: '2023-01-01', to: '2023-06-30' })
 *   → { numerator: 16175, denominator: 12000, value: 134.79, expected: 1, entered: 1 }
 */
export async function registerValue(
  ctx: RegisterContext,
  { register: registerId, measure: measureId }: { readonly register: string; readonly measure: string },
  unitId: string,
  span: { readonly from: Day; readonly to: Day },
): Promise<RegisterFigure | null> {
  const register = findRegister(registerId);
  const measure = register?.measures.find((each) => each.id === measureId);
  const periods = register ? periodsWithin(register, span.from, span.to) : [];
  const last = periods.at(-1);
  if (!register || !measure || !last) return null;
  const directory = await ctx.ports.directory();
  const day = treeDay(last, dayOf(ctx.clock.now()));
  const unitIds = unitsBelow(directory, unitId, day);
  if (unitIds.length === 0) return null;
  const periodIds = periods.map((period) => period.id);
  const entries = await store.listEntries(ctx.db, [register.id], unitIds, periodIds);
  const tree = treeOf(directory, unitId, day, entries, periodIds);
  const value = measureOf(register, measure, tree);
  const enters = (id: string): boolean => entersOn(directory, register, id, day);
  return value && { ...value, ...completeness(tree, enters, register.tree === 'whole') };
}
