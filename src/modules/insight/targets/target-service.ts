import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { rounded } from '../../../core/scoring/index.ts';
import { dayOf, formatDay, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import { type MetricQuery, periodOf, previousPeriod } from '../metrics/index.ts';
import { linesOf } from './board-service.ts';
import { EDIT, ENTER, READ, type TargetContext } from './context.ts';
import type * as contract from './contract.ts';
import { figureOf } from './line.ts';
import { measured } from './rules/attain.ts';
import { league } from './rules/league.ts';
import * as store from './store.ts';
import { type Judged, judgeTargets, periodOfTarget, readFigures, readingOf } from './value-service.ts';

const TREND = 12;

/** A target of a unit the actor may read. @throws AppError row/missing */
export async function openTarget(ctx: TargetContext, actor: Actor, id: string): Promise<store.TargetRow> {
  const row = await store.findTarget(ctx.db, unitsFor(actor, READ), id);
  if (!row) throw new AppError('row/missing');
  return row;
}

/** One target with everything that was said and entered about it. @throws AppError row/missing */
export async function readTarget(
  ctx: TargetContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.getTarget>> {
  const row = await openTarget(ctx, actor, id);
  const [[judged], values, revisions, files] = await Promise.all([
    judgeTargets(ctx, [row]),
    store.listValues(ctx.db, [id]),
    store.listRevisions(ctx.db, id),
    ctx.ports.evidenceNames(id),
  ]);
  if (!judged) throw new AppError('row/missing');
  const [line] = await linesOf(ctx, [judged]);
  if (!line) throw new AppError('row/missing');
  const by = await staffNames(
    ctx,
    [...values, ...revisions].map((one) => one.by),
  );
  return {
    line,
    terms: row.terms,
    definition: definitionOf(ctx, judged),
    cutoff: row.cutoff,
    fromContent: row.fromContent,
    trend: judged.query ? await trendOfMetric(ctx, judged, judged.query) : trendOfValues(row, values),
    entries: values.map((one, at) => {
      const value = measured(row.terms, one);
      return {
        no: one.no,
        asOf: one.asOf,
        value: value && rounded(value, row.terms.decimals),
        numerator: one.numerator,
        denominator: one.denominator,
        band: one.band,
        bound: one.bound,
        evidence: one.evidence,
        fileId: one.fileId,
        fileName: (one.fileId && files.get(one.fileId)) ?? null,
        at: toIso(one.at),
        by: by(one.by),
        replaced: values[at - 1]?.asOf === one.asOf,
      };
    }),
    revisions: revisions.map(({ no, act, reason, at, by: who }) => ({ no, act, reason, at: toIso(at), by: by(who) })),
    computedAt: toIso(ctx.clock.now()),
    mayEdit: holds(actor, EDIT, row.unitId),
    mayEnter: holds(actor, ENTER, row.unitId) && judged.valueFrom !== 'metric',
  };
}

/** What the figure counts, by the definition in force at the end of its period. */
function definitionOf(ctx: TargetContext, { query }: Judged): ReplyOf<typeof contract.getTarget>['definition'] {
  const found = query && ctx.metrics.definitions(query.period.to).find((one) => one.id === query.metricId);
  return found ? { name: found.name, meaning: found.meaning, source: found.source, verified: found.verified } : null;
}

/** All units with this target in this period, ranked; the ranks count also those the reader may not see. */
export async function readLeague(
  ctx: TargetContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.getTargetLeague>> {
  const row = await openTarget(ctx, actor, id);
  const rows = await store.listSeries(ctx.db, row.series, row.periodId);
  const judged = await judgeTargets(ctx, rows);
  const directory = await ctx.ports.directory();
  const table = league(
    row.terms,
    judged.map((item) => ({ item, attained: item.attained, band: item.reading?.band })),
  );
  const all: readonly { item: Judged; rank: number | null }[] = [
    ...table.ranked,
    ...[...table.tooFew, ...table.noData].map((item) => ({ item, rank: null })),
  ];
  const seen = all.filter(({ item }) => holds(actor, READ, item.row.unitId));
  return {
    rows: seen.map(({ item, rank }) => ({
      targetId: item.row.id,
      unitId: item.row.unitId,
      unitName: unitNameOn(directory, item.row.unitId, item.row.toDay),
      rank,
      ...figureOf(item.row.terms, item.reading, item.attained),
    })),
    population: table.ranked.length,
    hidden: all.length - seen.length,
  };
}

/** Months of a target of a year up to today, else the periods before; oldest first. */
async function trendOfMetric(ctx: TargetContext, { row }: Judged, query: MetricQuery) {
  const today = dayOf(ctx.clock.now());
  const period = periodOfTarget(row);
  const months = Array.from({ length: 12 }, (_, n) => `${row.periodId}-${String(n + 1).padStart(2, '0')}`);
  const parts = /^\d{4}$/.test(row.periodId) ? months.flatMap((id) => periodOf(id, row.cutoff) ?? []) : [period];
  while (parts.length < TREND && !/^\d{4}$/.test(row.periodId)) parts.unshift(previousPeriod(parts[0] ?? period));
  const queries = parts.filter((one) => one.from <= today).map((one): MetricQuery => ({ ...query, period: one }));
  const figures = await readFigures(ctx, queries);
  return queries.map((one) => {
    const value = measured(row.terms, readingOf(figures(one)));
    return { label: one.period.id, value: value && rounded(value, row.terms.decimals), band: null };
  });
}

function trendOfValues(row: store.TargetRow, values: readonly store.StoredValue[]) {
  const counting = values.filter((one, at) => values[at - 1]?.asOf !== one.asOf);
  return counting
    .slice(0, TREND)
    .toReversed()
    .map((one) => {
      const value = measured(row.terms, one);
      return { label: formatDay(one.asOf), value: value && rounded(value, row.terms.decimals), band: one.band };
    });
}

/** Names of those who acted, by their reference in the log. */
export async function staffNames(ctx: TargetContext, refs: readonly string[]): Promise<(ref: string) => string> {
  const ids = refs.flatMap((ref) => (ref.startsWith('staff:') ? [ref.slice(6)] : []));
  const names = await ctx.ports.staffNames([...new Set(ids)]);
  return (ref) => names.get(ref.slice(6))?.name ?? 'Hệ thống';
}
