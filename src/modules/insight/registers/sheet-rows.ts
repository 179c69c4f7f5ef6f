import type { Actor } from '../../../core/access/actor.ts';
import { addDays, dayOf, toIso } from '../../../core/time/index.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { type RegisterContext, visibleUnits } from './context.ts';
import type * as contract from './contract.ts';
import { type Heir, type Heirs, heirsOf, mayCorrect, mayRead, toldFor } from './heirs.ts';
import { entryLateDays, type RegisterPeriod } from './rules/period.ts';
import type { RegisterDefinition } from './rules/register.ts';
import { measureOf, type RollUpNode } from './rules/roll-up.ts';
import { sameValues } from './rules/values.ts';
import * as store from './store.ts';
import { closeDayOf, entersOn, mayEnter, treeDay, unitsBelow } from './units.ts';

/** What one unit and period of a register holds, line by line; a unit that has nothing is one row without an entry. */
export type RegisterSheet = {
  readonly register: RegisterDefinition;
  readonly period: RegisterPeriod;
  readonly rootId: string;
  readonly day: string;
  readonly directory: UnitDirectory;
  readonly entries: readonly store.Entry[];
  /** Units that ceased within the period: with which unit their entries stand. */
  readonly heirs: Heirs;
  readonly openings: readonly store.Opening[];
  readonly rows: readonly contract.RegisterRow[];
};

/** A register in one of its periods. */
export type SheetPlace = Pick<RegisterSheet, 'register' | 'period'>;
type Held = Pick<RegisterSheet, 'entries' | 'openings'>;
/** The tree a period is read by: its day, the units on it, and with which of them those that ceased stand. */
type Frame = Pick<RegisterSheet, 'day' | 'heirs'> & { readonly unitIds: readonly string[] };

/** Everything of a register in a period below a unit: a row a line, and one for each unit that has nothing. */
export async function readSheetOf(
  ctx: RegisterContext,
  actor: Actor,
  place: SheetPlace,
  rootId: string,
  directory: UnitDirectory,
): Promise<RegisterSheet> {
  const today = dayOf(ctx.clock.now());
  const frameAt = framesOf(directory, () => [rootId], today);
  const held = await heldIn(ctx, [place], frameAt);
  return sheetOf(actor, place, rootId, directory, today, held, frameAt(place));
}

/** The same of several registers, read together. */
export async function readSheetsOf(
  ctx: RegisterContext,
  actor: Actor,
  places: readonly SheetPlace[],
  rootId: string,
  directory: UnitDirectory,
): Promise<readonly RegisterSheet[]> {
  const today = dayOf(ctx.clock.now());
  const frameAt = framesOf(directory, () => [rootId], today);
  const held = await heldIn(ctx, places, frameAt);
  return places.map((place) => sheetOf(actor, place, rootId, directory, today, heldAt(held, place), frameAt(place)));
}

/** What these registers hold in their periods below some units, each by the tree of its period; read together. */
export const readHeld = (
  ctx: RegisterContext,
  places: readonly SheetPlace[],
  rootsOn: (day: string) => readonly string[],
  directory: UnitDirectory,
  today: string,
): Promise<Held> => heldIn(ctx, places, framesOf(directory, rootsOn, today));

/** Registers of the same periods are read by the same trees, found once. */
function framesOf(
  directory: UnitDirectory,
  rootsOn: (day: string) => readonly string[],
  today: string,
): (place: SheetPlace) => Frame {
  const trees = new Map<string, { readonly unitIds: readonly string[]; readonly inTree: ReadonlySet<string> }>();
  const frames = new Map<string, Frame>();
  const treeOn = (day: string) => {
    const known = trees.get(day);
    if (known) return known;
    const unitIds = rootsOn(day).flatMap((rootId) => unitsBelow(directory, rootId, day));
    const tree = { unitIds, inTree: new Set(unitIds) };
    trees.set(day, tree);
    return tree;
  };
  return ({ register, period }) => {
    const day = treeDay(period, today);
    const key = `${register.overTime} ${period.from} ${day}`;
    const known = frames.get(key);
    if (known) return known;
    const { unitIds, inTree } = treeOn(day);
    const frame = { day, unitIds, heirs: heirsOf(directory, register, period.from, day, inTree) };
    frames.set(key, frame);
    return frame;
  };
}

