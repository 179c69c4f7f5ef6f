import { dayOf, toIso } from '../../../../core/time/index.ts';
import { isDayWithHours } from '../../../../core/working-time/index.ts';
import { promisedDue, stepHeldUntil } from './clock.ts';
import { type DecisionContext, plannedStep } from './context.ts';
import { type Decision, decided, type Failure, notBefore } from './decision.ts';
import type { Action, DossierState } from './state.ts';

/** Permission to move the promise of a dossier, held for the unit that decides it. */
export const REAPPOINT = 'dossier.reappoint';

export type Reappoint = { readonly newDueAt: Date; readonly reason: string; readonly apologyId: string };

/**
 * Why a dossier may not be re-appointed to an instant now; undefined where it may. Only while its clock runs: before
 * reception there is no promise, during a pause the promise is open anyway, after the end it is too late. Once in its
 * life (domain §1.5). The new promise lies after the present one and after now, on a day the office works.
 * Not a command of the table in `legal.ts`: the module `apologies` offers it, with its own approval.
 */
export function findReappointFault(
  state: DossierState,
  ctx: Pick<DecisionContext, 'performer' | 'now' | 'calendar'>,
  newDueAt: Date,
): Failure['code'] | undefined {
  const { performer } = ctx;
  if (!performer.system && !performer.may(REAPPOINT, state.decidedByUnitId)) return 'dossier/illegal-action';
  if (state.receivedAt === null || state.clock.status !== 'running') return 'dossier/illegal-action';
  if (state.reappointment) return 'dossier/reappointed';
  if (!(newDueAt > ctx.now) || (state.dueCurrent && !(newDueAt > state.dueCurrent))) return 'dossier/due-not-later';
  return isDayWithHours(ctx.calendar, dayOf(newDueAt)) ? undefined : 'dossier/day-off';
}

/**
 * Moves the promise to an agreed instant (hẹn lại). `dueOriginal` stays. The step it stands at, and those to come, may be
 * held until then (`stepHeldUntil`). Pauses after it: see `promisedDue`.
 */
export function decideReappoint(state: DossierState, context: DecisionContext, wish: Reappoint): Decision {
  const ctx = { ...context, now: notBefore(state, context.now) };
  const fault = findReappointFault(state, ctx, wish.newDueAt);
  if (fault) return { ok: false, code: fault };
  const reason = wish.reason.trim();
  if (reason === '') return { ok: false, code: 'dossier/reason-needed' };
  const previousDueAt = state.dueCurrent ?? ctx.now;
  const { newDueAt } = wish;
  const { step } = state;
  const held = step?.dueAt && step.dueAt < newDueAt ? { step: { ...step, dueAt: newDueAt } } : {};
  return decided(state, [
    {
      kind: 'reappointed',
      at: ctx.now,
      change: {
        dueCurrent: newDueAt,
        ...held,
        reappointment: { at: ctx.now, previousDueAt, dueAt: newDueAt, after: state.clock.events.length },
      },
      note: reason,
      detail: { apologyId: wish.apologyId, fromDueAt: toIso(previousDueAt), toDueAt: toIso(newDueAt) },
    },
  ]);
}

/** What a calendar does to the dates of an open dossier. `dueAt` null: there is nothing to promise. */
export type DueUnder = { readonly dueAt: Date | null; readonly stepDueAt: Date | null };

/** Due dates of a received, open dossier as a calendar counts them; undefined where they cannot be counted. */
export function dueUnder(
  state: DossierState,
  ctx: Pick<DecisionContext, 'calendar' | 'limit' | 'plan'>,
): DueUnder | undefined {
  const due = promisedDue(ctx, state);
  if (!due.ok) return undefined;
  const planned = plannedStep(ctx, state.step);
  const computed = state.step && planned ? stepHeldUntil(ctx, state, planned, state.step.startedAt) : state.step?.dueAt;
  // A paused step has no due date to compute; it keeps what it had.
  return { dueAt: due.dueAt, stepDueAt: computed ?? state.step?.dueAt ?? null };
}

/** Whether a calendar can move the dates of a dossier at all: received, and its clock not ended. */
export function hasMovableDue(state: DossierState): boolean {
  return state.receivedAt !== null && (state.clock.status === 'running' || state.clock.status === 'paused');
}

export type DueMove = {
  readonly planId: string;
  /** Reference of the person who decided, where a timer carries it out. */
  readonly decidedBy?: string;
  readonly fromRevisionId: string;
  readonly toRevisionId: string;
};

/**
 * Counts the dates of a dossier anew by another revision of its calendar (`ctx.calendar`), by the act of a plan.
 * The action tells the dates before, so that the same action can lead back: see `decideMoveBack`.
 */
export function decideMove(state: DossierState, context: DecisionContext, move: DueMove): Decision {
  const ctx = { ...context, now: notBefore(state, context.now) };
  if (!hasMovableDue(state)) return { ok: false, code: 'dossier/illegal-action' };
  const due = dueUnder(state, ctx);
  if (!due) return { ok: false, code: 'clock/invalid' };
  return decided(state, [movedTo(state, ctx.now, due, move)]);
}

/**
 * Leads a move back to the very dates and calendar before it. Only where the move is the last thing that happened: what
 * was done since was done under the moved promise.
 */
export function decideMoveBack(
  state: DossierState,
  now: Date,
  last: Pick<Action, 'kind' | 'detail'>,
  by: { readonly planId: string; readonly decidedBy?: string | undefined },
): Decision & { readonly calendarRevisionId?: string } {
  const { planId, decidedBy } = by;
  const { planId: movedBy, fromRevisionId, toRevisionId, fromDueAt, fromStepDueAt, back } = last.detail ?? {};
  const known = typeof fromRevisionId === 'string' && typeof toRevisionId === 'string' && typeof fromDueAt === 'string';
  if (last.kind !== 'due-moved' || movedBy !== planId || back === true || !known || !hasMovableDue(state)) {
    return { ok: false, code: 'dossier/illegal-action' };
  }
  const due = {
    dueAt: new Date(fromDueAt),
    stepDueAt: typeof fromStepDueAt === 'string' ? new Date(fromStepDueAt) : null,
  };
  const move = {
    planId,
    ...(decidedBy ? { decidedBy } : {}),
    fromRevisionId: toRevisionId,
    toRevisionId: fromRevisionId,
  };
  const action = movedTo(state, notBefore(state, now), due, move);
  const decision = decided(state, [{ ...action, detail: { ...action.detail, back: true } }]);
  return { ...decision, calendarRevisionId: fromRevisionId };
}

function movedTo(state: DossierState, at: Date, due: DueUnder, move: DueMove): Action {
  return {
    kind: 'due-moved',
    at,
    change: {
      dueCurrent: due.dueAt ?? state.dueCurrent,
      step: state.step ? { ...state.step, dueAt: due.stepDueAt } : null,
    },
    detail: {
      ...move,
      fromDueAt: state.dueCurrent ? toIso(state.dueCurrent) : null,
      toDueAt: due.dueAt ? toIso(due.dueAt) : null,
      fromStepDueAt: state.step?.dueAt ? state.step.dueAt.toISOString() : null,
    },
  };
}
