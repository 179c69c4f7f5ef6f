import type { Actor } from '../../../core/access/actor.ts';
import { dossierScope, seesAllOf } from '../../onestop/dossiers/index.ts';
import { readBundles } from './bundle-reading.ts';
import type { MetricsContext } from './context.ts';
import { narrowingOf } from './narrowing.ts';
import type { Narrowing } from './narrowing-sql.ts';
import { countRows, readRows } from './read-store.ts';
import { type Bundle, needsOfAll, sumOf } from './rules/bundle.ts';
import type { DossierTerm } from './rules/definition.ts';
import type { FactRows, MetricWhere, Paging, Period, UnitRole } from './rules/types.ts';
import { openBook } from './value-service.ts';

/** A table of counts asked for in one reading, e.g. every column of a report for every unit below. */
export type CountsAsk<Id extends string = string> = {
  /** Each by itself, without those below or before it; counts add up over units. */
  readonly unitIds: readonly string[];
  readonly period: Period;
  /** One row for each unit, or for each unit and field or procedure. */
  readonly by: 'unit' | 'field' | 'procedure';
  /** Default `decided`. */
  readonly role?: UnitRole;
  readonly where?: MetricWhere;
  readonly columns: Readonly<Record<Id, readonly DossierTerm[]>>;
};

export type CountsRow<Id extends string = string> = {
  readonly unitId: string;
  /** Code of the field or procedure; empty by unit, and for procedures nobody knows a field of. */
  readonly key: string;
  readonly counts: Readonly<Record<Id, number>>;
};

/** The dossiers behind some cells of a table of counts. */
export type CountedRowsAsk = Omit<CountsAsk, 'by' | 'columns'> & { readonly terms: readonly DossierTerm[] };

/** See `MetricsService.counts`. */
export async function countTable<Id extends string>(
  ctx: MetricsContext,
  ask: CountsAsk<Id>,
): Promise<readonly CountsRow<Id>[]> {
  const book = await openBook(ctx);
  const now = ctx.clock.now();
  return book.tables.table(JSON.stringify(ask), ask.period.to, now, () => readTable(ctx, ask, now));
}

async function readTable<Id extends string>(
  ctx: MetricsContext,
  ask: CountsAsk<Id>,
  now: Date,
): Promise<readonly CountsRow<Id>[]> {
  const { period, by, columns, where } = ask;
  const terms = Object.values<readonly DossierTerm[]>(columns).flat();
  const unitIds = [...new Set(ask.unitIds)];
  const found = await readBundles(
    ctx.readDb,
    {
      groups: unitIds.map((id) => [id]),
      periods: [period],
      role: ask.role ?? 'decided',
      narrowing: await narrowingOf(ctx.ports, where, period.to),
      ...needsOfAll(terms),
      byProcedure: by !== 'unit',
      withLateToday: true,
    },
    now,
  );
  const fields = by === 'field' ? await ctx.ports.fieldsOn(period.to) : undefined;
  const rows = new Map<string, { readonly unitId: string; readonly key: string; readonly bundles: Bundle[] }>();
  for (const { g, procedure, bundle } of found) {
    const unitId = unitIds[g] ?? '';
    const key = by === 'unit' ? '' : by === 'procedure' ? procedure : (fields?.get(procedure)?.code ?? '');
    const known = rows.get(`${unitId} ${key}`);
    if (known) known.bundles.push(bundle);
    else rows.set(`${unitId} ${key}`, { unitId, key, bundles: [bundle] });
  }
  const ids = Object.keys(columns) as Id[];
  return [...rows.values()].map(({ unitId, key, bundles }) => ({
    unitId,
    key,
    counts: Object.fromEntries(
      ids.map((id) => [id, bundles.reduce((sum, one) => sum + sumOf(columns[id], one, where?.channel), 0)]),
    ) as Record<Id, number>,
  }));
}

/** See `MetricsService.countedRows`. */
export async function countedRows(
  ctx: MetricsContext,
  actor: Actor,
  ask: CountedRowsAsk,
  paging: Paging,
): Promise<FactRows> {
  const { unitIds, period, role = 'decided', where, terms } = ask;
  const now = ctx.clock.now();
  const narrowing = await narrowingOf(ctx.ports, where, period.to);
  const page = { limit: paging.pageSize, offset: (paging.page - 1) * paging.pageSize };
  const reading = { unitIds, role, period, narrowing, channel: where?.channel };
  const scope = dossierScope(actor);
  const condition = seesAllOf(scope, unitIds) ? undefined : scope;
  const [rows, { total, visible }] = await Promise.all([
    readRows(ctx.readDb, terms, reading, condition, page, now),
    condition ? countRows(ctx.readDb, terms, reading, condition, now) : countOfSums(ctx, ask, narrowing, now),
  ]);
  return { rows, total, hidden: total - visible };
}

/** How many there are by the sums: counting the dossiers themselves takes as long as there are many. */
async function countOfSums(
  ctx: MetricsContext,
  { unitIds, period, role = 'decided', where, terms }: CountedRowsAsk,
  narrowing: Narrowing,
  now: Date,
): Promise<{ readonly total: number; readonly visible: number }> {
  await openBook(ctx);
  const reading = { groups: [unitIds], periods: [period], role, narrowing, byProcedure: false, withLateToday: true };
  const [found] = await readBundles(ctx.readDb, { ...reading, ...needsOfAll(terms) }, now);
  const total = found ? sumOf(terms, found.bundle, where?.channel) : 0;
  return { total, visible: total };
}
