import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { requestDigest, scopedKey } from '../../../platform/db/idempotency.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { AuditEntry } from '../../foundation/audit/index.ts';
import { completeCommand } from './complete-command.ts';
import type { DossierContext } from './context.ts';
import type { CommandBodyType } from './contract.ts';
import { dossierEvent, eventPayload } from './events.ts';
import { ledgerRows } from './ledger-rows.ts';
import { decisionContext, findDossier, type StoredDossier } from './load.ts';
import { onBehalfOf, performerOf } from './performer.ts';
import { repeatable } from './repeat.ts';
import { decide } from './rules/decide.ts';
import { isLegal } from './rules/legal.ts';
import { parseCommand } from './rules/parse-command.ts';
import { statusName } from './rules/status.ts';
import { type DossierScope, dossierScope } from './scope.ts';
import { saveSteps } from './step-store.ts';
import { checkStorable } from './storable.ts';
import { actionRows, type SavedStep } from './store.ts';
import { supplementAlso } from './supplement-store.ts';

export type CommandReply = {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly statusName: string;
  readonly number: string | null;
};

export type CommandOptions = {
  readonly idempotencyKey?: string | undefined;
  readonly scope?: DossierScope;
  readonly owner?: boolean;
  /** The caller's transaction, where more must happen with the command. */
  readonly db?: Db;
};

const illegal = (dossier: StoredDossier): AppError =>
  new AppError('dossier/illegal-action', {
    params: { state: statusName(dossier.state.status) },
    extra: { currentVersion: dossier.version, currentStatus: dossier.state.status },
  });

const stale = (dossier: StoredDossier): AppError =>
  new AppError('row/stale', { extra: { currentVersion: dossier.version, currentStatus: dossier.state.status } });

/**
 * Performs one command on the version the caller saw. Of many at once one wins; the rest get `row/stale` and change
 * nothing. A repeat with the key of a command that was done gets its reply.
 * @throws AppError row/missing, row/stale, request/invalid, dossier/illegal-action, dossier/second-request,
 * dossier/reason-needed, clock/invalid, procedure/invalid.
 */
export async function commandDossier(
  ctx: DossierContext,
  actor: Actor,
  id: string,
  version: number,
  body: CommandBodyType,
  options: CommandOptions = {},
): Promise<CommandReply> {
  checkStorable(body);
  const key = options.idempotencyKey ? scopedKey('command', actorRef(actor), options.idempotencyKey) : undefined;
  const digest = key ? requestDigest({ id, version, body }) : '';
  return repeatable(ctx.db, key, digest, () => perform(ctx, actor, { id, version, body, options, key, digest }));
}

type Order = {
  readonly id: string;
  readonly version: number;
  readonly body: CommandBodyType;
  readonly options: CommandOptions;
  readonly key: string | undefined;
  readonly digest: string;
};

async function perform(ctx: DossierContext, actor: Actor, order: Order): Promise<CommandReply> {
  const { id, version, body, options, key, digest } = order;
  const scope = options.scope ?? dossierScope(actor);
  const find = (): Promise<StoredDossier | undefined> =>
    options.db ? findDossier(options.db, scope, id) : ctx.reader(scope, id);
  const dossier = await find();
  if (!dossier) throw new AppError('row/missing');
  if (dossier.version !== version) throw stale(dossier);
  const parsed = parseCommand(body);
  if (!parsed.ok) throw new AppError('request/invalid', { fields: parsed.fields });
  const title = parsed.command.kind === 'approve' ? await signingTitle(ctx, actor, dossier) : null;
  const own = performerOf(actor, dossier.citizenAccountId, title);
  const performer = options.owner ? { ...own, owner: true } : own;
  const decision = await decisionContext(ctx, dossier, performer, ctx.clock.now());
  // Legality first: an illegal command takes no number from the register.
  const lawful = isLegal(parsed.command.kind, dossier.state, decision);
  const command = lawful ? await completeCommand(ctx, dossier, parsed.command, decision) : parsed.command;
  const decided = decide(command, dossier.state, decision);
  if (!decided.ok) {
    if (decided.code === 'dossier/illegal-action') throw illegal(dossier);
    throw new AppError(decided.code, { params: { reason: decided.reason ?? '' } });
  }
  const { state } = decided;
  const behalf = onBehalfOf(actor, command.kind, dossier.state, decision);
  const actions = behalf
    ? decided.actions.map((action) => ({ ...action, detail: { ...action.detail, onBehalfOf: behalf } }))
    : decided.actions;
  const at = actions.at(-1)?.at ?? decision.now;
  const reply: CommandReply = {
    id,
    version: version + actions.length,
    status: state.status,
    statusName: statusName(state.status),
    number: state.result?.number ?? null,
  };
  const last = actions.at(-1);
  const audit: AuditEntry = {
    chainId: state.decidedByUnitId,
    occurredAt: at,
    actor,
    action: `dossier.${command.kind}`,
    object: { type: 'dossier', id },
    payload: {
      code: dossier.code,
      from: dossier.state.status,
      to: state.status,
      ...(behalf ? { onBehalfOf: behalf } : {}),
    },
  };
  const payload = eventPayload(dossier, state, reply.version);
  const events = actions
    .filter((action) => action.kind !== 'opened')
    .map((action) => dossierEvent(action.kind, action.at, payload));
  const step: SavedStep = {
    id,
    version,
    state,
    // The regime and calendar of a dossier are those of its reception, not of its filing.
    received:
      dossier.state.receivedAt === null && state.receivedAt !== null
        ? { regimeId: decision.regimeId, calendarRevisionId: decision.calendarRevisionId }
        : null,
    actions: actionRows(
      actions,
      version + 1,
      { ref: performer.ref, unitId: actor.kind === 'staff' ? actor.homeUnitId : null, assurance: actor.assurance },
      ctx.clock.now(),
    ),
    ...ledgerRows(dossier.state, actions, performer.ref, decision.calendarRevisionId),
    told: {
      audit: [audit],
      events,
      reply: key ? { key, digest, reply } : null,
      also: last ? supplementAlso(id, command, last) : [],
    },
  };
  const saved = options.db ? (await saveSteps(options.db, [step]))[0] === true : await ctx.writer.saveStep(step);
  if (!saved) {
    const now = await find();
    throw now ? stale(now) : new AppError('row/missing');
  }
  return reply;
}

/**
 * Title of who signs, as it stands on the paper: a deputy does not sign as the chairman, but for an absent one as
 * `KT. Chủ tịch – Phó Chủ tịch` (ký thay).
 */
async function signingTitle(ctx: DossierContext, actor: Actor, { state }: StoredDossier): Promise<string | null> {
  if (actor.kind !== 'staff') return null;
  const unitId = state.step?.unitId ?? '';
  const own = actor.ownUnitsByPermission?.get('dossier.approve')?.has(unitId) ?? !actor.actingFor;
  const signedFor = own
    ? undefined
    : actor.actingFor?.find((acting) => acting.unitsByPermission.get('dossier.approve')?.has(unitId))?.staffId;
  const names = await ctx.ports.staffNames([actor.staffId, ...(signedFor ? [signedFor] : [])]);
  const title = names.get(actor.staffId)?.title || null;
  const absent = signedFor ? names.get(signedFor)?.title : undefined;
  return absent ? `KT. ${absent}${title ? ` – ${title}` : ''}` : title;
}
