import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { directReadings, type ReadingLog, recordAudit } from '../../foundation/audit/index.ts';
import type { SlipData, SlipKind } from '../slips/index.ts';
import { createCodeNumbers } from './code-numbers.ts';
import { type CommandOptions, type CommandReply, commandDossier } from './command-service.ts';
import type { DossierContext } from './context.ts';
import type * as contract from './contract.ts';
import { stopUnanswered } from './deadline-service.ts';
import {
  type DueForecast,
  type DueMoved,
  type DueMoveOrder,
  forecastDue,
  listMovable,
  type MovableQuestion,
  moveDueDate,
  moveDueDateBack,
  type ReappointOrder,
  reappointDossier,
} from './due-service.ts';
import {
  type FollowedDossier,
  findPublicDossier,
  followDossier,
  type PublicDossier,
  rateDossier,
} from './follow-service.ts';
import { checkDesk, intakeProcedure, intakeProcedures, preview, searchPeople } from './intake-queries.ts';
import { createDossier, type IntakeOptions } from './intake-service.ts';
import { countInbox, listFormerUnits, type Page, readInbox, readList } from './list-service.ts';
import { showFound, showList } from './list-trail.ts';
import { findDossier } from './load.ts';
import { addMoney } from './money-service.ts';
import {
  answerRequest,
  checkOwned,
  findRating,
  listOwn,
  type OwnerAccess,
  type RequestAnswer,
} from './owner-service.ts';
import { readDossierPage } from './page-service.ts';
import { createDossierReader } from './reader.ts';
import {
  listRegisterBooks,
  type PrintableBook,
  planRegister,
  type RegisterPlan,
  type RegisterQuestion,
  readRegister,
} from './register-service.ts';
import { type DossierScope, dossierScope } from './scope.ts';
import { searchDossiers } from './search-service.ts';
import { orderSlip, type SlipOrder } from './slip-service.ts';
import { type Succession, transferAfterSuccession, transferDossiers } from './transfer-service.ts';
import { createDossierWriter } from './writer.ts';

