import { type Actor, holds } from '../../../core/access/actor.ts';
import { Decimal, rounded } from '../../../core/scoring/index.ts';
import { type Day, dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type BundleBook, bundleBookOf, type Wanted } from './bundle-book.ts';
import { findFrozen } from './closing-store.ts';
import { getMetricDefinitions } from './content.ts';
import type { MetricsContext } from './context.ts';
import { narrowingOf } from './narrowing.ts';
import { figureOf, needsOfAll } from './rules/bundle.ts';
import type { MetricDefinition, Term } from './rules/definition.ts';
import type { MetricQuery, MetricValue, MetricWarning } from './rules/types.ts';

const READ = 'metrics.read';

/** The definition in force on the last day of a period. @throws AppError metrics/unknown-metric */
export function definitionOn(metricId: string, day: Day): MetricDefinition {
  const found = getMetricDefinitions().find(
    (one) => one.id === metricId && one.validFrom <= day && day <= (one.validTo ?? '9999-12-31'),
  );
  if (!found) throw new AppError('metrics/unknown-metric');
  return found;
}

/** Everybody but the installation itself holds `metrics.read` for the unit. */
export const reads = (actor: Actor, unitId: string): boolean => actor.kind === 'system' || holds(actor, READ, unitId);

/** @throws AppError row/missing */
export function mayRead(actor: Actor, unitId: string): void {
  if (!reads(actor, unitId)) throw new AppError('row/missing');
}

/** The book, up to the last counting and the present tree of units. */
export async function openBook(ctx: MetricsContext): Promise<BundleBook> {
  const book = bundleBookOf(ctx.readDb);
  await book.refresh(await ctx.directory());
  return book;
}

/** What the reader must know of a unit's figures in a period. */
async function warningsOf(
  ctx: MetricsContext,
  book: BundleBook,
  query: MetricQuery,
): Promise<readonly MetricWarning[]> {
  const { period } = query;
  const directory = await ctx.directory();
  const warnings: MetricWarning[] = [];
  if (!directory.unitOn(query.unitId, period.to)) warnings.push('unit-closed');
  const under = book.under(query);
  const mergers = directory.successions.some(
    (one) =>
      one.date > period.from &&
      one.date <= period.to &&
      [...one.from, ...one.to].some((id) => under.unitIds.includes(id)),
  );
  if (under.moved || mergers) warnings.push('units-changed');
  if (period.to >= dayOf(ctx.clock.now())) warnings.push('period-open');
  return warnings;
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
  const frozen = options.live ? new Map() : await findFrozen(ctx.readDb, queries);
  const asked = queries.map((query) => ({
    query,
    definition: definitionOn(query.metricId, query.period.to),
    kept: query.where === undefined ? frozen.get(frozenKey(query)) : undefined,
  }));
  const live = asked.filter((one) => one.kept === undefined);
  const book = live.length > 0 ? await openBook(ctx) : undefined;
  const terms = termsByQuestion(live);
  const wanted = await Promise.all(
    live.map(async ({ query }): Promise<Wanted> => {
      const { unitId, roll, period } = query;
      const narrowing = await narrowingOf(ctx.ports, query.where, period.to);
      return { unitId, roll, period, role: 'decided', narrowing, ...needsOfAll(terms.get(questionOf(query)) ?? []) };
    }),
  );
  const bundles = book ? await book.bundles(wanted, now) : [];
  const warned = new Map<string, Promise<readonly MetricWarning[]>>();
  let nth = 0;
  const values: MetricValue[] = [];
  for (const { query, definition, kept } of asked) {
    if (kept) {
      values.push(metricValue(query, definition, kept, kept.warnings, kept.at, kept.at, kept.definitionId));
      continue;
    }
    const bundle = bundles[nth++];
    if (!book || !bundle) throw new Error('every live figure has its bundle');
    const key = `${query.unitId} ${query.roll} ${query.period.from} ${query.period.to}`;
    const warning = warned.get(key) ?? warningsOf(ctx, book, query);
    warned.set(key, warning);
    const warnings = await warning;
    const closed = warnings.includes('unit-closed');
    const figure = closed ? { numerator: null, denominator: null } : figureOf(definition, bundle, query.where?.channel);
    values.push(metricValue(query, definition, figure, warnings, now, null));
  }
  return values;
}

/** Queries of one unit, period and filter share one bundle. */
const questionOf = ({ unitId, roll, period, where }: MetricQuery): string =>
  [unitId, roll, period.from, period.to, where?.field, where?.procedureCode, where?.receivedUnitId].join(' ');

function termsByQuestion(
  asked: readonly { readonly query: MetricQuery; readonly definition: MetricDefinition }[],
): ReadonlyMap<string, readonly Term[]> {
  const terms = new Map<string, Term[]>();
  for (const { query, definition } of asked) {
    const own = [...definition.numerator.terms, ...(definition.denominator?.terms ?? [])];
    const known = terms.get(questionOf(query));
    if (known) known.push(...own);
    else terms.set(questionOf(query), own);
  }
  return terms;
}

const frozenKey = (q: Pick<MetricQuery, 'metricId' | 'unitId' | 'roll' | 'period'>): string =>
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
