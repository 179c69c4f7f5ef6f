import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../../core/access/actor.ts';
import { isUuid } from '../../../core/ids/uuid.ts';
import { FAMILIES } from '../../../core/scoring/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { sendMade } from '../../../platform/http/send-made.ts';
import { type FilesService, sendFile } from '../../foundation/files/index.ts';
import * as contract from './contract.ts';
import type { IndexService } from './service.ts';
import { leagueXlsx, sheetTemplate, sheetXlsx, tableOfRound } from './sheet-xlsx.ts';

function idOf(request: FastifyRequest): string {
  const { id } = request.params as { id: string };
  if (!isUuid(id)) throw new AppError('row/missing');
  return id;
}

/** Binds the endpoints of indices. */
export function registerIndexRoutes(
  app: HttpApp,
  { service, files }: { readonly service: IndexService; readonly files: FilesService },
): void {
  app.handle(contract.listIndexSets, ({ actor }) => service.sets(actor));
  app.handle(contract.getIndexSet, ({ actor, params }) => service.set(actor, params.code));
  app.handle(contract.copyIndexSet, ({ actor, body }) => service.copySet(actor, body));
  app.handle(contract.saveIndexSet, ({ actor, params, body }) => service.saveSet(actor, params.code, body));
  app.handle(contract.publishIndexSet, ({ actor, params, body }) => service.publishSet(actor, params.code, body));
  app.handle(contract.listIndexRounds, ({ actor, query }) => service.rounds(actor, query));
  app.handle(contract.openIndexRound, ({ actor, body }) => service.openRound(actor, body));
  app.handle(contract.getIndexRound, ({ actor, params }) => service.round(actor, params.id));
  app.handle(contract.decideIndexRound, ({ actor, params, body }) => service.decideRound(actor, params.id, body));
  app.handle(contract.measureIndexRound, ({ actor, params, body }) => service.measureRound(actor, params.id, body));
  app.handle(contract.importIndexParts, ({ actor, params, body }) => service.importParts(actor, params.id, body));
  app.handle(contract.getIndexSheet, ({ actor, params }) => service.sheet(actor, params.id));
  app.handle(contract.getIndexWhatIf, ({ actor, params, query }) => service.whatIf(actor, params.id, query));
  app.handle(contract.scoreCriterion, ({ actor, params, body }) => service.score(actor, params.id, body));
  app.handle(contract.appraiseCriterion, ({ actor, params, body }) => service.appraise(actor, params.id, body));
  app.handle(contract.acceptCriteria, ({ actor, params, body }) => service.accept(actor, params.id, body));
  app.handle(contract.confirmIndexFigure, ({ actor, params, body }) => service.confirm(actor, params.id, body));
  app.handle(contract.explainCriterion, ({ actor, params, body }) => service.explain(actor, params.id, body));
  app.handle(contract.savePart, ({ actor, params, body }) => service.part(actor, params.id, body));
  app.handle(contract.savePlace, ({ actor, params, body }) => service.place(actor, params.id, body));
  app.handle(contract.decideIndexSheet, ({ actor, params, body }) => service.decideSheet(actor, params.id, body));
  app.handle(contract.attachEvidence, ({ actor, params, body }) => service.attach(actor, params.id, body));
  app.handle(contract.importIndexSheet, ({ actor, params, body }) => service.importSheet(actor, params.id, body));
  app.handle(contract.takeBackEvidence, ({ actor, params, body }) => service.takeBack(actor, params, body));
  app.handle(contract.createIndexAction, ({ actor, params, body, idempotencyKey }) =>
    service.addAction(actor, params.id, body, idempotencyKey),
  );
  app.handle(contract.listIndexLeague, ({ query }) => service.league(query));
  const workbook = (
    at: { readonly path: string; readonly name: string; readonly permission: string },
    make: (actor: Actor, request: FastifyRequest) => Promise<Uint8Array>,
  ): void =>
    app.page(
      { method: 'GET', path: at.path, access: { permission: at.permission } },
      async ({ actor, request, reply }) => sendMade(reply, `${at.name}.xlsx`, await make(actor, request)),
    );
  const of = (one: 'sheets' | 'rounds', file: string) => `/api/indices/${one}/:id/${file}.xlsx`;
  workbook(
    { path: of('sheets', 'template'), name: 'mau-tu-cham', permission: 'indices.score' },
    async (actor, request) => sheetTemplate(await service.sheet(actor, idOf(request))),
  );
  workbook(
    { path: of('sheets', 'export'), name: 'phieu-cham-diem', permission: 'indices.read' },
    async (actor, request) => sheetXlsx(await service.sheet(actor, idOf(request))),
  );
  workbook({ path: of('rounds', 'export'), name: 'xep-hang', permission: 'indices.read' }, async (actor, request) =>
    leagueXlsx([tableOfRound(await service.round(actor, idOf(request)))]),
  );
  workbook(
    { path: '/api/indices/league.xlsx', name: 'xep-hang-da-cong-bo', permission: 'indices.read' },
    async (_, request) => {
      const { family, year } = request.query as { family?: unknown; year?: unknown };
      const wanted = FAMILIES.find((each) => each === family);
      const { tables } = await service.league({
        ...(wanted ? { family: wanted } : {}),
        ...(/^2[01]\d\d$/.test(String(year)) ? { year: Number(year) } : {}),
      });
      return leagueXlsx(tables.map((table) => ({ ...table, state: '' })));
    },
  );
  app.page(
    { method: 'GET', path: '/api/indices/sheets/:id/evidence/:fileId', access: { permission: 'indices.read' } },
    async ({ actor, request, reply }) => {
      const { id, fileId } = request.params as { id: string; fileId: string };
      if (!isUuid(id) || !isUuid(fileId)) throw new AppError('row/missing');
      const file = await files.openReference(fileId);
      await service.checkEvidence(actor, id, file.reference.owner);
      return sendFile(reply, file, 'attachment');
    },
  );
}
