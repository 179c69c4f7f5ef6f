import type { Actor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { readBundles } from './bundle-reading.ts';
import type { MetricsContext } from './context.ts';
import { narrowingOf } from './narrowing.ts';
import { type Figure, figureOf, needsOfAll } from './rules/bundle.ts';
import type { MetricDefinition } from './rules/definition.ts';
import { dossierTermsOf, FACTS, factOf } from './rules/facts.ts';
import type { MetricQuery, SplitBy, SplitRow } from './rules/types.ts';
import { figureValue } from './rules/value.ts';
import { visitFigureOf } from './rules/visits.ts';
import { definitionFor, mayRead, openBook } from './value-service.ts';
import { openVisitBook } from './visit-book.ts';
import { mayAskPerson, mayKnowPersons, visitNarrowing } from './visit-service.ts';

const CHANNELS = ['desk', 'online', 'post'] as const;

/** Figures of a key as they come: several procedures of one field, several former units of one. */
type Part = { readonly key: string; readonly figures: readonly Figure[] };

/**
 * Figures told apart, the largest part first; of each side the parts add up to the figure as it is computed now (a closed
 * period is not told apart as frozen). Parts of which both sides are nothing are left out.
 * @param metricIds of one fact; of each part all, in this order
 * @throws AppError metrics/no-dimension, row/missing
 */
export async function splitValues(
  ctx: MetricsContext,
  actor: Actor,
  query: Omit<MetricQuery, 'metricId'>,
  by: SplitBy,
  metricIds: readonly string[],
): Promise<readonly SplitRow[]> {
  mayRead(actor, query.unitId);
  mayAskPerson(actor, query);
  if (by === 'person' && !mayKnowPersons(actor, query.unitId)) throw new AppError('row/missing');
  const definitions = metricIds.map((metricId) => definitionFor({ ...query, metricId }));
  const fact = definitions[0] ? factOf(definitions[0]) : 'dossier';
  const alike = definitions.every((one) => factOf(one) === fact);
  if (!alike || (by !== 'unit' && !FACTS[fact].dimensions.includes(by))) throw new AppError('metrics/no-dimension');
  if (!(await ctx.directory()).unitOn(query.unitId, query.period.to)) return [];
  const parts =
    fact === 'visit' ? await visitParts(ctx, query, by, definitions) : await dossierParts(ctx, query, by, definitions);
  const rows = [...Map.groupBy(parts, (one) => one.key)].map(([key, mine]) => ({
    key,
    values: definitions.map((definition, nth) => ({
      metricId: definition.id,
      unit: definition.unit,
      ...figureValue(definition, mine.map((one) => one.figures[nth] ?? NOTHING).reduce(added)),
    })),
  }));
  const sizeOf = ({ values: [first] }: SplitRow): number => first?.denominator ?? first?.numerator ?? 0;
  return rows
    .filter(({ values }) => values.some((one) => one.numerator !== 0 || (one.denominator ?? 0) !== 0))
    .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.key < b.key ? -1 : 1));
}

const NOTHING: Figure = { numerator: 0, denominator: 0 };
const added = (a: Figure, b: Figure): Figure => ({
  numerator: (a.numerator ?? 0) + (b.numerator ?? 0),
  denominator: (a.denominator ?? 0) + (b.denominator ?? 0),
});

async function visitParts(
  ctx: MetricsContext,
  query: Omit<MetricQuery, 'metricId'>,
  by: SplitBy,
  definitions: readonly MetricDefinition[],
): Promise<readonly Part[]> {
  const { period, where } = query;
  const places = await openVisitBook(ctx);
  const narrowing = await visitNarrowing(ctx, where, period.to);
  const sums = await places.split(query, narrowing, by === 'field' ? 'procedure' : by);
  const fields = by === 'field' ? await ctx.ports.fieldsOn(period.to) : undefined;
  const placeOf = by === 'unit' ? places.placeOf(period.to) : undefined;
  const keyOf = (key: string): string =>
    fields ? (fields.get(key)?.code ?? '') : placeOf ? (placeOf.get(key) ?? key) : key;
  return [...Map.groupBy(sums, (one) => keyOf(one.key))].map(([key, cells]) => ({
    key,
    figures: definitions.map((one) => visitFigureOf(one, cells)),
  }));
}

async function dossierParts(
  ctx: MetricsContext,
  query: Omit<MetricQuery, 'metricId'>,
  by: SplitBy,
  definitions: readonly MetricDefinition[],
): Promise<readonly Part[]> {
  const { period, where } = query;
  const book = await openBook(ctx);
  const unitIds = book.under(query);
  const directory = await ctx.directory();
  const places = directory.reachOn(query.unitId, query.roll === 'tree' ? 'subtree' : 'unit', period.to);
  const units =
    by === 'unit'
      ? places.map((unitId) => ({ unitId, ids: book.under({ unitId, roll: 'own', period }) }))
      : [{ unitId: query.unitId, ids: unitIds }];
  const byProcedure = by === 'procedure' || by === 'field';
  const ask = {
    groups: units.map((one) => one.ids),
    periods: [period],
    role: 'decided' as const,
    narrowing: await narrowingOf(ctx.ports, where, period.to),
    ...needsOfAll(definitions.flatMap(dossierTermsOf)),
    byProcedure,
    withLateToday: true,
  };
  const found = await readBundles(ctx.readDb, ask, ctx.clock.now());
  const fields = by === 'field' ? await ctx.ports.fieldsOn(period.to) : undefined;
  return found.flatMap(({ g, procedure, bundle }): readonly Part[] => {
    const figuresOf = (channel: string | undefined): readonly Figure[] =>
      definitions.map((one) => figureOf(one, bundle, channel));
    if (by === 'channel')
      return CHANNELS.filter((one) => where?.channel === undefined || where.channel === one).map((channel) => ({
        key: channel,
        figures: figuresOf(channel),
      }));
    const key = by === 'unit' ? (units[g]?.unitId ?? '') : fields ? (fields.get(procedure)?.code ?? '') : procedure;
    return [{ key, figures: figuresOf(where?.channel) }];
  });
}
