import { setTimeout as pause } from 'node:timers/promises';
import type { Timer } from '../../../platform/events/timers.ts';
import { onceBuilt } from './building.ts';
import type { MetricsContext } from './context.ts';
import { openBook } from './value-service.ts';
import { openVisitBook } from './visit-book.ts';

/** Longer than a reading takes is never waited for. */
const LONGEST_PAUSE_MS = 2000;

/**
 * Reads what figures are added up of before anybody asks: after a start, and after the visits of a day were added up, the
 * first page of a unit is as fast as the next one. A few units a turn; what tells procedures and steps apart is read last, at
 * half speed.
 */
export function createReadAheadTimer(ctx: MetricsContext): Timer {
  const readAhead = async (divided: boolean): Promise<boolean> =>
    (await (await openBook(ctx)).readAhead(divided)) || (await (await openVisitBook(ctx)).readAhead(divided));
  return {
    name: 'metrics.read-ahead',
    everyMs: 60_000,
    run: () =>
      onceBuilt(async () => {
        if (await readAhead(false)) return true;
        const begunMs = performance.now();
        if (!(await readAhead(true))) return false;
        await pause(Math.min(performance.now() - begunMs, LONGEST_PAUSE_MS));
        return true;
      }),
  };
}
