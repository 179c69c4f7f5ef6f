import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { CalendarPlanService } from './service.ts';

/** Binds the endpoints of calendar plans. */
export function registerCalendarPlanRoutes(app: HttpApp, service: CalendarPlanService): void {
  const done = { ok: true } as const;
  app.handle(contract.listCalendarPlans, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.makeCalendarPlan, ({ actor, body, idempotencyKey }) =>
    service.make(actor, { ...body, unitId: body.unitId ?? null }, idempotencyKey),
  );
  app.handle(contract.getCalendarPlan, ({ actor, params }) => service.get(actor, params.id));
  app.handle(contract.listCalendarPlanItems, ({ actor, params, query }) => service.items(actor, params.id, query));
  app.handle(contract.recountCalendarPlan, async ({ actor, params, body, idempotencyKey }) => {
    await service.recount(actor, params.id, body.version, idempotencyKey);
    return done;
  });
  app.handle(contract.discardCalendarPlan, async ({ actor, params, body, idempotencyKey }) => {
    await service.discard(actor, params.id, body.version, idempotencyKey);
    return done;
  });
  app.handle(contract.applyCalendarPlan, async ({ actor, params, body, idempotencyKey }) => {
    await service.apply(actor, params.id, { ...body, acceptLate: body.acceptLate ?? false }, idempotencyKey);
    return done;
  });
  app.handle(contract.revertCalendarPlan, async ({ actor, params, body, idempotencyKey }) => {
    await service.revert(actor, params.id, body, idempotencyKey);
    return done;
  });
}
