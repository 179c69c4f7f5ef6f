import { sql } from 'kysely';
import type { Db, Pool } from '../db/open.ts';
import type { Log } from '../log/log.ts';

/** A fact that happened, in the past tense (`dossier.received`). Payloads carry ids and dates, no names or numbers. */
export type DomainEvent = {
  readonly id: string;
  readonly topic: string;
  /** Events of one key (usually the dossier's id) reach each subscriber in order. */
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
};

/**
 * A handler runs inside the dispatcher's transaction and must be idempotent: an event may come again after a crash.
 * Throwing puts the event into the retry queue of this subscriber alone.
 */
export type Subscriber = {
  /** Unique, stable name, e.g. `notifications.dossier`. */
  readonly name: string;
  /** Exact topics, or `prefix.*`. */
  readonly topics: readonly string[];
} & (
  | { handle(event: DomainEvent, trx: Db): Promise<void> }
  /** Takes a whole batch, in order, at least one; several events may have the same key. For whoever hears every dossier. */
  | { handleMany(events: readonly DomainEvent[], trx: Db): Promise<void> }
);

/** Hands events to a subscriber in order, one at a time or together, as it wants them. */
export async function deliver(subscriber: Subscriber, events: readonly DomainEvent[], trx: Db): Promise<void> {
  if (events.length === 0) return;
  if ('handleMany' in subscriber) return subscriber.handleMany(events, trx);
  for (const event of events) await subscriber.handle(event, trx);
}

const DISPATCH_LOCK = 7_221_105;
const MAX_ATTEMPTS = 12;

/** Events of one pass at most. A pass that was not full leaves time for more to gather: each costs some fifty statements. */
export const DISPATCH_BATCH = 500;

const matches = (subscriber: Subscriber, topic: string): boolean =>
  subscriber.topics.some(
    (wanted) => wanted === topic || (wanted.endsWith('.*') && topic.startsWith(wanted.slice(0, -1))),
  );

/** Seconds to wait before attempt n+1: 1, 4, 16 … at most an hour. */
const backoffSeconds = (attempts: number): number => Math.min(3600, 4 ** Math.min(attempts, 6));

/** Writes events into the outbox of the caller's transaction. Hot paths put the same insert into their own statement. */
export async function emit(db: Db, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`insert into platform.event (id, topic, key, payload, occurred_at)
    select * from jsonb_to_recordset(${JSON.stringify(
      events.map((e) => ({ id: e.id, topic: e.topic, key: e.key, payload: e.payload, occurred_at: e.occurredAt })),
    )}::jsonb) as t(id uuid, topic text, key text, payload jsonb, occurred_at timestamptz)`.execute(db);
}

type Row = { id: string; topic: string; key: string; payload: Record<string, unknown>; occurred_at: Date };
const toEvent = (row: Row): DomainEvent => ({
  id: row.id,
  topic: row.topic,
  key: row.key,
  payload: row.payload,
  occurredAt: row.occurred_at,
});

/**
 * Hands pending events to their subscribers, then retries what failed before. One process at a time dispatches
 * (transaction-level advisory lock), so the order per key holds across processes.
 * @returns number of events and retries handled; 0 means nothing to do (or another process is at it).
 */
export async function dispatchOnce(
  db: Pool,
  subscribers: readonly Subscriber[],
  log: Log,
  batch = DISPATCH_BATCH,
): Promise<number> {
  const fresh = await db.transaction().execute(async (trx) => {
    const lock = await sql<{ ok: boolean }>`select pg_try_advisory_xact_lock(${DISPATCH_LOCK}::bigint) ok`.execute(trx);
    if (!lock.rows[0]?.ok) return 0;
    const { rows } = await sql<Row>`select id, topic, key, payload, occurred_at from platform.event
      where pending order by seq limit ${batch}`.execute(trx);
    if (rows.length === 0) return 0;
    const blocked = await findBlocked(trx, subscribers, rows);
    for (const subscriber of subscribers) {
      const mine = rows.filter((row) => matches(subscriber, row.topic));
      if (mine.length > 0) await handleFresh(trx, subscriber, mine, new Set(blocked.get(subscriber.name)), log);
    }
    await sql`update platform.event set pending = false where id = any(${rows.map((r) => r.id)}::uuid[])`.execute(trx);
    return rows.length;
  });
  return fresh + (await retryOnce(db, subscribers, log));
}

