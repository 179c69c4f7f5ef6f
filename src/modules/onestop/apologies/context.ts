import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { ApologyPorts } from './ports.ts';

/** What every use case of the module is given. */
export type ApologyContext = {
  readonly db: Pool;
  /** For public pages and figures. */
  readonly readDb: Pool;
  readonly clock: Clock;
  readonly ports: ApologyPorts;
  /** Address of the portal, for QR codes and notices. */
  readonly publicUrl: string;
};
