import { uuidv7 } from '../../../core/ids/uuid.ts';
import { addDays, type Day, dayOf, timeOf } from '../../../core/time/index.ts';
import type { Db, Pool } from '../../../platform/db/open.ts';
import { emit } from '../../../platform/events/outbox.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { insertRun, lockLastRun, settleRun } from './check-store.ts';
import type { MetricsContext } from './context.ts';
import { countCubeDifferences, countDossiers, findDifferent } from './count-store.ts';
import { forgetOldChanges, isBuilt, rebuildAll } from './rebuild-store.ts';
import { compareVisits, isAnyUnmeasured, sumVisits } from './visit-sum-store.ts';
import { findUnmeasured, layOutWorkDays } from './work-day-store.ts';

/** Events of the last minutes may be on their way: what differs is read again after this. */
const SECOND_LOOK_MS = 5 * 60_000;
const SUSPECTS_AT_MOST = 10_000;
/** More dossiers than this to measure anew: all are. */
const MEASURED_AT_ONCE = 20_000;
const NIGHT = '02:00';

/** Counts all dossiers and visits to steps anew, after bulk loads. @returns how many dossiers there are */
export async function rebuildMetrics(db: Pool, now = new Date()): Promise<number> {
  return db.transaction().execute((trx) => buildAll(trx, addDays(dayOf(now), -1)));
}

async function buildAll(trx: Db, yesterday: Day): Promise<number> {
  await sumVisits(trx, yesterday, true);
  // Last, because events wait for its end.
  return rebuildAll(trx);
}

/**
 * One turn of the watch over the figures: builds them where they never were, compares them each night with a recount,
 * looks again at what differed, and alarms where it still does. What was wrong is put right after the alarm.
 */
export async function watchFigures(
  ctx: MetricsContext,
): Promise<'nothing' | 'built' | 'checked' | 'settled' | 'alarmed'> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const last = await lockLastRun(trx);
    if (last === 'busy') return 'nothing';
    const run = { id: uuidv7(now), at: now, cubeDifferences: 0, suspects: [], confirmed: 0, settledAt: now };
    const laidOut = await layOutWorkDays(trx, await ctx.ports.calendars(), dayOf(now));
    const yesterday = addDays(dayOf(now), -1);
    if (!last || !(await isBuilt(trx))) {
      await buildAll(trx, yesterday);
      await insertRun(trx, run);
      return 'built';
    }
    await sumVisits(trx, yesterday, laidOut && (await isAnyUnmeasured(trx)));
    if (laidOut) {
      const waiting = await findUnmeasured(trx, MEASURED_AT_ONCE);
      if (waiting.length === MEASURED_AT_ONCE) await rebuildAll(trx);
      else await countDossiers(trx, waiting);
    }
    if (last.settledAt === null) {
      if (now.getTime() - last.at.getTime() < SECOND_LOOK_MS) return 'nothing';
      const confirmed = last.suspects.length === 0 ? [] : await findDifferent(trx, last.suspects, SUSPECTS_AT_MOST);
      await settleRun(trx, last.id, confirmed.length, now);
      if (confirmed.length === 0 && last.cubeDifferences === 0) return 'settled';
      const payload = { checkId: last.id, cells: last.cubeDifferences, dossiers: confirmed.length };
      await emit(trx, [{ id: uuidv7(now), topic: 'metrics.drifted', key: last.id, payload, occurredAt: now }]);
      await ctx.ports.alarm(trx, payload, now);
      if (last.cubeDifferences > 0) await rebuildAll(trx);
      else await countDossiers(trx, confirmed);
      return 'alarmed';
    }
    if (dayOf(last.at) >= dayOf(now) || timeOf(now) < NIGHT) return 'nothing';
    await forgetOldChanges(trx);
    const visits = await compareVisits(trx);
    if (visits.cells > 0) await sumVisits(trx, yesterday, true);
    // Where bulk loads brought old visits it is no fault of the sums.
    const cubeDifferences = (await countCubeDifferences(trx)) + (visits.grown ? 0 : visits.cells);
    const suspects = await findDifferent(trx, null, SUSPECTS_AT_MOST);
    const clean = cubeDifferences === 0 && suspects.length === 0;
    await insertRun(trx, { ...run, cubeDifferences, suspects, settledAt: clean ? now : null });
    return 'checked';
  });
}

export function createMetricsTimer(ctx: MetricsContext): Timer {
  return {
    name: 'metrics.watch',
    everyMs: 60_000,
    run: async () => void (await watchFigures(ctx)),
  };
}
