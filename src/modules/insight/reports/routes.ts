import { Value } from 'typebox/value';
import { isUuid } from '../../../core/ids/uuid.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { type MadeEnding, sendMade } from '../../../platform/http/send-made.ts';
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
      return sendMade(reply, 'bao-cao.xlsx', await service.listWorkbook(actor, wish));
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
  const paper = (
    kind: 'sheet' | 'template',
    ending: MadeEnding,
    make: (page: ReportPageType) => string | Promise<Uint8Array>,
  ): void =>
    app.page(
      { method: 'GET', path: `/api/reports/:id/${kind}.${ending}`, access: { permission: 'report.read' } },
      async ({ actor, request, reply }) => {
        const { id } = request.params as { id: string };
        if (!isUuid(id)) throw new AppError('row/missing');
        const page = await service.get(actor, id, versionOf(request.query));
        if (page.withheld) throw new AppError('report/draft');
        const name = `${page.reportId}-${page.periodId}${kind === 'template' ? '-nhap-tay' : ''}`;
        return sendMade(reply, `${name}.${ending}`, await make(page));
      },
    );
  paper('sheet', 'csv', reportCsv);
  paper('sheet', 'pdf', (page) => reportPdf(renderer, page));
  paper('sheet', 'xlsx', reportXlsx);
  paper('sheet', 'docx', async (page) =>
    // 16 MB of memory, needed by few requests.
    (await import('./docx.ts')).reportDocx(page),
  );
  paper('template', 'xlsx', importTemplate);
}

/** The version asked for, by the query of the page itself. @throws AppError request/invalid */
function versionOf(query: unknown): number | undefined {
  const { no } = query as { readonly no?: unknown };
  const wish = no === undefined ? {} : { no: typeof no === 'string' && /^\d+$/.test(no) ? Number(no) : no };
  if (!Value.Check(contract.getReport.query, wish)) throw new AppError('request/invalid');
  return wish.no;
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
