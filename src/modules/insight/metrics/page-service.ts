import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, formatDay, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { MetricsContext } from './context.ts';
import type * as contract from './contract.ts';
import { whereOf } from './narrowing.ts';
import type { MetricDefinition } from './rules/definition.ts';
import { FACTS, factOf, groupOf } from './rules/facts.ts';
import type { MetricQuery, MetricValue } from './rules/types.ts';
import type { MetricsService } from './service.ts';
import { createVisitPages, namedVisits, nameOf, namesOf, type VisitPages } from './visit-page-service.ts';

const TREND = 12;
/** More units than this are chosen by walking down from one above. */
const UNITS_OFFERED = 300;
/** More procedures than this are narrowed by their field in the address. */
const PROCEDURES_OFFERED = 2000;

/** What the screens ask, in their shape. */
export type MetricsPages = {
  options(actor: Actor): Promise<ReplyOf<typeof contract.getMetricOptions>>;
  metric(actor: Actor, asked: contract.AskedQueryType): Promise<ReplyOf<typeof contract.getMetric>>;
  rows(actor: Actor, asked: QueryOf<typeof contract.listMetricRows>): Promise<ReplyOf<typeof contract.listMetricRows>>;
  split(actor: Actor, asked: QueryOf<typeof contract.splitMetric>): Promise<ReplyOf<typeof contract.splitMetric>>;
  closings(
    actor: Actor,
    asked: QueryOf<typeof contract.listMetricClosings>,
  ): Promise<ReplyOf<typeof contract.listMetricClosings>>;
  close(
    actor: Actor,
    body: BodyOf<typeof contract.closeMetricPeriod>,
  ): Promise<ReplyOf<typeof contract.closeMetricPeriod>>;
  corrections(
    actor: Actor,
    asked: QueryOf<typeof contract.listMetricCorrections>,
  ): Promise<ReplyOf<typeof contract.listMetricCorrections>>;
};

