import type { Day } from '../../../core/time/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { RegisterDefinition } from './rules/register.ts';
import type { Entry } from './store.ts';

/** Where the entries of a unit that has ceased stand: with the unit it became, or beside those below the unit above it. */
type Heir = { readonly unitId: string; readonly merged: boolean };
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
  const within = directory.successions.filter((change) => change.date > from && change.date <= to);
  const becameOf = (id: string): string | undefined => {
    const changes = within.filter((change) => change.from.includes(id));
    const [only] = changes;
    return changes.length === 1 && only?.to.length === 1 && !only.partial ? only.to[0] : undefined;
  };
  const heirs = new Map<string, Heir>();
  for (const ceased of new Set(within.flatMap((change) => change.from))) {
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
    if (id && inTree.has(id) && (merged || overTime === 'sum')) heirs.set(ceased, { unitId: id, merged });
  }
  return heirs;
}

/** Entries of merged units as those of what they became. */
export const inherited = (entries: readonly Entry[], heirs: Heirs): readonly Entry[] =>
  entries.map((entry) => {
    const heir = heirs.get(entry.unitId);
    return heir?.merged ? { ...entry, unitId: heir.unitId } : entry;
  });

/** Units without an heir of their own, by the unit above. */
export function endedBelow(heirs: Heirs): ReadonlyMap<string, readonly string[]> {
  const ended = [...heirs].filter(([, heir]) => !heir.merged);
  return new Map(
    [...Map.groupBy(ended, ([, heir]) => heir.unitId)].map(([unitId, list]) => [unitId, list.map(([id]) => id)]),
  );
}
