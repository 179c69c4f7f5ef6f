import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { LedgerReader } from '../dossiers/index.ts';
import { answer, decidePart } from './act-service.ts';
import { loadCauses } from './causes.ts';
import { causesFor, type LatenessContext, namesFor } from './context.ts';
import type * as contract from './contract.ts';
import { keepAttributions } from './keep-service.ts';
import { readList, readTotals } from './list-service.ts';
import { readDossier, requestRows } from './page-service.ts';
import type { LatenessPorts } from './ports.ts';
import { openRequests } from './request-store.ts';

export type LatenessService = {
  /** Why a dossier is late. @throws AppError row/missing */
  ofDossier(actor: Actor, dossierId: string): Promise<contract.DossierLatenessType>;
  decidePart(
    actor: Actor,
    dossierId: string,
    seq: number,
    body: BodyOf<typeof contract.decideLatenessPart>,
  ): Promise<{ version: number }>;
  list(actor: Actor, query: QueryOf<typeof contract.listLateness>): Promise<ReplyOf<typeof contract.listLateness>>;
  totals(actor: Actor, query: contract.LatenessQuery): Promise<ReplyOf<typeof contract.sumLateness>>;
  requests(actor: Actor): Promise<ReplyOf<typeof contract.listCauseRequests>>;
  answer(
    actor: Actor,
    requestId: string,
    body: BodyOf<typeof contract.answerCauseRequest>,
  ): Promise<Record<string, never>>;
  /** Attributes every dossier that ended late since, after bulk loads that emit no events. @returns how many changed. */
  rebuild(since: Date): Promise<number>;
};

export type LatenessDeps = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly ledgers: LedgerReader;
  readonly ports: LatenessPorts;
};

/** What the service and the subscribers of the module share. */
export function createLatenessContext(deps: LatenessDeps): LatenessContext {
  return { ...deps, causes: loadCauses() };
}

const REBUILD_PAGE = 500;

export function createLatenessService(ctx: LatenessContext): LatenessService {
  return {
    ofDossier: (actor, id) => readDossier(ctx, actor, id),
    decidePart: (actor, id, seq, body) => decidePart(ctx, actor, id, seq, body),
    list: (actor, query) => readList(ctx, actor, query),
    totals: (actor, query) => readTotals(ctx, actor, query),
    async requests(actor) {
      const now = ctx.clock.now();
      const requests = await openRequests(ctx.db, unitsFor(actor, 'lateness.confirm'), 200);
      const names = await namesFor(
        ctx,
        requests.map((request) => request.unitId),
        requests.map((request) => request.staffId),
      );
      return { rows: requestRows(actor, requests, names, now), causes: causesFor(ctx, now) };
    },
    answer: (actor, id, body) => answer(ctx, actor, id, body),
    async rebuild(since) {
      let changed = 0;
      let after: string | null = null;
      for (;;) {
        const ids = await ctx.ledgers.lateIds(ctx.db, since, after, REBUILD_PAGE);
        if (ids.length === 0) return changed;
        changed += await ctx.db.transaction().execute((trx) => keepAttributions(ctx, trx, ids));
        after = ids.at(-1) ?? null;
      }
    },
  };
}
