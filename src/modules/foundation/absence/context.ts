import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { OrganisationService } from '../organisation/index.ts';

/** What every use case of the module is given. */
export type AbsenceContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly organisation: Pick<
    OrganisationService,
    'loadGrants' | 'directory' | 'servingOn' | 'staffNames' | 'findStaffByName' | 'listRoles'
  >;
};