/** The use cases of dossiers. The first argument is always who acts. */
export type DossierService = {
  /** Takes a dossier in at a desk (channel `desk` or `post`). */
  receiveAtDesk(
    actor: Actor,
    body: contract.IntakeBodyType,
    options?: IntakeOptions,
  ): Promise<contract.IntakeReplyType>;
  /** Files online: waits for the desk. The portal has checked that filing here is lawful today. */
  fileOnline(actor: Actor, body: contract.IntakeBodyType, options?: IntakeOptions): Promise<contract.IntakeReplyType>;
  preview(actor: Actor, body: contract.IntakeBodyType): Promise<ReplyOf<typeof contract.previewIntake>>;
  intakeProcedures(actor: Actor, unitId: string, q?: string): Promise<ReplyOf<typeof contract.listIntakeProcedures>>;
  intakeProcedure(actor: Actor, unitId: string, code: string): Promise<ReplyOf<typeof contract.getIntakeProcedure>>;
  findPeople(actor: Actor, q: string, unitId: string): Promise<ReplyOf<typeof contract.findPeople>>;
  inbox(actor: Actor, query: QueryOf<typeof contract.listInbox>): Promise<Page>;
  inboxCounts(actor: Actor): Promise<ReplyOf<typeof contract.countInbox>>;
  list(actor: Actor, query: QueryOf<typeof contract.listDossiers>): Promise<Page>;
  /** Former authorities and desks whose dossiers the reader may see; those that ended last first. */
  formerUnits(actor: Actor): Promise<ReplyOf<typeof contract.listFormerUnits>>;
  search(actor: Actor, body: BodyOf<typeof contract.searchDossiers>): Promise<ReplyOf<typeof contract.searchDossiers>>;
  page(actor: Actor, id: string, scope?: DossierScope): Promise<contract.DossierPageType>;
  command(
    actor: Actor,
    id: string,
    version: number,
    command: contract.CommandBodyType,
    options?: CommandOptions,
  ): Promise<CommandReply>;
  addMoney(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.recordPayment>,
    idempotencyKey?: string,
  ): Promise<{ id: string; paidVnd: number }>;
  slip(actor: Actor, id: string, kind: SlipKind, publicUrl: string, scope?: DossierScope): Promise<SlipOrder>;
  /** One volume of a desk's register book; the volume may be left out where there is only one. */
  register(
    actor: Actor,
    question: RegisterQuestion,
    volume?: number,
  ): Promise<{ setId: string; data: SlipData<'REGISTER'> }>;
  planRegister(actor: Actor, question: RegisterQuestion): Promise<RegisterPlan>;
  registerBooks(actor: Actor): Promise<{ rows: PrintableBook[] }>;
  /** Throws row/missing unless the reader may see the dossier; the reading of the file is recorded. */
  checkReadable(actor: Actor, id: string, fileId: string): Promise<void>;
  /** Stops dossiers whose applicants let a supplement request pass; a timer of the installation. @returns how many. */
  stopUnanswered(): Promise<number>;
  /** Moves the open dossiers of an abolished unit to its successor. @returns how many. */
  transfer(actor: Actor, succession: Succession, at: Date): Promise<number>;
  /** The same for all pairs of a succession, in the transaction of the event's subscriber. */
  transferAfterSuccession(pairs: readonly Succession[], at: Date, trx: Db): Promise<number>;
  /** Re-appoints (hẹn lại), for the module that has the approval; with `trx` in its transaction. See `reappointDossier`. */
  reappoint(actor: Actor, order: ReappointOrder, trx?: Db): Promise<DueMoved>;
  /** What other revisions of calendars do to due dates; the module `calendar-plans` asks and acts. */
  readonly due: {
    listMovable(question: MovableQuestion): Promise<string[]>;
    forecast(ids: readonly string[], calendarRevisionId: string, db?: Db): Promise<DueForecast[]>;
    move(actor: Actor, order: DueMoveOrder, trx?: Db): Promise<DueMoved>;
    moveBack(actor: Actor, order: Omit<DueMoveOrder, 'calendarRevisionId'>, trx?: Db): Promise<DueMoved>;
  };
  findPublic(code: string): Promise<PublicDossier | undefined>;
  follow(actor: Actor, code: string, fact: string): Promise<FollowedDossier>;
  /** What the owner of a dossier does on the portal. */
  readonly owner: {
    list(access: OwnerAccess, cursor: string | undefined): Promise<Page>;
    page(access: OwnerAccess, id: string): Promise<contract.DossierPageType>;
    answer(access: OwnerAccess, id: string, version: number, answer: RequestAnswer): Promise<CommandReply>;
    withdraw(access: OwnerAccess, id: string, version: number, reason: string): Promise<CommandReply>;
    rate(access: OwnerAccess, id: string, score: number, comment: string | null): Promise<void>;
    rating(access: OwnerAccess, id: string): Promise<number | null>;
    slip(access: OwnerAccess, id: string, kind: SlipKind, publicUrl: string): Promise<SlipOrder>;
    checkFile(access: OwnerAccess, id: string, fileId: string): Promise<void>;
  };
  rate(actor: Actor, dossierId: string, score: number, comment: string | null): Promise<void>;
};

export type DossierDeps = Omit<DossierContext, 'codes' | 'reader' | 'writer' | 'readings'> & {
  /** Left out, each reading of a list is written before the answer. */
  readonly readings?: ReadingLog;
};

