import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { SurveyPorts } from './ports.ts';

/** What every use case of the module is given. */
export type SurveyContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly ports: SurveyPorts;
  /** Secret of the installation: tickets are made from it. */
  readonly secret: string;
  /** Address of the public pages, without a slash at the end. */
  readonly publicUrl: string;
};
