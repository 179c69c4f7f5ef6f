import type pg from 'pg';
import type { ApologyService } from '../../modules/onestop/apologies/index.ts';
import type { DossierPorts } from '../../modules/onestop/dossiers/index.ts';
import type { ForecastService } from '../../modules/onestop/forecast/index.ts';
import type { LatenessService } from '../../modules/onestop/lateness/index.ts';
import type { HealthService } from '../../modules/onestop/unit-health/index.ts';
import type { Clock } from '../../platform/config/config.ts';
import type { Pool } from '../../platform/db/open.ts';
import type { CellBook, Desk } from './cells.ts';
import type { Random } from './random.ts';

/** What bulk loading needs of a running system. */
export type VolumeSystem = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly secret: string;
  readonly dossierPorts: DossierPorts;
  readonly apologies: Pick<ApologyService, 'rebuildDuties'>;
  readonly lateness: Pick<LatenessService, 'rebuild'>;
  readonly forecast: Pick<ForecastService, 'recountAll'>;
  readonly unitHealth: Pick<HealthService, 'rebuild'>;
};

/** What the installation held before this run. `registers`: last numbers of results given so far. */
export type Known = { dossiers: number; nextSerial: number; registers: Map<string, number> };

/** One run of the generator. */
export type Run = {
  readonly system: VolumeSystem;
  readonly random: Random;
  readonly book: CellBook;
  readonly desks: readonly Desk[];
  readonly now: Date;
  readonly known: Known;
  readonly client: pg.PoolClient;
  readonly names: Set<string>;
  readonly personIds: string[];
  readonly firstSerial: number;
  open: number;
};
