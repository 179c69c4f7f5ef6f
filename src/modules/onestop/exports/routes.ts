import Value from 'typebox/value';
import { isStorable } from '../../../core/text/storable.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { sendMade } from '../../../platform/http/send-made.ts';
import { listDossiers } from '../dossiers/contract.ts';
import * as contract from './contract.ts';
import { columnsIn, type ExportService } from './service.ts';

export function registerExportRoutes(app: HttpApp, service: ExportService): void {
  app.handle(contract.listExportTemplates, ({ actor }) => service.templates(actor));
  app.handle(contract.createExportTemplate, ({ actor, body }) => service.create(actor, body));
  app.handle(contract.changeExportTemplate, ({ actor, params, body }) => service.change(actor, params.id, body));
  app.handle(contract.removeExportTemplate, async ({ actor, params }) => {
    await service.remove(actor, params.id);
    return {};
  });
  app.page(
    { method: 'GET', path: '/api/dossiers/export.xlsx', access: { permission: 'dossier.read' } },
    async ({ actor, request, reply }) => {
      const { columns, ...asked } = request.query as Record<string, unknown>;
      const query = Value.Convert(listDossiers.query, asked);
      if (!Value.Check(listDossiers.query, query) || !isStorable(query)) throw new AppError('request/invalid');
      const { cursor: _, limit: __, ...filters } = query;
      return sendMade(reply, 'ho-so.xlsx', await service.workbook(actor, filters, columnsIn(columns)));
    },
  );
}
