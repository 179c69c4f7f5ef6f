import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { isUuid } from '../../../core/ids/uuid.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { sendMade } from '../../../platform/http/send-made.ts';
import { words } from '../../../platform/messages/words.ts';
import { sendFile } from '../../foundation/files/index.ts';
import * as contract from './contract.ts';
import type { RegisterService } from './service.ts';

/** A workbook of registers is small; what is larger is refused before it is in memory. */
const MAX_WORKBOOK_BYTES = 5 * 1024 * 1024;

/** Binds the endpoints of registers. */
export function registerRegisterRoutes(app: HttpApp, service: RegisterService): void {
  app.handle(contract.listRegisters, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.getRegister, ({ actor, params, query }) => service.get(actor, params.id, query));
  app.handle(contract.getRegisterTrend, ({ actor, params, query }) => service.trend(actor, params.id, query));
  app.handle(contract.getRegisterEntry, ({ actor, params }) => service.entry(actor, params.id));
  app.handle(contract.listRegisterResults, ({ actor, params, query }) => service.results(actor, params.id, query));
  app.handle(contract.listRegisterMentions, ({ actor, query }) => service.mentions(actor, query));
  app.handle(contract.saveEntry, ({ actor, params, body, idempotencyKey }) =>
    service.save(actor, params.id, body, idempotencyKey),
  );
  app.handle(contract.openRegisterPeriod, ({ actor, params, body, idempotencyKey }) =>
    service.open(actor, params.id, body, idempotencyKey),
  );
  app.handle(contract.attachEvidence, async ({ actor, params, request, idempotencyKey }) => {
    const part = await fileOf(request);
    return service.attach(actor, params.id, part.file, part.filename, idempotencyKey);
  });
  app.handle(contract.importRegister, async ({ actor, params, query, request, idempotencyKey }) => {
    const part = await fileOf(request);
    const bytes = await readWhole(part);
    const field = part.fields['reason'];
    const reason =
      field && !Array.isArray(field) && field.type === 'field' ? String(field.value).trim().slice(0, 1000) : '';
    return service.import(actor, params.id, bytes, { ...query, reason }, idempotencyKey);
  });
  app.page(
    { method: 'GET', path: '/api/registers/evidence/:fileId', access: { permission: 'registers.read' } },
    async ({ actor, request, reply }) => {
      const { fileId } = request.params as { fileId: string };
      if (!isUuid(fileId)) throw new AppError('row/missing');
      return sendFile(reply, await service.file(actor, fileId), 'inline');
    },
  );
  const workbook = (name: 'template' | 'export', permission: string): void =>
    app.page(
      { method: 'GET', path: `/api/registers/:id/${name}.xlsx`, access: { permission } },
      async ({ actor, request, reply }) => {
        const { id } = request.params as { id: string };
        const made = await service[name](actor, id, wishOf(request));
        return sendMade(reply, made.name, made.bytes);
      },
    );
  workbook('template', 'registers.enter');
  workbook('export', 'registers.read');
}

function wishOf(request: FastifyRequest): { unitId?: string; periodId?: string } {
  const { unitId, periodId } = request.query as { unitId?: unknown; periodId?: unknown };
  return {
    ...(isUuid(unitId) ? { unitId } : {}),
    ...(typeof periodId === 'string' ? { periodId: periodId.slice(0, 40) } : {}),
  };
}

async function fileOf(request: FastifyRequest): Promise<MultipartFile> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (part) return part;
  const field = { path: 'file', code: 'required', message: words('server.dossier.choose-file') };
  throw new AppError('request/invalid', { fields: [field] });
}

async function readWhole(part: MultipartFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_WORKBOOK_BYTES)
      throw new AppError('file/too-large', { params: { name: part.filename.slice(0, 80), limit: '5 MB' } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
