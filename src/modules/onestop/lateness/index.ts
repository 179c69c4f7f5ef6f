/** The door of `lateness`: who answers for a late dossier, and what its head says. */
export type { LatenessContext } from './context.ts';
export { countLatenessNotes, eraseLatenessNotes } from './erase-store.ts';
export { registerLatenessRoutes } from './routes.ts';
export { createLatenessContext, createLatenessService, type LatenessService } from './service.ts';
export { createCauseRequestSubscriber, createLatenessSubscriber } from './subscribers.ts';
