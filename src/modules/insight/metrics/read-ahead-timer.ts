import type { Timer } from '../../../platform/events/timers.ts';
import { onceBuilt } from './building.ts';
import type { MetricsContext } from './context.ts';
import { openBook } from './value-service.ts';
import { openVisitBook } from './visit-book.ts';

/**
 * Reads what figures are added up of before anybody asks: after a start, and after the visits of a day were added up, the
 * first page of a unit is as fast as the next one. A few units a turn.
 */
export function createReadAheadTimer(ctx: MetricsContext): Timer {
  return {
    name: 'metrics.read-ahead',
    everyMs: 60_000,
    run: () =>
      onceBuilt(
        async () => (await (await openBook(ctx)).readAhead()) || (await (await openVisitBook(ctx)).readAhead()),
      ),
  };
}
