import { dayOf } from '../../core/time/index.ts';
import { getDemo } from '../../modules/onestop/portal/contract.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { HttpApp } from '../../platform/http/app.ts';
import type { System } from '../system.ts';
import { demoAccounts } from './accounts.ts';

/** Tells the demo's accounts to the sign-in page; a real installation has no such page. */
export function registerDemoRoute(app: HttpApp, { config, clock }: System): void {
  app.handle(getDemo, async () => {
    if (!config.demo) throw new AppError('row/missing');
    return { demo: true, era: config.era, today: dayOf(clock.now()), accounts: [...demoAccounts(config.era)] };
  });
}
