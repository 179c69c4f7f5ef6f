import type { SystemActor } from '../../../core/access/actor.ts';
import { addDays, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { type DossierLedger, dossierScope } from '../dossiers/index.ts';
import { type ForecastContext, readPaces, WINDOW_DAYS } from './context.ts';
import { dayMinutes, forecastOf, samplesOf } from './measure.ts';
import {
  type CurrentRow,
  claimRun,
  dropCurrent,
  dropUnseen,
  hasSamples,
  recountPaces,
  saveForecasts,
  saveOutcomes,
  saveSamples,
} from './store.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'forecast', assurance: 'system' };
const ALL = dossierScope(SYSTEM);
const PAGE = 200;
/** A first learning from what was there before takes at most so many dossiers, the youngest of the window by id. */
const LEARN_AT_MOST = 20_000;
const REFRESH_EVERY_MS = 3_600_000;
const KEEP_OUTCOMES_DAYS = 400;

/** Learns from dossiers whose processing ended: how long their steps took, and whether they had been warned. */
export async function learnFrom(ctx: ForecastContext, trx: Db, ids: readonly string[]): Promise<void> {
  const ledgers = (await ctx.ledgers.ledgersOf(trx, ids, ALL)).filter((ledger) => ledger.endedAt !== null);
  const since = addDays(dayOf(ctx.clock.now()), -WINDOW_DAYS);
  const ended = ledgers.flatMap((ledger) =>
    ledger.endedAt && ledger.punctuality ? [{ ledger, endedOn: dayOf(ledger.endedAt) }] : [],
  );
  await saveSamples(
    trx,
    ended
      // One that ended otherwise than by a result tells nothing of how long the work takes.
      .filter(
        ({ ledger, endedOn }) => endedOn >= since && (ledger.status === 'decided' || ledger.status === 'returned'),
      )
      .flatMap(({ ledger: { id, procedureCode, ...rest }, endedOn }) =>
        samplesOf({ id, procedureCode, ...rest }).map((sample) => ({
          ...sample,
          dossierId: id,
          procedureCode,
          endedOn,
        })),
      ),
  );
  await saveOutcomes(
    trx,
    ended.flatMap(({ ledger: { id, procedureCode, decidedByUnitId, punctuality, dueAt }, endedOn }) =>
      dueAt
        ? [
            {
              dossierId: id,
              procedureCode,
              decidedByUnitId,
              late: punctuality === 'late',
              endedOn,
              dueOn: dayOf(dueAt),
            },
          ]
        : [],
    ),
  );
  await dropCurrent(
    trx,
    ledgers.map((ledger) => ledger.id),
  );
}

/** Counts the paces anew; the first time it learns from the dossiers already there. */
export async function recount(ctx: ForecastContext): Promise<void> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const since = addDays(today, -WINDOW_DAYS);
  if (!(await hasSamples(ctx.db))) {
    let after: string | null = null;
    for (let learned = 0; learned < LEARN_AT_MOST; learned += PAGE) {
      const ids = await ctx.ledgers.endedIds(ctx.db, new Date(now.getTime() - WINDOW_DAYS * 86_400_000), after, PAGE);
      if (ids.length === 0) break;
      await ctx.db.transaction().execute((trx) => learnFrom(ctx, trx, ids));
      after = ids.at(-1) ?? null;
    }
  }
  await ctx.db.transaction().execute((trx) => recountPaces(trx, since, addDays(today, -KEEP_OUTCOMES_DAYS), now));
}

/** Forecasts every open dossier anew, page by page. @returns how many. */
export async function refresh(ctx: ForecastContext): Promise<number> {
  const started = ctx.clock.now();
  let count = 0;
  let after: string | null = null;
  for (;;) {
    const ids = await ctx.ledgers.openIds(ctx.db, after, PAGE);
    if (ids.length === 0) break;
    const ledgers = await ctx.ledgers.ledgersOf(ctx.db, ids, ALL);
    const paces = await readPaces(
      ctx.db,
      ledgers.map((ledger) => ledger.procedureCode),
    );
    const rows = ledgers.flatMap((ledger) => {
      const row = currentRow(ledger, paces, started);
      return row ? [row] : [];
    });
    await saveForecasts(ctx.db, rows, dayOf(started));
    count += rows.length;
    after = ids.at(-1) ?? null;
  }
  await dropUnseen(ctx.db, started);
  return count;
}

function currentRow(ledger: DossierLedger, paces: Parameters<typeof forecastOf>[1], now: Date): CurrentRow | undefined {
  const made = forecastOf(ledger, paces, now);
  if (!made) return undefined;
  return {
    dossierId: ledger.id,
    code: ledger.code,
    procedureCode: ledger.procedureCode,
    procedureName: ledger.procedureName,
    receivedByUnitId: ledger.receivedByUnitId,
    decidedByUnitId: ledger.decidedByUnitId,
    holderUnitId: ledger.holderUnitId,
    holderStaffId: ledger.holderStaffId,
    stepId: ledger.stepId,
    stepName: ledger.steps.find((step) => step.id === ledger.stepId)?.name ?? null,
    dueAt: ledger.dueAt,
    ...made,
    dayMinutes: dayMinutes(ledger.calendar, now),
    computedAt: now,
  };
}

/** What the timer does: paces once a day, forecasts once an hour, whichever process comes first. */
export async function keepForecasts(ctx: ForecastContext): Promise<void> {
  const now = ctx.clock.now();
  if (await claimRun(ctx.db, 'pace', now, startOfDay(now))) await recount(ctx);
  if (await claimRun(ctx.db, 'refresh', now, new Date(now.getTime() - REFRESH_EVERY_MS))) await refresh(ctx);
}

const startOfDay = (now: Date): Date => new Date(`${dayOf(now)}T00:00:00+07:00`);
