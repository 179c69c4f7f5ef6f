import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { RetentionService } from './service.ts';

export function registerRetentionRoutes(app: HttpApp, service: RetentionService): void {
  app.handle(contract.getKeeping, ({ actor, params }) => service.keeping(actor, params.id));
  app.handle(contract.setHold, ({ actor, params, body, idempotencyKey }) =>
    service.hold(actor, params.id, body.reason, idempotencyKey),
  );
  app.handle(contract.liftHold, ({ actor, params, body, idempotencyKey }) =>
    service.lift(actor, params.id, body.reason, idempotencyKey),
  );
  app.handle(contract.listDue, ({ actor, query }) => service.due(actor, query));
  app.handle(contract.previewOrder, ({ actor, body }) => service.preview(actor, body.order));
  app.handle(contract.proposeOrder, ({ actor, body, idempotencyKey }) =>
    service.propose(actor, body.order, body.reason, idempotencyKey),
  );
  app.handle(contract.listDecisions, ({ actor, query }) => service.decisions(actor, query));
  app.handle(contract.getDecision, ({ actor, params }) => service.decision(actor, params.id));
  app.handle(contract.approveOrder, ({ actor, params, body, idempotencyKey }) =>
    service.approve(actor, params.id, body, idempotencyKey),
  );
  app.handle(contract.rejectOrder, ({ actor, params, body, idempotencyKey }) =>
    service.reject(actor, params.id, body, idempotencyKey),
  );
}
