/** Why the personal data of a dossier may not be taken out now; null: nothing stands against it. */
export type Blocking = 'open' | 'held' | 'erased' | 'pending' | 'not-due' | null;

/** What decides it. `due` matters for a disposal only. */
export type BlockingFacts = {
  readonly closed: boolean;
  readonly held: boolean;
  readonly erased: boolean;
  /** Stands in another proposal that waits for its decision. */
  readonly pending: boolean;
  readonly due: boolean;
};

/** The first reason against it, the one that lasts longest first. */
export function blockingOf(kind: 'erasure' | 'disposal', facts: BlockingFacts): Blocking {
  if (facts.erased) return 'erased';
  if (facts.held) return 'held';
  if (!facts.closed) return 'open';
  if (kind === 'disposal' && !facts.due) return 'not-due';
  if (facts.pending) return 'pending';
  return null;
}