async function heldIn(
  ctx: RegisterContext,
  places: readonly SheetPlace[],
  frameAt: (place: SheetPlace) => Frame,
): Promise<Held> {
  const unitIds = new Set<string>();
  for (const frame of new Set(places.map(frameAt))) {
    for (const id of frame.unitIds) unitIds.add(id);
    for (const id of frame.heirs.keys()) unitIds.add(id);
  }
  const registerIds = [...new Set(places.map(({ register }) => register.id))];
  const periodIds = [...new Set(places.map(({ period }) => period.id))];
  const [entries, openings] = await Promise.all([
    store.listEntries(ctx.db, registerIds, [...unitIds], periodIds),
    store.listOpenings(ctx.db, registerIds, periodIds),
  ]);
  return { entries, openings };
}

/** Of what several registers hold, that of one of them in one period. */
export function heldAt({ entries, openings }: Held, { register, period }: SheetPlace): Held {
  const isHere = (one: store.Entry | store.Opening): boolean =>
    one.registerId === register.id && one.periodId === period.id;
  return { entries: entries.filter(isHere), openings: openings.filter(isHere) };
}

function sheetOf(
  actor: Actor,
  { register, period }: SheetPlace,
  rootId: string,
  directory: UnitDirectory,
  today: string,
  { entries, openings }: Held,
  { day, unitIds, heirs }: Frame,
): RegisterSheet {
  const seen = visibleUnits(actor);
  // What was taken out before the closing is as if it had never been.
  const standing = entries.filter((entry) => entry.counted !== null || entry.current !== null);
  const byUnit = Map.groupBy(standing, (entry) => entry.unitId);
  const told = toldFor(entries);
  const formerOf = Map.groupBy(heirs, ([, heir]) => heir.unitId);
  // What came only after the closing does not count: the unit is still missing.
  const counting = new Set(entries.filter((entry) => entry.counted !== null).map((entry) => entry.unitId));
  const needed = neededUnits(register, directory, rootId, day, counting);
  const rows = unitIds.flatMap((unitId): contract.RegisterRow[] => {
    const own = byUnit.get(unitId) ?? [];
    const base = {
      unitId,
      unitName: unitNameOn(directory, unitId, day),
      mayEnter: mayEnter(directory, actor, register, unitId, day),
    };
    // Nobody reads beyond her units, whatever the tree.
    if (!mayRead(directory, seen, unitId)) return [];
    const former = (formerOf.get(unitId) ?? []).flatMap(([id, heir]) =>
      (byUnit.get(id) ?? []).map((entry) =>
        formerRow(directory, register, entry, heir, {
          day,
          told: told(entry, heir),
          mayCorrect: mayCorrect(directory, actor, register, id, today),
        }),
      ),
    );
    if (own.length > 0)
      return [
        ...own.map((entry) => ({
          ...base,
          mayEnter: base.mayEnter || mayCorrect(directory, actor, register, unitId, today),
          ...entryRow(register, entry),
          missing: needed.has(unitId),
        })),
        ...former,
      ];
    if (!entersOn(directory, register, unitId, day)) return former;
    return [{ ...base, ...nothingOf(period, today, needed.has(unitId)) }, ...former];
  });
  return {
    register,
    period,
    rootId,
    day,
    directory,
    entries,
    heirs,
    openings: openingsFor(directory, openings, rootId, unitIds, day),
    rows,
  };
}

