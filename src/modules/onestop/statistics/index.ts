/** The door of `statistics`: counts for the public board. */
export {
  type BoardRow,
  type CountedDossier,
  countDossiers,
  createStatisticsService,
  rebuildStatistics,
  type StatisticsService,
} from './service.ts';
export { createStatisticsSubscriber } from './subscribers.ts';
