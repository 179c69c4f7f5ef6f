import { endClock, openStep } from './clock.ts';
import { type DecisionContext, nextStep } from './context.ts';
import { type Decision, decided, noPlan } from './decision.ts';
import type { Action, Change, DossierState, ResultState } from './state.ts';

/**
 * Signs the draft. The step after it is the clerk's (numbering); a procedure without one (certified copies) is decided
 * by the signature itself.
 */
export function approve(state: DossierState, ctx: DecisionContext, note: string | undefined): Decision {
  if (!state.result || !state.step) return noPlan('chưa có dự thảo kết quả');
  const next = nextStep(ctx, state.step);
  if (!next) return noPlan('quy trình không có bước sau phê duyệt');
  const result: ResultState = {
    ...state.result,
    approvedBy: ctx.performer.ref,
    approvedAt: ctx.now,
    ...(ctx.performer.title ? { approverTitle: ctx.performer.title } : {}),
  };
  const approved = (change: Change): Action => ({
    kind: 'approved',
    at: ctx.now,
    change,
    ...(note ? { note } : {}),
    detail: { from: state.step?.id ?? null, to: next.id, result: result.kind },
  });
  if (next.kind === 'hand-over') {
    const issued: ResultState = { ...result, issuedAt: ctx.now };
    return conclude(state, ctx, issued, approved(conclusion(state, ctx, issued)));
  }
  if (next.unitId === '') return noPlan('không còn đơn vị làm bước này');
  return decided(state, [approved({ result, ...openStep(ctx, state, next, null) })]);
}

/** Numbers and publishes the signed result: processing ends here (domain §1.7: not when the citizen collects). */
export function number(state: DossierState, ctx: DecisionContext, issued: string): Decision {
  if (!state.result || !state.step) return noPlan('chưa có dự thảo kết quả');
  const result: ResultState = { ...state.result, number: issued, issuedAt: ctx.now };
  const numbered: Action = {
    kind: 'numbered',
    at: ctx.now,
    change: conclusion(state, ctx, result),
    detail: { number: issued, result: result.kind },
  };
  return conclude(state, ctx, result, numbered);
}

/** What ending with a result changes: the class is stored, the hand-over step opens for the desk. */
function conclusion(state: DossierState, ctx: DecisionContext, result: ResultState): Change {
  const handOver = ctx.plan.find((planned) => planned.kind === 'hand-over' && planned.unitId !== '');
  return {
    status: 'decided',
    outcome: result.kind,
    result,
    ...endClock(ctx, state),
    ...(handOver ? openStep(ctx, state, handOver, null, null) : { step: null }),
  };
}

/** A result wanted electronically is handed over by its publication; the others wait at the desk. */
function conclude(state: DossierState, ctx: DecisionContext, result: ResultState, ending: Action): Decision {
  if (ctx.resultMethod !== 'electronic') return decided(state, [ending]);
  return decided(state, [ending, handedOver(ctx.now, result, 'electronic', null)]);
}

/** Hands the result over at the desk or to the post. A record of an older system may have no result text of ours. */
export function handOver(
  state: DossierState,
  ctx: DecisionContext,
  method: NonNullable<ResultState['handOver']>['method'],
  receiver: string | null,
): Decision {
  return decided(state, [handedOver(ctx.now, state.result, method, receiver)]);
}

function handedOver(
  at: Date,
  result: ResultState | null,
  method: NonNullable<ResultState['handOver']>['method'],
  receiver: string | null,
): Action {
  return {
    kind: 'handed-over',
    at,
    change: {
      status: 'returned',
      returnedAt: at,
      step: null,
      result: result && { ...result, handOver: { method, receiver, at } },
    },
    detail: { method },
  };
}

/** Ends without a result. Before reception there is no promise, hence no class. A draft stays in the log, not in force. */
export function endWithout(
  state: DossierState,
  ctx: DecisionContext,
  outcome: 'withdrawn' | 'stopped',
  reason: string,
): Decision {
  const change: Change = { status: outcome, outcome, step: null, ...endClock(ctx, state) };
  return decided(state, [{ kind: outcome, at: ctx.now, change, note: reason }]);
}
