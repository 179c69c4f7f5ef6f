import { foldVietnamese } from '../../../core/text/fold.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { DirectorySource } from './directory-source.ts';
import { successorsOn } from './rules/succession.ts';
import type { UnitCode, UnitLevel, UnitType, UnitVersion } from './rules/unit.ts';
import { type UnitDirectory, unitNameOn } from './rules/unit-directory.ts';
import { authorityName, nameInSentence } from './rules/unit-name.ts';
import { searchUnits } from './unit-edit-store.ts';
import { todayOf } from './unit-service.ts';

export type UnitRow = Omit<UnitVersion, 'serves'> & {
  readonly serves: string[];
  readonly code: string | null;
  readonly place: string;
};

/** One line of the public picker. `place` says where it lies: `huyện Hiệp Đức, tỉnh Quảng Nam`. */
export type PickedUnit = {
  readonly unitId: string;
  readonly name: string;
  readonly kind: string;
  readonly level: UnitLevel;
  readonly code: string | null;
  readonly place: string;
};

export type UnitDetail = {
  readonly unit: UnitRow | null;
  readonly authorityName: string | null;
  readonly path: { unitId: string; name: string }[];
  readonly versions: (Omit<UnitVersion, 'serves'> & { serves: string[] })[];
  readonly codes: UnitCode[];
  readonly successions: {
    id: string;
    date: Day;
    kind: string;
    from: { unitId: string; name: string }[];
    to: { unitId: string; name: string }[];
    partial: boolean;
    source: string;
    verified: boolean;
  }[];
  readonly successors: { unitId: string; name: string }[];
};

export type UnitReading = {
  /** The in-memory directory: for services that ask many questions at once. */
  directory(): Promise<UnitDirectory>;
  listUnits(query: {
    q?: string | undefined;
    day?: Day | undefined;
    level?: UnitLevel | undefined;
    type?: UnitType | undefined;
    page?: number | undefined;
    pageSize?: number | undefined;
  }): Promise<{ rows: UnitRow[]; total: number }>;
  listChildren(unitId: string | null, day?: Day): Promise<UnitRow[]>;
  /** @throws AppError `row/missing` for an unknown id; a closed unit is told with `unit: null` and its successors. */
  getUnitDetail(unitId: string, day?: Day): Promise<UnitDetail>;
  /** Public picker. Without `parentId`: provinces; with it: units of the level below it, at any depth. At most 300 rows. */
  pickUnits(query: {
    day?: Day | undefined;
    parentId?: string | undefined;
    level?: 'province' | 'district' | 'commune' | undefined;
    q?: string | undefined;
  }): Promise<PickedUnit[]>;
};

// Versions never change once read, so their folded names are kept as long as they are.
const foldedNames = new WeakMap<UnitVersion, string>();
function foldedName(version: UnitVersion): string {
  const known = foldedNames.get(version);
  if (known !== undefined) return known;
  const folded = foldVietnamese(version.name);
  foldedNames.set(version, folded);
  return folded;
}

const ref = (v: UnitVersion): { unitId: string; name: string } => ({ unitId: v.unitId, name: v.name });

/** Where a unit lies, nearest first, itself left out: `huyện Hiệp Đức, tỉnh Quảng Nam`. */
export function placeOf(directory: UnitDirectory, unitId: string, day: Day): string {
  return directory
    .pathOn(unitId, day)
    .slice(1)
    .map((v) => nameInSentence(v.name))
    .join(', ');
}

function rowOf(directory: UnitDirectory, v: UnitVersion, day: Day): UnitRow {
  return {
    ...v,
    serves: [...v.serves],
    code: directory.codeOn(v.unitId, 'gso', day) ?? null,
    place: placeOf(directory, v.unitId, day),
  };
}

export function createUnitReading(deps: { db: Pool; clock: Clock; directory: DirectorySource }): UnitReading {
  const { db, clock, directory } = deps;
  const on = (day: Day | undefined): Day => day ?? todayOf(clock);
  return {
    directory: () => directory.get(),

    async listUnits({ q, day, level, type, page = 1, pageSize = 50 }) {
      const date = on(day);
      const found = await searchUnits(db, {
        day: date,
        q,
        level,
        type,
        limit: pageSize,
        offset: (page - 1) * pageSize,
      });
      const units = await directory.get();
      return {
        total: found.total,
        rows: found.ids.flatMap((id) => units.unitOn(id, date) ?? []).map((v) => rowOf(units, v, date)),
      };
    },

    async listChildren(unitId, day) {
      const [units, date] = [await directory.get(), on(day)];
      return units.childrenOn(unitId, date).map((v) => rowOf(units, v, date));
    },

    async getUnitDetail(unitId, day) {
      const [units, date] = [await directory.get(), on(day)];
      const versions = units.historyOf(unitId);
      const last = versions.at(-1);
      if (!last) throw new AppError('row/missing');
      const unit = units.unitOn(unitId, date);
      const named = (id: string, at: Day): { unitId: string; name: string } => ({
        unitId: id,
        name: unitNameOn(units, id, at),
      });
      return {
        unit: unit ? rowOf(units, unit, date) : null,
        authorityName: unit?.type === 'administrative' ? authorityName(unit.name) : null,
        path: units.pathOn(unitId, date).map(ref),
        versions: versions.map((v) => ({ ...v, serves: [...v.serves] })),
        codes: [...units.codesOf(unitId)],
        successions: units.successions
          .filter((s) => s.from.includes(unitId) || s.to.includes(unitId))
          .map((s) => ({ ...s, from: s.from.map((id) => named(id, s.date)), to: s.to.map((id) => named(id, s.date)) })),
        successors: unit ? [] : successorsOn(units, unitId, date).map(ref),
      };
    },

    async pickUnits({ day, parentId, level, q }) {
      const [units, date] = [await directory.get(), on(day)];
      const wantedLevel = level ?? (parentId === undefined ? 'province' : 'commune');
      const below =
        parentId === undefined
          ? units.levelOn(wantedLevel, date)
          : units.reachOn(parentId, 'subtree', date).flatMap((id) => units.unitOn(id, date) ?? []);
      const needle = q ? foldVietnamese(q) : '';
      return below
        .filter(
          (v) =>
            v.type === 'administrative' && v.level === wantedLevel && (needle === '' || foldedName(v).includes(needle)),
        )
        .slice(0, 300)
        .map((v) => ({
          unitId: v.unitId,
          name: v.name,
          kind: v.kind,
          level: v.level,
          code: units.codeOn(v.unitId, 'gso', date) ?? null,
          place: placeOf(units, v.unitId, date),
        }));
    },
  };
}
