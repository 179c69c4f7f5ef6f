import type { Day } from '../../../core/time/index.ts';
import { successorsOn, type UnitDirectory } from '../../foundation/organisation/index.ts';

type Succession = UnitDirectory['successions'][number];
type Index = {
  readonly byHeir: ReadonlyMap<string, readonly Succession[]>;
  readonly byFormer: ReadonlyMap<string, readonly Succession[]>;
  readonly heirless: readonly Succession[];
};

/** A unit that is no more and has no single heir: its figures stand at the nearest living superior of all its heirs. */
export type EndedUnit = { readonly unitId: string; readonly placeId: string; readonly lastDay: Day };

/**
 * Units that ended by a day and were divided or done away with, whose figures stand at one of these living units: as figures
 * of `metrics` place them. What was merged as a whole is not among them: it lives on in what it became.
 * @example the province on 14/12/2025 → huyện Hiệp Đức, gone on 01/07/2025 into three communes
 */
export function endedAt(directory: UnitDirectory, unitIds: readonly string[], day: Day): readonly EndedUnit[] {
  const { byHeir, byFormer, heirless } = indexOf(directory);
  const living = new Set(unitIds);
  const all = new Set(unitIds);
  // A Set grows while it is walked: what became part of a unit that ended later comes too.
  for (const id of all) for (const change of byHeir.get(id) ?? []) for (const from of change.from) all.add(from);
  for (const change of heirless) for (const from of change.from) all.add(from);
  return [...all].flatMap((unitId): EndedUnit[] => {
    if (living.has(unitId) || directory.unitOn(unitId, day)) return [];
    const last = directory.historyOf(unitId).at(-1);
    // Of what begins later nothing can be counted yet.
    if (!last?.validTo || last.validTo >= day) return [];
    const [only, another] = byFormer.get(unitId) ?? [];
    const [heir, other] = only?.to ?? [];
    // Most were merged as a whole into what lives on: told without a search.
    if (heir && !other && !another && directory.unitOn(heir, day)) return [];
    if (successorsOn(directory, unitId, day).length === 1) return [];
    const placeId = placeOf(directory, unitId, day);
    return placeId !== undefined && living.has(placeId) ? [{ unitId, placeId, lastDay: last.validTo }] : [];
  });
}

/** A unit that ended, with those of its offices nobody took over. */
export function withOffices(directory: UnitDirectory, { unitId, lastDay }: EndedUnit): readonly string[] {
  const { byFormer } = indexOf(directory);
  return directory.reachOn(unitId, 'authority', lastDay).filter((id) => id === unitId || !byFormer.has(id));
}

function placeOf(directory: UnitDirectory, unitId: string, day: Day): string | undefined {
  if (directory.unitOn(unitId, day)) return unitId;
  const heirs = successorsOn(directory, unitId, day);
  const paths = heirs.map((heir) => directory.pathOn(heir.unitId, day).map((unit) => unit.unitId));
  if (paths.length > 0) return paths[0]?.find((id) => paths.every((path) => path.includes(id)));
  const parentId = directory.historyOf(unitId).at(-1)?.parentId;
  return parentId ? placeOf(directory, parentId, day) : undefined;
}

const indices = new WeakMap<UnitDirectory, Index>();

function indexOf(directory: UnitDirectory): Index {
  const known = indices.get(directory);
  if (known) return known;
  const of = (side: 'from' | 'to'): Map<string, Succession[]> => {
    const found = new Map<string, Succession[]>();
    for (const change of directory.successions)
      for (const unitId of change[side]) {
        const known = found.get(unitId);
        if (known) known.push(change);
        else found.set(unitId, [change]);
      }
    return found;
  };
  const heirless = directory.successions.filter((change) => change.to.length === 0);
  const index = { byHeir: of('to'), byFormer: of('from'), heirless };
  indices.set(directory, index);
  return index;
}
