import type { Day } from '../../../core/time/index.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';

export type ProcedureField = { readonly code: string; readonly name: string };

/** What metrics need of the catalogue, by its door. */
export type MetricsPorts = {
  /** The field (lĩnh vực) of each procedure on a day; of one not in force then, that of its nearest revision. */
  fieldsOn(day: Day): Promise<ReadonlyMap<string, ProcedureField>>;
  procedureNames(codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Every published calendar by the id of its revision. */
  calendars(): Promise<ReadonlyMap<string, CompiledCalendar>>;
  /** Names of steps by id, as the latest published procedures call them. */
  stepNames(): Promise<ReadonlyMap<string, string>>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
  /** Tells the administrators that figures differ from their recount. */
  alarm(
    trx: Db,
    differences: { readonly checkId: string; readonly cells: number; readonly dossiers: number },
    at: Date,
  ): Promise<void>;
};
