import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { IndexPorts } from './ports.ts';

/** What every use case of the module is given. */
export type IndexContext = { readonly db: Pool; readonly clock: Clock; readonly ports: IndexPorts };
