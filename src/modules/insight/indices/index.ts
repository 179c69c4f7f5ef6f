/** The door of `indices`: indicator sets, scoring of units by year, published places. */
export { publishedCsv, publishedIndices, registerIndexPages } from './page-routes.ts';
export type { IndexAction, IndexPorts } from './ports.ts';
export { registerIndexRoutes } from './routes.ts';
export { SURVEY_METRIC, SURVEY_PART } from './rules/period.ts';
export { createIndexService, EVIDENCE, type IndexService, WITHDRAWN_EVIDENCE } from './service.ts';
