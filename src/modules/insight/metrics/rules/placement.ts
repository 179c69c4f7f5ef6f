import type { Day } from '../../../../core/time/index.ts';
import { predecessorsOn, successorsOn } from '../../../foundation/organisation/rules/succession.ts';
import type { UnitDirectory } from '../../../foundation/organisation/rules/unit-directory.ts';

/**
 * Where the figures of a unit stand on a day: under itself while it lives; of a former unit under the one it went into;
 * of one that came later under the one it came from. Where those are several, under their nearest common superior, so
 * that every unit stands in exactly one place and children always add up to their superior. Undefined: nowhere known.
 * @example huyện Hiệp Đức (until 30/06/2025) on 2026-01-01, gone into several communes → the province.
 */
export function placeOn(directory: UnitDirectory, unitId: string, day: Day): string | undefined {
  if (directory.unitOn(unitId, day)) return unitId;
  const history = directory.historyOf(unitId);
  const first = history[0];
  if (!first) return undefined;
  const came = first.validFrom > day;
  const heirs = (came ? predecessorsOn : successorsOn)(directory, unitId, day).map((version) => version.unitId);
  if (heirs.length > 0) return commonSuperior(directory, heirs, day);
  // No succession is on record: under the superior it had, or in that one's place.
  const parentId = (came ? first : history.at(-1))?.parentId;
  return parentId ? placeOn(directory, parentId, day) : undefined;
}

function commonSuperior(directory: UnitDirectory, unitIds: readonly string[], day: Day): string | undefined {
  const paths = unitIds.map((id) => directory.pathOn(id, day).map((version) => version.unitId));
  return paths[0]?.find((id) => paths.every((path) => path.includes(id)));
}

/** For a day: the units whose figures stand at each unit, each in one place. */
export type Places = ReadonlyMap<string, readonly string[]>;

export function placesOn(directory: UnitDirectory, counted: readonly string[], day: Day): Places {
  const places = new Map<string, string[]>();
  for (const id of counted) {
    const place = placeOn(directory, id, day);
    if (place === undefined) continue;
    const known = places.get(place);
    if (known) known.push(id);
    else places.set(place, [id]);
  }
  return places;
}

/** Units whose figures stand under a unit on a day (`tree`: or under one below it), and whether some of them are not as then. */
export function unitsUnder(
  directory: UnitDirectory,
  places: Places,
  unitId: string,
  roll: 'own' | 'tree',
  day: Day,
): { readonly unitIds: readonly string[]; readonly moved: boolean } {
  const reach = directory.reachOn(unitId, roll === 'tree' ? 'subtree' : 'unit', day);
  const unitIds = reach.flatMap((id) => places.get(id) ?? []);
  return { unitIds, moved: unitIds.some((id) => !directory.unitOn(id, day)) };
}
