import { sql } from 'kysely';
import { type Day, dayOf, isDay } from '../../../core/time/index.ts';
import { dueAt } from '../../../core/working-time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import type { DossierContext } from './context.ts';
import type { StoredDossier } from './load.ts';
import type { Command } from './rules/commands.ts';
import { type DecisionContext, earlierStep, nextStep, PERMISSION_OF_STEP, plannedStep } from './rules/context.ts';

/**
 * What the service adds to a lawful command before it is decided: the number of a result, the day until which papers
 * may be brought, the person a step goes back to. Checks whom work is given to.
 * @throws AppError request/invalid with the field.
 */
export async function completeCommand(
  ctx: DossierContext,
  dossier: StoredDossier,
  command: Command,
  decision: DecisionContext,
): Promise<Command> {
  switch (command.kind) {
    case 'assign':
    case 'forward':
      await checkAssignee(ctx, dossier, command, decision);
      return command;
    case 'return-step':
      return withFormerHolder(ctx, dossier, command, decision);
    case 'request-completion':
    case 'request-supplement':
      return withDeadline(ctx, dossier, command, decision);
    case 'number':
      return withNumber(ctx, dossier, command);
    default:
      return command;
  }
}

const invalid = (path: string, code: string, message: string): AppError =>
  new AppError('request/invalid', { fields: [{ path: `command.${path}`, code, message }] });

/** Only somebody who may do the step in the unit that holds it today can be given it. */
async function checkAssignee(
  ctx: DossierContext,
  dossier: StoredDossier,
  command: Extract<Command, { kind: 'assign' | 'forward' }>,
  decision: DecisionContext,
): Promise<void> {
  const { step } = dossier.state;
  if (command.staffId === undefined || command.staffId === null || !step) return;
  const target = command.kind === 'assign' ? plannedStep(decision, step) : nextStep(decision, step);
  if (!target) return;
  const unitId = command.kind === 'assign' ? step.unitId : target.unitId;
  const colleagues = await ctx.ports.staffOf(unitId, PERMISSION_OF_STEP[target.kind], dayOf(decision.now));
  if (colleagues.some((colleague) => colleague.staffId === command.staffId)) return;
  throw invalid('staffId', 'not-in-unit', words('server.dossier.not-in-unit'));
}

/** A step sent back goes to who ended it last, while that person may still do it in the unit; else to the unit. */
async function withFormerHolder(
  ctx: DossierContext,
  dossier: StoredDossier,
  command: Extract<Command, { kind: 'return-step' }>,
  decision: DecisionContext,
): Promise<Command> {
  const { step } = dossier.state;
  const target = step ? earlierStep(decision, step) : undefined;
  if (!target) return command;
  const { rows } = await sql<{ ended_by: string | null }>`select ended_by from dossiers.task
    where dossier_id = ${dossier.id} and step_id = ${target.id} and ended_at is not null
    order by seq desc limit 1`.execute(ctx.db);
  const [kind, staffId] = (rows[0]?.ended_by ?? '').split(':');
  if (kind !== 'staff' || staffId === undefined) return command;
  const there = await ctx.ports.staffOf(target.unitId, PERMISSION_OF_STEP[target.kind], dayOf(decision.now));
  return there.some((colleague) => colleague.staffId === staffId) ? { ...command, staffId } : command;
}

/**
 * Last day to answer, inclusive: what the officer set (not before today), else what the procedure or else the regime
 * gives from now on (15 working days unless a law says otherwise, domain §1.5).
 */
async function withDeadline(
  ctx: DossierContext,
  dossier: StoredDossier,
  command: Extract<Command, { kind: 'request-completion' | 'request-supplement' }>,
  decision: DecisionContext,
): Promise<Command> {
  const today = dayOf(decision.now);
  if (command.deadline !== undefined) {
    if (!isDay(command.deadline)) throw invalid('deadline', 'date', words('server.field.no-such-day'));
    if (command.deadline < today) throw invalid('deadline', 'past', words('server.dossier.deadline-past'));
    return command;
  }
  const revision = await ctx.ports.getProcedureRevision(dossier.procedureRevisionId);
  const allow = revision.definition.supplementDeadline ?? {
    unit: 'working-day' as const,
    amount: ctx.ports.regimeOn(today).supplementDays,
  };
  const due = dueAt(decision.calendar, decision.now, allow);
  const deadline: Day | null = due.ok && due.dueAt ? dayOf(due.dueAt) : null;
  return deadline === null ? command : { ...command, deadline };
}

/**
 * The clerk numbers a result from the register of the deciding unit and year; the number is taken just before the
 * save. A command that then turns out stale leaves a gap, never a double.
 */
async function withNumber(
  ctx: DossierContext,
  dossier: StoredDossier,
  command: Extract<Command, { kind: 'number' }>,
): Promise<Command> {
  if (command.number !== '') return command;
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
