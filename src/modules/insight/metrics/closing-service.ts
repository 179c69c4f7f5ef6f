import { createHash } from 'node:crypto';
import { type Actor, actorRef, holds, type SystemActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, formatDay } from '../../../core/time/index.ts';
import { isDuplicate } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import { type Closing, type FrozenRow, insertClosing, listClosings } from './closing-store.ts';
import { getMetricDefinitions } from './content.ts';
import type { MetricsContext } from './context.ts';
import type { MetricQuery, MetricValue, Period } from './rules/types.ts';
import { mayRead, readValues } from './value-service.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'metrics', assurance: 'system' };

/** A frozen figure and what the facts say now. */
export type Correction = { readonly frozen: MetricValue; readonly now: MetricValue };

/**
 * Freezes all figures of a unit and of every unit below it for a period that is over. The document is canonical: the
 * same facts give the same bytes.
 * @throws AppError row/missing, metrics/period-open, metrics/unit-ceased, metrics/closed
 */
export async function closePeriod(ctx: MetricsContext, actor: Actor, unitId: string, period: Period): Promise<Closing> {
  if (actor.kind !== 'system' && !holds(actor, 'metrics.close', unitId)) throw new AppError('row/missing');
  const now = ctx.clock.now();
  if (period.to >= dayOf(now)) throw new AppError('metrics/period-open');
  const directory = await ctx.directory();
  if (!directory.unitOn(unitId, period.to)) {
    const name = unitNameOn(directory, unitId, period.to);
    throw new AppError('metrics/unit-ceased', { params: { name, day: formatDay(period.to) } });
  }
  const rows = await frozenRows(ctx, unitId, period);
  const document = documentOf(unitId, period, rows);
  const closing: Closing = {
    id: uuidv7(now),
    unitId,
    period,
    closedAt: now,
    closedBy: actorRef(actor),
    digest: createHash('sha256').update(document).digest('hex'),
    document,
  };
  try {
    await ctx.db.transaction().execute(async (trx) => {
      await insertClosing(trx, closing, rows);
      await recordAudit(trx, [
        {
          chainId: unitId,
          occurredAt: now,
          actor,
          action: 'metrics.close',
          object: { type: 'metrics-closing', id: closing.id },
          payload: { period: period.id, cutoff: period.cutoff, digest: closing.digest },
        },
      ]);
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('metrics/closed');
    throw error;
  }
  return closing;
}

/** Frozen figures that the facts no longer give: corrections made after the closing. Empty where nothing changed or nothing is closed. */
export async function correctionsOf(
  ctx: MetricsContext,
  actor: Actor,
  unitId: string,
  period: Period,
): Promise<readonly Correction[]> {
  mayRead(actor, unitId);
  const heads = await listClosings(ctx.readDb, unitId, 1000);
  if (!heads.some((one) => one.period.id === period.id && one.period.cutoff === period.cutoff)) return [];
  const queries = await queriesOf(ctx, unitId, period);
  const [frozen, live] = await Promise.all([
    readValues(ctx, SYSTEM, queries),
    readValues(ctx, SYSTEM, queries, { live: true }),
  ]);
  return frozen.flatMap((one, nth) => {
    const now = live[nth];
    const same = now === undefined || (one.numerator === now.numerator && one.denominator === now.denominator);
    return same || one.frozenAt === null ? [] : [{ frozen: one, now }];
  });
}

async function queriesOf(ctx: MetricsContext, unitId: string, period: Period): Promise<MetricQuery[]> {
  const directory = await ctx.directory();
  const metrics = getMetricDefinitions()
    .filter((one) => one.validFrom <= period.to && period.to <= (one.validTo ?? '9999-12-31'))
    .map((one) => one.id)
    .sort();
  return [...directory.reachOn(unitId, 'subtree', period.to)]
    .sort()
    .flatMap((id) =>
      (['own', 'tree'] as const).flatMap((roll) => metrics.map((metricId) => ({ metricId, unitId: id, roll, period }))),
    );
}

async function frozenRows(ctx: MetricsContext, unitId: string, period: Period): Promise<FrozenRow[]> {
  const queries = await queriesOf(ctx, unitId, period);
  const values = await readValues(ctx, SYSTEM, queries, { live: true });
  return values.map((value, nth) => ({
    unitId: value.unitId,
    roll: queries[nth]?.roll ?? 'own',
    metricId: value.metricId,
    definitionId: value.definitionId,
    numerator: value.numerator,
    denominator: value.denominator,
    warnings: value.warnings,
  }));
}

/** One line a figure, in the order of unit, roll and metric; members in a fixed order. No time of writing. */
function documentOf(unitId: string, period: Period, rows: readonly FrozenRow[]): string {
  const { id, from, to, cutoff } = period;
  const head = JSON.stringify({ format: 1, unitId, period: id, from, to, cutoff });
  return `${[head, ...rows.map((r) => JSON.stringify([r.unitId, r.roll, r.definitionId, r.numerator, r.denominator, r.warnings]))].join('\n')}\n`;
}
