import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { NotificationService } from './service.ts';

export function registerNotificationRoutes(app: HttpApp, service: NotificationService): void {
  app.handle(contract.listStaffMessages, ({ actor, query }) => service.listMine(actor, query));
  app.handle(contract.readStaffMessage, ({ actor, params }) => service.readMine(actor, params.id));
  app.handle(contract.listCitizenMessages, ({ actor, query }) => service.listMine(actor, query));
  app.handle(contract.readCitizenMessage, ({ actor, params }) => service.readMine(actor, params.id));
  app.handle(contract.listDeliveries, ({ actor, query }) => service.listDeliveries(actor, query));
  app.handle(contract.resendMessage, ({ actor, params }) => service.resend(actor, params.id));
}
