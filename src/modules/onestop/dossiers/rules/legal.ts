import { dayOf } from '../../../../core/time/index.ts';
import type { CommandKind } from './commands.ts';
import {
  type DecisionContext,
  earlierStep,
  nextStep,
  PERMISSION_OF_STEP,
  type PlannedStep,
  plannedStep,
} from './context.ts';
import type { DossierState } from './state.ts';
import type { DossierStatus } from './status.ts';

/** Kinds of steps done inside the offices before approval. */
const HANDLING: readonly string[] = ['assign', 'process', 'review'];

/** What legality looks at: who acts, the workflow, the instant, the deadline of an open supplement request. */
export type View = Pick<DecisionContext, 'performer' | 'plan' | 'now' | 'supplementDeadline'>;

const ACTIVE: readonly DossierStatus[] = ['received', 'processing'];
const WITHDRAWABLE: readonly DossierStatus[] = [
  'submitted',
  'awaiting-completion',
  'received',
  'processing',
  'supplement',
  'finance',
  'suspended',
];

/**
 * Holds the current step: has the step's permission for its unit, and it is not assigned to a colleague, but for an absent
 * one the performer acts for.
 */
export function isHolder(state: DossierState, view: View): boolean {
  const step = state.step;
  const planned = plannedStep(view, step);
  if (!step || !planned) return false;
  const permission = PERMISSION_OF_STEP[planned.kind];
  if (!view.performer.may(permission, step.unitId)) return false;
  if (step.staffId === null || step.staffId === view.performer.staffId) return true;
  return view.performer.standsInFor?.(step.staffId, permission, step.unitId) ?? false;
}

const atDesk = (state: DossierState, view: View): boolean =>
  view.performer.may('dossier.receive', state.receivedByUnitId);
const leads = (state: DossierState, view: View): boolean =>
  state.step !== null && view.performer.may('dossier.reassign', state.step.unitId);
const stepKind = (state: DossierState, view: View): PlannedStep['kind'] | undefined =>
  plannedStep(view, state.step)?.kind;

/**
 * What one person holds can be given to another by the head, wherever it stands, also while the clock is paused: nothing
 * stays with somebody absent or gone. The installation gives the work of who has left back to the unit.
 */
const movesPerson = (state: DossierState, view: View): boolean =>
  inStatus(state, ...ACTIVE, 'supplement', 'finance', 'suspended') &&
  state.step !== null &&
  state.step.staffId !== null &&
  (view.performer.system || leads(state, view));

/** A head who looks at work nobody was given yet has not taken it: the officers have not read it, the sender may take it back. */
const onlyLooks = (state: DossierState, view: View): boolean =>
  state.step?.staffId === null && stepKind(state, view) === 'process' && leads(state, view);

/** A process step that leads to review or approval leaves nothing to approve without a draft. */
function lacksDraft(state: DossierState, view: View): boolean {
  if (state.result !== null || state.step === null) return false;
  const next = nextStep(view, state.step);
  return (
    stepKind(state, view) === 'process' &&
    (next?.kind === 'review' || next?.kind === 'approve' || next?.kind === 'number')
  );
}

type Rule = (state: DossierState, view: View) => boolean;
const inStatus = (state: DossierState, ...statuses: readonly DossierStatus[]): boolean =>
  statuses.includes(state.status);

/**
 * One table of what is legal: it draws the buttons and guards the server. Each rule sees the state and who acts.
 * Sources: domain §1.4 (transitions), §1.5 (one completion request at intake).
 */
