import { type Actor, holds } from '../../../core/access/actor.ts';
import { type Day, dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { createTurns } from '../../../platform/turns/turns.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { Wanted } from './bundle-batches.ts';
import { type BundleBook, bundleBookOf } from './bundle-book.ts';
import { frozenKey } from './closing-store.ts';
import { getMetricDefinitions } from './content.ts';
import type { MetricsContext } from './context.ts';
import { frozenFigures } from './frozen-book.ts';
import { narrowingOf } from './narrowing.ts';
import { type Figure, figureOf, type Needs, needsOfAll } from './rules/bundle.ts';
import type { MetricDefinition } from './rules/definition.ts';
import { dossierTermsOf, factOf, lackingDimension } from './rules/facts.ts';
import { previousPeriod } from './rules/period.ts';
import type { MetricQuery, MetricValue, MetricWarning } from './rules/types.ts';
import { figureValue } from './rules/value.ts';
import { openVisitBook, type VisitBook } from './visit-book.ts';
import { mayAskPerson, readVisitFigures } from './visit-service.ts';

const READ = 'metrics.read';

/** The definition in force on the last day of a period. @throws AppError metrics/unknown-metric */
function definitionOn(metricId: string, day: Day): MetricDefinition {
  const found = getMetricDefinitions().find(
    (one) => one.id === metricId && one.validFrom <= day && day <= (one.validTo ?? '9999-12-31'),
  );
  if (!found) throw new AppError('metrics/unknown-metric');
  return found;
}

/** The definition a question is answered by. @throws AppError metrics/unknown-metric, metrics/no-dimension */
export function definitionFor({ metricId, period, where }: MetricQuery): MetricDefinition {
  const definition = definitionOn(metricId, period.to);
  if (lackingDimension(factOf(definition), where)) throw new AppError('metrics/no-dimension');
  return definition;
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

const changeDays = new WeakMap<UnitDirectory, ReadonlyMap<string, readonly Day[]>>();
/** Days on which units were made of others or went into others. */
function changesOf(directory: UnitDirectory): ReadonlyMap<string, readonly Day[]> {
  const known = changeDays.get(directory);
  if (known) return known;
  const days = new Map<string, Day[]>();
  for (const { date, from, to } of directory.successions)
    for (const id of [...from, ...to]) days.set(id, [...(days.get(id) ?? []), date]);
  changeDays.set(directory, days);
  return days;
}

/** What the reader must know of a unit's figures in a period. */
function warningsOf(
  directory: UnitDirectory,
  places: Pick<BundleBook | VisitBook, 'under'>,
  query: MetricQuery,
  today: Day,
): readonly MetricWarning[] {
  const { period } = query;
  const warnings: MetricWarning[] = [];
  if (!directory.unitOn(query.unitId, period.to)) warnings.push('unit-closed');
  const changes = changesOf(directory);
  const { from } = previousPeriod(period);
  const changed = places.under(query).some((id) => changes.get(id)?.some((date) => date > from && date <= period.to));
  if (changed) warnings.push('units-changed');
  if (period.to >= today) warnings.push('period-open');
  return warnings;
}

/** See `MetricsService.values`. `live`: closed periods are computed anew instead of read as frozen. */
export async function readValues(
  ctx: MetricsContext,
  actor: Actor,
  queries: readonly MetricQuery[],
  options: { readonly live?: boolean } = {},
): Promise<readonly MetricValue[]> {
  for (const query of queries) {
    mayRead(actor, query.unitId);
    mayAskPerson(actor, query);
  }
  const now = ctx.clock.now();
  const defined = queries.map((query) => ({ query, definition: definitionFor(query) }));
  const facts = new Set(defined.map(({ definition }) => factOf(definition)));
  // At once, for then they look together; what is not needed after all may fail unseen.
  const opening = facts.has('dossier') ? openBook(ctx) : undefined;
  const openingVisits = facts.has('visit') ? openVisitBook(ctx) : undefined;
  opening?.catch(() => {});
  openingVisits?.catch(() => {});
  const frozen = options.live ? new Map() : await frozenFigures(ctx.readDb, queries);
  const asked = defined.map((one) => ({
    ...one,
    kept: one.query.where === undefined ? frozen.get(frozenKey(one.query)) : undefined,
  }));
  const missing = asked.filter((one) => one.kept === undefined);
  const visits = missing.filter((one) => factOf(one.definition) === 'visit');
  const live = missing.filter((one) => factOf(one.definition) === 'dossier');
  const [book, visitBook] = await Promise.all([
    live.length > 0 ? opening : undefined,
    visits.length > 0 ? openingVisits : undefined,
  ]);
  const questions = questionsOf(live);
  const nthOf = new Map(questions.flatMap(({ asked }, nth) => asked.map((one) => [one, nth] as const)));
  const wanted = await Promise.all(
    questions.map(async ({ query: { unitId, roll, period, where }, needs }): Promise<Wanted> => {
      const narrowing = await narrowingOf(ctx.ports, where, period.to);
      return { unitId, roll, period, role: 'decided', narrowing, ...needs };
    }),
  );
  const [bundles, figures] = await Promise.all([
    book ? book.bundles(wanted, now) : [],
    visitBook ? readVisitFigures(ctx, visitBook, visits) : [],
  ]);
  const counted = new Map<MetricQuery, Figure>([
    ...live.map(({ query, definition }): [MetricQuery, Figure] => {
      const bundle = bundles[nthOf.get(query) ?? -1];
      if (!bundle) throw new Error('every live figure has its bundle');
      return [query, figureOf(definition, bundle, query.where?.channel)];
    }),
    ...visits.map(({ query }, nth): [MetricQuery, Figure] => [query, figures[nth] ?? NONE]),
  ]);
  const directory = await ctx.directory();
  const warned = new Map<string, readonly MetricWarning[]>();
  const values: MetricValue[] = [];
  const turns = createTurns();
  for (const { query, definition, kept } of asked) {
    if (turns.over()) await turns.next();
    const standing = factOf(definition) === 'visit' ? visitBook : book;
    if (kept || !standing) {
      if (kept) values.push(metricValue(query, definition, kept, kept.warnings, kept.at, kept.at, kept.definitionId));
      continue;
    }
    const key = `${factOf(definition)} ${query.unitId} ${query.roll} ${query.period.from} ${query.period.to}`;
    const warnings = warned.get(key) ?? warningsOf(directory, standing, query, dayOf(now));
    warned.set(key, warnings);
    // Of a period that has not begun nothing is known: what is open today is not what will be open then.
    const nothing = warnings.includes('unit-closed') || query.period.from > dayOf(now);
    const figure = nothing ? NONE : (counted.get(query) ?? NONE);
    values.push(metricValue(query, definition, figure, warnings, now, null));
  }
  return values;
}

const NONE: Figure = { numerator: null, denominator: null };

/** Queries of one unit, period and filter share one bundle. */
const questionOf = ({ unitId, roll, period, where }: MetricQuery): string => {
  const place = `${unitId} ${roll} ${period.from} ${period.to}`;
  return where ? `${place} ${where.field} ${where.procedureCode} ${where.receivedUnitId}` : place;
};

type AskedDossiers = { readonly query: MetricQuery; readonly definition: MetricDefinition };
type Question = { readonly asked: readonly MetricQuery[]; readonly query: MetricQuery; readonly needs: Needs };

/** In the order they first come; what several metrics need together is worked out once for each set of metrics. */
function questionsOf(asked: readonly AskedDossiers[]): readonly Question[] {
  const metrics = Map.groupBy(asked, ({ query }) => questionOf(query));
  const known = new Map<string, Needs>();
  return [...metrics.values()].map((mine) => {
    const ids = mine.map(({ definition }) => `${definition.id}@${definition.validFrom}`).join();
    const needs = known.get(ids) ?? needsOfAll(mine.flatMap(({ definition }) => dossierTermsOf(definition)));
    known.set(ids, needs);
    const [first] = mine;
    if (!first) throw new Error('a question is asked by somebody');
    return { asked: mine.map(({ query }) => query), query: first.query, needs };
  });
}

function metricValue(
  query: MetricQuery,
  definition: MetricDefinition,
  figure: Figure,
  warnings: readonly MetricWarning[],
  computedAt: Date,
  frozenAt: Date | null,
  definitionId = `${definition.id}@${definition.validFrom}`,
): MetricValue {
  return {
    metricId: query.metricId,
    unitId: query.unitId,
    period: query.period,
    ...figureValue(definition, figure),
    unit: definition.unit,
    computedAt,
    definitionId,
    warnings,
    frozenAt,
  };
}
