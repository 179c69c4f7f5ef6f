import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { type FilesService, sendFile } from '../../foundation/files/index.ts';
import * as contract from './contract.ts';
import type { IndexService } from './service.ts';

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

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
  app.handle(contract.importIndexParts, ({ actor, params, body }) => service.importParts(actor, params.id, body));
  app.handle(contract.getIndexSheet, ({ actor, params }) => service.sheet(actor, params.id));
  app.handle(contract.getIndexWhatIf, ({ actor, params, query }) => service.whatIf(actor, params.id, query));
  app.handle(contract.scoreCriterion, ({ actor, params, body }) => service.score(actor, params.id, body));
  app.handle(contract.appraiseCriterion, ({ actor, params, body }) => service.appraise(actor, params.id, body));
  app.handle(contract.acceptCriteria, ({ actor, params, body }) => service.accept(actor, params.id, body));
  app.handle(contract.explainCriterion, ({ actor, params, body }) => service.explain(actor, params.id, body));
  app.handle(contract.savePart, ({ actor, params, body }) => service.part(actor, params.id, body));
  app.handle(contract.decideIndexSheet, ({ actor, params, body }) => service.decideSheet(actor, params.id, body));
  app.handle(contract.attachEvidence, ({ actor, params, body }) => service.attach(actor, params.id, body));
  app.handle(contract.takeBackEvidence, ({ actor, params, body }) => service.takeBack(actor, params, body));
  app.handle(contract.createIndexAction, ({ actor, params, body }) => service.addAction(actor, params.id, body));
  app.handle(contract.listIndexLeague, ({ query }) => service.league(query));
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
