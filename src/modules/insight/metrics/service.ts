import type { Actor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type Correction, closePeriod, correctionsOf } from './closing-service.ts';
import { type Closing, type ClosingHead, listClosings } from './closing-store.ts';
import { getMetricDefinitions } from './content.ts';
import type { MetricsContext } from './context.ts';
import { type CountedRowsAsk, type CountsAsk, type CountsRow, countedRows, countTable } from './counts-service.ts';
import type { MetricDefinition } from './rules/definition.ts';
import { dossierTerms, factOf, visitTerms } from './rules/facts.ts';
import { periodOf, previousPeriod } from './rules/period.ts';
import type {
  Cutoff,
  FactRows,
  MetricQuery,
  MetricRows,
  MetricValue,
  Paging,
  Period,
  Side,
  SplitBy,
  SplitRow,
} from './rules/types.ts';
import { splitValues } from './split-service.ts';
import { definitionFor, mayRead, openBook, reads, readValues } from './value-service.ts';
import { mayAskPerson, visitRows } from './visit-service.ts';

export type MetricsService = {
  /** @throws AppError `metrics/unknown-period` */
  periodOf(id: string, cutoff: Cutoff): Period;
  /**
   * Figures in the order asked. Staff hold `metrics.read` for each unit; queries of one unit, period and filter share one
   * reading. A closed period answers as frozen.
   * Metrics of dossiers and of visits to steps alike.
   * @throws AppError `metrics/unknown-metric`, `metrics/no-dimension` (a filter the metric's fact has not), `row/missing`
   */
  values(actor: Actor, queries: readonly MetricQuery[]): Promise<readonly MetricValue[]>;
  /**
   * The dossiers behind one side of a figure, by the day that makes them count (of the open: reception), or the visits,
   * latest first; `total` equals the number as it is computed now (of minutes: what they are added up of).
   */
  rows(actor: Actor, query: MetricQuery, side: Side, paging: Paging): Promise<MetricRows>;
  /** See `splitValues`: metrics of one fact by unit, field, procedure, channel, step or person (`metrics.persons`). */
  split(
    actor: Actor,
    query: Omit<MetricQuery, 'metricId'>,
    by: SplitBy,
    metricIds: readonly string[],
  ): Promise<readonly SplitRow[]>;
  /** The figure of the period and of those before it, oldest first; at most 36. */
  trend(actor: Actor, query: MetricQuery, periods: number): Promise<readonly MetricValue[]>;
  /**
   * The unit by itself, then its direct children on the last day of the period with all below them: their counts add up
   * to the unit's `tree`. Children the reader holds no `metrics.read` for are left out.
   * @param metricIds several metrics in one reading: of each unit all, in this order. Default: that of the query
   */
  byUnit(actor: Actor, query: MetricQuery, metricIds?: readonly string[]): Promise<readonly MetricValue[]>;
  /** `trend` and, of a tree, `byUnit` in one reading. */
  trendAndUnits(
    actor: Actor,
    query: MetricQuery,
    periods: number,
  ): Promise<{ readonly trend: readonly MetricValue[]; readonly units: readonly MetricValue[] }>;
  /** See `closePeriod`. */
  close(actor: Actor, unitId: string, period: Period): Promise<Closing>;
  /** Closings that froze the unit's figures, its own or a superior's, the latest period first; at most 100. */
  closings(actor: Actor, unitId: string): Promise<readonly ClosingHead[]>;
  /** What was corrected after a closing; the frozen figures stay. */
  corrections(actor: Actor, unitId: string, period: Period): Promise<readonly Correction[]>;
  /**
   * A table of counts in one reading of the sums, whatever the number of units and columns: for reports. Units without
   * any dossier have no row. The caller has checked that its reader may know these units' figures.
   * @example counts({unitIds, period, by: 'field', columns: REPORT_COUNTS}) → [{unitId, key: 'ho-tich', counts: {carried: 3, …}}]
   */
  counts<Id extends string>(ask: CountsAsk<Id>): Promise<readonly CountsRow<Id>[]>;
  /** The dossiers behind cells of such a table: `total` is the sum of the cells with these terms; the scope is the actor's. */
  countedRows(actor: Actor, ask: CountedRowsAsk, paging: Paging): Promise<FactRows>;
  /** Definitions in force on the day; all of them without a day. */
  definitions(day?: string): readonly MetricDefinition[];
};

