import { dossierDue, openStep } from './clock.ts';
import { type DecisionContext, earlierStep, nextStep, type PlannedStep } from './context.ts';
import { type Decision, decided, noPlan } from './decision.ts';
import { type Action, applyAction, type DossierState, type ResultState } from './state.ts';

const NO_UNIT = 'không còn đơn vị làm bước này';

/**
 * Reception (domain §1.4): the clock starts, the due date is promised, the first step opens at the desk, read by who
 * received. With `forwardNow` the dossier passes on to the first office in the same breath.
 */
export function receive(state: DossierState, ctx: DecisionContext, forwardNow: boolean): Decision {
  const first = ctx.plan[0];
  if (!first) return noPlan('quy trình chưa có bước nào');
  if (first.unitId === '') return noPlan(NO_UNIT);
  const due = dossierDue(ctx, ctx.now, []);
  if (!due.ok) return due;
  const running: DossierState = { ...state, clock: { status: 'running', events: [] } };
  const opened = openStep(ctx, running, first, ctx.performer.staffId);
  const received: Action = {
    kind: 'received',
    at: ctx.now,
    change: {
      status: 'received',
      receivedAt: ctx.now,
      dueOriginal: due.dueAt,
      dueCurrent: due.dueAt,
      clock: running.clock,
      ...opened,
      step: opened.step ? { ...opened.step, readAt: ctx.now } : null,
    },
  };
  if (!forwardNow) return decided(state, [received]);
  const onward = forward(applyAction(state, received), ctx, undefined, undefined);
  return onward.ok ? { ok: true, actions: [received, ...onward.actions], state: onward.state } : onward;
}

/** To the next step, where wanted straight into the hands of one person. */
export function forward(
  state: DossierState,
  ctx: DecisionContext,
  note: string | undefined,
  staffId: string | undefined,
): Decision {
  return moveTo(state, ctx, {
    kind: 'forwarded',
    target: state.step ? nextStep(ctx, state.step) : undefined,
    note,
    staffId: staffId ?? null,
  });
}

/**
 * Back to the nearest earlier step of the offices, with a reason, into the hands of who did it where that person is
 * named. An approval given meanwhile falls; the draft stays.
 */
export function returnStep(
  state: DossierState,
  ctx: DecisionContext,
  reason: string,
  staffId: string | undefined,
): Decision {
  const target = state.step ? earlierStep(ctx, state.step) : undefined;
  return moveTo(state, ctx, { kind: 'step-returned', target, note: reason, staffId: staffId ?? null });
}

/** Back to where the step was sent from, unread, into the hands of who takes it. An approval just given falls. */
export function takeBack(state: DossierState, ctx: DecisionContext, reason: string | undefined): Decision {
  const target = ctx.plan.find((planned) => planned.id === state.step?.from);
  return moveTo(state, ctx, { kind: 'taken-back', target, note: reason, staffId: ctx.performer.staffId });
}

type Move = {
  readonly kind: 'forwarded' | 'step-returned' | 'taken-back';
  readonly target: PlannedStep | undefined;
  readonly note: string | undefined;
  readonly staffId: string | null;
};

function moveTo(state: DossierState, ctx: DecisionContext, move: Move): Decision {
  const { kind, target, note, staffId } = move;
  if (!target) return noPlan('quy trình không có bước ấy');
  if (target.unitId === '') return noPlan(NO_UNIT);
  const from = kind === 'taken-back' ? null : (state.step?.id ?? null);
  const opened = openStep(ctx, state, target, staffId, from);
  // Who takes a dossier back has it open before them: the step is read.
  const step = opened.step && kind === 'taken-back' ? { ...opened.step, readAt: ctx.now } : opened.step;
  return decided(state, [
    {
      kind,
      at: ctx.now,
      change: {
        status: target.kind === 'receive' ? 'received' : 'processing',
        result: kind !== 'forwarded' && state.result ? withoutApproval(state.result) : state.result,
        ...opened,
        ...(step === undefined ? {} : { step }),
      },
      ...(note ? { note } : {}),
      detail: { from: state.step?.id ?? null, to: target.id },
    },
  ]);
}

function withoutApproval(result: ResultState): ResultState {
  const { approvedBy: _by, approvedAt: _at, approverTitle: _title, ...draft } = result;
  return draft;
}
