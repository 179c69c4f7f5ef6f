import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../testing/database.ts';
import { pruneOnce } from './prune.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('old replies and handled events go; fresh, pending and failed ones stay', async () => {
  const { db } = database;
  await sql`insert into platform.idempotency (key, request_digest, reply, recorded_at) values
    ('old', '', '{}', now() - interval '8 days'), ('fresh', '', '{}', now())`.execute(db);
  await sql`insert into platform.event (id, topic, key, payload, occurred_at, recorded_at, pending) values
    ('00000000-0000-7000-8000-000000000001', 'done', '', '{}', now(), now() - interval '31 days', false),
    ('00000000-0000-7000-8000-000000000002', 'pending', '', '{}', now(), now() - interval '31 days', true),
    ('00000000-0000-7000-8000-000000000003', 'failed', '', '{}', now(), now() - interval '31 days', false),
    ('00000000-0000-7000-8000-000000000004', 'fresh', '', '{}', now(), now(), false)`.execute(db);
  await sql`insert into platform.delivery (event_id, subscriber, key, next_attempt_at)
    values ('00000000-0000-7000-8000-000000000003', 's', '', now())`.execute(db);
  expect(await pruneOnce(db)).toBe(false);
  const keys = await sql<{ key: string }>`select key from platform.idempotency`.execute(db);
  const topics = await sql<{ topic: string }>`select topic from platform.event order by topic`.execute(db);
  expect(keys.rows).toEqual([{ key: 'fresh' }]);
  expect(topics.rows.map((row) => row.topic)).toEqual(['failed', 'fresh', 'pending']);
});
