import Type from 'typebox';
import { endpoint } from '../../core/contract/endpoint.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { HttpApp } from '../../platform/http/app.ts';
import type { System } from '../system.ts';
import { demoAccounts } from './accounts.ts';

export const getDemo = endpoint({
  id: 'getDemo',
  module: 'administration',
  method: 'GET',
  path: '/api/demo',
  summary: 'Tài khoản trình diễn (chỉ có ở bản trình diễn)',
  access: 'public',
  reply: Type.Object({
    demo: Type.Boolean(),
    era: Type.String(),
    accounts: Type.Array(
      Type.Object({ login: Type.String(), password: Type.String(), role: Type.String(), unit: Type.String() }),
    ),
  }),
});

/** Tells the demo's accounts to the sign-in page; a real installation has no such page. */
export function registerDemoRoute(app: HttpApp, system: System): void {
  app.handle(getDemo, async () => {
    if (!system.config.demo) throw new AppError('row/missing');
    return { demo: true, era: system.config.era, accounts: [...demoAccounts(system.config.era)] };
  });
}
