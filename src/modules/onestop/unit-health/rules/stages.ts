/** States of a finding (trạng thái phát hiện). */
export const FINDING_STATES = ['open', 'explained', 'returned', 'accepted', 'closed'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What people do with a finding. `explain` is the unit's, the others are the authority's above. */
export const FINDING_ACTS = ['explain', 'accept', 'return', 'close'] as const;
export type FindingAct = (typeof FINDING_ACTS)[number];

const NEXT: Readonly<Record<FindingAct, readonly [from: readonly FindingState[], to: FindingState]>> = {
  explain: [['open', 'returned'], 'explained'],
  accept: [['explained'], 'accepted'],
  return: [['explained'], 'returned'],
  close: [['accepted'], 'closed'],
};

/** The state after an act; undefined where it is not legal. */
export function stateAfter(state: FindingState, act: FindingAct): FindingState | undefined {
  const [from, to] = NEXT[act];
  return from.includes(state) ? to : undefined;
}

/** Waits for the unit's answer: only then a deadline can be missed. */
export const awaitsAnswer = (state: FindingState): boolean => state === 'open' || state === 'returned';
