import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { AbsenceService } from './service.ts';

/** Binds the endpoints of absences. */
export function registerAbsenceRoutes(app: HttpApp, service: AbsenceService): void {
  const done = { ok: true } as const;
  app.handle(contract.listAbsences, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.recordAbsence, ({ actor, body, idempotencyKey }) => service.record(actor, body, idempotencyKey));
  app.handle(contract.findAbsencePeople, ({ actor, query }) => service.people(actor, query));
  app.handle(contract.getAbsenceChoices, ({ actor, params }) => service.choices(actor, params.id));
  app.handle(contract.changeActing, async ({ actor, params, body, idempotencyKey }) => {
    await service.changeActing(actor, params.id, body, idempotencyKey);
    return done;
  });
  app.handle(contract.endAbsence, async ({ actor, params, body, idempotencyKey }) => {
    await service.end(actor, params.id, body.version, idempotencyKey);
    return done;
  });
  app.handle(contract.cancelAbsence, async ({ actor, params, body, idempotencyKey }) => {
    await service.cancel(actor, params.id, body, idempotencyKey);
    return done;
  });
}
