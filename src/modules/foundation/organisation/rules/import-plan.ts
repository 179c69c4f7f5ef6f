import { addDays, type Day } from '../../../../core/time/index.ts';
import type { NationalUnit } from './national-units.ts';
import { overlaps, type Period } from './period.ts';
import type { UnitCode, UnitVersion } from './unit.ts';
import type { UnitDirectory } from './unit-directory.ts';
import { comparableName } from './unit-name.ts';

export type ImportError = { readonly unit: string; readonly code: string; readonly message: string };

/** What an import of national units would do; applied as it stands by the store. */
export type ImportPlan = {
  /** New units' ids, in file order. */
  readonly units: readonly string[];
  readonly versions: readonly UnitVersion[];
  readonly codes: readonly UnitCode[];
  /** Units whose open version and code end with `until` (inclusive), because the code or the place goes on otherwise. */
  readonly ends: readonly { readonly unitId: string; readonly until: Day; readonly withCode: boolean }[];
  /** Units the file has, known and new. */
  readonly kept: ReadonlySet<string>;
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly errors: readonly ImportError[];
};

export type ImportOptions = {
  readonly period: Period;
  /** True for units stated by the project's own content: an import never changes those. */
  isContent(unitId: string): boolean;
  newId(): string;
};

/**
 * Plans an import of one era. The file bears no dates: identity is our own id, found by (code, period).
 * - Code held in the period by a unit of the same name: that unit; a new parent makes a new version of it.
 * - Code free in the period but borne by a unit of the same name in another era: the same unit goes on.
 * - Code held in another era, or by an open-ended earlier unit, under another name: another unit; the earlier ends the day before.
 * - Code held by a unit that cannot end (stated by content, or ending later): an error, nothing changed for that code.
 * Planning again after applying skips everything.
 */
export function planImport(
  directory: UnitDirectory,
  units: readonly NationalUnit[],
  options: ImportOptions,
): ImportPlan {
  const { period, isContent, newId } = options;
  const plan = {
    units: [] as string[],
    versions: [] as UnitVersion[],
    codes: [] as UnitCode[],
    ends: [] as ImportPlan['ends'][number][],
    errors: [] as ImportError[],
  };
  let [created, updated, skipped] = [0, 0, 0];
  const idOfCode = new Map<string, string>();
  const dayBefore = addDays(period.validFrom, -1);

  // A unit may have borne several names while it held the code (Đồng Nai in 2026): any of them, in the era asked about.
  const named = (held: UnitCode, wanted: string, era: Period): boolean =>
    directory.historyOf(held.unitId).some((v) => overlaps(v, era) && comparableName(v.name) === wanted);
  const begin = (unit: NationalUnit, unitId: string, parentId: string | null, withCode: boolean): void => {
    plan.versions.push({
      ...period,
      unitId,
      parentId,
      name: unit.name,
      level: unit.level,
      type: 'administrative',
      kind: unit.kind,
      serves: [],
    });
    if (withCode) plan.codes.push({ ...period, unitId, scheme: 'gso', code: unit.code });
  };
  const place = (unit: NationalUnit, parentId: string | null): string | undefined => {
    const holders = directory.holdersOf('gso', unit.code);
    const wanted = comparableName(unit.name);
    const inPeriod = holders.filter((held) => overlaps(held, period));
    const same = inPeriod.find((held) => named(held, wanted, period));
    if (same) {
      const now = directory.unitOn(same.unitId, period.validFrom);
      const moved = now && now.parentId !== parentId && now.validFrom < period.validFrom && now.validTo === null;
      if (!moved || isContent(same.unitId)) skipped++;
      else {
        plan.ends.push({ unitId: same.unitId, until: dayBefore, withCode: false });
        begin(unit, same.unitId, parentId, false);
        updated++;
      }
      return same.unitId;
    }
    const blocking = inPeriod.find(
      (held) => isContent(held.unitId) || held.validTo !== null || held.validFrom >= period.validFrom,
    );
    if (blocking) {
      const holder = directory.historyOf(blocking.unitId).at(-1)?.name ?? '';
      plan.errors.push({
        unit: `${unit.code} ${unit.name}`,
        code: 'units/code-in-use',
        message: `Mã ${unit.code} đang là của “${holder}” từ ${blocking.validFrom}; không nhập “${unit.name}”. Kiểm tra ngày --valid-from, --valid-to.`,
      });
      return undefined;
    }
    for (const held of inPeriod) {
      plan.ends.push({ unitId: held.unitId, until: dayBefore, withCode: true });
      updated++;
    }
    const elsewhere = holders.find(
      (held) => !overlaps(held, period) && named(held, wanted, held) && !isContent(held.unitId),
    );
    const free = elsewhere && !directory.historyOf(elsewhere.unitId).some((v) => overlaps(v, period));
    if (elsewhere && free) {
      begin(unit, elsewhere.unitId, parentId, true);
      updated++;
      return elsewhere.unitId;
    }
    const unitId = newId();
    plan.units.push(unitId);
    begin(unit, unitId, parentId, true);
    created++;
    return unitId;
  };

  for (const unit of units) {
    const parentId = unit.parentCode === null ? null : idOfCode.get(unit.parentCode);
    if (parentId === undefined) {
      plan.errors.push({
        unit: `${unit.code} ${unit.name}`,
        code: 'units/parent-refused',
        message: `Đơn vị cha ${unit.parentCode} không nhập được.`,
      });
      continue;
    }
    const id = place(unit, parentId);
    if (id !== undefined) idOfCode.set(unit.code, id);
  }
  return { ...plan, kept: new Set(idOfCode.values()), created, updated, skipped };
}
