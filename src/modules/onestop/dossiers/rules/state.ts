import type { ClockEvent, Punctuality } from '../../../../core/working-time/index.ts';
import type { DossierStatus, Outcome } from './status.ts';

/** `post`: by the public postal service. */
export type Channel = 'desk' | 'online' | 'post';
export type ResultMethod = 'desk' | 'post' | 'electronic';
export type StepKind = 'receive' | 'assign' | 'process' | 'review' | 'approve' | 'number' | 'hand-over';

/** The step a dossier stands at, who holds it and by when. `seq` counts hand-overs between steps from 1. */
export type CurrentStep = {
  readonly id: string;
  readonly seq: number;
  readonly unitId: string;
  readonly role: string;
  readonly staffId: string | null;
  /** Step it was sent from: its holder may take it back. `null` for the first step and one taken back or handed on by law. */
  readonly from: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date | null;
  /** When the holder first opened it; until then the sender may take it back. */
  readonly readAt: Date | null;
};

export type Clock = {
  readonly status: 'not-started' | 'running' | 'paused' | 'ended';
  readonly events: readonly ClockEvent[];
};

export type ResultState = {
  readonly kind: 'granted' | 'refused';
  readonly title: string;
  /** Body of the paper as plain text paragraphs. */
  readonly body: string;
  readonly draftedBy: string;
  readonly draftedAt: Date;
  readonly approvedBy?: string;
  readonly approvedAt?: Date;
  readonly approverTitle?: string;
  readonly number?: string;
  readonly issuedAt?: Date;
  readonly handOver?: { readonly method: ResultMethod; readonly receiver: string | null; readonly at: Date };
};

/** A promise moved by decision of the deciding unit, once in the life of a dossier. */
export type Reappointment = {
  readonly at: Date;
  /** What was promised until then. */
  readonly previousDueAt: Date;
  /** What is promised instead; pauses after it move `dueCurrent`, never this. */
  readonly dueAt: Date;
  /** How many clock events there were: those after it move the promise. */
  readonly after: number;
};

/**
 * Everything the rules know of a dossier. The columns of `dossiers.dossier` are this state; replaying the action log
 * from an empty start gives it again (tested).
 */
export type DossierState = {
  readonly status: DossierStatus;
  readonly outcome: Outcome | null;
  readonly submittedAt: Date;
  readonly receivedAt: Date | null;
  readonly dueOriginal: Date | null;
  readonly dueCurrent: Date | null;
  readonly clock: Clock;
  readonly endedAt: Date | null;
  readonly returnedAt: Date | null;
  readonly punctuality: Punctuality | null;
  readonly latenessMinutes: number | null;
  /** The one re-appointment there may be (hẹn lại). */
  readonly reappointment: Reappointment | null;
  /** Late against the promise as if never re-appointed, lawful pauses counted; set where the class is set. */
  readonly lateOriginal: boolean | null;
  readonly latenessOriginalMinutes: number | null;
  readonly step: CurrentStep | null;
  readonly stepSeq: number;
  readonly completionRequests: number;
  readonly result: ResultState | null;
  readonly receivedByUnitId: string;
  readonly decidedByUnitId: string;
};

/** What an action changed: laid over the state before it. Dates stay dates in memory and ISO text in the log. */
export type Change = Partial<DossierState>;

export const ACTION_KINDS = [
  'submitted',
  'received',
  'completion-requested',
  'completed',
  'refused',
  'assigned',
  'opened',
  'forwarded',
  'step-returned',
  'taken-back',
  'supplement-requested',
  'supplement-received',
  'finance-requested',
  'finance-settled',
  'suspended',
  'resumed',
  'result-drafted',
  'approved',
  'numbered',
  'handed-over',
  'withdrawn',
  'stopped',
  'transferred',
  'imported',
  'reappointed',
  'due-moved',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** One line of the story: what happened, when, by whom, and what it changed. */
export type Action = {
  readonly kind: ActionKind;
  readonly at: Date;
  readonly change: Change;
  readonly note?: string;
  /** Facts for the story and the papers (items asked for, receiver, number …); no personal data. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** Lays one action over a state. Pure; the caller keeps the order. */
export function applyAction(state: DossierState, action: Pick<Action, 'change'>): DossierState {
  return { ...state, ...action.change };
}

/** Replays a whole log. The first action (`submitted` or `imported`) must carry the full start state. */
export function replay(actions: readonly Pick<Action, 'change'>[]): DossierState {
  let state = EMPTY_STATE;
  for (const action of actions) state = applyAction(state, action);
  return state;
}

export const EMPTY_STATE: DossierState = {
  status: 'submitted',
  outcome: null,
  submittedAt: new Date(0),
  receivedAt: null,
  dueOriginal: null,
  dueCurrent: null,
  clock: { status: 'not-started', events: [] },
  endedAt: null,
  returnedAt: null,
  punctuality: null,
  latenessMinutes: null,
  reappointment: null,
  lateOriginal: null,
  latenessOriginalMinutes: null,
  step: null,
  stepSeq: 0,
  completionRequests: 0,
  result: null,
  receivedByUnitId: '',
  decidedByUnitId: '',
};
