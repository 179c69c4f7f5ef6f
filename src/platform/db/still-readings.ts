import { sql } from 'kysely';
import { dayOf } from '../../core/time/index.ts';
import type { Clock } from '../config/config.ts';
import { createSharedReader } from './gather.ts';
import { onePerDb } from './one-per-db.ts';
import type { Db } from './open.ts';

/** A stretch in which nothing was committed: what is read in it is read once. */
export type Stillness = {
  /** When it was first seen; what is kept says how things stood then. */
  readonly now: Date;
  /** Reads by a key, or gives what was read by it in this stretch. A failed reading is not kept. */
  kept<T>(key: string, read: () => Promise<T>): Promise<T>;
  /** Forgets what was read in it: something was missing in it that may be there next time. */
  forget(): void;
};

/** Who look where a database stands together, at most. */
const LOOKING = 1000;
const readerOf = onePerDb((db) => createSharedReader<null, string>(() => readStand(db), LOOKING));

/** Where databases stand: two equal answers prove that nothing was committed between them, by no process. */
export function standOf(dbs: readonly Db[]): () => Promise<string> {
  const looks = [...new Set(dbs)].map(readerOf);
  return async () => (await Promise.all(looks.map((look) => look(null)))).join(' ');
}

/**
 * Readings kept as long as `stand` is the same: whoever asks after a commit is answered by a reading that saw it. What
 * changes with the clock alone is at most `keptMs` old, of the same day in Vietnam, and says so by `now`. Other databases of the same server disturb
 * the stillness, never the answers.
 * @param most more readings than these are all forgotten
 * @example const still = createStillReadings(standOf([db]), clock, 20_000, 100);
 *   const at = await still(); await at.kept('open', () => readOpen(db))
 */
export function createStillReadings(
  stand: () => Promise<string>,
  clock: Clock,
  keptMs: number,
  most: number,
): () => Promise<Stillness> {
  let last: { readonly stand: string; readonly stillness: Stillness } | undefined;
  return async () => {
    const present = await stand();
    const now = clock.now();
    if (!last || last.stand !== present || isOver(last.stillness.now, now, keptMs))
      last = { stand: present, stillness: createStillness(now, most) };
    return last.stillness;
  };
}

function isOver(since: Date, now: Date, keptMs: number): boolean {
  const age = now.getTime() - since.getTime();
  return age < 0 || age >= keptMs || dayOf(since) !== dayOf(now);
}

function createStillness(now: Date, most: number): Stillness {
  const kept = new Map<string, Promise<unknown>>();
  return {
    now,
    kept<T>(key: string, read: () => Promise<T>): Promise<T> {
      const known = kept.get(key);
      if (known) return known as Promise<T>;
      if (kept.size >= most) kept.clear();
      const value = read();
      kept.set(key, value);
      value.catch(() => kept.delete(key));
      return value;
    },
    forget: () => kept.clear(),
  };
}

/**
 * Which transactions have ended: two equal texts prove that none ended between them. A standby's snapshot does not list
 * those under way, there the place in the log tells.
 */
async function readStand(db: Db): Promise<string> {
  const { rows } = await sql<{ stand: string }>`select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text
    else pg_current_snapshot()::text end stand`.execute(db);
  // Before a standby has replayed anything it cannot tell: no two looks are alike.
  return rows[0]?.stand ?? crypto.randomUUID();
}