const RULES: Readonly<Record<CommandKind, Rule>> = {
  receive: (s, v) => inStatus(s, 'submitted') && atDesk(s, v),
  'request-completion': (s, v) => inStatus(s, 'submitted') && s.completionRequests === 0 && atDesk(s, v),
  complete: (s, v) => inStatus(s, 'awaiting-completion') && (v.performer.owner || atDesk(s, v)),
  refuse: (s, v) => inStatus(s, 'submitted', 'awaiting-completion') && atDesk(s, v),
  open: (s, v) => inStatus(s, ...ACTIVE) && s.step?.readAt === null && isHolder(s, v) && !onlyLooks(s, v),
  assign: (s, v) =>
    movesPerson(s, v) ||
    (inStatus(s, 'processing') &&
      HANDLING.includes(stepKind(s, v) ?? '') &&
      (leads(s, v) || (s.step?.staffId === null && isHolder(s, v)))),
  forward: (s, v) =>
    inStatus(s, ...ACTIVE) &&
    ['receive', ...HANDLING].includes(stepKind(s, v) ?? '') &&
    isHolder(s, v) &&
    !lacksDraft(s, v),
  'return-step': (s, v) =>
    inStatus(s, 'processing') &&
    s.step !== null &&
    [...HANDLING, 'approve', 'number'].includes(stepKind(s, v) ?? '') &&
    earlierStep(v, s.step) !== undefined &&
    isHolder(s, v),
  'take-back': (s, v) => inStatus(s, 'processing') && s.step !== null && s.step.readAt === null && sentBy(s, v),
  'request-supplement': (s, v) =>
    inStatus(s, 'processing') && ['process', 'review'].includes(stepKind(s, v) ?? '') && isHolder(s, v),
  'accept-supplement': (s, v) => inStatus(s, 'supplement') && (v.performer.owner || atDesk(s, v)),
  'request-finance': (s, v) =>
    inStatus(s, 'processing') && ['process', 'review'].includes(stepKind(s, v) ?? '') && isHolder(s, v),
  'settle-finance': (s, v) => inStatus(s, 'finance') && (v.performer.system || atDesk(s, v) || isHolder(s, v)),
  suspend: (s, v) =>
    inStatus(s, 'processing') && ['process', 'review'].includes(stepKind(s, v) ?? '') && isHolder(s, v),
  resume: (s, v) => inStatus(s, 'suspended') && isHolder(s, v),
  withdraw: (s, v) => inStatus(s, ...WITHDRAWABLE) && (v.performer.owner || atDesk(s, v)),
  stop: (s, v) =>
    inStatus(s, 'supplement', 'suspended', 'finance') &&
    (v.performer.system || isHolder(s, v) || atDesk(s, v)) &&
    deadlinePassed(s, v),
  'draft-result': (s, v) =>
    inStatus(s, 'processing') && ['process', 'review'].includes(stepKind(s, v) ?? '') && isHolder(s, v),
  approve: (s, v) => inStatus(s, 'processing') && stepKind(s, v) === 'approve' && s.result !== null && isHolder(s, v),
  number: (s, v) =>
    inStatus(s, 'processing') && stepKind(s, v) === 'number' && s.result?.approvedAt !== undefined && isHolder(s, v),
  'hand-over': (s, v) => inStatus(s, 'decided') && v.performer.may('dossier.hand-over', s.receivedByUnitId),
};

/** Whoever may do the step it was sent from may take it back while nobody has opened it. */
function sentBy(state: DossierState, view: View): boolean {
  const before = view.plan.find((planned) => planned.id === state.step?.from);
  return before !== undefined && view.performer.may(PERMISSION_OF_STEP[before.kind], before.unitId);
}

/** An applicant keeps the whole last day of a supplement request; a dossier is not stopped over their head before. */
function deadlinePassed(state: DossierState, view: View): boolean {
  const deadline = view.supplementDeadline ?? null;
  return state.status !== 'supplement' || deadline === null || dayOf(view.now) > deadline;
}

/** True where the command is legal now for this performer. */
export function isLegal(kind: CommandKind, state: DossierState, view: View): boolean {
  return RULES[kind](state, view);
}

/** What usually comes next stands first; what stops or gives back a dossier stands last. */
const SCREEN_ORDER: readonly CommandKind[] = [
  'receive',
  'complete',
  'forward',
  'draft-result',
  'approve',
  'number',
  'hand-over',
  'accept-supplement',
  'settle-finance',
  'resume',
  'request-completion',
  'assign',
  'return-step',
  'take-back',
  'request-supplement',
  'request-finance',
  'suspend',
  'refuse',
  'stop',
  'withdraw',
  'open',
];

/** All legal commands, in the order the screens show them. */
export function legalCommands(state: DossierState, view: View): CommandKind[] {
  return SCREEN_ORDER.filter((kind) => isLegal(kind, state, view));
}
