import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { MetricsPorts } from './ports.ts';

/** What every use case of the module is given. */
export type MetricsContext = {
  readonly db: Pool;
  /** For figures and rows. */
  readonly readDb: Pool;
  readonly clock: Clock;
  readonly directory: () => Promise<UnitDirectory>;
  readonly ports: MetricsPorts;
};
