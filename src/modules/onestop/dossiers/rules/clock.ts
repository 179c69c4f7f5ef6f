import { dayOf } from '../../../../core/time/index.ts';
import {
  afterWorkingMs,
  type ClockEvent,
  classify,
  closeOfDay,
  type DueAllowance,
  dueAt,
  isDayWithHours,
  latenessMinutes,
  nextOpening,
  workingMsBetween,
} from '../../../../core/working-time/index.ts';
import type { DecisionContext, PlannedStep } from './context.ts';
import type { Change, CurrentStep, DossierState, Reappointment } from './state.ts';

export type ClockFailure = { readonly ok: false; readonly code: 'clock/invalid'; readonly reason: string };
type Due = { readonly ok: true; readonly dueAt: Date | null } | ClockFailure;

/**
 * Due date of the whole dossier from its reception, limit and clock events. `null` while paused. Events at the very
 * instant of reception are lawful here (a desk that receives and at once waits for money): see `afterStart`.
 */
export function dossierDue(
  ctx: Pick<DecisionContext, 'calendar' | 'limit'>,
  receivedAt: Date,
  events: readonly ClockEvent[],
): Due {
  const { limit, calendar } = ctx;
  const { events: later, phaseBegun } = afterStart(receivedAt, events);
  // A phase that began with the reception is the only one left to count.
  const allow: DueAllowance =
    limit.phases === undefined
      ? limit.allow
      : phaseBegun
        ? { phases: [limit.phases[1], limit.phases[1]] }
        : { phases: limit.phases };
  const result = dueAt(calendar, receivedAt, allow, { events: later, supplementPolicy: limit.supplementPolicy });
  if (!result.ok) return { ok: false, code: 'clock/invalid', reason: result.error.message };
  return { ok: true, dueAt: result.dueAt };
}

/**
 * Events in the form `dueAt` takes, which begins after the start: what happened at or before it leaves no trace but an
 * open pause, which then begins one millisecond later (nothing is worked in it, and due dates are whole seconds).
 */
function afterStart(start: Date, events: readonly ClockEvent[]): { events: ClockEvent[]; phaseBegun: boolean } {
  const later: ClockEvent[] = [];
  let open: ClockEvent | null = null;
  let phaseBegun = false;
  for (const event of events) {
    if (event.at > start) {
      if (open) later.push(open);
      open = null;
      later.push(event);
    } else if (event.kind === 'next-phase') phaseBegun = true;
    else if (event.kind === 'pause') open = { ...event, at: new Date(start.getTime() + 1) };
    else open = null;
  }
  if (open) later.push(open);
  return { events: later, phaseBegun };
}

/**
 * Due date of one step: its allowance from its start, moved by the pauses since; a step begun during a pause counts
 * from the resume. `null` while paused. Where a supplement restarts the dossier, it restarts the step as well.
 * An allowance of 0 (handing over) is due at once.
 */
export function stepDue(
  ctx: Pick<DecisionContext, 'calendar' | 'limit'>,
  step: Pick<PlannedStep, 'allow'>,
  startedAt: Date,
  events: readonly ClockEvent[],
): Date | null {
  if (step.allow.unit !== 'same-day' && !(step.allow.amount && step.allow.amount > 0)) return startedAt;
  const clock = events.filter((event) => event.kind !== 'next-phase');
  const before = clock.filter((event) => event.at <= startedAt).at(-1);
  const since = clock.filter((event) => event.at > startedAt);
  let start = startedAt;
  if (before?.kind === 'pause') {
    const resume = since.shift();
    if (!resume) return null;
    start = resume.at;
  }
  const result = dueAt(ctx.calendar, start, step.allow, {
    events: afterStart(start, since).events,
    supplementPolicy: ctx.limit.supplementPolicy,
  });
  return result.ok ? result.dueAt : null;
}

/**
 * Until when the step a dossier stands at may be held: its own budget, but under an agreed date (hẹn lại) never less than
 * that date, moved by the pauses since. The budgets add up to the legal limit; who works under an agreed date would be late
 * at a step while the dossier is in time. Handing over is due at once in any case. `null` while paused.
 * Example: budget until Wed 23/8 10:00, agreed Mon 28/8 17:00 → Mon 28/8 17:00.
 */
export function stepHeldUntil(
  ctx: Pick<DecisionContext, 'calendar' | 'limit'>,
  state: Pick<DossierState, 'reappointment' | 'clock'>,
  step: Pick<PlannedStep, 'allow' | 'kind'>,
  startedAt: Date,
): Date | null {
  const own = stepDue(ctx, step, startedAt, state.clock.events);
  const agreed = agreedDue(ctx, state);
  return own && agreed && agreed > own && step.kind !== 'hand-over' ? agreed : own;
}

