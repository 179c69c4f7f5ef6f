import type { HttpApp } from '../../../platform/http/app.ts';
import type { ClientService } from './client-service.ts';
import * as contract from './contract-exchange.ts';
import type { ExchangeService } from './exchange-service.ts';

/** Binds the endpoints of machines, which bring a key instead of a session, and those that give keys. */
export function registerExchangeRoutes(
  app: HttpApp,
  { exchange, clients }: { readonly exchange: ExchangeService; readonly clients: ClientService },
): void {
  app.handle(contract.pullReports, async ({ request, query }) =>
    exchange.list(await exchange.authenticate(request.headers.authorization), query),
  );
  app.handle(contract.pullReport, async ({ request, params }) =>
    exchange.get(await exchange.authenticate(request.headers.authorization), params.id, params.no),
  );
  app.handle(contract.tellReportStatus, async ({ request, params, body }) =>
    exchange.tell(await exchange.authenticate(request.headers.authorization), params.id, params.no, body),
  );
  app.handle(contract.listExchangeClients, ({ actor }) => clients.list(actor));
  app.handle(contract.issueExchangeKey, ({ actor, body, idempotencyKey }) =>
    clients.issue(actor, body, idempotencyKey),
  );
  app.handle(contract.revokeExchangeKey, ({ actor, params, idempotencyKey }) =>
    clients.revoke(actor, params.id, idempotencyKey),
  );
}
