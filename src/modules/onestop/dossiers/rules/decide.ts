import { dossierDue, endClock, openStep, pauseClock, resumeClock } from './clock.ts';
import { type Command, NEEDS_REASON } from './commands.ts';
import { type DecisionContext, earlierStep, nextStep, plannedStep } from './context.ts';
import { isLegal } from './legal.ts';
import { type Action, applyAction, type DossierState, type ResultState } from './state.ts';

export type Failure = {
  readonly ok: false;
  readonly code: 'dossier/illegal-action' | 'dossier/reason-needed' | 'clock/invalid' | 'procedure/invalid';
  readonly reason?: string;
};
export type Decision =
  | { readonly ok: true; readonly actions: readonly Action[]; readonly state: DossierState }
  | Failure;

const decided = (state: DossierState, actions: readonly Action[]): Decision => ({
  ok: true,
  actions,
  state: actions.reduce(applyAction, state),
});
const noPlan = (reason: string): Failure => ({ ok: false, code: 'procedure/invalid', reason });

function reasonOf(command: Command): string {
  return 'reason' in command ? (command.reason ?? '').trim() : '';
}

/**
 * Decides one command: pure function of state, workflow plan, calendar and clock. Changes nothing; the service saves
 * `state` and `actions` in one transaction.
 * @returns the new state with the actions that lead to it, or why it is refused. An illegal command changes nothing.
 */
export function decide(command: Command, state: DossierState, ctx: DecisionContext): Decision {
  if (!isLegal(command.kind, state, ctx)) return { ok: false, code: 'dossier/illegal-action' };
  if (NEEDS_REASON.has(command.kind) && reasonOf(command) === '') return { ok: false, code: 'dossier/reason-needed' };
  const at = ctx.now;
  switch (command.kind) {
    case 'receive':
      return receive(state, ctx, command.forward);
    case 'request-completion':
      return decided(state, [
        {
          kind: 'completion-requested',
          at,
          change: { status: 'awaiting-completion', completionRequests: state.completionRequests + 1 },
          note: command.reason,
          detail: { items: command.items },
        },
      ]);
    case 'complete':
      return decided(state, [{ kind: 'completed', at, change: { status: 'submitted' } }]);
    case 'refuse':
      return decided(state, [
        {
          kind: 'refused',
          at,
          change: { status: 'refused', step: null, endedAt: at, clock: { ...state.clock, status: 'ended' } },
          note: command.reason,
        },
      ]);
    case 'open':
      return state.step
        ? decided(state, [{ kind: 'opened', at, change: { step: { ...state.step, readAt: at } } }])
        : noPlan('step');
    case 'assign':
      return state.step
        ? decided(state, [
            {
              kind: 'assigned',
              at,
              change: { step: { ...state.step, staffId: command.staffId, readAt: null } },
              detail: { staffId: command.staffId },
            },
          ])
        : noPlan('step');
    case 'forward':
      return forward(state, ctx, command.note, command.staffId);
    case 'return-step':
      return moveTo(
        state,
        ctx,
        state.step ? earlierStep(ctx, state.step) : undefined,
        'step-returned',
        command.reason,
        true,
      );
    case 'take-back': {
      const index = ctx.plan.findIndex((planned) => planned.id === state.step?.id);
      return moveTo(state, ctx, ctx.plan[index - 1], 'taken-back', command.reason, false, ctx.performer.staffId);
    }
    case 'request-supplement':
      return decided(state, [
        {
          kind: 'supplement-requested',
          at,
          change: { status: 'supplement', ...pauseClock(state, at, 'supplement') },
          note: command.reason,
          detail: { items: command.items, ...(command.deadline ? { deadline: command.deadline } : {}) },
        },
      ]);
    case 'accept-supplement':
      return resume(state, ctx, 'supplement-received', command.note);
    case 'request-finance':
      return decided(state, [
        {
          kind: 'finance-requested',
          at,
          change: { status: 'finance', ...pauseClock(state, at, 'finance') },
          note: command.reason,
          detail: { amountVnd: command.amountVnd },
        },
      ]);
    case 'settle-finance':
      return resume(state, ctx, 'finance-settled', command.note);
    case 'suspend':
      return decided(state, [
        {
          kind: 'suspended',
          at,
          change: { status: 'suspended', ...pauseClock(state, at, 'agency') },
          note: command.reason,
        },
      ]);
    case 'resume':
      return resume(state, ctx, 'resumed', command.note);
    case 'withdraw':
      return end(state, ctx, 'withdrawn', command.reason);
    case 'stop':
      return end(state, ctx, 'stopped', command.reason);
    case 'draft-result': {
      const result: ResultState = {
        kind: command.result,
        title: command.title,
        body: command.body,
        draftedBy: ctx.performer.ref,
        draftedAt: at,
      };
      return decided(state, [{ kind: 'result-drafted', at, change: { result }, detail: { result: command.result } }]);
    }
    case 'approve':
      return approve(state, ctx, command.note);
    case 'number':
      return number(state, ctx, command.number);
    case 'hand-over': {
      const result = state.result
        ? { ...state.result, handOver: { method: command.method, receiver: command.receiver, at } }
        : null;
      return decided(state, [
        {
          kind: 'handed-over',
          at,
          change: { status: 'returned', returnedAt: at, step: null, result },
          detail: { method: command.method },
        },
      ]);
    }
  }
}

