import { isUuid } from '../../../core/ids/uuid.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { sendMade } from '../../../platform/http/send-made.ts';
import { type FilesService, sendFile } from '../../foundation/files/index.ts';
import { renderSlip } from '../slips/index.ts';
import * as contract from './contract.ts';
import type { ApologyService } from './service.ts';

export function registerApologyRoutes(
  app: HttpApp,
  {
    service,
    renderer,
    files,
  }: { readonly service: ApologyService; readonly renderer: Renderer; readonly files: FilesService },
): void {
  app.handle(contract.listApologies, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.listLateDossiers, ({ actor, query }) => service.listLate(actor, query));
  app.handle(contract.getLateFigures, ({ actor, query }) => service.figures(actor, query));
  app.handle(contract.getDossierApologies, ({ actor, params }) => service.ofDossier(actor, params.id));
  app.handle(contract.proposeApology, ({ actor, body, idempotencyKey }) =>
    service.propose(actor, body, idempotencyKey),
  );
  app.handle(contract.approveApology, ({ actor, params, body, idempotencyKey }) =>
    service.approve(actor, params.id, body.version, idempotencyKey),
  );
  app.handle(contract.returnApology, ({ actor, params, body, idempotencyKey }) =>
    service.returnProposal(actor, params.id, body.version, body.reason, idempotencyKey),
  );
  app.handle(contract.issueApology, ({ actor, params, body, idempotencyKey }) =>
    service.issue(actor, params.id, body.version, idempotencyKey),
  );
  app.handle(contract.recordApologyPaper, ({ actor, params, body, idempotencyKey }) =>
    service.recordPaper(actor, params.id, body.version, body.note, idempotencyKey),
  );
  app.handle(contract.withdrawApology, ({ actor, params, body, idempotencyKey }) =>
    service.withdraw(actor, params.id, body.version, body.reason, idempotencyKey),
  );
  app.handle(contract.requestExemption, ({ actor, body, idempotencyKey }) =>
    service.requestExemption(actor, body, idempotencyKey),
  );
  app.handle(contract.decideExemption, ({ actor, params, body, idempotencyKey }) =>
    service.decideExemption(actor, params.id, body, idempotencyKey),
  );
  app.page(
    { method: 'GET', path: '/api/apologies/exemptions/:id/files/:fileId', access: { permission: 'dossier.read' } },
    async ({ actor, request, reply }) => {
      const { id, fileId } = request.params as { id: string; fileId: string };
      if (!isUuid(id) || !isUuid(fileId)) throw new AppError('row/missing');
      await service.checkEvidenceReadable(actor, id, fileId);
      return sendFile(reply, await files.openReference(fileId), 'inline');
    },
  );
  app.page(
    { method: 'GET', path: '/api/apologies/:id/slip.pdf', access: { permission: 'dossier.read' } },
    async ({ actor, request, reply }) => {
      const { id } = request.params as { id: string };
      if (!isUuid(id)) throw new AppError('row/missing');
      const order = await service.paper(actor, id);
      const slip = await renderSlip(renderer, { kind: 'APOLOGY', ...order });
      return sendMade(reply, `APOLOGY-${order.code}.pdf`, slip.pdf, { shown: true });
    },
  );
}
