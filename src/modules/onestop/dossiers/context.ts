import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { ReadingLog } from '../../foundation/audit/index.ts';
import type { CodeNumbers } from './code-numbers.ts';
import type { DossierPorts } from './ports.ts';
import type { DossierReader } from './reader.ts';
import type { DossierWriter } from './writer.ts';

/** What every use case of the module is given. */
export type DossierContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly ports: DossierPorts;
  readonly codes: CodeNumbers;
  /** Where readings of lists are noted; see `list-trail.ts`. */
  readonly readings: ReadingLog;
  readonly reader: DossierReader;
  readonly writer: DossierWriter;
  /** Key of the digests of ID numbers and second facts; belongs to the installation. */
  readonly secret: string;
  /** Demo installation: reserved identity numbers are accepted. */
  readonly demo: boolean;
};
