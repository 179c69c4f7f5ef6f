import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { LatenessService } from './service.ts';

export function registerLatenessRoutes(app: HttpApp, service: LatenessService): void {
  app.handle(contract.getDossierLateness, ({ actor, params }) => service.ofDossier(actor, params.id));
  app.handle(contract.decideLatenessPart, ({ actor, params, body }) =>
    service.decidePart(actor, params.id, params.seq, body),
  );
  app.handle(contract.listLateness, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.sumLateness, ({ actor, query }) => service.totals(actor, query));
  app.handle(contract.listCauseRequests, ({ actor }) => service.requests(actor));
  app.handle(contract.answerCauseRequest, ({ actor, params, body }) => service.answer(actor, params.id, body));
}
