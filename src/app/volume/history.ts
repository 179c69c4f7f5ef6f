import type { Command } from '../../modules/onestop/dossiers/rules/commands.ts';
import type { DecisionContext, Performer, PlannedStep } from '../../modules/onestop/dossiers/rules/context.ts';
import { type Decision, decide, receive } from '../../modules/onestop/dossiers/rules/decide.ts';
import {
  type Action,
  applyAction,
  type DossierState,
  EMPTY_STATE,
  type ResultMethod,
} from '../../modules/onestop/dossiers/rules/state.ts';
import type { Cell, Handler } from './cells.ts';
import type { Random } from './random.ts';
import { workingDaysLater, workingInstant } from './working-instants.ts';

/** One act: what was done, by whom, from which unit. */
export type Act = {
  readonly command: string;
  readonly action: Action;
  readonly handler: Handler | null;
  readonly unitId: string;
  readonly asked?: Extract<Command, { items: unknown }>;
};
export type History = { readonly state: DossierState; readonly acts: readonly Act[] };

export type Circumstances = {
  readonly submittedAtMs: number;
  readonly nowMs: number;
  /** Probability that the dossier ends late. */
  readonly lateShare: number;
  readonly resultMethod: ResultMethod;
  /** Title of the result paper, e.g. `Giấy xác nhận tình trạng hôn nhân`. */
  readonly resultName: string;
  readonly takeNumber: (endedAtMs: number) => string;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MISSING = [
  { code: null, name: 'Bản sao giấy tờ', what: 'Bản chụp mờ, nộp lại bản rõ' },
  { code: null, name: 'Tờ khai', what: 'Khai thiếu mục nơi cư trú' },
  { code: null, name: 'Giấy tờ chứng minh', what: 'Giấy tờ đã hết hạn' },
];
const RETURN_REASONS = ['Dự thảo sai căn cứ pháp lý', 'Thiếu ý kiến thẩm tra', 'Sai ngày tháng trong dự thảo'];
const REFUSALS = ['Hồ sơ không thuộc thẩm quyền giải quyết của đơn vị', 'Nộp sai nơi cư trú'];

/**
 * Plays the life of one dossier with the same pure rules that guard the server, until it is closed or `nowMs` comes.
 * @returns undefined where the rules refuse it (broken content): the caller leaves the dossier out.
 */
export function playHistory(cell: Cell, at: Circumstances, random: Random): History | undefined {
  const { prepared } = cell;
  const { calendar, plan } = prepared;
  const acts: Act[] = [];
  const submitted: Action = {
    kind: 'submitted',
    at: new Date(at.submittedAtMs),
    change: {
      ...EMPTY_STATE,
      submittedAt: new Date(at.submittedAtMs),
      receivedByUnitId: prepared.desk.id,
      decidedByUnitId: prepared.authority.id,
    },
    detail: { channel: cell.channel },
  };
  let state = applyAction(EMPTY_STATE, submitted);
  let clockMs = at.submittedAtMs;
  let broken = false;

  const person = (handlers: readonly Handler[] | undefined): Handler | null =>
    handlers ? (random.pick(handlers) ?? null) : null;
  const receiver = person(cell.receivers);
  acts.push({
    command: cell.channel === 'online' ? 'submit' : 'receive',
    action: submitted,
    handler: cell.channel === 'online' ? null : receiver,
    unitId: prepared.desk.id,
  });

  const context = (handler: Handler | null): DecisionContext => {
    const performer: Performer = {
      ref: refOf(handler),
      staffId: handler?.staffId ?? null,
      title: handler?.title ?? null,
      owner: false,
      system: false,
      // An officer, not a head: who may hand work out only looks at what nobody was given yet.
      may: (permission) => permission !== 'dossier.reassign',
    };
    return {
      now: new Date(clockMs),
      performer,
      plan,
      limit: prepared.limit,
      calendar,
      classifyRule: prepared.regime.classifyRule,
      resultMethod: at.resultMethod,
    };
  };
  const settle = (
    command: string,
    handler: Handler | null,
    unitId: string,
    decision: Decision,
    asked?: Act['asked'],
  ): boolean => {
    if (!decision.ok) {
      broken = true;
      return false;
    }
    for (const action of decision.actions) acts.push({ command, action, handler, unitId, ...(asked ? { asked } : {}) });
    state = decision.state;
    return true;
  };
  /** Moves the clock on to a working instant; false where that lies in the future: the story stops here. */
  const advance = (toMs: number): boolean => {
    const next = workingInstant(
      calendar,
      Math.max(toMs, clockMs + 2 * MINUTE),
      random.below(70) * MINUTE + random.below(60) * 1000,
    );
    if (next > at.nowMs) return false;
    clockMs = Math.floor(next / 1000) * 1000;
    return true;
  };
  const run = (command: Command, handler: Handler | null, unitId: string): boolean =>
    settle(
      command.kind,
      handler,
      unitId,
      decide(command, state, context(handler)),
      'items' in command ? command : undefined,
    );
  const done = (): History | undefined => (broken ? undefined : { state, acts });

  // Intake.
  if (cell.channel === 'online') {
    if (!advance(clockMs + random.waiting(3 * HOUR, 20 * HOUR))) return done();
    if (random.chance(0.012)) {
      run({ kind: 'refuse', reason: random.pick(REFUSALS) ?? '' }, receiver, prepared.desk.id);
      return done();
    }
    if (random.chance(0.04)) {
      const item = random.pick(MISSING);
      if (
        !run(
          { kind: 'request-completion', reason: 'Hồ sơ chưa đủ', items: item ? [item] : [] },
          receiver,
          prepared.desk.id,
        )
      )
        return undefined;
      if (!advance(workingDaysLater(calendar, clockMs, random.waiting(2, 7), HOUR))) return done();
      if (!run({ kind: 'complete' }, receiver, prepared.desk.id)) return undefined;
      if (!advance(clockMs + random.waiting(2 * HOUR, 10 * HOUR))) return done();
    }
  }
  const first = plan[1];
  const firstHandler = person(first && cell.handlers.get(first.id));
  const before = context(receiver);
  const received = receive(state, before, false);
  if (!settle('receive', receiver, prepared.desk.id, received)) return undefined;
  if (!run({ kind: 'forward', ...(firstHandler ? { staffId: firstHandler.staffId } : {}) }, receiver, prepared.desk.id))
    return undefined;

  // How long it will take in all.
  const startMs = clockMs;
  const dueMs = state.dueCurrent?.getTime() ?? startMs + 3 * 24 * HOUR;
  let endMs = endOf(calendar, startMs, dueMs, at.lateShare, random);
  const work = plan.slice(1).filter((step) => step.kind !== 'hand-over');
  const weights = work.map((step) => Math.max(0.2, step.allow.amount ?? 0.5) * (0.5 + random.next()));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const trouble = random.next();
  let troubled = false;
  let spent = 0;
  let handler = firstHandler;
  let index = 0;
  while (index < work.length) {
    const step = work[index] as PlannedStep;
    const beginMs = startMs + ((endMs - startMs) * spent) / whole;
    spent += weights[index] ?? 0;
    const finishMs = startMs + ((endMs - startMs) * Math.min(spent, whole)) / whole;
    if (step.kind === 'process' && state.step?.readAt === null) {
      if (!advance(beginMs + (finishMs - beginMs) * 0.2)) return done();
      if (!run({ kind: 'open' }, handler, step.unitId)) return undefined;
    }
    if (step.kind === 'process' && !troubled) {
      troubled = true;
      const pausedMs = clockMs;
      const outcome = playTrouble(trouble, step, handler);
      if (outcome === 'broken') return undefined;
      if (outcome === 'over') return done();
      endMs += clockMs - pausedMs;
    }
    if (!advance(Math.max(finishMs, clockMs))) return done();
    const next = work[index + 1];
    const nextHandler = person(next && cell.handlers.get(next.id));
    const handTo = nextHandler ? { staffId: nextHandler.staffId } : {};
    switch (step.kind) {
      case 'process':
        if (state.result === null && !run(draft(at.resultName, random.chance(0.015)), handler, step.unitId))
          return undefined;
        if (!run({ kind: 'forward', ...handTo }, handler, step.unitId)) return undefined;
        handler = nextHandler;
        break;
      case 'approve':
        if (!run({ kind: 'approve' }, handler, step.unitId)) return undefined;
        handler = null;
        break;
      case 'number': {
        const clerk = person(cell.handlers.get(step.id));
        if (!run({ kind: 'number', number: at.takeNumber(clockMs) }, clerk, step.unitId)) return undefined;
        break;
      }
      case 'receive':
      case 'assign':
      case 'review':
        if (
          step.kind === 'review' &&
          trouble > 0.98 &&
          spent <= whole &&
          !acts.some((act) => act.command === 'return-step')
        ) {
          if (!run({ kind: 'return-step', reason: random.pick(RETURN_REASONS) ?? '' }, handler, step.unitId))
            return undefined;
          const back = work.findIndex((candidate) => candidate.id === state.step?.id);
          if (back < 0) return undefined;
          handler = null;
          index = back;
          endMs += 4 * HOUR;
          continue;
        }
        if (!run({ kind: 'forward', ...handTo }, handler, step.unitId)) return undefined;
        handler = nextHandler;
        break;
      case 'hand-over':
        break;
    }
    index++;
  }
  if (state.status !== 'decided') return done();
  if (!advance(workingDaysLater(calendar, clockMs, random.waiting(1.2, 12), HOUR))) return done();
  run(
    { kind: 'hand-over', method: at.resultMethod === 'post' ? 'post' : 'desk', receiver: null },
    person(cell.returners),
    prepared.desk.id,
  );
  return done();

  /** What goes otherwise than planned at the first office: a request for papers, a payment, a wait for others, a withdrawal. */
  function playTrouble(kind: number, step: PlannedStep, by: Handler | null): 'went-on' | 'over' | 'broken' {
    const pause = (command: Command, on: Command, meanDays: number): 'went-on' | 'over' | 'broken' => {
      if (!run(command, by, step.unitId)) return 'broken';
      if (!advance(workingDaysLater(calendar, clockMs, 0.5 + random.waiting(meanDays, 10), HOUR))) return 'over';
      if (kind < 0.0015)
        return run({ kind: 'stop', reason: 'Quá hạn bổ sung mà không nộp giấy tờ' }, by, step.unitId)
          ? 'over'
          : 'broken';
      return run(
        on,
        on.kind === 'resume' || on.kind === 'settle-finance' ? by : receiver,
        on.kind === 'accept-supplement' ? prepared.desk.id : step.unitId,
      )
        ? 'went-on'
        : 'broken';
    };
    if (kind < 0.035) {
      const item = random.pick(MISSING);
      return pause(
        { kind: 'request-supplement', reason: 'Cần bổ sung giấy tờ', items: item ? [item] : [] },
        { kind: 'accept-supplement' },
        2.5,
      );
    }
    if (kind < 0.045)
      return pause(
        { kind: 'request-finance', reason: 'Nộp phí theo thông báo', amountVnd: 50_000 * (1 + random.below(8)) },
        { kind: 'settle-finance' },
        2,
      );
    if (kind < 0.05)
      return pause({ kind: 'suspend', reason: 'Chờ ý kiến của cơ quan liên quan' }, { kind: 'resume' }, 3);
    if (kind < 0.062) {
      if (!advance(clockMs + random.waiting(3 * HOUR, 12 * HOUR))) return 'over';
      return run({ kind: 'withdraw', reason: 'Người nộp xin rút hồ sơ' }, receiver, prepared.desk.id)
        ? 'over'
        : 'broken';
    }
    return 'went-on';
  }
}

/** Reference of who acted; `system:generate` where the staff of those days are not known. */
export function refOf(handler: Handler | null): string {
  return handler ? `staff:${handler.staffId}` : 'system:generate';
}

function draft(name: string, refused: boolean): Command {
  return refused
    ? {
        kind: 'draft-result',
        result: 'refused',
        title: 'Văn bản trả lời',
        body: 'Không đủ điều kiện giải quyết theo quy định.',
      }
    : { kind: 'draft-result', result: 'granted', title: name, body: `${name} được cấp theo hồ sơ đã thẩm tra.` };
}

/** When processing should end: a late one some working days after the due instant, most well before it. */
function endOf(
  calendar: Cell['prepared']['calendar'],
  startMs: number,
  dueMs: number,
  lateShare: number,
  random: Random,
): number {
  if (random.chance(lateShare)) return workingDaysLater(calendar, dueMs, 1 + random.waiting(2, 9), HOUR);
  const share = random.chance(0.3) ? 0.97 : 0.3 + 0.55 * random.next();
  return startMs + (dueMs - startMs) * share;
}
