import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { HealthPorts } from './ports.ts';
import type { HealthContent } from './rules/definition.ts';

/** What every use case of the module is given. */
export type HealthContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly ports: HealthPorts;
  readonly content: HealthContent;
};

/** Reading is for whoever follows boards; answering is the unit's, deciding the authority's above. */
export const READ = 'board.read';
export const ANSWER = 'health.answer';
export const MANAGE = 'health.manage';