/** Reception: the clock starts, the due date is promised, the first step opens at the desk (and may pass on at once). */
export function receive(state: DossierState, ctx: DecisionContext, forwardNow: boolean): Decision {
  const first = ctx.plan[0];
  if (!first) return noPlan('no steps');
  const due = dossierDue(ctx, ctx.now, []);
  if (!due.ok) return due;
  const started: DossierState = { ...state, clock: { status: 'running', events: [] } };
  const received: Action = {
    kind: 'received',
    at: ctx.now,
    change: {
      status: 'received',
      receivedAt: ctx.now,
      dueOriginal: due.dueAt,
      dueCurrent: due.dueAt,
      clock: started.clock,
      ...openStep(ctx, started, first, ctx.performer.staffId),
    },
  };
  const after = applyAction(state, received);
  const opened = after.step ? applyAction(after, { change: { step: { ...after.step, readAt: ctx.now } } }) : after;
  const receivedRead: Action = { ...received, change: { ...received.change, step: opened.step } };
  if (!forwardNow) return decided(state, [receivedRead]);
  const onward = forward(opened, ctx, undefined, undefined);
  return onward.ok ? { ok: true, actions: [receivedRead, ...onward.actions], state: onward.state } : onward;
}

function forward(
  state: DossierState,
  ctx: DecisionContext,
  note: string | undefined,
  staffId: string | undefined,
): Decision {
  const next = state.step ? nextStep(ctx, state.step) : undefined;
  return moveTo(state, ctx, next, 'forwarded', note, false, staffId ?? null);
}

function moveTo(
  state: DossierState,
  ctx: DecisionContext,
  target: ReturnType<typeof nextStep>,
  kind: 'forwarded' | 'step-returned' | 'taken-back',
  note: string | undefined,
  dropApproval: boolean,
  staffId: string | null = null,
): Decision {
  if (!target) return noPlan('no such step');
  const backAtDesk = target.kind === 'receive';
  const result = dropApproval && state.result ? withoutApproval(state.result) : state.result;
  return decided(state, [
    {
      kind,
      at: ctx.now,
      change: { status: backAtDesk ? 'received' : 'processing', result, ...openStep(ctx, state, target, staffId) },
      ...(note ? { note } : {}),
      detail: { from: state.step?.id ?? null, to: target.id },
    },
  ]);
}

function withoutApproval(result: ResultState): ResultState {
  const { approvedBy: _by, approvedAt: _at, approverTitle: _title, ...draft } = result;
  return draft;
}

function resume(
  state: DossierState,
  ctx: DecisionContext,
  kind: 'supplement-received' | 'finance-settled' | 'resumed',
  note: string | undefined,
): Decision {
  const resumed = resumeClock(ctx, state, plannedStep(ctx, state.step));
  if (!resumed.ok) return resumed;
  return decided(state, [
    { kind, at: ctx.now, change: { status: 'processing', ...resumed.change }, ...(note ? { note } : {}) },
  ]);
}

function end(state: DossierState, ctx: DecisionContext, outcome: 'withdrawn' | 'stopped', reason: string): Decision {
  return decided(state, [
    {
      kind: outcome,
      at: ctx.now,
      change: { status: outcome, outcome, step: null, ...endClock(ctx, state) },
      note: reason,
    },
  ]);
}

function approve(state: DossierState, ctx: DecisionContext, note: string | undefined): Decision {
  if (!state.result || !state.step) return noPlan('no draft');
  const next = nextStep(ctx, state.step);
  if (!next) return noPlan('no step after approval');
  const result: ResultState = {
    ...state.result,
    approvedBy: ctx.performer.ref,
    approvedAt: ctx.now,
    ...(ctx.performer.title ? { approverTitle: ctx.performer.title } : {}),
  };
  return decided(state, [
    {
      kind: 'approved',
      at: ctx.now,
      change: { result, ...openStep(ctx, state, next, null) },
      ...(note ? { note } : {}),
      detail: { from: state.step.id, to: next.id },
    },
  ]);
}

function number(state: DossierState, ctx: DecisionContext, issued: string): Decision {
  if (!state.result || !state.step) return noPlan('no draft');
  const result: ResultState = { ...state.result, number: issued, issuedAt: ctx.now };
  const handOver = ctx.plan.find((planned) => planned.kind === 'hand-over');
  const ended = endClock(ctx, state);
  const numbered: Action = {
    kind: 'numbered',
    at: ctx.now,
    change: {
      status: 'decided',
      outcome: result.kind === 'granted' ? 'granted' : 'refused',
      result,
      ...ended,
      ...(handOver ? openStep(ctx, state, handOver, null) : { step: null }),
    },
    detail: { number: issued, result: result.kind },
  };
  if (ctx.resultMethod !== 'electronic') return decided(state, [numbered]);
  const after = applyAction(state, numbered);
  const handed: Action = {
    kind: 'handed-over',
    at: ctx.now,
    change: {
      status: 'returned',
      returnedAt: ctx.now,
      step: null,
      result: { ...result, handOver: { method: 'electronic', receiver: null, at: ctx.now } },
    },
    detail: { method: 'electronic' },
  };
  return { ok: true, actions: [numbered, handed], state: applyAction(after, handed) };
}
