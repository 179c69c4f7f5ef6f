import type { FastifyReply } from 'fastify';
import { Value } from 'typebox/value';
import { isUuid } from '../../../core/ids/uuid.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import type { ReportPageType } from './contract.ts';
import * as contract from './contract.ts';
import * as forms from './contract-form.ts';
import { importReportCells } from './contract-import.ts';
import { ListWish, listReportProgress, listReports } from './contract-list.ts';
import { listReportParts, listReportRows } from './contract-rows.ts';
import { reportCsv } from './csv.ts';
import type { FormService } from './form-service.ts';
import { reportPdf } from './pdf.ts';
import type { ReportService } from './service.ts';
import { importTemplate, reportXlsx } from './xlsx.ts';

/** Binds the endpoints of reports. */
export function registerReportRoutes(
  app: HttpApp,
  deps: { readonly service: ReportService; readonly forms: FormService; readonly renderer: Renderer },
): void {
  const { service, renderer } = deps;
  registerFormRoutes(app, deps.forms);
  app.handle(contract.listReportRegimes, ({ actor }) => service.regimes(actor));
  app.handle(listReports, ({ actor, query }) => service.list(actor, query));
  app.handle(listReportProgress, ({ actor, query }) => service.progress(actor, query));
  app.page(
    { method: 'GET', path: '/api/reports/list.xlsx', access: { permission: 'report.read' } },
    async ({ actor, request, reply }) => {
      const wish: unknown = request.query;
      if (!Value.Check(ListWish, wish)) throw new AppError('request/invalid');
      return sendFile(reply, XLSX, 'bao-cao.xlsx', await service.listWorkbook(actor, wish));
    },
  );
  app.handle(contract.assignReport, ({ actor, body, idempotencyKey }) => service.assign(actor, body, idempotencyKey));
  app.handle(contract.getReport, ({ actor, params, query }) => service.get(actor, params.id, query.no));
  app.handle(contract.saveReport, ({ actor, params, body, idempotencyKey }) =>
    service.save(actor, params.id, body, idempotencyKey),
  );
  app.handle(contract.submitReport, ({ actor, params, body, idempotencyKey }) =>
    service.submit(actor, params.id, body, idempotencyKey),
  );
  app.handle(contract.decideReport, ({ actor, params, body, idempotencyKey }) =>
    service.decide(actor, params.id, body, idempotencyKey),
  );
  app.handle(listReportRows, ({ actor, params, query }) => service.rows(actor, params.id, query));
  app.handle(listReportParts, ({ actor, params, query }) => service.parts(actor, params.id, query));
  app.handle(importReportCells, ({ actor, params, body, idempotencyKey }) =>
    service.importCells(actor, params.id, body, idempotencyKey),
  );
  const paper = (name: string, type: string, make: (page: ReportPageType) => string | Promise<Uint8Array>): void =>
    app.page(
      { method: 'GET', path: `/api/reports/:id/${name}`, access: { permission: 'report.read' } },
      async ({ actor, request, reply }) => {
        const { id } = request.params as { id: string };
        const { no } = request.query as { no?: string };
        if (!isUuid(id)) throw new AppError('row/missing');
        const page = await service.get(actor, id, /^[1-9]\d{0,3}$/.test(no ?? '') ? Number(no) : undefined);
        const ending = name.replace('sheet', '').replace('template', '-nhap-tay');
        return sendFile(reply, type, `${page.reportId}-${page.periodId}${ending}`, await make(page));
      },
    );
  paper('sheet.csv', 'text/csv; charset=utf-8', reportCsv);
  paper('sheet.pdf', 'application/pdf', (page) => reportPdf(renderer, page));
  paper('sheet.xlsx', XLSX, reportXlsx);
  paper('sheet.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', async (page) =>
    // 16 MB of memory, needed by few requests.
    (await import('./docx.ts')).reportDocx(page),
  );
  paper('template.xlsx', XLSX, importTemplate);
}

function registerFormRoutes(app: HttpApp, service: FormService): void {
  app.handle(forms.listReportForms, () => service.list());
  app.handle(forms.listReportSources, () => service.sources());
  app.handle(forms.createReportForm, ({ actor, body, idempotencyKey }) => service.create(actor, body, idempotencyKey));
  app.handle(forms.getReportForm, ({ params }) => service.get(params.id));
  app.handle(forms.saveReportForm, ({ actor, params, body, idempotencyKey }) =>
    service.save(actor, params.id, body, idempotencyKey),
  );
  app.handle(forms.publishReportForm, ({ actor, params, body, idempotencyKey }) =>
    service.publish(actor, params.id, body, idempotencyKey),
  );
  app.handle(forms.discardReportForm, ({ actor, params, body, idempotencyKey }) =>
    service.discard(actor, params.id, body, idempotencyKey),
  );
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const sendFile = (reply: FastifyReply, type: string, name: string, made: string | Uint8Array): FastifyReply =>
  reply
    .type(type)
    .header('cache-control', 'private, no-store')
    .header('content-disposition', `attachment; filename="${name}"`)
    // Fastify sends texts and buffers.
    .send(typeof made === 'string' ? made : Buffer.from(made));
