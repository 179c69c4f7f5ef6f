import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { WarningPorts } from './ports.ts';

/** What every use case of the module is given. */
export type WarningContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly ports: WarningPorts;
  /** Address of the console's list of warnings, for the digest. */
  readonly inboxUrl: string;
};
