import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { WarningService } from './service.ts';

export function registerWarningRoutes(app: HttpApp, service: WarningService): void {
  app.handle(contract.listWarnings, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.sumWarnings, ({ actor }) => service.sums(actor));
  app.handle(contract.dossierWarnings, ({ actor, params }) => service.ofDossier(actor, params.id));
  app.handle(contract.listLadders, ({ actor }) => service.ladders(actor));
  app.handle(contract.publishLadder, ({ actor, body }) => service.publish(actor, body));
  app.handle(contract.previewLadder, ({ actor, body }) => service.preview(actor, body));
}
