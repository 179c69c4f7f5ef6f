import { type Actor, holds } from '../../../core/access/actor.ts';
import { Decimal, rounded } from '../../../core/scoring/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { dossierScope } from '../../onestop/dossiers/index.ts';
import type { MetricsContext } from './context.ts';
import { narrowingOf } from './narrowing.ts';
import { findCountedUnits } from './read-store.ts';
import { placesOn, unitsUnder } from './rules/placement.ts';
import type { MetricWhere, Paging, Period } from './rules/types.ts';
import { mayRead } from './value-service.ts';
import {
  readVisitRows,
  readVisits,
  type VisitBy,
  type VisitCount,
  type VisitReading,
  type VisitRow,
} from './visit-store.ts';

const PERSONS = 'metrics.persons';

/** Visits of dossiers to steps that ended in a period at a unit (`tree`: and below it). */
export type VisitAsk = {
  readonly unitId: string;
  readonly roll: 'own' | 'tree';
  readonly period: Period;
  readonly where?: Pick<MetricWhere, 'field' | 'procedureCode'> & {
    readonly stepId?: string;
    readonly staffId?: string;
  };
};

/** Shares and means are exact decimals rounded once; nothing below the line is no data. */
export type VisitFigure = VisitCount & {
  readonly onTimePercent: number | null;
  readonly averageMinutes: number | null;
};

/** Everybody needs `metrics.read` for the unit; whoever asks for persons also `metrics.persons`. */
function check(actor: Actor, ask: VisitAsk, by?: VisitBy): void {
  mayRead(actor, ask.unitId);
  const persons = by === 'person' || ask.where?.staffId !== undefined;
  if (persons && !mayKnowPersons(actor, ask.unitId)) throw new AppError('row/missing');
}

/** Whether the reader may know who did the steps at the unit. */
export const mayKnowPersons = (actor: Actor, unitId: string): boolean =>
  actor.kind === 'system' || holds(actor, PERSONS, unitId);

async function readingOf(ctx: MetricsContext, { unitId, roll, period, where }: VisitAsk): Promise<VisitReading> {
  // Desks and offices decide nothing, so they are not among the units figures of dossiers stand at.
  const [directory, visited] = await Promise.all([ctx.directory(), findCountedUnits(ctx.readDb, 'metrics.visit_sum')]);
  const present = directory.reachOn(unitId, roll === 'tree' ? 'subtree' : 'unit', period.to);
  const before = unitsUnder(directory, placesOn(directory, visited, period.to), unitId, roll, period.to);
  const unitIds = [...new Set([...present, ...before.unitIds])];
  const { procedureCodes } = await narrowingOf(ctx.ports, where, period.to);
  return { unitIds, period, procedureCodes, stepId: where?.stepId, staffId: where?.staffId };
}

export async function visitFigures(
  ctx: MetricsContext,
  actor: Actor,
  ask: VisitAsk,
  by: VisitBy,
): Promise<readonly VisitFigure[]> {
  check(actor, ask, by);
  const counts = await readVisits(ctx.readDb, await readingOf(ctx, ask), by);
  const share = (above: number, below: number, times: number, decimals: number): number | null => {
    if (below === 0) return null;
    return rounded(new Decimal(above).times(times).div(below), decimals);
  };
  return counts.map((one) => ({
    ...one,
    onTimePercent: share(one.visits - one.late, one.visits, 100, 2),
    averageMinutes: share(one.minutes, one.measured, 1, 0),
  }));
}

/** The visits behind such counts; `total` is the number. Who did a step is told to those who may know persons only. */
export async function visitRows(
  ctx: MetricsContext,
  actor: Actor,
  ask: VisitAsk,
  lateOnly: boolean,
  paging: Paging,
): Promise<{ readonly rows: readonly VisitRow[]; readonly total: number; readonly hidden: number }> {
  check(actor, ask);
  const page = { limit: paging.pageSize, offset: (paging.page - 1) * paging.pageSize };
  const reading = await readingOf(ctx, ask);
  const { rows, total, visible } = await readVisitRows(ctx.readDb, reading, lateOnly, dossierScope(actor), page);
  const told = mayKnowPersons(actor, ask.unitId) ? rows : rows.map((row) => ({ ...row, staffId: null }));
  return { rows: told, total, hidden: total - visible };
}
