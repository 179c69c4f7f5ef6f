/** The door of `boards`: what a head sees of the unit's desks, a chief of all units. */
export type { BoardPorts } from './ports.ts';
export { registerBoardRoutes } from './routes.ts';
export { type BoardService, createBoardService } from './service.ts';
