import type { Actor } from '../../../core/access/actor.ts';
import type { MetricDefinition } from './rules/definition.ts';
import type { Cutoff, FactRows, MetricQuery, MetricValue, Paging, Period, Side } from './rules/types.ts';

export type MetricsService = {
  /** @throws AppError `metrics/unknown-period` */
  periodOf(id: string, cutoff: Cutoff): Period;
  /**
   * Figures in the order asked. Staff hold `metrics.read` for each unit; queries of one unit, period and filter share one
   * reading.
   * @throws AppError `metrics/unknown-metric`, `row/missing`
   */
  values(actor: Actor, queries: readonly MetricQuery[]): Promise<readonly MetricValue[]>;
  /** The dossiers behind one side of a figure, oldest reception first; `total` equals the number. */
  rows(actor: Actor, query: MetricQuery, side: Side, paging: Paging): Promise<FactRows>;
  /** The figure of the period and of those before it, oldest first. */
  trend(actor: Actor, query: MetricQuery, periods: number): Promise<readonly MetricValue[]>;
  /** The direct children on the last day of the period and the unit by itself: their counts add up to the tree's. */
  byUnit(actor: Actor, query: MetricQuery): Promise<readonly MetricValue[]>;
  /** Definitions in force on the day; all of them without a day. */
  definitions(day?: string): readonly MetricDefinition[];
};
