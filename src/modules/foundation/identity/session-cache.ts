import type { CitizenActor, StaffActor } from '../../../core/access/actor.ts';

/** A session as known a moment ago. */
export type KnownSession = {
  readonly sessionId: string;
  readonly actor: StaffActor | CitizenActor;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** When the actor's rights change next as far as is known; from then on it is loaded anew. */
  readonly changesAt?: Date;
};

export type SessionCache = {
  /** The session as loaded at most the time to live ago; calls at the same moment share one loading. */
  get(key: string, load: () => Promise<KnownSession | undefined>): Promise<KnownSession | undefined>;
  /** Forgets one entry. */
  drop(key: string): void;
  /** Forgets everything: an ended session of this process is gone at once. Cheap, since entries live for seconds. */
  clear(): void;
};

const MAX_ENTRIES = 10_000;

/**
 * Spares the hot path its queries. An entry is never older than `ttlMs`, so a session ended by another process, a
 * role taken away or a new position shows within that time. Missing sessions are not remembered.
 */
export function createSessionCache(ttlMs: number, monotonicMs: () => number): SessionCache {
  const entries = new Map<string, { readonly known: KnownSession; readonly at: number }>();
  const loading = new Map<string, Promise<KnownSession | undefined>>();
  let generation = 0;
  return {
    async get(key, load) {
      const entry = entries.get(key);
      if (entry && monotonicMs() - entry.at < ttlMs) return entry.known;
      const running = loading.get(key);
      if (running) return running;
      // The age counts from before the query: what it read may be that old.
      const at = monotonicMs();
      const before = generation;
      const started = load().then((known) => {
        entries.delete(key);
        if (known && before === generation) {
          if (entries.size >= MAX_ENTRIES) entries.clear();
          entries.set(key, { known, at });
        }
        return known;
      });
      loading.set(key, started);
      try {
        return await started;
      } finally {
        if (loading.get(key) === started) loading.delete(key);
      }
    },
    drop(key) {
      generation++;
      entries.delete(key);
      loading.delete(key);
    },
    clear() {
      generation++;
      entries.clear();
      loading.clear();
    },
  };
}
