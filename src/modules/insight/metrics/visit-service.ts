import { type Actor, holds } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { dossierScope, seesAllOf } from '../../onestop/dossiers/index.ts';
import type { MetricsContext } from './context.ts';
import { narrowingOf } from './narrowing.ts';
import type { Figure } from './rules/bundle.ts';
import type { MetricDefinition, VisitTerm } from './rules/definition.ts';
import type { MetricQuery, MetricWhere, Paging, VisitRows } from './rules/types.ts';
import { visitFigureOf } from './rules/visits.ts';
import { openVisitBook, type VisitBook } from './visit-book.ts';
import { readVisitRows, type VisitNarrowing } from './visit-store.ts';

const PERSONS = 'metrics.persons';

/** Whether the reader may know who did the steps at the unit. */
export const mayKnowPersons = (actor: Actor, unitId: string): boolean =>
  actor.kind === 'system' || holds(actor, PERSONS, unitId);

/** Whoever narrows by a person needs `metrics.persons` at the unit. @throws AppError row/missing */
export function mayAskPerson(actor: Actor, { unitId, where }: Pick<MetricQuery, 'unitId' | 'where'>): void {
  if (where?.staffId !== undefined && !mayKnowPersons(actor, unitId)) throw new AppError('row/missing');
}

export async function visitNarrowing(
  ctx: MetricsContext,
  where: MetricWhere | undefined,
  day: Day,
): Promise<VisitNarrowing> {
  const { procedureCodes } = await narrowingOf(ctx.ports, where, day);
  return { procedureCodes, channel: where?.channel, stepId: where?.stepId, staffId: where?.staffId };
}

type Asked = { readonly query: MetricQuery; readonly definition: MetricDefinition };

/** Figures of visits in the order asked: a few readings for each filter, whatever the units, periods and metrics. */
export async function readVisitFigures(
  ctx: MetricsContext,
  book: VisitBook,
  asked: readonly Asked[],
): Promise<readonly Figure[]> {
  // The field is that of the procedure on the last day, so it makes a question for each day.
  const questions = Map.groupBy(asked, ({ query: { where, period } }) =>
    JSON.stringify([where, where?.field === undefined ? '' : period.to]),
  );
  const figures = new Map<Asked, Figure>();
  await Promise.all(
    [...questions.values()].map(async (mine) => {
      const { where, period } = mine[0]?.query ?? {};
      const narrowing = await visitNarrowing(ctx, where, period?.to ?? '');
      const sums = await book.sums(
        mine.map(({ query }) => query),
        narrowing,
      );
      for (const [nth, one] of mine.entries()) figures.set(one, visitFigureOf(one.definition, sums[nth] ?? []));
    }),
  );
  return asked.map((one) => figures.get(one) ?? { numerator: null, denominator: null });
}

/** The visits behind a figure; `total` is the number. Who did a step is told to those who may know persons only. */
export async function visitRows(
  ctx: MetricsContext,
  actor: Actor,
  { unitId, roll, period, where }: Omit<MetricQuery, 'metricId'>,
  terms: readonly VisitTerm[],
  paging: Paging,
): Promise<VisitRows> {
  const unitIds = (await openVisitBook(ctx)).under({ unitId, roll, period });
  const reading = { unitIds, period, narrowing: await visitNarrowing(ctx, where, period.to) };
  const page = { limit: paging.pageSize, offset: (paging.page - 1) * paging.pageSize };
  const scope = dossierScope(actor);
  const condition = seesAllOf(scope, unitIds) ? undefined : scope;
  const { rows, total, visible } = await readVisitRows(ctx.readDb, terms, reading, condition, page);
  const told = mayKnowPersons(actor, unitId) ? rows : rows.map((row) => ({ ...row, staffId: null }));
  return { rows: told, total, hidden: total - visible };
}
