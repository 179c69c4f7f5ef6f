/** States of a report that was given to a unit. */
export const STATES = [
  'assigned',
  'draft',
  'submitted',
  'returned',
  'resubmitted',
  'accepted',
  'locked',
  'reopened',
] as const;
export type ReportState = (typeof STATES)[number];

export const STATE_NAMES: Readonly<Record<ReportState, string>> = {
  assigned: 'Được giao',
  draft: 'Đang lập',
  submitted: 'Đã gửi',
  returned: 'Bị trả lại',
  resubmitted: 'Đã gửi lại',
  accepted: 'Đã nhận',
  locked: 'Đã chốt',
  reopened: 'Đã mở lại',
};

export const REPORT_ACTS = ['save', 'submit', 'return', 'accept', 'lock', 'reopen'] as const;
export type ReportAct = (typeof REPORT_ACTS)[number];

type Rule = {
  /** `unit`: who reports; `receiver`: who receives. */
  readonly by: 'unit' | 'receiver';
  readonly from: readonly ReportState[];
  readonly to: (state: ReportState) => ReportState;
  readonly reason: boolean;
};

/** The one table of what may be done with a report, by whom, and what follows. */
const RULES: Readonly<Record<ReportAct, Rule>> = {
  save: {
    by: 'unit',
    from: ['assigned', 'draft', 'returned', 'reopened'],
    to: (state) => (state === 'assigned' ? 'draft' : state),
    reason: false,
  },
  submit: {
    by: 'unit',
    from: ['assigned', 'draft', 'returned', 'reopened'],
    to: (state) => (state === 'returned' || state === 'reopened' ? 'resubmitted' : 'submitted'),
    reason: false,
  },
  return: { by: 'receiver', from: ['submitted', 'resubmitted', 'accepted'], to: () => 'returned', reason: true },
  accept: { by: 'receiver', from: ['submitted', 'resubmitted'], to: () => 'accepted', reason: false },
  lock: { by: 'receiver', from: ['accepted'], to: () => 'locked', reason: false },
  reopen: { by: 'receiver', from: ['locked'], to: () => 'reopened', reason: true },
};

export type Side = Rule['by'];
export type Decided =
  | { readonly ok: true; readonly state: ReportState }
  | { readonly ok: false; readonly why: 'state' | 'side' | 'reason' };

/**
 * What an act makes of a report. A correction of a report sent before (returned, reopened) is a new version and says why.
 */
export function decideAct(act: ReportAct, state: ReportState, sides: readonly Side[], reason: string): Decided {
  const rule = RULES[act];
  if (!sides.includes(rule.by)) return { ok: false, why: 'side' };
  if (!rule.from.includes(state)) return { ok: false, why: 'state' };
  const corrects = act === 'submit' && rule.to(state) === 'resubmitted';
  if ((rule.reason || corrects) && reason.trim() === '') return { ok: false, why: 'reason' };
  return { ok: true, state: rule.to(state) };
}

/** Acts that are open to somebody on these sides, in the order of the table. */
export function openActs(state: ReportState, sides: readonly Side[]): ReportAct[] {
  return REPORT_ACTS.filter((act) => RULES[act].from.includes(state) && sides.includes(RULES[act].by));
}

/** Whether what is shown is computed anew (nothing sent yet, or sent back), or the version that was sent. */
export function isOpen(state: ReportState): boolean {
  return RULES.save.from.includes(state);
}
