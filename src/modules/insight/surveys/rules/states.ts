/** States of a survey and what may be done in each. */
export const SURVEY_STATES = ['draft', 'drawn', 'open', 'closed'] as const;
export type SurveyState = (typeof SURVEY_STATES)[number];
export const SURVEY_ACTS = ['draw', 'open', 'close'] as const;
export type SurveyAct = (typeof SURVEY_ACTS)[number];

/** Drawing again is harmless: the same seed gives the same sample. */
const LEGAL: Readonly<Record<SurveyState, readonly SurveyAct[]>> = {
  draft: ['draw'],
  drawn: ['draw', 'open'],
  open: ['close'],
  closed: [],
};
const AFTER: Readonly<Record<SurveyAct, SurveyState>> = { draw: 'drawn', open: 'open', close: 'closed' };

export const legalActs = (state: SurveyState): readonly SurveyAct[] => LEGAL[state];

/** The state after an act; undefined where it is not legal. */
export const stateAfter = (state: SurveyState, act: SurveyAct): SurveyState | undefined =>
  LEGAL[state].includes(act) ? AFTER[act] : undefined;

/** How an answer came. */
export const CHANNELS = ['link', 'kiosk', 'paper', 'phone'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What came of a call without an answer: nobody there, to be called again, refused. */
export const CALL_OUTCOMES = ['missed', 'later', 'refused'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];
