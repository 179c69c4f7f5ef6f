import { pauseClock, resumeClock } from './clock.ts';
import { type Command, NEEDS_REASON } from './commands.ts';
import { approve, endWithout, handOver, number } from './conclusion.ts';
import { type DecisionContext, plannedStep } from './context.ts';
import { type Decision, decided, noPlan, notBefore } from './decision.ts';
import { isLegal } from './legal.ts';
import { forward, receive, returnStep, takeBack } from './moves.ts';
import type { DossierState, ResultState } from './state.ts';

export type { Decision, Failure } from './decision.ts';
export { receive } from './moves.ts';

function reasonOf(command: Command): string {
  return 'reason' in command ? (command.reason ?? '').trim() : '';
}

/**
 * Decides one command: pure function of state, workflow plan, calendar and clock. Changes nothing; the service saves
 * `state` and `actions` in one transaction.
 * @returns the new state with the actions that lead to it, or why it is refused. An illegal command changes nothing.
 */
export function decide(command: Command, state: DossierState, context: DecisionContext): Decision {
  const at = notBefore(state, context.now);
  const ctx: DecisionContext = at > context.now ? { ...context, now: at } : context;
  if (!isLegal(command.kind, state, ctx)) {
    const repeated =
      command.kind === 'request-completion' && state.status === 'submitted' && state.completionRequests > 0;
    return { ok: false, code: repeated ? 'dossier/second-request' : 'dossier/illegal-action' };
  }
  if (NEEDS_REASON.has(command.kind) && reasonOf(command) === '') return { ok: false, code: 'dossier/reason-needed' };
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
          detail: { items: command.items, ...(command.deadline ? { deadline: command.deadline } : {}) },
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
      return returnStep(state, ctx, command.reason, command.staffId);
    case 'take-back':
      return takeBack(state, ctx, command.reason);
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
      return endWithout(state, ctx, 'withdrawn', command.reason);
    case 'stop':
      return endWithout(state, ctx, 'stopped', command.reason);
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
    case 'hand-over':
      return handOver(state, ctx, command.method, command.receiver);
  }
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