export function createMetricsPages(ctx: MetricsContext, service: MetricsService): MetricsPages & VisitPages {
  const queryOf = (asked: contract.AskedQueryType): MetricQuery => {
    const where = whereOf(asked);
    const period = service.periodOf(asked.period, asked.cutoff ?? 'calendar');
    if (period.from > dayOf(ctx.clock.now()))
      throw new AppError('metrics/future', { params: { day: formatDay(period.from) } });
    return {
      metricId: asked.metricId,
      unitId: asked.unitId,
      roll: asked.roll ?? 'tree',
      period,
      ...(where ? { where } : {}),
    };
  };
  const namesOfUnits = (values: readonly MetricValue[]): Promise<ReadonlyMap<string, string>> =>
    ctx.ports.unitNames([...new Set(values.map((one) => one.unitId))], values[0]?.period.to ?? dayOf(ctx.clock.now()));
  const named = async (values: readonly MetricValue[]): Promise<contract.MetricValueType[]> => {
    const names = await namesOfUnits(values);
    return values.map((one) => {
      const { period, definitionId, warnings } = one;
      return { ...unitValueOf(one, names), period, definitionId, warnings: [...warnings] };
    });
  };
  const namedUnits = async (values: readonly MetricValue[]): Promise<contract.UnitValueType[]> => {
    const names = await namesOfUnits(values);
    return values.map((one) => unitValueOf(one, names));
  };

  return {
    ...createVisitPages(ctx, service),
    async options(actor) {
      const today = dayOf(ctx.clock.now());
      const directory = await ctx.directory();
      const mine = unitsFor(actor, 'metrics.read');
      const depth = new Map(mine.map((id) => [id, directory.pathOn(id, today).length]));
      // Superiors first: where there are too many, those below are reached from theirs.
      const offered = [...mine].sort((a, b) => (depth.get(a) ?? 0) - (depth.get(b) ?? 0)).slice(0, UNITS_OFFERED);
      const [names, fields, steps] = await Promise.all([
        ctx.ports.unitNames(offered, today),
        ctx.ports.fieldsOn(today),
        ctx.ports.stepNames(),
      ]);
      const procedures = await ctx.ports.procedureNames([...fields.keys()]);
      const byCode = new Map([...fields.values()].map((one) => [one.code, one.name]));
      const collator = new Intl.Collator('vi');
      return {
        fields: [...byCode].map(([code, name]) => ({ code, name })).sort((a, b) => collator.compare(a.name, b.name)),
        procedures: [...fields]
          .map(([code, { code: field }]) => ({ code, name: procedures.get(code) ?? code, field }))
          .sort((a, b) => collator.compare(a.name, b.name))
          .slice(0, PROCEDURES_OFFERED),
        steps: [...steps].map(([id, name]) => ({ id, name })).sort((a, b) => collator.compare(a.name, b.name)),
        metrics: service.definitions(today).map(described),
        units: offered.map((id) => ({ id, name: names.get(id) ?? '' })),
      };
    },
    async metric(actor, asked) {
      const query = queryOf(asked);
      const { trend, units } = await service.trendAndUnits(actor, query, TREND);
      const definition = service.definitions(query.period.to).find((one) => one.id === query.metricId);
      const shown = await named(trend);
      const value = shown.at(-1);
      if (!definition || !value) throw new AppError('metrics/unknown-metric');
      const over = query.period.to < dayOf(ctx.clock.now());
      const closable =
        over && value.frozenAt === null && query.where === undefined && holds(actor, 'metrics.close', query.unitId);
      return { definition: described(definition), value, trend: shown, units: await namedUnits(units), closable };
    },
    async rows(actor, asked) {
      const paging = { page: asked.page ?? 1, pageSize: asked.pageSize ?? 50 };
      const found = await service.rows(actor, queryOf(asked), asked.side ?? 'numerator', paging);
      const { total, hidden } = found;
      if (found.fact === 'visit') return { rows: [], visits: await namedVisits(ctx, found.rows), total, hidden };
      const { rows } = found;
      const day = dayOf(ctx.clock.now());
      const [procedures, units] = await Promise.all([
        ctx.ports.procedureNames([...new Set(rows.map((row) => row.procedureCode))]),
        ctx.ports.unitNames([...new Set(rows.map((row) => row.unitId))], day),
      ]);
      return {
        rows: rows.map(({ unitId, dueAt, ...row }) => ({
          ...row,
          dueAt: dueAt && toIso(dueAt),
          unitName: units.get(unitId) ?? '',
          procedureName: procedures.get(row.procedureCode) ?? row.procedureCode,
        })),
        visits: [],
        total,
        hidden,
      };
    },
    async split(actor, { by, ...asked }) {
      const { metricId, ...query } = queryOf(asked);
      const found = await service.split(actor, query, by, [metricId]);
      const keys = found.map((one) => one.key);
      const names = await namesOf(ctx, by, keys, query.period.to);
      return {
        rows: found.flatMap(({ key, values }) =>
          values.map(({ metricId: _, ...value }) => ({ key, name: nameOf(names, by, key), ...value })),
        ),
        computedAt: toIso(ctx.clock.now()),
      };
    },
    async closings(actor, { unitId }) {
      const found = await service.closings(actor, unitId);
      const people = found.map((one) => one.closedBy).filter((one) => one.startsWith('staff:'));
      const names = await ctx.ports.staffNames([...new Set(people.map((one) => one.slice(6)))]);
      return {
        rows: found.map(({ id, period, closedAt, closedBy, digest }) => ({
          id,
          period: period.id,
          cutoff: period.cutoff,
          from: period.from,
          to: period.to,
          closedAt: toIso(closedAt),
          closedBy: names.get(closedBy.slice(6))?.name ?? null,
          digest,
        })),
      };
    },
    async close(actor, { unitId, period, cutoff }) {
      const { id, digest, closedAt } = await service.close(actor, unitId, service.periodOf(period, cutoff));
      return { id, digest, closedAt: toIso(closedAt) };
    },
    async corrections(actor, { unitId, period, cutoff }) {
      const found = await service.corrections(actor, unitId, service.periodOf(period, cutoff ?? 'calendar'));
      const [frozen, now] = await Promise.all([
        named(found.map((one) => one.frozen)),
        named(found.map((one) => one.now)),
      ]);
      return {
        rows: found.flatMap((one, nth) => {
          const [a, b] = [frozen[nth], now[nth]];
          return a && b ? [{ metricId: one.frozen.metricId, frozen: a, now: b }] : [];
        }),
      };
    },
  };
}

const unitValueOf = (
  { unitId, numerator, denominator, value, rounded, unit, computedAt, frozenAt }: MetricValue,
  names: ReadonlyMap<string, string>,
): contract.UnitValueType => ({
  unitId,
  unitName: names.get(unitId) ?? '',
  numerator,
  denominator,
  value,
  rounded,
  unit,
  computedAt: toIso(computedAt),
  frozenAt: frozenAt && toIso(frozenAt),
});

const described = (one: MetricDefinition) => ({
  id: one.id,
  name: one.name,
  meaning: one.meaning,
  source: one.source,
  note: one.note ?? null,
  verified: one.verified,
  unit: one.unit,
  direction: one.direction,
  hasDenominator: one.denominator !== undefined,
  fact: factOf(one),
  group: groupOf(one),
  dimensions: [...FACTS[factOf(one)].dimensions],
});
