import path from 'node:path';
import type { SystemActor } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { CONTENT_DIR, readYaml } from '../../foundation/reference/index.ts';
import { onceBuilt } from './building.ts';
import { closePeriod } from './closing-service.ts';
import { findClosed } from './closing-store.ts';
import type { MetricsContext } from './context.ts';
import { ClosingFile, type ClosingRule, periodsDue } from './rules/closing-plan.ts';
import { openBook } from './value-service.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'metrics', assurance: 'system' };

let loaded: readonly ClosingRule[] | undefined;
const closingRules = (): readonly ClosingRule[] => {
  loaded ??= readYaml(path.join(CONTENT_DIR, 'metric-closings.yaml'), ClosingFile).closings;
  return loaded;
};

/**
 * Closes one period that is due and not closed, the earliest first, for a unit without a superior and all below it. What
 * is closed stays; after a time of standing still the turns close all that is missing.
 * @returns whether there may be more
 */
export async function closeOneDue(ctx: MetricsContext, rules = closingRules()): Promise<boolean> {
  const book = await openBook(ctx);
  const directory = await ctx.directory();
  const closed = await findClosed(ctx.db);
  for (const period of periodsDue(rules, dayOf(ctx.clock.now()))) {
    for (const { unitId } of directory.childrenOn(null, period.to)) {
      // A unit that never counted anything has nothing to freeze.
      if (book.under({ unitId, roll: 'tree', period }).length === 0) continue;
      if (closed.has(`${unitId} ${period.id} ${period.cutoff}`)) continue;
      try {
        await closePeriod(ctx, SYSTEM, unitId, period);
      } catch (error) {
        // Another process was faster.
        if (!(error instanceof AppError && error.code === 'metrics/closed')) throw error;
      }
      return true;
    }
  }
  return false;
}

/** One period a turn: what is missing after a pause is caught up with, and nothing waits long for it. */
export function createClosingTimer(ctx: MetricsContext): Timer {
  return {
    name: 'metrics.close',
    everyMs: 300_000,
    run: () => onceBuilt(() => closeOneDue(ctx)),
  };
}
