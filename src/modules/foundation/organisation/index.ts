/** The door of `organisation`: units read with a date, staff, roles. */
export { readRoles } from './content.ts';
export { STAFF_CHANGED, UNITS_SUCCEEDED } from './events.ts';
export type { ImportUnitsReport } from './import-service.ts';
export type { CountOpenDossiers } from './ports.ts';
export { registerOrganisationRoutes } from './routes.ts';
export { placeOn } from './rules/placement.ts';
export { keepersOf, predecessorsOn, successorOf, successorsOn } from './rules/succession.ts';
export type { CodeScheme, Succession, UnitCode, UnitLevel, UnitType, UnitVersion } from './rules/unit.ts';
export { lastVersionOn, type Reach, type UnitDirectory, unitNameOn } from './rules/unit-directory.ts';
export { authorityName, formerName, nameInSentence } from './rules/unit-name.ts';
export { createOrganisationService, type OrganisationService } from './service.ts';
export type { StaffDetail, StaffGrants } from './staff-service.ts';
export { placeOf } from './unit-reading.ts';
