import type { Day } from '../../../core/time/index.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Days } from './rules/period.ts';

/** A people's committee of the installation. `level` as procedures name it (`xa`, `huyen`, `tinh`). */
export type Authority = { readonly unitId: string; readonly level: string | null };

export type ParkedRow = {
  readonly unitId: string;
  readonly status: string;
  readonly count: number;
  /** Those that wait longest, at most fifty. */
  readonly dossiers: readonly { readonly id: string; readonly code: string; readonly since: string }[];
};

/** What unit health needs of other modules; the composition root fits their doors to it. */
export type HealthPorts = {
  /** Authorities the installation serves on a day. */
  authoritiesOn(day: Day): Promise<readonly Authority[]>;
  /** The authority a desk or office belongs to. */
  authorityOf(unitId: string, day: Day): Promise<Authority | undefined>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
  /** Undefined where no calendar is in force for the unit. */
  findCalendar(unitId: string, day: Day): Promise<CompiledCalendar | undefined>;
  /** Procedures published for a level on a day; `online`: may be filed online. */
  proceduresOn(
    level: string | null,
    day: Day,
  ): Promise<readonly { readonly code: string; readonly name: string; readonly online: boolean }[]>;
  /** Dossiers received between two days (inclusive) by deciding unit, from daily counts; units without any are left out. */
  receivedCounts(
    db: Db,
    days: Days,
  ): Promise<ReadonlyMap<string, { readonly online: number; readonly received: number }>>;
  /** First day with a dossier received. */
  firstDay(db: Db): Promise<Day | undefined>;
  /** Dossiers of some procedures a unit received between two days (inclusive). Reads that unit's stretch of an index. */
  receivedOf(db: Db, unitId: string, procedureCodes: readonly string[], days: Days): Promise<number>;
  /** Units that hold dossiers under way or waiting. */
  holdingUnits(db: Db): Promise<readonly string[]>;
  /** Dossiers a unit holds that entered their state before the instant given for it; only rows with any. */
  parked(
    db: Db,
    limits: readonly { readonly unitId: string; readonly status: string; readonly before: Date }[],
  ): Promise<readonly ParkedRow[]>;
};
