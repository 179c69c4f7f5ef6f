import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { ReportPorts } from './ports.ts';

/** What every use case of the module is given. */
export type ReportContext = { readonly db: Pool; readonly clock: Clock; readonly ports: ReportPorts };
