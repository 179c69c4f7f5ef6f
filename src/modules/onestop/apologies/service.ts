import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import type { Day } from '../../../core/time/index.ts';
import { keyed } from '../../../platform/db/idempotency.ts';
import type { SlipData } from '../slips/index.ts';
import type { ApologyContext } from './context.ts';
import type * as contract from './contract.ts';
import { rebuildDuties, takeUpLate } from './duty-service.ts';
import { checkEvidenceReadable, decideExemption, requestExemption } from './exemption-service.ts';
import { followMails, issue, orderPaper, recordPaper } from './issue-service.ts';
import { approve, propose, returnProposal, withdraw } from './proposal-service.ts';
import { listPublic, type PublicApologies, type ShownApology, shownFor } from './public-service.ts';
import {
  lateFigures,
  lateIds,
  listApologies,
  listLate,
  owedApologies,
  readDossierApologies,
  readFigures,
} from './read-service.ts';
import type { Apology } from './store.ts';

type Done = { id: string; version: number; state: string };
const done = ({ id, version, state }: Apology): Done => ({ id, version, state });

/** The use cases of re-appointment and apology. The first argument is always who acts. */
export type ApologyService = {
  propose(actor: Actor, body: BodyOf<typeof contract.proposeApology>, key?: string): Promise<Done>;
  approve(actor: Actor, id: string, version: number, key?: string): Promise<Done>;
  returnProposal(actor: Actor, id: string, version: number, reason: string, key?: string): Promise<Done>;
  withdraw(actor: Actor, id: string, version: number, reason: string, key?: string): Promise<Done>;
  issue(actor: Actor, id: string, version: number, key?: string): Promise<Done>;
  recordPaper(actor: Actor, id: string, version: number, note: string, key?: string): Promise<Done>;
  paper(actor: Actor, id: string): Promise<{ setId: string; data: SlipData<'APOLOGY'>; code: string }>;
  requestExemption(
    actor: Actor,
    body: BodyOf<typeof contract.requestExemption>,
    key?: string,
  ): Promise<{ id: string; version: number }>;
  decideExemption(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.decideExemption>,
    key?: string,
  ): Promise<{ id: string; version: number }>;
  /** Before a file of evidence is opened. @throws row/missing */
  checkEvidenceReadable(actor: Actor, exemptionId: string, fileId: string): Promise<void>;
  list(actor: Actor, query: QueryOf<typeof contract.listApologies>): Promise<ReplyOf<typeof contract.listApologies>>;
  listLate(
    actor: Actor,
    query: QueryOf<typeof contract.listLateDossiers>,
  ): Promise<ReplyOf<typeof contract.listLateDossiers>>;
  ofDossier(actor: Actor, dossierId: string): Promise<ReplyOf<typeof contract.getDossierApologies>>;
  figures(
    actor: Actor,
    query: QueryOf<typeof contract.getLateFigures>,
  ): Promise<ReplyOf<typeof contract.getLateFigures>>;
  /** Late, with and without apology, for other modules' boards; see `lateFigures`. */
  lateFigures(
    unitIds: readonly string[] | undefined,
    days: { readonly from: Day; readonly to: Day },
  ): ReturnType<typeof lateFigures>;
  /** How many apologies units owe, and since when; see `owedApologies`. */
  owed(unitIds: readonly string[], days: { readonly from: Day; readonly to: Day }): ReturnType<typeof owedApologies>;
  /** Ids behind one of those figures; see `lateIds`. */
  lateIds(
    unitIds: readonly string[],
    days: { readonly from: Day; readonly to: Day },
    figure: Parameters<typeof lateIds>[3],
    page: { readonly offset: number; readonly limit: number },
  ): ReturnType<typeof lateIds>;
  listPublic(query: Parameters<typeof listPublic>[1]): Promise<PublicApologies>;
  /** For pages whose reader has shown that they may follow the dossier. */
  shownFor(code: string): Promise<readonly ShownApology[]>;
  /** Timer: dossiers whose due instant has passed. @returns how many were looked at. */
  takeUpLate(): Promise<number>;
  /** Timer: e-mails that left or were given up. @returns how many. */
  followMails(): Promise<number>;
  /** Counts all duties anew, after bulk loads. @returns how many dossiers are late. */
  rebuildDuties(): Promise<number>;
};

/** Puts the module together. One per process. */
export function createApologyService(ctx: ApologyContext): ApologyService {
  type Key = string | undefined;
  type Use<T> = (own: ApologyContext) => Promise<T>;
  const act = (name: string, actor: Actor, key: Key, body: unknown, run: Use<Apology>): Promise<Done> =>
    keyed(
      ctx.db,
      { operation: `apology-${name}`, actor: actorRef(actor), key, body },
      { run: async (db) => done(await run({ ...ctx, db })), keep: done, again: (kept: Done) => kept },
    );
  type Exempted = { readonly id: string; readonly version: number };
  const exempt = (name: string, actor: Actor, key: Key, body: unknown, run: Use<Exempted>): Promise<Exempted> =>
    keyed(
      ctx.db,
      { operation: `apology-exemption-${name}`, actor: actorRef(actor), key, body },
      { run: (db) => run({ ...ctx, db }), keep: (made: Exempted) => made, again: (kept) => kept },
    );
  return {
    propose: (actor, body, key) => act('propose', actor, key, body, (own) => propose(own, actor, body)),
    approve: (actor, id, version, key) =>
      act('approve', actor, key, { id, version }, (own) => approve(own, actor, id, version)),
    returnProposal: (actor, id, version, reason, key) =>
      act('return', actor, key, { id, version, reason }, (own) => returnProposal(own, actor, id, version, reason)),
    withdraw: (actor, id, version, reason, key) =>
      act('withdraw', actor, key, { id, version, reason }, (own) => withdraw(own, actor, id, version, reason)),
    issue: (actor, id, version, key) =>
      act('issue', actor, key, { id, version }, (own) => issue(own, actor, id, version)),
    recordPaper: (actor, id, version, note, key) =>
      act('paper', actor, key, { id, version, note }, (own) => recordPaper(own, actor, id, version, note)),
    paper: (actor, id) => orderPaper(ctx, actor, id),
    requestExemption: (actor, body, key) =>
      exempt('request', actor, key, body, (own) => requestExemption(own, actor, body)),
    decideExemption: (actor, id, body, key) =>
      exempt('decide', actor, key, { id, ...body }, (own) => decideExemption(own, actor, id, body)),
    checkEvidenceReadable: (actor, exemptionId, fileId) => checkEvidenceReadable(ctx, actor, exemptionId, fileId),
    list: (actor, query) => listApologies(ctx, actor, query),
    listLate: (actor, query) => listLate(ctx, actor, query),
    ofDossier: (actor, dossierId) => readDossierApologies(ctx, actor, dossierId),
    figures: (actor, query) => readFigures(ctx, actor, query),
    lateFigures: (unitIds, days) => lateFigures(ctx, unitIds, days),
    owed: (unitIds, days) => owedApologies(ctx, unitIds, days),
    lateIds: (unitIds, days, figure, page) => lateIds(ctx, unitIds, days, figure, page),
    listPublic: (query) => listPublic(ctx, query),
    shownFor: (code) => shownFor(ctx, code),
    takeUpLate: () => takeUpLate(ctx),
    followMails: () => followMails(ctx),
    rebuildDuties: () => rebuildDuties(ctx),
  };
}
