import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { type ContentService, createContentService } from './content-service.ts';
import { createDirectorySource } from './directory-source.ts';
import { createImportService, type ImportService } from './import-service.ts';
import type { CountOpenDossiers } from './ports.ts';
import { createStaffService, type StaffService } from './staff-service.ts';
import { createSuccessionPreview, type SuccessionPreviewService } from './succession-service.ts';
import { createUnitReading, type UnitReading } from './unit-reading.ts';
import { createUnitEditService, type UnitEditService } from './unit-service.ts';

/** Units, staff and roles: everything the module offers, as one object. */
export type OrganisationService = UnitReading &
  UnitEditService &
  SuccessionPreviewService &
  StaffService &
  ImportService &
  ContentService;

/**
 * One per process: it keeps the unit directory in memory.
 * @param deps.clock the business clock; "today" of the endpoints is its day in Vietnam.
 */
export function createOrganisationService(deps: {
  readonly db: Pool;
  readonly clock: Clock;
  /** Left out: a preview of a succession shows no dossiers. */
  readonly countOpenDossiers?: CountOpenDossiers;
}): OrganisationService {
  const all = { ...deps, directory: createDirectorySource(deps.db) };
  return {
    ...createUnitReading(all),
    ...createUnitEditService(all),
    ...createSuccessionPreview(all),
    ...createStaffService(all),
    ...createImportService(all),
    ...createContentService(all),
  };
}
