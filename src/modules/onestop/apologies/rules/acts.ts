/** From proposal to paper: draft → proposed → approved → issued → sent; aside: returned, withdrawn. */
export const APOLOGY_STATES = ['draft', 'proposed', 'returned', 'approved', 'issued', 'sent', 'withdrawn'] as const;
export type ApologyState = (typeof APOLOGY_STATES)[number];

/** `reappointment` hẹn lại, before the due instant · `apology` xin lỗi, for lateness that has happened. */
export type ApologyKind = 'reappointment' | 'apology';

export type ApologyAct = 'propose' | 'approve' | 'return' | 'issue' | 'deliver' | 'withdraw';

/** The one table of which act is possible in which state; who may do it is asked by the service. */
const POSSIBLE: Readonly<Record<ApologyAct, readonly ApologyState[]>> = {
  propose: ['draft', 'returned'],
  approve: ['proposed'],
  return: ['proposed'],
  issue: ['approved'],
  deliver: ['issued', 'sent'],
  withdraw: ['draft', 'proposed', 'returned'],
};

/** States before the decision: a dossier that ends meanwhile withdraws them. An approved one has moved the date and goes out. */
export const UNDECIDED: readonly ApologyState[] = POSSIBLE.withdraw;

export function isPossible(act: ApologyAct, state: ApologyState): boolean {
  return POSSIBLE[act].includes(state);
}

/**
 * Whether a dossier's end withdraws a proposal not yet decided: always, but for a plain apology (no new date) of a
 * dossier that ended late, which is still owed.
 */
export function isWithdrawnByEnd(proposal: { readonly newDueAt: Date | null }, endedLate: boolean): boolean {
  return !(endedLate && proposal.newDueAt === null);
}
