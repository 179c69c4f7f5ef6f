import crypto from 'node:crypto';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { toIso } from '../../../core/time/index.ts';
import { requestDigest, scopedKey } from '../../../platform/db/idempotency.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import type { AuditEntry } from '../../foundation/audit/index.ts';
import type { FileOwner } from '../../foundation/files/index.ts';
import type { Also } from './also.ts';
import type { DossierContext } from './context.ts';
import type { IntakeBodyType, IntakeReplyType } from './contract.ts';
import { dossierEvent, eventPayload } from './events.ts';
import { insertDossiers } from './insert-store.ts';
import { checkPrepared, componentRows } from './intake-parts.ts';
import { checkLinkedPeople } from './known-people.ts';
import { ledgerRows } from './ledger-rows.ts';
import { partyRows, secondFacts } from './parties.ts';
import { performerOf } from './performer.ts';
import { prepare } from './prepare.ts';
import { repeatable } from './repeat.ts';
import { codePrefix, dossierCode } from './rules/dossier-code.ts';
import { receive } from './rules/moves.ts';
import { type Action, applyAction, type DossierState, EMPTY_STATE } from './rules/state.ts';
import { checkStorable } from './storable.ts';
import { actionRows, type DossierFacts, type NewDossier } from './store.ts';

/** How the new dossier begins: taken in at once (desk, post), or waiting for the desk (online). */
type Start = 'receive' | 'submit';

export type IntakeOptions = {
  readonly idempotencyKey?: string | undefined;
  /** Legal instant of a paper that came before it is typed in; defaults to now. Never in the future. */
  readonly occurredAt?: Date;
  /** Where the files come from: a portal draft; default the actor's own uploads. */
  readonly filesFrom?: FileOwner;
  /** Statements of the caller's own tables that ride in the statement of the dossier: both or neither. */
  readonly also?: (made: IntakeReplyType) => readonly Also[];
};

/**
 * Makes a dossier: at the desk, from the post, or filed online. One statement, one transaction, one effect per
 * idempotency key.
 * @throws AppError as `prepare`; dossier/form-invalid, dossier/components-missing, request/invalid (text that cannot
 * be kept, a reception in the future), request/repeated-differently.
 */
export async function createDossier(
  ctx: DossierContext,
  actor: Actor,
  body: IntakeBodyType,
  start: Start,
  options: IntakeOptions = {},
): Promise<IntakeReplyType> {
  checkStorable(body);
  const key = options.idempotencyKey ? scopedKey('dossier', actorRef(actor), options.idempotencyKey) : undefined;
  const digest = key ? requestDigest(body) : '';
  return repeatable(ctx.db, key, digest, () => makeDossier(ctx, actor, body, start, options, key, digest));
}

