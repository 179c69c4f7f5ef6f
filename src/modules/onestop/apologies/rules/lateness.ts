/** What lateness looks at. `pausedSince`: instant of the open pause; null while the clock runs or has ended. */
export type LateFacts = {
  readonly receivedAt: Date | null;
  readonly dueCurrent: Date | null;
  readonly endedAt: Date | null;
  readonly punctuality: 'early' | 'on-time' | 'late' | null;
  readonly pausedSince: Date | null;
};

/**
 * Whether a dossier is late at `now`: ended with the class `late`, or open past its present due instant. While paused
 * it is late only where the due instant had passed before the pause began. The present due date counts: after a
 * re-appointment the new one (domain §1.7).
 */
export function isLate(facts: LateFacts, now: Date): boolean {
  if (facts.receivedAt === null || facts.dueCurrent === null) return false;
  if (facts.endedAt !== null) return facts.punctuality === 'late';
  return facts.dueCurrent < (facts.pausedSince ?? now);
}

/**
 * Whether an apology (or exemption) given for the promise `dueBefore` answers for being late against `dueAt`. A slip
 * that re-appointed answers for the old date only: the new date broken is a new lateness.
 */
export function answersFor(dueBefore: Date, dueAt: Date): boolean {
  return dueBefore >= dueAt;
}
