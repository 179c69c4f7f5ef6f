import { type Actor, holds } from '../../../core/access/actor.ts';
import { Decimal, rounded } from '../../../core/scoring/index.ts';
import { type Day, dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { findFrozen } from './closing-store.ts';
import { getMetricDefinitions } from './content.ts';
import type { MetricsContext } from './context.ts';
import { findCountedUnits, type Reading, readBundle } from './read-store.ts';
import { figureOf } from './rules/bundle.ts';
import type { MetricDefinition } from './rules/definition.ts';
import { unitsUnder } from './rules/placement.ts';
import type { MetricQuery, MetricValue, MetricWarning } from './rules/types.ts';

export const READ = 'metrics.read';

/** The definition in force on the last day of a period. @throws AppError metrics/unknown-metric */
export function definitionOn(metricId: string, day: Day): MetricDefinition {
  const found = getMetricDefinitions().find(
    (one) => one.id === metricId && one.validFrom <= day && day <= (one.validTo ?? '9999-12-31'),
  );
  if (!found) throw new AppError('metrics/unknown-metric');
  return found;
}

/** Everybody but the installation itself holds `metrics.read` for the unit. */
export function mayRead(actor: Actor, unitId: string): void {
  if (actor.kind !== 'system' && !holds(actor, READ, unitId)) throw new AppError('row/missing');
}

/** What a query reads: units in its place on the last day of the period, procedures of its field. */
export async function readingOf(
  ctx: MetricsContext,
  directory: UnitDirectory,
  counted: readonly string[],
  query: MetricQuery,
): Promise<Reading & { readonly warnings: readonly MetricWarning[] }> {
  const { period, where } = query;
  const warnings: MetricWarning[] = [];
  if (!directory.unitOn(query.unitId, period.to)) warnings.push('unit-closed');
  const under = unitsUnder(directory, counted, query.unitId, query.roll, period.to);
  const mergers = directory.successions.some(
    (one) =>
      one.date > period.from &&
      one.date <= period.to &&
      [...one.from, ...one.to].some((id) => under.unitIds.includes(id)),
  );
  if (under.moved || mergers) warnings.push('units-changed');
  if (period.to >= dayOf(ctx.clock.now())) warnings.push('period-open');
  const ofField = where?.field === undefined ? undefined : await ctx.ports.proceduresOfField(where.field);
  const one = where?.procedureCode;
  const procedureCodes = one === undefined ? ofField : ofField && !ofField.includes(one) ? [] : [one];
  return { unitIds: under.unitIds, period, procedureCodes, warnings };
}

/** See `MetricsService.values`. `live`: closed periods are computed anew instead of read as frozen. */
export async function readValues(
  ctx: MetricsContext,
  actor: Actor,
  queries: readonly MetricQuery[],
  options: { readonly live?: boolean } = {},
): Promise<readonly MetricValue[]> {
  for (const query of queries) mayRead(actor, query.unitId);
  const now = ctx.clock.now();
  const [directory, counted] = await Promise.all([ctx.directory(), findCountedUnits(ctx.readDb)]);
  const shared = new Map<
    string,
    Promise<{ reading: Awaited<ReturnType<typeof readingOf>>; bundle: Awaited<ReturnType<typeof readBundle>> }>
  >();
  const bundleOf = (query: MetricQuery) => {
    const { period, where } = query;
    const key = [query.unitId, query.roll, period.from, period.to, where?.field, where?.procedureCode].join(' ');
    const known = shared.get(key);
    if (known) return known;
    const made = (async () => {
      const reading = await readingOf(ctx, directory, counted, query);
      return { reading, bundle: await readBundle(ctx.readDb, reading, now) };
    })();
    shared.set(key, made);
    return made;
  };
  const frozen = options.live ? new Map() : await findFrozen(ctx.readDb, queries);
  const values: MetricValue[] = [];
  for (const query of queries) {
    const definition = definitionOn(query.metricId, query.period.to);
    const kept = query.where === undefined ? frozen.get(frozenKey(query)) : undefined;
    if (kept) {
      values.push(metricValue(query, definition, kept, kept.warnings, kept.at, kept.at, kept.definitionId));
      continue;
    }
    const { reading, bundle } = await bundleOf(query);
    const closed = reading.warnings.includes('unit-closed');
    const figure = closed ? { numerator: null, denominator: null } : figureOf(definition, bundle, query.where?.channel);
    values.push(metricValue(query, definition, figure, reading.warnings, now, null));
  }
  return values;
}

export const frozenKey = (q: Pick<MetricQuery, 'metricId' | 'unitId' | 'roll' | 'period'>): string =>
  `${q.period.id} ${q.period.cutoff} ${q.unitId} ${q.roll} ${q.metricId}`;

/** Shares are exact decimals rounded once; an empty denominator is no data. */
function metricValue(
  query: MetricQuery,
  definition: MetricDefinition,
  figure: { readonly numerator: number | null; readonly denominator: number | null },
  warnings: readonly MetricWarning[],
  computedAt: Date,
  frozenAt: Date | null,
  definitionId = `${definition.id}@${definition.validFrom}`,
): MetricValue {
  const { numerator, denominator } = figure;
  const exact =
    numerator === null
      ? null
      : definition.denominator === undefined
        ? new Decimal(numerator)
        : denominator === null || denominator === 0
          ? null
          : new Decimal(numerator).times(definition.unit === 'percent' ? 100 : 1).div(denominator);
  return {
    metricId: query.metricId,
    unitId: query.unitId,
    period: query.period,
    numerator,
    denominator: definition.denominator === undefined ? null : denominator,
    value: exact === null ? null : exact.toNumber(),
    rounded: exact === null ? null : rounded(exact, definition.decimals),
    unit: definition.unit,
    computedAt,
    definitionId,
    warnings,
    frozenAt,
  };
}
