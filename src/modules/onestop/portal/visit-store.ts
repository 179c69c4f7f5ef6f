import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type VisitCounter = {
  readonly kind: string;
  readonly key: string;
  readonly windowStart: Date;
  readonly by: number;
};

/** Adds to counters and tells what each has come to, in their order. Counted in the database: processes share it. */
export async function countVisits(db: Db, counters: readonly VisitCounter[]): Promise<number[]> {
  const totals: number[] = [];
  // One after the other, each a transaction of its own: the counter of everybody is held as briefly as can be.
  for (const { kind, key, windowStart, by } of counters) {
    const { rows } = await sql<{ visits: number }>`insert into portal.visit_count as v (kind, key, window_start, visits)
      values (${kind}, ${key}, ${windowStart}, ${by})
      on conflict (kind, key, window_start) do update set visits = v.visits + excluded.visits returning visits`.execute(
      db,
    );
    totals.push(rows[0]?.visits ?? 0);
  }
  return totals;
}

export async function forgetVisits(db: Db, before: Date): Promise<void> {
  await sql`delete from portal.visit_count where window_start < ${before}`.execute(db);
}
