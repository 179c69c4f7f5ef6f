/** The door of `surveys`: satisfaction asked of those whose dossiers are finished, and the index it gives. */
export { fieldGroups } from './content.ts';
export type { SurveyIndex } from './index-of.ts';
export { createSurveyTimers } from './invite-service.ts';
export { registerSurveyPages } from './page-routes.ts';
export type { FinishedDossier, SurveyPorts } from './ports.ts';
export { registerSurveyRoutes } from './routes.ts';
export { createSurveyService, type SurveyService } from './service.ts';
