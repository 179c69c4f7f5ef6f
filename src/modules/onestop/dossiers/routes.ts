import { isUuid } from '../../../core/ids/uuid.ts';
import { isDay } from '../../../core/time/index.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { sendMade } from '../../../platform/http/send-made.ts';
import { words } from '../../../platform/messages/words.ts';
import { type FilesService, sendFile } from '../../foundation/files/index.ts';
import { renderSlip, SLIP_KINDS, type SlipKind } from '../slips/index.ts';
import * as contract from './contract.ts';
import { uploadOwner } from './intake-service.ts';
import type { DossierService } from './service.ts';

export type DossierRouteDeps = {
  readonly service: DossierService;
  readonly files: FilesService;
  readonly renderer: Renderer;
  readonly db: Pool;
  readonly publicUrl: string;
};

export function registerDossierRoutes(
  app: HttpApp,
  { service, files, renderer, db, publicUrl }: DossierRouteDeps,
): void {
  app.handle(contract.receiveDossier, ({ actor, body, idempotencyKey }) => {
    if (body.channel === 'online') throw new AppError('dossier/channel-closed');
    return service.receiveAtDesk(actor, body, { idempotencyKey });
  });
  app.handle(contract.previewIntake, ({ actor, body }) => service.preview(actor, body));
  app.handle(contract.listIntakeProcedures, ({ actor, query }) =>
    service.intakeProcedures(actor, query.unitId, query.q),
  );
  app.handle(contract.getIntakeProcedure, ({ actor, params, query }) =>
    service.intakeProcedure(actor, query.unitId, params.code),
  );
  app.handle(contract.findPeople, ({ actor, body }) => service.findPeople(actor, body.q, body.unitId));
  app.handle(contract.listInbox, ({ actor, query }) => service.inbox(actor, query));
  app.handle(contract.countInbox, ({ actor }) => service.inboxCounts(actor));
  app.handle(contract.listDossiers, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.listFormerUnits, ({ actor }) => service.formerUnits(actor));
  app.handle(contract.searchDossiers, ({ actor, body }) => service.search(actor, body));
  app.handle(contract.getDossier, ({ actor, params }) => service.page(actor, params.id));
  app.handle(contract.commandDossier, ({ actor, params, body, idempotencyKey }) =>
    service.command(actor, params.id, body.version, body.command, { idempotencyKey }),
  );
  app.handle(contract.recordPayment, ({ actor, params, body, idempotencyKey }) =>
    service.addMoney(actor, params.id, body, idempotencyKey),
  );
  app.handle(contract.listRegisterBooks, ({ actor }) => service.registerBooks(actor));
  app.handle(contract.planRegister, async ({ actor, query: { unitId, from, to } }) => {
    const { volumes, ...totals } = await service.planRegister(actor, { deskId: unitId, from, to });
    return { ...totals, volumes: [...volumes] };
  });
  app.handle(contract.uploadFile, async ({ actor, request }) => {
    const part = await request.file();
    if (!part)
      throw new AppError('request/invalid', {
        fields: [{ path: 'file', code: 'required', message: words('server.dossier.choose-file') }],
      });
    const checked = await files.checkUpload(part.file, { name: part.filename });
    const reference = await db
      .transaction()
      .execute((trx) => files.attach(trx, actor, checked, uploadOwner(actor), 'component'));
    return { id: reference.id, name: reference.name, size: reference.size, mime: reference.mime };
  });

  app.page(
    { method: 'GET', path: '/api/dossiers/:id/slips/:kind', access: { permission: 'dossier.read' } },
    async ({ actor, request, reply }) => {
      const { id, kind } = request.params as { id: string; kind: string };
      const wanted = SLIP_KINDS.find((k): k is SlipKind => `${k}.pdf` === kind);
      if (!wanted || !isUuid(id)) throw new AppError('row/missing');
      const order = await service.slip(actor, id, wanted, publicUrl);
      const slip = await renderSlip(renderer, order as never);
      return sendMade(reply, `${wanted}-${order.code}.pdf`, slip.pdf, { shown: true });
    },
  );

  app.page(
    { method: 'GET', path: '/api/dossiers/:id/files/:fileId', access: { permission: 'dossier.read' } },
    async ({ actor, request, reply }) => {
      const { id, fileId } = request.params as { id: string; fileId: string };
      if (!isUuid(id) || !isUuid(fileId)) throw new AppError('row/missing');
      await service.checkReadable(actor, id, fileId);
      const file = await files.openReference(fileId);
      if (file.reference.owner.type !== 'dossier' || file.reference.owner.id !== id) throw new AppError('row/missing');
      return sendFile(reply, file, 'inline');
    },
  );

  app.page(
    { method: 'GET', path: '/api/registers/dossiers.pdf', access: { permission: 'register.print' } },
    async ({ actor, request, reply }) => {
      const query = request.query as Record<string, unknown>;
      const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
      const question = { deskId: text('unitId'), from: text('from') || undefined, to: text('to') || undefined };
      const volume = text('volume');
      const days = [question.from, question.to].every((day) => day === undefined || isDay(day));
      if (!isUuid(question.deskId) || !days || !/^\d{0,5}$/.test(volume)) throw new AppError('request/invalid');
      const { setId, data } = await service.register(actor, question, volume === '' ? undefined : Number(volume));
      const slip = await renderSlip(renderer, { kind: 'REGISTER', setId, data });
      return reply.type('application/pdf').header('cache-control', 'private, no-store').send(slip.pdf);
    },
  );
}
