import { sql } from 'kysely';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { findReply, once, requestDigest, scopedKey } from '../../../platform/db/idempotency.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { AuditEntry } from '../../foundation/audit/index.ts';
import { alsoAudit, alsoEmit, alsoRemember } from './also.ts';
import type { DossierContext } from './context.ts';
import type { CommandBodyType } from './contract.ts';
import { dossierEvent } from './events.ts';
import { decisionContext, findDossier, type StoredDossier } from './load.ts';
import { performerOf } from './performer.ts';
import type { Command } from './rules/commands.ts';
import { decide } from './rules/decide.ts';
import { deriveLedger } from './rules/ledger.ts';
import { isLegal } from './rules/legal.ts';
import { parseCommand } from './rules/parse-command.ts';
import { statusName } from './rules/status.ts';
import { type DossierScope, dossierScope } from './scope.ts';
import { actionRows, saveStep } from './store.ts';
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

/**
 * Performs one command on the version the caller saw. Of many at once one wins; the rest get `row/stale` and change
 * nothing.
 * @throws AppError row/missing, row/stale, dossier/illegal-action, dossier/reason-needed, clock/invalid.
 */
export async function commandDossier(
  ctx: DossierContext,
  actor: Actor,
  id: string,
  version: number,
  body: CommandBodyType,
  options: CommandOptions = {},
): Promise<CommandReply> {
  const key = options.idempotencyKey ? scopedKey('command', actorRef(actor), options.idempotencyKey) : undefined;
  const digest = key ? requestDigest({ id, version, body }) : '';
  const scope = options.scope ?? dossierScope(actor);
  const db = options.db ?? ctx.db;
  const dossier = await findDossier(db, scope, id);
  if (!dossier) throw new AppError('row/missing');
  if (dossier.version !== version) {
    const earlier = key ? await findReply<CommandReply>(ctx.db, key, digest) : undefined;
    if (earlier) return earlier;
    throw new AppError('row/stale', {
      extra: { currentVersion: dossier.version, currentStatus: dossier.state.status },
    });
  }
  const parsed = parseCommand(body);
  if (!parsed.ok) throw new AppError('request/invalid', { fields: parsed.fields });
  const performer = { ...performerOf(actor, dossier.citizenAccountId), ...(options.owner ? { owner: true } : {}) };
  const decision = await decisionContext(ctx, dossier, performer, ctx.clock.now());
  // Legality first: an illegal command takes no number from the register.
  if (!isLegal(parsed.command.kind, dossier.state, decision)) throw illegal(dossier);
  await checkAssignee(ctx, dossier, parsed.command);
  const command = await withNumber(ctx, dossier, parsed.command);
  const decided = decide(command, dossier.state, decision);
  if (!decided.ok) {
    if (decided.code === 'dossier/illegal-action') throw illegal(dossier);
    throw new AppError(decided.code, { params: { reason: decided.reason ?? '' } });
  }
  const { state, actions } = decided;
  const at = decision.now;
  const ledger = deriveLedger(dossier.state, actions);
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
    payload: { code: dossier.code, from: dossier.state.status, to: state.status },
  };
  const events = actions
    .filter((action) => action.kind !== 'opened')
    .map((action) =>
      dossierEvent(action.kind, action.at, {
        dossierId: id,
        code: dossier.code,
        version: reply.version,
        status: state.status,
        procedureCode: dossier.procedureCode,
        channel: dossier.channel,
        receivedByUnitId: state.receivedByUnitId,
        decidedByUnitId: state.decidedByUnitId,
        holderUnitId: state.step?.unitId ?? null,
        holderStaffId: state.step?.staffId ?? null,
        receivedAt: state.receivedAt ? toIso(state.receivedAt) : null,
        dueAt: state.dueCurrent ? toIso(state.dueCurrent) : null,
        endedAt: state.endedAt ? toIso(state.endedAt) : null,
        punctuality: state.punctuality,
      }),
    );
  return once(ctx.db, key, digest, async () => {
    const saved = await saveStep(db, {
      id,
      version,
      state,
      actions: actionRows(
        actions,
        version + 1,
        { ref: performer.ref, unitId: actor.kind === 'staff' ? actor.homeUnitId : null, assurance: actor.assurance },
        ctx.clock.now(),
      ),
      closedTask: ledger.closedTask ? { ...ledger.closedTask, by: performer.ref } : null,
      assignedTask: ledger.assignedTask,
      tasks: ledger.tasks.map((t) => ({
        seq: t.seq,
        step_id: t.stepId,
        unit_id: t.unitId,
        role: t.role,
        staff_id: t.staffId,
        started_at: t.startedAt,
        due_at: t.dueAt,
        ended_at: t.endedAt,
        ended_by: t.endedAt ? performer.ref : null,
      })),
      closeSegmentAt: ledger.closeSegmentAt,
      segments: ledger.segments.map((s) => ({
        kind: s.kind,
        reason: s.reason,
        step_id: s.stepId,
        holder_unit_id: s.unitId,
        holder_staff_id: s.staffId,
        started_at: s.startedAt,
        ended_at: s.endedAt,
        calendar_revision_id: dossier.calendarRevisionId,
      })),
      also: [
        alsoAudit([audit]),
        ...(events.length > 0 ? [alsoEmit(events)] : []),
        ...(key ? [alsoRemember(key, digest, reply)] : []),
        ...(last ? supplementAlso(id, command, last) : []),
      ],
    });
    if (!saved) throw new AppError('row/stale');
    return reply;
  });
}

/**
 * The clerk numbers a result from the register of the deciding unit and year; the number is taken just before the
 * save. A command that then turns out stale leaves a gap, never a double.
 */
async function withNumber(ctx: DossierContext, dossier: StoredDossier, command: Command): Promise<Command> {
  if (command.kind !== 'number' || command.number !== '') return command;
  const year = dayOf(ctx.clock.now()).slice(0, 4);
  const register = `${dossier.state.decidedByUnitId}:${dossier.procedureCode}:${year}`;
  const { rows } = await sql<{
    last_number: number;
  }>`insert into dossiers.number_register (register, last_number) values (${register}, 1)
    on conflict (register) do update set last_number = number_register.last_number + 1 returning last_number`.execute(
    ctx.db,
  );
  const revision = await ctx.ports.getProcedureRevision(dossier.procedureRevisionId);
  const symbol = revision.definition.results.find((r) => r.template?.symbol)?.template?.symbol ?? 'UBND';
  return { ...command, number: `${String(rows[0]?.last_number ?? 1).padStart(2, '0')}/${symbol}` };
}

/** Only somebody who may do the step in the holding unit today can be given it. */
async function checkAssignee(ctx: DossierContext, dossier: StoredDossier, command: Command): Promise<void> {
  const staffId = command.kind === 'assign' || command.kind === 'forward' ? command.staffId : undefined;
  if (staffId === undefined || !dossier.state.step) return;
  if (command.kind === 'forward') return;
  const colleagues = await ctx.ports.staffOf(dossier.state.step.unitId, 'dossier.process', dayOf(ctx.clock.now()));
  if (!colleagues.some((colleague) => colleague.staffId === staffId)) {
    throw new AppError('request/invalid', {
      fields: [
        {
          path: 'command.staffId',
          code: 'not-in-unit',
          message: 'Người này hiện không làm việc tại đơn vị đang giữ hồ sơ.',
        },
      ],
    });
  }
}
