import { type ClockEvent, classify, dueAt, latenessMinutes } from '../../../../core/working-time/index.ts';
import type { DecisionContext, PlannedStep } from './context.ts';
import type { Change, Clock, CurrentStep, DossierState } from './state.ts';

export type ClockFailure = { readonly ok: false; readonly code: 'clock/invalid'; readonly reason: string };
type Due = { readonly ok: true; readonly dueAt: Date | null } | ClockFailure;

/** Due date of the whole dossier from its reception, limit and clock events. `null` while paused. */
export function dossierDue(
  ctx: Pick<DecisionContext, 'calendar' | 'limit'>,
  receivedAt: Date,
  events: readonly ClockEvent[],
): Due {
  const { limit, calendar } = ctx;
  const wanted = limit.phases ? { phases: limit.phases } : limit.allow;
  const result = dueAt(calendar, receivedAt, wanted, { events, supplementPolicy: limit.supplementPolicy });
  if (!result.ok) return { ok: false, code: 'clock/invalid', reason: result.error.message };
  return { ok: true, dueAt: result.dueAt };
}

/** Due date of one step: its allowance from its start, moved by the pauses since. Always pauses, never restarts. */
export function stepDue(
  ctx: Pick<DecisionContext, 'calendar'>,
  step: PlannedStep,
  startedAt: Date,
  events: readonly ClockEvent[],
): Date | null {
  if (step.allow.unit !== 'same-day' && !(step.allow.amount && step.allow.amount > 0)) return startedAt;
  const since = events.filter((event) => event.at >= startedAt && event.kind !== 'next-phase');
  // A step begun during a pause sees only its end: nothing to subtract.
  const paired = since[0]?.kind === 'resume' ? since.slice(1) : since;
  const result = dueAt(ctx.calendar, startedAt, step.allow, { events: paired, supplementPolicy: 'pause' });
  return result.ok ? result.dueAt : null;
}

/** Opens a step: next `seq`, holder, own due date. */
export function openStep(
  ctx: DecisionContext,
  state: DossierState,
  step: PlannedStep,
  staffId: string | null,
  clock: Clock = state.clock,
): Change {
  const seq = state.stepSeq + 1;
  const current: CurrentStep = {
    id: step.id,
    seq,
    unitId: step.unitId,
    role: step.role,
    staffId,
    startedAt: ctx.now,
    dueAt: stepDue(ctx, step, ctx.now, clock.events),
    readAt: null,
  };
  return { step: current, stepSeq: seq };
}

/** Stops the clock. The due date stays as it was told to the citizen until the clock runs again. */
export function pauseClock(state: DossierState, at: Date, reason: 'supplement' | 'finance' | 'agency'): Change {
  return { clock: { status: 'paused', events: [...state.clock.events, { kind: 'pause', at, reason }] } };
}

/** Lets the clock run again and computes the new due dates of dossier and step. `dueOriginal` is never touched. */
export function resumeClock(
  ctx: DecisionContext,
  state: DossierState,
  planned: PlannedStep | undefined,
): { ok: true; change: Change } | ClockFailure {
  const pause = state.clock.events.at(-1);
  const reason = pause?.kind === 'pause' ? pause.reason : undefined;
  const event: ClockEvent = { kind: 'resume', at: ctx.now, ...(reason ? { reason } : {}) };
  const events = [...state.clock.events, event];
  if (reason === 'finance' && ctx.limit.phases) events.push({ kind: 'next-phase', at: ctx.now });
  const due = dossierDue(ctx, state.receivedAt ?? state.submittedAt, events);
  if (!due.ok) return due;
  const step =
    state.step && planned ? { ...state.step, dueAt: stepDue(ctx, planned, state.step.startedAt, events) } : state.step;
  return {
    ok: true,
    change: { clock: { status: 'running', events }, dueCurrent: due.dueAt ?? state.dueCurrent, step },
  };
}

/** Ends the clock: class and lateness are stored beside each other and never recomputed silently. */
export function endClock(ctx: DecisionContext, state: DossierState): Change {
  // A dossier that was never received has no promise to be measured against.
  if (state.receivedAt === null) return { clock: { ...state.clock, status: 'ended' }, endedAt: ctx.now };
  return {
    clock: { ...state.clock, status: 'ended' },
    endedAt: ctx.now,
    punctuality: classify(state.dueCurrent, ctx.now, ctx.classifyRule),
    latenessMinutes: state.dueCurrent ? latenessMinutes(ctx.calendar, state.dueCurrent, ctx.now) : 0,
  };
}
