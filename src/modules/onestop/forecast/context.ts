import type { Clock } from '../../../platform/config/config.ts';
import type { Db, Pool } from '../../../platform/db/open.ts';
import type { LedgerReader } from '../dossiers/index.ts';
import type { Paces } from './measure.ts';
import type { ForecastPorts } from './ports.ts';
import { findPaces } from './store.ts';

/** What every use case of the module is given. */
export type ForecastContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly ledgers: LedgerReader;
  readonly ports: ForecastPorts;
};

/** Days of history that paces and hit rates look back on. */
export const WINDOW_DAYS = 180;

/** The paces of some procedures, as counted last night. */
export async function readPaces(db: Db, procedureCodes: readonly string[]): Promise<Paces> {
  const rows = await findPaces(db, [...new Set(procedureCodes)]);
  const key = (code: string, stepId: string, unitId: string | null): string => `${code} ${stepId} ${unitId ?? ''}`;
  const known = new Map(rows.map((row) => [key(row.procedureCode, row.stepId, row.unitId), row]));
  return { find: (code, stepId, unitId) => known.get(key(code, stepId, unitId)) ?? null };
}
