/** States of a unit's score sheet (phiếu chấm điểm) and of the round (đợt đánh giá) it belongs to. */
export const SHEET_STATES = ['scoring', 'submitted', 'explaining', 'answered', 'settled'] as const;
export type SheetState = (typeof SHEET_STATES)[number];
export const ROUND_STATES = ['open', 'frozen', 'published'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

export const SHEET_STATE_NAMES: Readonly<Record<SheetState, string>> = {
  scoring: 'Đang tự chấm',
  submitted: 'Đã gửi, chờ thẩm định',
  explaining: 'Chờ giải trình',
  answered: 'Đã giải trình',
  settled: 'Đã thống nhất',
};
export const ROUND_STATE_NAMES: Readonly<Record<RoundState, string>> = {
  open: 'Đang chấm',
  frozen: 'Đã chốt',
  published: 'Đã công bố',
};

export const SHEET_ACTS = ['submit', 'return', 'send', 'answer', 'settle', 'reopen'] as const;
export type SheetAct = (typeof SHEET_ACTS)[number];
export const ROUND_ACTS = ['freeze', 'reopen', 'publish'] as const;
export type RoundAct = (typeof ROUND_ACTS)[number];
/** `unit`: who is scored; `appraiser`: who runs the round. */
export type Side = 'unit' | 'appraiser';

type Rule<S extends string> = {
  readonly by: Side;
  readonly from: readonly S[];
  readonly to: S;
  /** States from which a reason is asked for. */
  readonly reasonFrom: readonly S[];
};

/** Order of work: self-score, appraisal, explanation of the unit, agreement. */
const SHEET: Readonly<Record<SheetAct, Rule<SheetState>>> = {
  submit: { by: 'unit', from: ['scoring'], to: 'submitted', reasonFrom: [] },
  return: { by: 'appraiser', from: ['submitted'], to: 'scoring', reasonFrom: ['submitted'] },
  send: { by: 'appraiser', from: ['submitted'], to: 'explaining', reasonFrom: [] },
  answer: { by: 'unit', from: ['explaining'], to: 'answered', reasonFrom: [] },
  // A unit that does not answer must not stop the round; why it was not waited for is said.
  settle: { by: 'appraiser', from: ['explaining', 'answered'], to: 'settled', reasonFrom: ['explaining'] },
  reopen: { by: 'appraiser', from: ['settled'], to: 'answered', reasonFrom: ['settled'] },
};
const ROUND: Readonly<Record<RoundAct, Rule<RoundState>>> = {
  freeze: { by: 'appraiser', from: ['open'], to: 'frozen', reasonFrom: [] },
  reopen: { by: 'appraiser', from: ['frozen'], to: 'open', reasonFrom: ['frozen'] },
  publish: { by: 'appraiser', from: ['frozen'], to: 'published', reasonFrom: [] },
};

export type Decided<S> =
  | { readonly ok: true; readonly state: S }
  | { readonly ok: false; readonly why: 'state' | 'side' | 'reason' };

function decide<S extends string>(rule: Rule<S>, state: S, sides: readonly Side[], reason: string): Decided<S> {
  if (!sides.includes(rule.by)) return { ok: false, why: 'side' };
  if (!rule.from.includes(state)) return { ok: false, why: 'state' };
  if (rule.reasonFrom.includes(state) && reason.trim() === '') return { ok: false, why: 'reason' };
  return { ok: true, state: rule.to };
}

/** Figures published elsewhere are typed by the one side: nothing goes back to the unit, and nobody has to explain it. */
function ruleOf(act: SheetAct, importOnly: boolean): Rule<SheetState> {
  if (!importOnly) return SHEET[act];
  if (act === 'return' || act === 'send') return { ...SHEET[act], from: [] };
  return act === 'settle' ? { ...SHEET.settle, from: ['submitted', ...SHEET.settle.from] } : SHEET[act];
}

export const decideSheet = (
  act: SheetAct,
  state: SheetState,
  sides: readonly Side[],
  reason: string,
  importOnly: boolean,
): Decided<SheetState> => decide(ruleOf(act, importOnly), state, sides, reason);

export const decideRound = (act: RoundAct, state: RoundState, reason: string): Decided<RoundState> =>
  decide(ROUND[act], state, ['appraiser'], reason);

/** Acts open to somebody on these sides, with whether a reason is asked for. */
export function openSheetActs(
  state: SheetState,
  sides: readonly Side[],
  importOnly: boolean,
): { act: SheetAct; reason: boolean }[] {
  return SHEET_ACTS.flatMap((act) => {
    const rule = ruleOf(act, importOnly);
    const open = rule.from.includes(state) && sides.includes(rule.by);
    return open ? [{ act, reason: rule.reasonFrom.includes(state) }] : [];
  });
}

export const openRoundActs = (state: RoundState): RoundAct[] =>
  ROUND_ACTS.filter((act) => ROUND[act].from.includes(state));

/** What may be written into a sheet in its state, while the round is open. */
export function mayWrite(
  state: SheetState,
  sides: readonly Side[],
): { score: boolean; appraise: boolean; explain: boolean; takeBack: boolean } {
  return {
    score: state === 'scoring' && sides.includes('unit'),
    appraise: (state === 'submitted' || state === 'answered') && sides.includes('appraiser'),
    explain: state === 'explaining' && sides.includes('unit'),
    // A wrong file must not wait for a turn; what was agreed on by it has to be opened again first.
    takeBack: state !== 'settled' && sides.includes('unit'),
  };
}
