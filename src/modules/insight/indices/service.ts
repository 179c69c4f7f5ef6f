import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { keyed } from '../../../platform/db/idempotency.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { openSheet } from './access.ts';
import { decideIndexSheet } from './act-service.ts';
import { createIndexAction } from './action-service.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { attachEvidence, takeBackEvidence } from './evidence-service.ts';
import { importIndexSheet } from './import-service.ts';
import { listIndexLeague } from './league-service.ts';
import { type ManyOptions, type ManyScore, scoreMany } from './many-service.ts';
import { confirmIndexFigure, measureIndexRound } from './measure-service.ts';
import { getIndexRound, getIndexSheet, listIndexRounds } from './read-service.ts';
import { decideIndexRound, openIndexRound } from './round-service.ts';
import { copyIndexSet, getIndexSet, listIndexSets, publishIndexSet, saveIndexSet } from './set-service.ts';
import { getIndexWhatIf } from './what-if-service.ts';
import {
  acceptCriteria,
  appraiseCriterion,
  explainCriterion,
  importParts,
  savePart,
  savePlace,
  scoreCriterion,
} from './write-service.ts';

type Body<E> = BodyOf<E>;
type Reply<E> = Promise<ReplyOf<E>>;

/** The use cases of indices. The first argument is always who acts. */
export type IndexService = {
  sets(actor: Actor): Reply<typeof contract.listIndexSets>;
  set(actor: Actor, code: string): Reply<typeof contract.getIndexSet>;
  copySet(actor: Actor, body: Body<typeof contract.copyIndexSet>): Reply<typeof contract.copyIndexSet>;
  saveSet(actor: Actor, code: string, body: Body<typeof contract.saveIndexSet>): Reply<typeof contract.saveIndexSet>;
  publishSet(
    actor: Actor,
    code: string,
    body: Body<typeof contract.publishIndexSet>,
  ): Reply<typeof contract.publishIndexSet>;
  rounds(actor: Actor, query: QueryOf<typeof contract.listIndexRounds>): Reply<typeof contract.listIndexRounds>;
  openRound(actor: Actor, body: Body<typeof contract.openIndexRound>): Reply<typeof contract.openIndexRound>;
  round(actor: Actor, id: string): Reply<typeof contract.getIndexRound>;
  decideRound(
    actor: Actor,
    id: string,
    body: Body<typeof contract.decideIndexRound>,
  ): Reply<typeof contract.decideIndexRound>;
  /** Automatic figures of all sheets that were sent, once more for the whole year. */
  measureRound(
    actor: Actor,
    id: string,
    body: Body<typeof contract.measureIndexRound>,
  ): Reply<typeof contract.measureIndexRound>;
  importParts(
    actor: Actor,
    id: string,
    body: Body<typeof contract.importIndexParts>,
  ): Reply<typeof contract.importIndexParts>;
  sheet(actor: Actor, id: string): Reply<typeof contract.getIndexSheet>;
  whatIf(
    actor: Actor,
    id: string,
    query: QueryOf<typeof contract.getIndexWhatIf>,
  ): Reply<typeof contract.getIndexWhatIf>;
  score(actor: Actor, id: string, body: Body<typeof contract.scoreCriterion>): Reply<typeof contract.scoreCriterion>;
  /** Of many criteria, all or none. */
  scoreMany(
    actor: Actor,
    id: string,
    rows: readonly ManyScore[],
    options?: ManyOptions,
  ): Promise<{ readonly written: number }>;
  appraise(
    actor: Actor,
    id: string,
    body: Body<typeof contract.appraiseCriterion>,
  ): Reply<typeof contract.appraiseCriterion>;
  accept(actor: Actor, id: string, body: Body<typeof contract.acceptCriteria>): Reply<typeof contract.acceptCriteria>;
  confirm(
    actor: Actor,
    id: string,
    body: Body<typeof contract.confirmIndexFigure>,
  ): Reply<typeof contract.confirmIndexFigure>;
  explain(
    actor: Actor,
    id: string,
    body: Body<typeof contract.explainCriterion>,
  ): Reply<typeof contract.explainCriterion>;
  part(actor: Actor, id: string, body: Body<typeof contract.savePart>): Reply<typeof contract.savePart>;
  place(actor: Actor, id: string, body: Body<typeof contract.savePlace>): Reply<typeof contract.savePlace>;
  decideSheet(
    actor: Actor,
    id: string,
    body: Body<typeof contract.decideIndexSheet>,
  ): Reply<typeof contract.decideIndexSheet>;
  attach(actor: Actor, id: string, body: Body<typeof contract.attachEvidence>): Reply<typeof contract.attachEvidence>;
  importSheet(
    actor: Actor,
    id: string,
    body: Body<typeof contract.importIndexSheet>,
  ): Reply<typeof contract.importIndexSheet>;
  takeBack(
    actor: Actor,
    at: { readonly id: string; readonly fileId: string },
    body: Body<typeof contract.takeBackEvidence>,
  ): Reply<typeof contract.takeBackEvidence>;
  addAction(
    actor: Actor,
    id: string,
    body: Body<typeof contract.createIndexAction>,
    key?: string,
  ): Reply<typeof contract.createIndexAction>;
  league(query: QueryOf<typeof contract.listIndexLeague>): Reply<typeof contract.listIndexLeague>;
  /** Owner of the file, for whoever may see the sheet. @throws AppError row/missing */
  checkEvidence(actor: Actor, id: string, owner: { readonly type: string; readonly id: string }): Promise<void>;
};