/** What a unit entered that ceased within the period, beside what it counts with. */
function formerRow(
  directory: UnitDirectory,
  register: RegisterDefinition,
  entry: store.Entry,
  { unitId, merged, since }: Heir,
  beside: { readonly day: string; readonly told: boolean; readonly mayCorrect: boolean },
): contract.RegisterRow {
  const replaced = merged && register.overTime === 'latest' && beside.told;
  return {
    unitId: entry.unitId,
    unitName: unitNameOn(directory, entry.unitId, addDays(since, -1)),
    // What counts no more is not worth a correction.
    mayEnter: beside.mayCorrect && !replaced,
    missing: false,
    ...entryRow(register, entry),
    former: {
      unitName: unitNameOn(directory, unitId, beside.day),
      since,
      how: replaced ? 'replaced' : merged ? 'merged' : 'ended',
    },
  };
}

function entryRow(register: RegisterDefinition, entry: store.Entry) {
  const differs = !sameValues(register, entry.counted, entry.current);
  return {
    entryId: entry.id,
    version: entry.version,
    values: entry.counted,
    corrected: differs ? entry.current : null,
    removed: entry.current === null,
    lateDays: entry.lateDays,
    changedAt: toIso(entry.changedAt),
    former: null,
  };
}

function nothingOf(period: RegisterPeriod, today: string, missing: boolean) {
  return {
    entryId: null,
    version: 0,
    values: null,
    corrected: null,
    removed: false,
    missing,
    lateDays: missing ? entryLateDays(period, null, today) : null,
    changedAt: null,
    former: null,
  };
}

/** Units whose figures are missing: in a register whose parents may answer for all, only where nobody above has. */
export function neededUnits(
  register: RegisterDefinition,
  directory: UnitDirectory,
  rootId: string,
  day: string,
  entered: ReadonlySet<string>,
): ReadonlySet<string> {
  const needed = new Set<string>();
  /** @returns whether any unit here or below enters at all */
  const walk = (unitId: string, covered: boolean): boolean => {
    const here = covered || (register.tree === 'whole' && entered.has(unitId));
    const children = directory.childrenOn(unitId, day).filter((child) => child.type === 'administrative');
    const below = children.map((child) => walk(child.unitId, here)).some(Boolean);
    const enters = entersOn(directory, register, unitId, day);
    const answeredBelow = register.tree === 'whole' && below;
    if (enters && !here && !answeredBelow && !entered.has(unitId)) needed.add(unitId);
    return enters || below;
  };
  walk(rootId, false);
  return needed;
}

function openingsFor(
  directory: UnitDirectory,
  openings: readonly store.Opening[],
  rootId: string,
  unitIds: readonly string[],
  day: string,
): readonly store.Opening[] {
  const near = new Set([...unitIds, ...directory.pathOn(rootId, day).map((unit) => unit.unitId)]);
  return openings.filter((opening) => near.has(opening.unitId));
}

/** What a unit entered for all below, beside what those below have entered together. */
export function differencesOf(
  { register, directory, day }: RegisterSheet,
  tree: RollUpNode,
  seen: ReadonlySet<string>,
): { unitName: string; measureName: string; own: number; below: number }[] {
  if (register.tree !== 'whole') return [];
  const found: { unitName: string; measureName: string; own: number; below: number }[] = [];
  const walk = (node: RollUpNode): void => {
    if (!seen.has(node.unitId)) return;
    for (const measure of register.measures) {
      const own = measureOf(register, measure, { ...node, below: [] });
      const below = measureOf(register, measure, { ...node, lines: [] });
      if (own && below && own.numerator !== below.numerator)
        found.push({
          unitName: unitNameOn(directory, node.unitId, day),
          measureName: measure.name,
          own: own.numerator,
          below: below.numerator,
        });
    }
    node.below.forEach(walk);
  };
  walk(tree);
  return found.slice(0, 50);
}

/** Whether the period is closed for a unit. */
export function isClosed({ directory, period, openings, day }: RegisterSheet, unitId: string, today: string): boolean {
  return today > closeDayOf(directory, period, openings, unitId, day);
}
