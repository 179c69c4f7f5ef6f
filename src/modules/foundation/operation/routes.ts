import { toIso } from '../../../core/time/index.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { OperationService } from './service.ts';

/** Binds the endpoints of the system page. */
export function registerOperationRoutes(app: HttpApp, service: OperationService): void {
  app.handle(contract.getSystemStatus, async ({ actor, reply }) => {
    reply.header('cache-control', 'no-store');
    const status = await service.getStatus(actor);
    return {
      checkedAt: toIso(status.checkedAt),
      findings: status.findings.map((finding) => ({ ...finding, advice: finding.advice ?? null })),
      runs: status.runs.map((run) => ({ ...run, endedAt: toIso(run.endedAt) })),
      timers: status.timers.map((timer) => ({ ...timer, lastEndedAt: timer.lastEndedAt && toIso(timer.lastEndedAt) })),
      settings: [...status.settings],
      versions: [...status.versions],
    };
  });
  app.handle(contract.retryDeliveries, async ({ actor }) => ({ count: await service.retryDeliveries(actor) }));
  app.handle(contract.sendTestMail, ({ actor, body }) => service.sendTestMail(actor, body.to));
}
