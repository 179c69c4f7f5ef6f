import { addDays, type Day } from '../../../../core/time/index.ts';
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
      : directory.changesFrom(id).flatMap((change) => (change.date <= day ? change.to : [])),
  );
}

/**
 * Units alive on an earlier day that became part of a unit, itself included where it lived already. Of an abolished
 * district and its communes both are told; pick by `level`.
 * @example xã Hiệp Đức (2025) on 2023-08-31 → Tân Bình, Hiệp Hòa, Hiệp Thuận, Quế Lưu and huyện Hiệp Đức.
 */
export function predecessorsOn(directory: UnitDirectory, unitId: string, day: Day): readonly UnitVersion[] {
  return follow(directory, unitId, day, (id) =>
    directory.changesTo(id).flatMap((change) => (change.date > day ? change.from : [])),
  );
}

/**
 * The units that take over from a unit that is gone: its successors, or for an office the offices of the same kind at the
 * successors of its authority (an authority without such an office itself). None while the unit lives.
 */
export function keepersOf(units: UnitDirectory, unitId: string, day: Day): readonly string[] {
  const last = units.historyOf(unitId).at(-1);
  if (!last?.validTo || last.validTo >= day) return [];
  const direct = successorsOn(units, unitId, day);
  if (direct.length > 0) return direct.map((unit) => unit.unitId);
  const authority = units.authorityOn(unitId, last.validTo);
  if (!authority || authority.unitId === unitId) return [];
  const heirs = units.unitOn(authority.unitId, day) ? [authority] : successorsOn(units, authority.unitId, day);
  return heirs.map((heir) => units.officeOn(heir.unitId, last.kind, day)?.unitId ?? heir.unitId);
}

/** The one unit that takes over; undefined where there are several (a split is for people to decide) or none. */
export function successorOf(
  units: UnitDirectory,
  unitId: string,
  day: Day,
): { readonly id: string; readonly from: Day } | undefined {
  const lastDay = units.historyOf(unitId).at(-1)?.validTo;
  const [heir, another] = keepersOf(units, unitId, day);
  return lastDay && heir && !another ? { id: heir, from: addDays(lastDay, 1) } : undefined;
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
