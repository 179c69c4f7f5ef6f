import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { MetricsService } from '../metrics/index.ts';
import type { TargetPorts } from './ports.ts';

/** What every use case of the module is given. */
export type TargetContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly metrics: MetricsService;
  readonly ports: TargetPorts;
};

export const READ = 'targets.read';
export const EDIT = 'targets.edit';
export const ENTER = 'targets.enter';
