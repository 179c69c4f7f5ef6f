/** States of a piece of work that brings a target or a lost point back. */
export const ACTION_STATES = ['open', 'doing', 'done', 'dropped'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

export const ACTION_ACTS = ['start', 'note', 'finish', 'drop', 'reopen', 'change'] as const;
export type ActionAct = (typeof ACTION_ACTS)[number];

type Rule = {
  readonly from: readonly ActionState[];
  readonly to: ActionState | 'same';
  /** Whether the person answering for it may, or only those who set targets. */
  readonly owner: boolean;
  /** Whether words are needed: what came of it, or why. */
  readonly text: boolean;
};

const RUNNING: readonly ActionState[] = ['open', 'doing'];

/** The one table of what may be done with an action. */
const RULES: Readonly<Record<ActionAct, Rule>> = {
  start: { from: ['open'], to: 'doing', owner: true, text: false },
  note: { from: ACTION_STATES, to: 'same', owner: true, text: true },
  finish: { from: RUNNING, to: 'done', owner: true, text: true },
  drop: { from: RUNNING, to: 'dropped', owner: false, text: true },
  reopen: { from: ['done', 'dropped'], to: 'open', owner: false, text: true },
  change: { from: RUNNING, to: 'same', owner: false, text: true },
};

export type ActionSide = 'owner' | 'manager';
export type ActionDecided =
  | { readonly ok: true; readonly state: ActionState }
  | { readonly ok: false; readonly why: 'side' | 'state' | 'text' };

/** What an act makes of an action. Managers may do all that the owner may. */
export function decideAction(
  act: ActionAct,
  state: ActionState,
  sides: readonly ActionSide[],
  text: string,
): ActionDecided {
  const rule = RULES[act];
  if (!sides.includes('manager') && !(rule.owner && sides.includes('owner'))) return { ok: false, why: 'side' };
  if (!rule.from.includes(state)) return { ok: false, why: 'state' };
  if (rule.text && text.trim() === '') return { ok: false, why: 'text' };
  return { ok: true, state: rule.to === 'same' ? state : rule.to };
}

/** Acts open to somebody, in the order of the table. */
export function openActionActs(state: ActionState, sides: readonly ActionSide[]): ActionAct[] {
  return ACTION_ACTS.filter((act) => {
    const decided = decideAction(act, state, sides, 'x');
    return decided.ok;
  });
}
