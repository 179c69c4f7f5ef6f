import { sql } from 'kysely';
import type { Pool } from '../db/open.ts';

const KEEP_REPLIES_DAYS = 7;
const KEEP_EVENTS_DAYS = 30;
const BATCH = 5000;

/**
 * Removes what only the machinery needs: replies kept for repeated requests after a week, events every subscriber has
 * handled after a month. The facts themselves stand in the modules' own tables.
 * @returns true where more waits.
 */
export async function pruneOnce(db: Pool): Promise<boolean> {
  const replies = await sql`delete from platform.idempotency where key in (select key from platform.idempotency
    where recorded_at < now() - make_interval(days => ${KEEP_REPLIES_DAYS}::int) limit ${BATCH})`.execute(db);
  const events = await sql`delete from platform.event where id in (select e.id from platform.event e
    where not e.pending and e.recorded_at < now() - make_interval(days => ${KEEP_EVENTS_DAYS}::int)
      and not exists (select 1 from platform.delivery d where d.event_id = e.id) limit ${BATCH})`.execute(db);
  return (replies.numAffectedRows ?? 0n) >= BATCH || (events.numAffectedRows ?? 0n) >= BATCH;
}
