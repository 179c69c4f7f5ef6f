import { type Actor, holds } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { ENTER } from './context.ts';
import type { RegisterPeriod } from './rules/period.ts';
import type { RegisterDefinition, RegisterValues } from './rules/register.ts';
import type { RollUpNode } from './rules/roll-up.ts';
import type { Entry, Opening } from './store.ts';

/** The day on which the tree of units is looked at: the last of the period, or today while it runs. */
export const treeDay = (period: Pick<RegisterPeriod, 'to'>, today: Day): Day => (period.to < today ? period.to : today);

/** Administrative units of the tree below a unit on a day, itself first, parents before children; empty where it is closed. */
export function unitsBelow(directory: UnitDirectory, unitId: string, day: Day): readonly string[] {
  const found: string[] = [];
  const add = (id: string): void => {
    found.push(id);
    for (const child of directory.childrenOn(id, day)) if (child.type === 'administrative') add(child.unitId);
  };
  if (directory.unitOn(unitId, day)) add(unitId);
  return found;
}

/** Whether a unit is one that enters figures into the register on a day. */
export function entersOn(directory: UnitDirectory, register: RegisterDefinition, unitId: string, day: Day): boolean {
  const unit = directory.unitOn(unitId, day);
  return unit?.type === 'administrative' && register.enteredBy.levels.some((level) => level === unit.level);
}

/** Whether somebody may enter figures into the register for a unit on a day. */
export const mayEnter = (
  directory: UnitDirectory,
  actor: Actor,
  register: RegisterDefinition,
  unitId: string,
  day: Day,
): boolean => holds(actor, ENTER, unitId) && entersOn(directory, register, unitId, day);

/** Units at or below one for which somebody may enter figures into the register on a day. */
export const unitsEntering = (
  directory: UnitDirectory,
  actor: Actor,
  register: RegisterDefinition,
  rootId: string,
  day: Day,
): readonly string[] =>
  unitsBelow(directory, rootId, day).filter((unitId) => mayEnter(directory, actor, register, unitId, day));

/** Lines of one register, by unit and period. */
export type LinesByPlace = ReadonlyMap<string, readonly RegisterValues[]>;
const placeOf = (unitId: string, periodId: string): string => `${unitId} ${periodId}`;

/** What the entries of one register hold. `take` chooses what counts: what stood at the closing, or the last version. */
export function linesOf(
  entries: readonly Entry[],
  take: (entry: Entry) => RegisterValues | null = (entry) => entry.counted,
): LinesByPlace {
  const byPlace = new Map<string, RegisterValues[]>();
  for (const entry of entries) {
    const values = take(entry);
    if (!values) continue;
    const place = placeOf(entry.unitId, entry.periodId);
    const lines = byPlace.get(place);
    if (lines) lines.push(values);
    else byPlace.set(place, [values]);
  }
  return byPlace;
}

/**
 * The tree the roll-up walks.
 * @param periodIds oldest first
 * @param ended units that are no more, by the unit above them
 */
export function treeOf(
  directory: UnitDirectory,
  unitId: string,
  day: Day,
  lines: LinesByPlace,
  periodIds: readonly string[],
  ended: ReadonlyMap<string, readonly string[]> = new Map(),
): RollUpNode {
  const linesAt = (id: string) => periodIds.map((periodId) => lines.get(placeOf(id, periodId)) ?? []);
  const node = (id: string): RollUpNode => ({
    unitId: id,
    lines: linesAt(id),
    below: [
      ...directory
        .childrenOn(id, day)
        .filter((child) => child.type === 'administrative')
        .map((child) => node(child.unitId)),
      ...(ended.get(id) ?? []).map((past) => ({ unitId: past, lines: linesAt(past), below: [] })),
    ],
  });
  return node(unitId);
}

/** The last day on which an entry of the unit still counts: that of the period, or to which somebody opened it again. */
export function closeDayOf(
  directory: UnitDirectory,
  period: RegisterPeriod,
  openings: readonly Opening[],
  unitId: string,
  day: Day,
): Day {
  const path = new Set(directory.pathOn(unitId, day).map((unit) => unit.unitId));
  return openings
    .filter((opening) => opening.periodId === period.id && path.has(opening.unitId))
    .reduce((last, opening) => (opening.untilDay > last ? opening.untilDay : last), period.close);
}
