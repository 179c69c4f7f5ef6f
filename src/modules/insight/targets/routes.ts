import { isUuid } from '../../../core/ids/uuid.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { type FilesService, sendFile } from '../../foundation/files/index.ts';
import * as contract from './contract.ts';
import type { TargetService } from './service.ts';

/** Binds the endpoints of targets. */
export function registerTargetRoutes(
  app: HttpApp,
  { service, files }: { readonly service: TargetService; readonly files: FilesService },
): void {
  app.handle(contract.getTargetOptions, ({ actor }) => service.options(actor));
  app.handle(contract.getTargetBoard, ({ actor, query }) => service.board(actor, query));
  app.handle(contract.listTargetUnits, ({ actor, query }) => service.units(actor, query));
  app.handle(contract.listTargetActions, ({ actor, query }) => service.actions(actor, query));
  app.handle(contract.listTargetPeople, ({ actor, query }) => service.people(actor, query.unitId));
  app.handle(contract.actOnTargetAction, ({ actor, params, body }) => service.actOn(actor, params.id, body));
  app.handle(contract.getTarget, ({ actor, params }) => service.get(actor, params.id));
  app.handle(contract.getTargetLeague, ({ actor, params }) => service.league(actor, params.id));
  app.handle(contract.addTarget, ({ actor, body }) => service.add(actor, body));
  app.handle(contract.editTarget, ({ actor, params, body }) => service.edit(actor, params.id, body));
  app.handle(contract.endTarget, ({ actor, params, body }) => service.end(actor, params.id, body));
  app.handle(contract.enterTargetValue, ({ actor, params, body }) => service.enter(actor, params.id, body));
  app.handle(contract.createTargetAction, ({ actor, params, body, idempotencyKey }) =>
    service.createTargetAction(actor, params.id, body, idempotencyKey),
  );
  app.page(
    { method: 'GET', path: '/api/targets/:id/files/:fileId', access: { permission: 'targets.read' } },
    async ({ actor, request, reply }) => {
      const { id, fileId } = request.params as { id: string; fileId: string };
      if (!isUuid(id) || !isUuid(fileId)) throw new AppError('row/missing');
      await service.checkReadable(actor, id);
      const file = await files.openReference(fileId);
      if (file.reference.owner.type !== 'target' || file.reference.owner.id !== id) throw new AppError('row/missing');
      return sendFile(reply, file, 'inline');
    },
  );
}
