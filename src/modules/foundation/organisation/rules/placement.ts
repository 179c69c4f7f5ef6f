import type { Day } from '../../../../core/time/index.ts';
import { predecessorsOn, successorOf, successorsOn } from './succession.ts';
import type { UnitDirectory } from './unit-directory.ts';

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

/** Unit of a day → units that are no more by then and whose dossiers are read by whoever reads its own. */
export type FormerUnits = ReadonlyMap<string, readonly string[]>;

// A directory never changes, so the former units of a day are found once; only the last day asked for is kept.
const remembered = new WeakMap<UnitDirectory, { readonly day: Day; readonly units: FormerUnits }>();

/**
 * Former units by where their dossiers are read on a day: where their figures stand, so that a number and its rows have
 * the same readers; those of an office also at the one office that took over its open dossiers and its register.
 * @example xã Quế Lưu → xã Hiệp Đức; its desk → xã Hiệp Đức and its desk; huyện Hiệp Đức → the province alone.
 */
export function formerUnitsOn(directory: UnitDirectory, day: Day): FormerUnits {
  const known = remembered.get(directory);
  if (known?.day === day) return known.units;
  const units = new Map<string, string[]>();
  for (const former of directory.endedBefore(day)) {
    const office = directory.historyOf(former).at(-1)?.type !== 'administrative';
    const readAt = [placeOn(directory, former, day), office ? successorOf(directory, former, day)?.id : undefined];
    for (const id of new Set(readAt)) {
      if (id === undefined) continue;
      const list = units.get(id);
      if (list) list.push(former);
      else units.set(id, [former]);
    }
  }
  remembered.set(directory, { day, units });
  return units;
}