async function makeDossier(
  ctx: DossierContext,
  actor: Actor,
  body: IntakeBodyType,
  start: Start,
  options: IntakeOptions,
  key: string | undefined,
  digest: string,
): Promise<IntakeReplyType> {
  const now = options.occurredAt ?? ctx.clock.now();
  const recordedAt = ctx.clock.now();
  if (now > recordedAt) {
    throw new AppError('request/invalid', {
      fields: [{ path: 'occurredAt', code: 'future', message: words('server.dossier.received-in-future') }],
    });
  }
  const prepared = await prepare(ctx.ports, body, now, ctx.demo);
  checkPrepared(prepared, body);
  await checkLinkedPeople(ctx.db, actor, body.parties);
  const id = uuidv7(now);
  const fileIds = body.components.flatMap((c) => c.fileIds ?? []);
  const unitCode =
    prepared.desk.codes[prepared.regime.codeUnitScheme] ?? prepared.authority.codes[prepared.regime.codeUnitScheme];
  if (unitCode === undefined) throw new AppError('unit/missing', { params: { code: prepared.regime.codeUnitScheme } });
  const rule = { generator: prepared.regime.codeGenerator, unitCode, digits: prepared.regime.codeDigits };
  const code = dossierCode(rule, prepared.day, await ctx.codes.next(codePrefix(rule, prepared.day)));

  const performer = performerOf(actor, null);
  const submitted: Action = {
    kind: 'submitted',
    at: now,
    change: {
      ...EMPTY_STATE,
      submittedAt: now,
      receivedByUnitId: prepared.desk.id,
      decidedByUnitId: prepared.authority.id,
    },
    detail: { channel: body.channel },
  };
  let state: DossierState = applyAction(EMPTY_STATE, submitted);
  let actions: readonly Action[] = [submitted];
  if (start === 'receive') {
    const decision = receive(
      state,
      {
        now,
        performer,
        plan: prepared.plan,
        limit: prepared.limit,
        calendar: prepared.calendar,
        classifyRule: prepared.regime.classifyRule,
        resultMethod: body.resultMethod,
      },
      body.forward ?? false,
    );
    if (!decision.ok) throw new AppError(decision.code, { params: { reason: decision.reason ?? '', state: '' } });
    state = decision.state;
    actions = [submitted, ...decision.actions];
  }

  const subject = body.subject?.trim() || prepared.revision.definition.name;
  const people = partyRows(body.parties, subject, ctx.secret, now);
  const facts: DossierFacts = {
    id,
    code,
    procedureCode: prepared.revision.definition.code,
    procedureRevisionId: prepared.revision.id,
    caseId: prepared.circumstances.caseId ?? null,
    area: body.area ?? 'normal',
    regimeId: prepared.regime.id,
    channel: body.channel,
    parentId: null,
    subject,
    formValues: prepared.form.values,
    citizenAccountId: actor.kind === 'citizen' ? actor.accountId : null,
    guest: actor.kind === 'guest',
    followDigest: followDigest(ctx.secret, code, secondFacts(body.parties)),
    resultMethod: body.resultMethod,
    resultAddress: body.resultAddress ?? null,
    fees: prepared.fees.ok ? prepared.fees.lines : [],
    calendarRevisionId: prepared.calendarRevisionId,
    assurance: actor.assurance,
    copies: body.copies ?? 1,
    retentionCode: prepared.revision.definition.retention.code,
  };
  const reply: IntakeReplyType = {
    id,
    code,
    version: actions.length,
    status: state.status,
    submittedAt: toIso(state.submittedAt),
    receivedAt: state.receivedAt ? toIso(state.receivedAt) : null,
    dueAt: state.dueCurrent ? toIso(state.dueCurrent) : null,
  };
  const payload = eventPayload(facts, state, actions.length);
  const audit: AuditEntry = {
    chainId: prepared.authority.id,
    occurredAt: now,
    actor,
    action: start === 'receive' ? 'dossier.receive' : 'dossier.submit',
    object: { type: 'dossier', id },
    payload: { code, channel: body.channel },
  };
  // At the desk filing and reception are one act: the filing makes no event of its own.
  const told = start === 'receive' ? actions.filter((action) => action.kind !== 'submitted') : actions;
  const ledger = ledgerRows(EMPTY_STATE, actions, performer.ref, prepared.calendarRevisionId);
  const dossier = (files: ReadonlyMap<string, string>): NewDossier => ({
    facts,
    state,
    parties: people.parties,
    people: people.people,
    components: componentRows(prepared, body, files),
    actions: actionRows(
      actions,
      1,
      { ref: performer.ref, unitId: actor.kind === 'staff' ? actor.homeUnitId : null, assurance: actor.assurance },
      recordedAt,
    ),
    tasks: ledger.tasks,
    segments: ledger.segments.map((segment, index) => ({ ...segment, seq: index + 1 })),
    searchKeys: people.keys,
    names: people.names,
    supportingUnits: [],
    told: {
      audit: [audit],
      events: told.map((action) => dossierEvent(action.kind, now, payload)),
      reply: key ? { key, digest, reply } : null,
      also: options.also?.(reply) ?? [],
    },
  });
  // Without files the one statement is the transaction; with files they change hands in the same one.
  if (fileIds.length === 0) await ctx.writer.insert(dossier(new Map()));
  else {
    const from = options.filesFrom ?? uploadOwner(actor);
    await ctx.db
      .transaction()
      .execute(async (trx) => insertDossiers(trx, [dossier(await ctx.ports.attachFiles(trx, fileIds, from, id))]));
  }
  return reply;
}

/** Owner of a file between its upload and the intake: the person who uploaded it. */
export function uploadOwner(actor: Actor): FileOwner {
  return { type: 'upload', id: actorRef(actor) };
}

/**
 * Keyed digests of code and each second fact, joined: following a dossier needs the code and one fact, and the table
 * tells neither. 12 bytes each.
 */
export function followDigest(secret: string, code: string, facts: readonly string[]): string | null {
  if (facts.length === 0) return null;
  return `\\x${facts.map((fact) => followPart(secret, code, fact)).join('')}`;
}

export function followPart(secret: string, code: string, fact: string): string {
  return crypto.createHmac('sha256', secret).update(`${code}|${fact}`).digest('hex').slice(0, 24);
}