export function createMetricsService(ctx: MetricsContext): MetricsService {
  return {
    periodOf(id, cutoff) {
      const period = periodOf(id, cutoff);
      if (!period) throw new AppError('metrics/unknown-period');
      return period;
    },
    values: (actor, queries) => readValues(ctx, actor, queries),
    async rows(actor, query, side, paging) {
      mayRead(actor, query.unitId);
      mayAskPerson(actor, query);
      const { period, where } = query;
      const definition = definitionFor(query);
      const terms = side === 'numerator' ? definition.numerator.terms : definition.denominator?.terms;
      if (!terms) throw new AppError('metrics/no-denominator');
      const fact = factOf(definition);
      if (!(await ctx.directory()).unitOn(query.unitId, period.to)) return { fact, rows: [], total: 0, hidden: 0 };
      if (fact === 'visit') return { fact, ...(await visitRows(ctx, actor, query, visitTerms(terms), paging)) };
      const unitIds = (await openBook(ctx)).under(query);
      const ask = { unitIds, period, terms: dossierTerms(terms), ...(where ? { where } : {}) };
      return { fact, ...(await countedRows(ctx, actor, ask, paging)) };
    },
    split: (actor, query, by, metricIds) => splitValues(ctx, actor, query, by, metricIds),
    counts: (ask) => countTable(ctx, ask),
    countedRows: (actor, ask, paging) => countedRows(ctx, actor, ask, paging),
    trend: (actor, query, periods) => readValues(ctx, actor, trendOf(query, periods)),
    byUnit: async (actor, query, metricIds) => readValues(ctx, actor, await unitsOf(ctx, actor, query, metricIds)),
    async trendAndUnits(actor, query, periods) {
      const before = trendOf(query, periods);
      const below = query.roll === 'tree' ? await unitsOf(ctx, actor, query) : [];
      const values = await readValues(ctx, actor, [...before, ...below]);
      return { trend: values.slice(0, before.length), units: values.slice(before.length) };
    },
    close: (actor, unitId, period) => closePeriod(ctx, actor, unitId, period),
    async closings(actor, unitId) {
      mayRead(actor, unitId);
      return listClosings(ctx.readDb, unitId, 100);
    },
    corrections: (actor, unitId, period) => correctionsOf(ctx, actor, unitId, period),
    definitions: (day) =>
      getMetricDefinitions().filter(
        (one) => day === undefined || (one.validFrom <= day && day <= (one.validTo ?? '9999-12-31')),
      ),
  };
}

/** The query for its period and those before it, oldest first. */
function trendOf(query: MetricQuery, periods: number): readonly MetricQuery[] {
  const queries = [query];
  for (let at = query.period; queries.length < Math.min(periods, 36); ) {
    at = previousPeriod(at);
    // Nothing was defined before then, so there is no figure to compare with.
    const { to } = at;
    if (!getMetricDefinitions().some((one) => one.id === query.metricId && one.validFrom <= to)) break;
    queries.unshift({ ...query, period: at });
  }
  return queries;
}

/** The unit by itself, then those directly below it that the reader may read. @throws AppError row/missing */
async function unitsOf(
  ctx: MetricsContext,
  actor: Actor,
  query: MetricQuery,
  metricIds: readonly string[] = [query.metricId],
): Promise<readonly MetricQuery[]> {
  mayRead(actor, query.unitId);
  const children = (await ctx.directory()).childrenOn(query.unitId, query.period.to).map((one) => one.unitId);
  const units: MetricQuery[] = [
    { ...query, roll: 'own' },
    ...children.filter((id) => reads(actor, id)).map((unitId) => ({ ...query, unitId, roll: 'tree' as const })),
  ];
  return units.flatMap((one) => metricIds.map((metricId) => ({ ...one, metricId })));
}
