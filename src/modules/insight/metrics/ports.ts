import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';

/** What metrics need of the catalogue, by its door. */
export type MetricsPorts = {
  /** Codes of all procedures that ever belonged to the field. */
  proceduresOfField(fieldCode: string): Promise<readonly string[]>;
  procedureNames(codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
  /** Tells the administrators that figures differ from their recount. */
  alarm(
    trx: Db,
    differences: { readonly checkId: string; readonly cells: number; readonly dossiers: number },
    at: Date,
  ): Promise<void>;
};
