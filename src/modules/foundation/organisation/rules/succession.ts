import type { Day } from '../../../../core/time/index.ts';
import type { UnitVersion } from './unit.ts';
import type { UnitDirectory } from './unit-directory.ts';

/**
 * Units that stand in a unit's place on a later day: itself while it lives, else those it went into, step by step.
 * An abolished district has several (its communes); a unit unknown on that day and without successor has none.
 * @example xã Hiệp Thuận on 2026-01-01 → xã Hiệp Đức (by way of xã Quế Tân).
 */
export function successorsOn(directory: UnitDirectory, unitId: string, day: Day): readonly UnitVersion[] {
  return follow(directory, unitId, day, (id) =>
    directory.unitOn(id, day)
      ? []
      : directory.successions.filter((s) => s.date <= day && s.from.includes(id)).flatMap((s) => s.to),
  );
}

/**
 * Units alive on an earlier day that became part of a unit, itself included where it lived already. Of an abolished
 * district and its communes both are told; pick by `level`.
 * @example xã Hiệp Đức (2025) on 2023-08-31 → Tân Bình, Hiệp Hòa, Hiệp Thuận, Quế Lưu and huyện Hiệp Đức.
 */
export function predecessorsOn(directory: UnitDirectory, unitId: string, day: Day): readonly UnitVersion[] {
  return follow(directory, unitId, day, (id) =>
    directory.successions.filter((s) => s.date > day && s.to.includes(id)).flatMap((s) => s.from),
  );
}

function follow(
  directory: UnitDirectory,
  start: string,
  day: Day,
  next: (id: string) => readonly string[],
): readonly UnitVersion[] {
  const seen = new Set([start]);
  const found: UnitVersion[] = [];
  for (const id of seen) {
    const alive = directory.unitOn(id, day);
    if (alive) found.push(alive);
    for (const other of next(id)) seen.add(other);
  }
  return found;
}
