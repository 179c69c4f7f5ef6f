import { isDay, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { words } from '../../../platform/messages/words.ts';
import type { ProcedureRevision } from './catalogue.ts';
import * as contract from './contract.ts';
import type { RevisionHead } from './revision-head.ts';
import { limitText } from './rules/time-limit.ts';
import type { ProceduresService } from './service.ts';

type SearchQuery = { q?: string; field?: string; level?: string; page?: number; pageSize?: number };

function searchOf(query: SearchQuery) {
  const limit = query.pageSize ?? 50;
  const offset = ((query.page ?? 1) - 1) * limit;
  return { q: query.q ?? '', fieldCode: query.field, level: query.level, offset, limit };
}

function summaryOf({ id, definition }: ProcedureRevision) {
  const words = new Set(definition.timeLimits.map(limitText).filter(Boolean));
  return {
    revisionId: id,
    code: definition.code,
    name: definition.name,
    fieldCode: definition.field.code,
    fieldName: definition.field.name,
    levels: [...definition.levels],
    onlineLevel: definition.onlineLevel,
    limitText: [...words].join('; '),
    validFrom: definition.validFrom,
    validTo: definition.validTo ?? null,
  };
}

function headReply(head: RevisionHead) {
  const { levels, createdAt, publishedAt, ...rest } = head;
  return { ...rest, levels: [...levels], createdAt: toIso(createdAt), publishedAt: publishedAt && toIso(publishedAt) };
}

/** Binds the module's endpoints. */
export function registerProcedureRoutes(app: HttpApp, service: ProceduresService): void {
  const dayAsked = (day: string | undefined): string => {
    if (day === undefined) return service.today();
    if (!isDay(day))
      throw new AppError('request/invalid', {
        fields: [{ path: 'day', code: 'day', message: words('server.procedure.no-such-day') }],
      });
    return day;
  };
  app.handle(contract.listProcedures, async ({ query }) => {
    const found = await service.searchPublished({ ...searchOf(query), day: dayAsked(query.day) });
    return { rows: found.rows.map(summaryOf), total: found.total, likely: found.likely };
  });
  app.handle(contract.listProcedureFields, async ({ query }) => ({
    rows: [...(await service.listFields(dayAsked(query.day)))],
  }));
  app.handle(contract.getProcedure, async ({ params, query }) => {
    const found = await service.findInForce(params.code, query.level ?? null, dayAsked(query.day));
    if (!found) throw new AppError('row/missing');
    return { revisionId: found.id, definition: found.definition };
  });
  app.handle(contract.listCatalogue, async ({ query }) => {
    const found = await service.searchCatalogue(searchOf(query));
    return { rows: found.rows.map(headReply), total: found.total };
  });
  app.handle(contract.listProcedureRevisions, async ({ params }) => ({
    rows: (await service.listRevisions(params.code)).map(headReply),
  }));
  app.handle(contract.getProcedureRevision, async ({ params }) => {
    const { definition, findings, ...head } = await service.getRevisionDetail(params.id);
    return { ...headReply(head), definition, findings: [...findings] };
  });
  app.handle(contract.diffProcedureRevisions, async ({ params }) => ({
    rows: [...(await service.diff(params.id, params.other))],
  }));
  app.handle(contract.getProcedureSource, async ({ params }) => {
    const source = await service.getSource(params.id);
    return { ...source, importedAt: toIso(source.importedAt) };
  });
  app.handle(contract.listLocalFees, async ({ params }) => ({ rows: [...(await service.listLocalFees(params.code))] }));
  app.handle(contract.setLocalFee, async ({ actor, params, body }) => ({
    id: await service.setLocalFee(actor, params.code, body),
  }));
  app.handle(contract.createProcedureDraft, async ({ actor, body }) => ({
    id: await service.createDraft(actor, body.definition),
  }));
  app.handle(contract.copyProcedureRevision, async ({ actor, params, body }) => ({
    id: await service.copyRevision(actor, params.id, body.revision, body.validFrom),
  }));
  app.handle(contract.updateProcedureDraft, async ({ actor, params, body }) => {
    const version = await service.updateDraft(actor, params.id, body.version, body.definition);
    const { findings } = await service.getRevisionDetail(params.id);
    return { version, findings: [...findings] };
  });
  app.handle(contract.discardProcedureDraft, async ({ actor, params, body }) => {
    await service.discardDraft(actor, params.id, body.version);
    return { ok: true };
  });
  app.handle(contract.publishProcedureDraft, async ({ actor, params, body }) => {
    await service.publish(actor, params.id, body.version);
    return { ok: true };
  });
}