/** Puts the module together. One per process. */
export function createDossierService(deps: DossierDeps): DossierService {
  const ctx: DossierContext = {
    ...deps,
    codes: createCodeNumbers(deps.db),
    reader: createDossierReader(deps.db),
    writer: createDossierWriter(deps.db),
    readings: deps.readings ?? directReadings(deps.db),
  };
  return {
    async receiveAtDesk(actor, body, options) {
      checkDesk(actor, body.unitId);
      return createDossier(ctx, actor, body, 'receive', options);
    },
    fileOnline: (actor, body, options) => createDossier(ctx, actor, { ...body, channel: 'online' }, 'submit', options),
    async preview(actor, body) {
      checkDesk(actor, body.unitId);
      return preview(ctx, body);
    },
    async intakeProcedures(actor, unitId, q) {
      checkDesk(actor, unitId);
      return intakeProcedures(ctx, unitId, q);
    },
    async intakeProcedure(actor, unitId, code) {
      checkDesk(actor, unitId);
      return intakeProcedure(ctx, unitId, code);
    },
    findPeople: (actor, q, unitId) => searchPeople(ctx, actor, q, unitId),
    inbox: async (actor, query) => showList(ctx, actor, `inbox-${query.view}`, await readInbox(ctx, actor, query)),
    inboxCounts: (actor) => countInbox(ctx, actor),
    list: async (actor, query) => showList(ctx, actor, 'dossiers', await readList(ctx, actor, query)),
    formerUnits: (actor) => listFormerUnits(ctx, actor),
    search: async (actor, body) => showFound(ctx, actor, await searchDossiers(ctx, actor, body)),
    page: (actor, id, scope) => readDossierPage(ctx, actor, id, scope),
    command: (actor, id, version, command, options) => commandDossier(ctx, actor, id, version, command, options),
    addMoney: (actor, id, body, idempotencyKey) => addMoney(ctx, actor, id, body, idempotencyKey),
    slip: (actor, id, kind, publicUrl, scope) => orderSlip(ctx, actor, id, kind, publicUrl, scope),
    register: (actor, question, volume) => readRegister(ctx, actor, question, volume),
    planRegister: (actor, question) => planRegister(ctx, actor, question),
    registerBooks: (actor) => listRegisterBooks(ctx, actor),
    checkReadable: (actor, id, fileId) => recordFileReading(ctx, actor, id, fileId, dossierScope(actor)),
    stopUnanswered: () => stopUnanswered(ctx),
    transfer: (actor, succession, at) => transferDossiers(ctx, actor, succession, at),
    transferAfterSuccession: (pairs, at, trx) => transferAfterSuccession(ctx, pairs, at, trx),
    reappoint: (actor, order, trx) => reappointDossier(ctx, actor, order, trx),
    due: {
      listMovable: (question) => listMovable(ctx, question),
      forecast: (ids, calendarRevisionId, db) => forecastDue(ctx, ids, calendarRevisionId, db),
      move: (actor, order, trx) => moveDueDate(ctx, actor, order, trx),
      moveBack: (actor, order, trx) => moveDueDateBack(ctx, actor, order, trx),
    },
    findPublic: (code) => findPublicDossier(ctx, code),
    follow: (actor, code, fact) => followDossier(ctx, actor, code, fact),
    owner: {
      list: async (access, cursor) => showList(ctx, access.actor, 'own', await listOwn(ctx, access, cursor)),
      page: (access, id) => readDossierPage(ctx, access.actor, id, access.scope, true),
      answer: (access, id, version, answer) => answerRequest(ctx, access, id, version, answer),
      withdraw: (access, id, version, reason) =>
        commandDossier(
          ctx,
          access.actor,
          id,
          version,
          { kind: 'withdraw', reason },
          { scope: access.scope, owner: true },
        ),
      async rate(access, id, score, comment) {
        await rateDossier(ctx, access.actor, id, score, comment, access.scope);
      },
      async rating(access, id) {
        await checkOwned(ctx, access, id);
        return findRating(ctx, id);
      },
      slip: (access, id, kind, publicUrl) => orderSlip(ctx, access.actor, id, kind, publicUrl, access.scope),
      checkFile: (access, id, fileId) => recordFileReading(ctx, access.actor, id, fileId, access.scope),
    },
    rate: (actor, dossierId, score, comment) => rateDossier(ctx, actor, dossierId, score, comment),
  };
}

/** Throws row/missing unless the dossier is in the scope; else records that the file was read, and by whom. */
async function recordFileReading(
  ctx: DossierContext,
  actor: Actor,
  id: string,
  fileId: string,
  scope: DossierScope,
): Promise<void> {
  const dossier = await findDossier(ctx.db, scope, id);
  if (!dossier) throw new AppError('row/missing');
  await recordAudit(ctx.db, [
    {
      chainId: dossier.state.decidedByUnitId,
      occurredAt: ctx.clock.now(),
      actor,
      action: 'dossier.read-file',
      object: { type: 'dossier', id },
      payload: { fileId },
    },
  ]);
}
