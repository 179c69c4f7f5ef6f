/** The door of `statistics`: counts for the public board. */
export { type BoardRow, createStatisticsService, rebuildStatistics, type StatisticsService } from './service.ts';
export { createStatisticsSubscriber } from './subscribers.ts';
