import type { Actor } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Succession, UnitDirectory } from '../../foundation/organisation/index.ts';
import type { RegisterDefinition } from './rules/register.ts';
import type { Entry } from './store.ts';
import { mayEnter } from './units.ts';

/** Where the entries of a unit that has ceased (`since`: its first day no more) stand: with the unit it became, or beside those below the unit above it. */
export type Heir = { readonly unitId: string; readonly merged: boolean; readonly since: Day };
export type Heirs = ReadonlyMap<string, Heir>;

/**
 * Units that ceased between two days (after the first, at the latest on the second) whose entries belong to a tree. A unit
 * merged as a whole lives on in what it became. One that was divided or done away with belongs to no single unit any more,
 * only to what stands above; that only where periods are added up, for of the last period those in its place have told.
 * @param inTree units of the tree on the second day
 */
export function heirsOf(
  directory: UnitDirectory,
  { overTime }: Pick<RegisterDefinition, 'overTime'>,
  from: Day,
  to: Day,
  inTree: ReadonlySet<string>,
): Heirs {
  const heirs = new Map<string, Heir>();
  const isWithin = (change: Succession): boolean => change.date > from && change.date <= to;
  const within = directory.successions.filter(isWithin);
  if (within.length === 0) return heirs;
  const becameOf = (id: string): string | undefined => {
    const changes = directory.changesFrom(id).filter(isWithin);
    const [only] = changes;
    return changes.length === 1 && only?.to.length === 1 && !only.partial ? only.to[0] : undefined;
  };
  const firstChanges = new Map(
    within.toReversed().flatMap(({ from: gone, date }) => gone.map((id) => [id, date] as const)),
  );
  for (const [ceased, since] of firstChanges) {
    if (inTree.has(ceased)) continue;
    const seen = new Set<string>();
    let id: string | null | undefined = ceased;
    let merged = true;
    while (id && !inTree.has(id) && !seen.has(id)) {
      seen.add(id);
      const became = becameOf(id);
      if (became === undefined) merged = false;
      id = became ?? directory.historyOf(id).at(-1)?.parentId;
    }
    if (id && inTree.has(id) && (merged || overTime === 'sum')) heirs.set(ceased, { unitId: id, merged, since });
  }
  return heirs;
}

/**
 * The unit a ceased one lives on in as a whole on a day, over every merger since; undefined while it is itself, and where it was
 * divided or done away with on the way.
 */
export function successorOf(directory: UnitDirectory, unitId: string, day: Day): string | undefined {
  const passed = new Set<string>();
  let id = unitId;
  while (!directory.unitOn(id, day)) {
    if (passed.has(id)) return undefined;
    passed.add(id);
    const ceased = id;
    const changes = directory.changesFrom(ceased).filter((change) => change.date <= day);
    const [only] = changes;
    const [became, ...more] = only?.to ?? [];
    if (changes.length !== 1 || only?.partial || became === undefined || more.length > 0) return undefined;
    id = became;
  }
  return id === unitId ? undefined : id;
}

/** Whether somebody corrects what a unit that is no more had entered: who enters for what it became as a whole. */
export function mayCorrect(
  directory: UnitDirectory,
  actor: Actor,
  register: RegisterDefinition,
  unitId: string,
  today: Day,
): boolean {
  const successor = successorOf(directory, unitId, today);
  return successor !== undefined && mayEnter(directory, actor, register, successor, today);
}

type Take = (entry: Entry) => unknown;
const COUNTED: Take = (entry) => entry.counted;

/**
 * Entries of merged units as those of what they became. Where the last period tells all (lũy kế), what a unit has entered
 * for a period stands for its parts too: theirs of that period no longer count.
 * @param take what of an entry counts
 */
export function inherited(
  { overTime }: Pick<RegisterDefinition, 'overTime'>,
  entries: readonly Entry[],
  heirs: Heirs,
  take: Take = COUNTED,
): readonly Entry[] {
  const told = toldFor(entries, take);
  return entries.flatMap((entry) => {
    const heir = heirs.get(entry.unitId);
    if (!heir?.merged) return [entry];
    return overTime === 'latest' && told(entry, heir) ? [] : [{ ...entry, unitId: heir.unitId }];
  });
}

/** Whether what a unit became has itself entered the register for the period of an entry. */
export function toldFor(entries: readonly Entry[], take: Take = COUNTED): (entry: Entry, heir: Heir) => boolean {
  const placeOf = (one: Entry, unitId: string): string => `${one.registerId} ${one.periodId} ${unitId}`;
  const own = new Set(entries.filter((one) => take(one)).map((one) => placeOf(one, one.unitId)));
  return (entry, heir) => own.has(placeOf(entry, heir.unitId));
}

/** Whether entries of a unit are for somebody's eyes: of one that is no more, where she reads what it became or stood below. */
export function mayRead(directory: UnitDirectory, seen: ReadonlySet<string>, unitId: string): boolean {
  const passed = new Set<string>();
  for (let id: string | null | undefined = unitId; id && !passed.has(id); ) {
    if (seen.has(id)) return true;
    passed.add(id);
    const ceased: string = id;
    const last = directory.historyOf(ceased).at(-1);
    if (!last || last.validTo === null) return false;
    const changes = directory.changesFrom(ceased);
    const [only] = changes;
    const became = changes.length === 1 && only?.to.length === 1 && !only.partial ? only.to[0] : undefined;
    id = became ?? last.parentId;
  }
  return false;
}

/** Units without an heir of their own, by the unit above. */
export function endedBelow(heirs: Heirs): ReadonlyMap<string, readonly string[]> {
  const ended = [...heirs].filter(([, heir]) => !heir.merged);
  return new Map(
    [...Map.groupBy(ended, ([, heir]) => heir.unitId)].map(([unitId, list]) => [unitId, list.map(([id]) => id)]),
  );
}
