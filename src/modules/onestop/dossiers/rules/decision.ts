import { type Action, applyAction, type DossierState } from './state.ts';

/** Why a command is refused. `reason` is for the log and the message, in Vietnamese where a person reads it. */
export type Failure = {
  readonly ok: false;
  readonly code:
    | 'dossier/illegal-action'
    | 'dossier/reason-needed'
    | 'dossier/second-request'
    | 'dossier/reappointed'
    | 'dossier/due-not-later'
    | 'dossier/day-off'
    | 'clock/invalid'
    | 'procedure/invalid';
  readonly reason?: string;
};

/** The new state with the actions that lead to it, or a refusal that changes nothing. */
export type Decision =
  | { readonly ok: true; readonly actions: readonly Action[]; readonly state: DossierState }
  | Failure;

/** A decision of actions laid over a state in their order. */
export function decided(state: DossierState, actions: readonly Action[]): Decision {
  return { ok: true, actions, state: actions.reduce(applyAction, state) };
}

/** The workflow has no such step, or nobody to do it. */
export function noPlan(reason: string): Failure {
  return { ok: false, code: 'procedure/invalid', reason };
}

/**
 * Events of one dossier are in the order of time (domain §11.2). Where the clock of another machine ran ahead by a
 * moment, an act counts as done at the instant of the last one, not before it.
 */
export function notBefore(state: DossierState, now: Date): Date {
  const known = [state.submittedAt, state.receivedAt, state.step?.startedAt, state.step?.readAt, state.endedAt];
  known.push(state.clock.events.at(-1)?.at, state.result?.draftedAt, state.result?.approvedAt);
  known.push(state.reappointment?.at);
  return new Date(Math.max(now.getTime(), ...known.map((at) => at?.getTime() ?? 0)));
}