/** Keys of which a subscriber still has an older event to take, by its name. */
async function findBlocked(
  trx: Db,
  subscribers: readonly Subscriber[],
  rows: readonly Row[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await sql<{ subscriber: string; keys: string[] }>`select subscriber, array_agg(distinct key) keys
    from platform.delivery where subscriber = any(${subscribers.map((s) => s.name)}::text[]) and not dead
      and key = any(${rows.map((r) => r.key)}::text[]) group by subscriber`.execute(trx);
  return new Map(found.rows.map((row) => [row.subscriber, row.keys]));
}

async function handleFresh(
  trx: Db,
  subscriber: Subscriber,
  rows: readonly Row[],
  waiting: Set<string>,
  log: Log,
): Promise<void> {
  const free = rows.filter((row) => !waiting.has(row.key));
  const together = await handleTogether(trx, subscriber, free);
  for (const row of together ? rows.filter((each) => waiting.has(each.key)) : rows) {
    if (!waiting.has(row.key)) {
      await sql`savepoint handler`.execute(trx);
      try {
        await deliver(subscriber, [toEvent(row)], trx);
        await sql`release savepoint handler`.execute(trx);
        continue;
      } catch (error) {
        await sql`rollback to savepoint handler`.execute(trx);
        log.warn({ subscriber: subscriber.name, event: row.id, err: error }, 'event handler failed, will retry');
        waiting.add(row.key);
      }
    }
    await sql`insert into platform.delivery (event_id, subscriber, key, attempts, next_attempt_at)
      values (${row.id}, ${subscriber.name}, ${row.key}, 1, now() + interval '1 second')
      on conflict (event_id, subscriber) do nothing`.execute(trx);
  }
}

/**
 * The usual case: nothing fails, and one savepoint does for all. Where something fails, everything is taken back (the
 * handlers write by `trx` only) and the events are handled one by one.
 */
async function handleTogether(trx: Db, subscriber: Subscriber, rows: readonly Row[]): Promise<boolean> {
  await sql`savepoint together`.execute(trx);
  try {
    await deliver(subscriber, rows.map(toEvent), trx);
    await sql`release savepoint together`.execute(trx);
    return true;
  } catch {
    await sql`rollback to savepoint together`.execute(trx);
    return false;
  }
}

async function retryOnce(db: Pool, subscribers: readonly Subscriber[], log: Log): Promise<number> {
  let handled = 0;
  const due = await sql<{ name: string }>`select distinct subscriber as name from platform.delivery
    where not dead and next_attempt_at <= now()`.execute(db);
  for (const subscriber of subscribers.filter((each) => due.rows.some((row) => row.name === each.name))) {
    handled += await db.transaction().execute(async (trx) => {
      // Only the oldest event of each key: the later ones wait for it.
      const { rows } = await sql<Row & { delivery: number; attempts: number }>`
        select d.id delivery, d.attempts, e.id, e.topic, e.key, e.payload, e.occurred_at
        from platform.delivery d join platform.event e on e.id = d.event_id
        where d.subscriber = ${subscriber.name} and not d.dead and d.next_attempt_at <= now()
          and not exists (select 1 from platform.delivery o where o.subscriber = d.subscriber and o.key = d.key and o.id < d.id and not o.dead)
        order by d.id limit 50 for update of d skip locked`.execute(trx);
      for (const row of rows) {
        await sql`savepoint handler`.execute(trx);
        try {
          await deliver(subscriber, [toEvent(row)], trx);
          await sql`release savepoint handler`.execute(trx);
          await sql`delete from platform.delivery where id = ${row.delivery}`.execute(trx);
        } catch (error) {
          await sql`rollback to savepoint handler`.execute(trx);
          const attempts = row.attempts + 1;
          const text = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
          await sql`update platform.delivery set attempts = ${attempts}, last_error = ${text}, dead = ${attempts >= MAX_ATTEMPTS},
            next_attempt_at = now() + make_interval(secs => ${backoffSeconds(attempts)}) where id = ${row.delivery}`.execute(
            trx,
          );
          log.warn({ subscriber: subscriber.name, event: row.id, attempts, err: error }, 'event handler failed again');
        }
      }
      return rows.length;
    });
  }
  return handled;
}
