import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { AuditService } from './service.ts';

export function registerAuditRoutes(app: HttpApp, service: AuditService): void {
  app.handle(contract.listAudit, ({ actor, query }) => service.listAudit(actor, query));
  app.handle(contract.exportAudit, ({ actor, body }) => service.exportAudit(actor, body));
  app.handle(contract.findAuditPeople, ({ actor, body }) => service.findPeople(actor, body.q));
}