/** The agreed date as pauses have moved it; null where there is none, or a new clock has ended it. */
function agreedDue(
  ctx: Pick<DecisionContext, 'calendar' | 'limit'>,
  { reappointment, clock }: Pick<DossierState, 'reappointment' | 'clock'>,
): Date | null {
  if (!reappointment) return null;
  return movedByPauses(ctx, reappointment.dueAt, withoutOpenPause(clock.events).slice(reappointment.after));
}

/** Opens a step: next `seq`, holder, own due date. `from`: the step it was sent from, whose holder may take it back. */
export function openStep(
  ctx: DecisionContext,
  state: DossierState,
  step: PlannedStep,
  staffId: string | null,
  from: string | null = state.step?.id ?? null,
): Change {
  const seq = state.stepSeq + 1;
  const current: CurrentStep = {
    id: step.id,
    seq,
    unitId: step.unitId,
    role: step.role,
    staffId,
    from,
    startedAt: ctx.now,
    dueAt: stepHeldUntil(ctx, state, step, ctx.now),
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
  const resumed: DossierState = { ...state, clock: { status: 'running', events } };
  const due = promisedDue(ctx, resumed);
  if (!due.ok) return due;
  const step =
    state.step && planned
      ? { ...state.step, dueAt: stepHeldUntil(ctx, resumed, planned, state.step.startedAt) }
      : state.step;
  return {
    ok: true,
    change: { clock: { status: 'running', events }, dueCurrent: due.dueAt ?? state.dueCurrent, step },
  };
}

/**
 * The promise a dossier is under, computed from its state: by its limit, or from its re-appointment. An open pause is
 * left out: until the clock runs again the promise stays as it was told. A re-appointed promise
 * - moves by the working time that was left when a later pause began, counted on from the resume;
 * - is void where a new clock begins after it: a supplement that restarts, the second phase. Then the limit counts;
 * - on a date without hours (a calendar that changed) becomes the last close of the next date with hours.
 */
export function promisedDue(ctx: Pick<DecisionContext, 'calendar' | 'limit'>, state: DossierState): Due {
  const agreed = agreedDue(ctx, state);
  if (agreed) return { ok: true, dueAt: agreed };
  return dossierDue(ctx, state.receivedAt ?? state.submittedAt, withoutOpenPause(state.clock.events));
}

/** The promise as if there had been no re-appointment: what was promised before it, moved by the pauses since. */
function dueWithoutReappointment(
  ctx: DecisionContext,
  state: DossierState,
  { previousDueAt, after }: Reappointment,
): Date {
  const events = withoutOpenPause(state.clock.events);
  const moved = movedByPauses(ctx, previousDueAt, events.slice(after));
  // A new clock began since: its promise is the same with and without the re-appointment.
  return moved ?? state.dueCurrent ?? previousDueAt;
}

function withoutOpenPause(events: readonly ClockEvent[]): readonly ClockEvent[] {
  return events.at(-1)?.kind === 'pause' ? events.slice(0, -1) : events;
}

/** An agreed instant moved by pauses; null where the clock began anew. What was late before a pause stays put. */
function movedByPauses(
  { calendar, limit }: Pick<DecisionContext, 'calendar' | 'limit'>,
  agreed: Date,
  events: readonly ClockEvent[],
): Date | null {
  let due = isDayWithHours(calendar, dayOf(agreed)) ? agreed : nextClose(calendar, agreed);
  let pausedAt: Date | null = null;
  for (const event of events) {
    if (event.kind === 'next-phase') return null;
    if (event.kind === 'pause') {
      pausedAt = event.at;
      continue;
    }
    if ((event.reason ?? 'supplement') === 'supplement' && limit.supplementPolicy === 'restart') return null;
    const left = pausedAt ? workingMsBetween(calendar, pausedAt, due) : 0;
    if (left > 0) due = afterWorkingMs(calendar, event.at, left);
    pausedAt = null;
  }
  return due;
}

function nextClose(calendar: DecisionContext['calendar'], at: Date): Date {
  return closeOfDay(calendar, dayOf(nextOpening(calendar, at))) ?? at;
}

/** Ends the clock: class and lateness are stored beside each other and never recomputed silently. */
export function endClock(ctx: DecisionContext, state: DossierState): Change {
  // A dossier that was never received has no promise to be measured against.
  if (state.receivedAt === null) return { clock: { ...state.clock, status: 'ended' }, endedAt: ctx.now };
  const original = state.reappointment ? dueWithoutReappointment(ctx, state, state.reappointment) : state.dueCurrent;
  return {
    clock: { ...state.clock, status: 'ended' },
    endedAt: ctx.now,
    punctuality: classify(state.dueCurrent, ctx.now, ctx.classifyRule),
    latenessMinutes: latenessMinutes(ctx.calendar, state.dueCurrent, ctx.now),
    lateOriginal: classify(original, ctx.now, ctx.classifyRule) === 'late',
    latenessOriginalMinutes: latenessMinutes(ctx.calendar, original, ctx.now),
  };
}