export function createIndexService(ctx: IndexContext): IndexService {
  return {
    sets: (actor) => listIndexSets(ctx, actor),
    set: (actor, code) => getIndexSet(ctx, actor, code),
    copySet: (actor, body) => copyIndexSet(ctx, actor, body),
    saveSet: (actor, code, body) => saveIndexSet(ctx, actor, code, body),
    publishSet: (actor, code, body) => publishIndexSet(ctx, actor, code, body),
    rounds: (actor, query) => listIndexRounds(ctx, actor, query),
    openRound: (actor, body) => openIndexRound(ctx, actor, body),
    round: (actor, id) => getIndexRound(ctx, actor, id),
    decideRound: (actor, id, body) => decideIndexRound(ctx, actor, id, body),
    measureRound: (actor, id, body) => measureIndexRound(ctx, actor, id, body),
    importParts: (actor, id, body) => importParts(ctx, actor, id, body),
    sheet: (actor, id) => getIndexSheet(ctx, actor, id),
    whatIf: (actor, id, query) => getIndexWhatIf(ctx, actor, id, query),
    score: (actor, id, body) => scoreCriterion(ctx, actor, id, body),
    scoreMany: (actor, id, rows, options) => scoreMany(ctx, actor, id, rows, options),
    appraise: (actor, id, body) => appraiseCriterion(ctx, actor, id, body),
    accept: (actor, id, body) => acceptCriteria(ctx, actor, id, body),
    confirm: (actor, id, body) => confirmIndexFigure(ctx, actor, id, body),
    explain: (actor, id, body) => explainCriterion(ctx, actor, id, body),
    part: (actor, id, body) => savePart(ctx, actor, id, body),
    place: (actor, id, body) => savePlace(ctx, actor, id, body),
    decideSheet: (actor, id, body) => decideIndexSheet(ctx, actor, id, body),
    attach: (actor, id, body) => attachEvidence(ctx, actor, id, body),
    importSheet: (actor, id, body) => importIndexSheet(ctx, actor, id, body),
    takeBack: (actor, at, body) => takeBackEvidence(ctx, actor, at, body),
    addAction: (actor, id, body, key) =>
      keyed(
        ctx.db,
        { operation: 'index-action-create', actor: actorRef(actor), key, body: { sheetId: id, ...body } },
        {
          run: (db) => createIndexAction({ ...ctx, db }, actor, id, body),
          keep: (made: { id: string }) => made,
          again: (kept: { id: string }) => kept,
        },
      ),
    league: (query) => listIndexLeague(ctx, query),
    async checkEvidence(actor, id, owner) {
      await openSheet(ctx, actor, id);
      const known = owner.type === EVIDENCE || owner.type === WITHDRAWN_EVIDENCE;
      if (!known || !owner.id.startsWith(`${id}/`)) throw new AppError('row/missing');
    },
  };
}

/** Owner type of evidence files; the owner's id is `<sheet>/<criterion>`. */
export const EVIDENCE = 'index-evidence';
/** Owner type of evidence that was taken back: read from the history, shown nowhere else. */
export const WITHDRAWN_EVIDENCE = 'index-evidence-withdrawn';
