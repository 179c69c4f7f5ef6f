import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { DossierService } from '../dossiers/index.ts';
import type { UnattendedPorts } from './ports.ts';

/** What every use case of the module is given. */
export type UnattendedContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly dossiers: Pick<DossierService, 'command'>;
  readonly ports: UnattendedPorts;
  /** Address of the list, for the digest. */
  readonly listUrl: string;
};
