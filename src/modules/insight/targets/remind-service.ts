import { dayOf } from '../../../core/time/index.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { tellOwner } from './action-service.ts';
import { takeDue } from './action-store.ts';
import type { TargetContext } from './context.ts';

/** After the due day people are reminded again every so many days, until it is done. */
const EVERY_DAYS = 7;
const BATCH = 100;

/** Reminds those who answer for actions whose due day has come. @returns whether there may be more */
async function remindOnce(ctx: TargetContext): Promise<boolean> {
  const at = ctx.clock.now();
  const today = dayOf(at);
  return ctx.db.transaction().execute(async (trx) => {
    const rows = await takeDue(trx, today, EVERY_DAYS, BATCH);
    for (const row of rows) {
      const what = row.dueDay === today ? 'due' : 'late';
      await tellOwner(trx, row, `target-action:${row.id}:${today}`, what, at);
    }
    return rows.length === BATCH;
  });
}

/** Looks every ten minutes. */
export function createTargetReminderTimer(ctx: TargetContext): Timer {
  return { name: 'targets.remind', everyMs: 600_000, run: () => remindOnce(ctx) };
}
