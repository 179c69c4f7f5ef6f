import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { erasePayloads, recordAudit, sealOnce, verifyAudit } from './index.ts';

const system: Actor = { kind: 'system', name: 'test', assurance: 'system' };
const citizen: Actor = { kind: 'guest', assurance: 'none', address: '203.0.113.7' };
const at = new Date('2026-11-22T01:00:00.123Z');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ids: string[];

async function record(chainId: string, count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () => uuidv7(at));
  await recordAudit(
    database.db,
    made.map((id, n) => ({
      id,
      chainId,
      occurredAt: at,
      actor: n % 2 ? system : citizen,
      action: 'dossier.receive',
      object: { type: 'dossier', id: `d${n}` },
      payload: n % 3 ? { phone: `09000000${n}` } : undefined,
    })),
  );
  return made;
}

/** As somebody with the database owner's rights would. */
async function tamper(statement: string): Promise<void> {
  await database.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql.raw(statement).execute(trx);
  });
}

beforeEach(async () => {
  database = await createTestDatabase();
  ids = await record('a', 7);
  await record('b', 3);
  await sealOnce(database.db);
});
afterEach(() => database.drop());

test('an untouched trail verifies, with what is not sealed yet counted apart', async () => {
  await record('a', 2);
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true, chains: 2, entries: 12, unsealed: 2, broken: [] });
});

test('a trail sealed in small batches verifies', async () => {
  await record('a', 10);
  for (let run = 0; run < 5; run++) await sealOnce(database.db, 3);
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true, unsealed: 0, entries: 20 });
});

test('two sealers at once seal every entry once', async () => {
  await record('a', 50);
  const done = await Promise.all([sealOnce(database.db), sealOnce(database.db), sealOnce(database.db)]);
  expect(done.reduce((sum, n) => sum + n, 0)).toBe(50);
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true, unsealed: 0 });
});

test.each([
  ['a changed action', (id: string) => `update audit.entry set action = 'x' where id = '${id}'`, 3, 'entry-changed'],
  ['a changed actor', (id: string) => `update audit.entry set actor = 'x' where id = '${id}'`, 3, 'entry-changed'],
  [
    'a changed time',
    (id: string) => `update audit.entry set occurred_at = now() where id = '${id}'`,
    3,
    'entry-changed',
  ],
  [
    'a changed payload',
    (id: string) => `update audit.entry set payload = '{}' where id = '${id}'`,
    3,
    'payload-changed',
  ],
  [
    'a changed address',
    (id: string) => `update audit.entry set address = '::1' where id = '${id}'`,
    3,
    'payload-changed',
  ],
  [
    'a payload taken away',
    (id: string) => `update audit.entry set payload = null, payload_salt = null, address = null where id = '${id}'`,
    3,
    'payload-changed',
  ],
  [
    'an erasure nobody recorded',
    (id: string) =>
      `update audit.entry set payload = null, payload_salt = null, address = null, erased_at = now() where id = '${id}'`,
    3,
    'erased-without-record',
  ],
  ['a deleted entry', (id: string) => `delete from audit.entry where id = '${id}'`, 3, 'entry-deleted'],
  ['a removed link', (id: string) => `delete from audit.link where entry_id = '${id}'`, 3, 'link-missing'],
  [
    'a changed link',
    (id: string) => `update audit.link set entry_hash = hash where entry_id = '${id}'`,
    3,
    'link-changed',
  ],
])('%s is named', async (_, statement, seq, why) => {
  const id = ids[seq - 1] ?? '';
  await tamper(statement(id));
  const verdict = await verifyAudit(database.db);
  expect(verdict).toMatchObject({ ok: false, firstBroken: { chainId: 'a', seq, entryId: id, why } });
});

test('two links that changed places are found at the first of them', async () => {
  await tamper(
    `update audit.link set seq = case seq when 2 then 102 else 103 end where chain_id = 'a' and seq in (2, 3)`,
  );
  await tamper(`update audit.link set seq = case seq when 102 then 3 else 2 end where chain_id = 'a' and seq > 100`);
  expect((await verifyAudit(database.db)).firstBroken).toMatchObject({ chainId: 'a', seq: 2, why: 'link-changed' });
});

test('a tail cut off the links is found by the head', async () => {
  await tamper(`delete from audit.link where chain_id = 'a' and seq > 5`);
  const { firstBroken } = await verifyAudit(database.db);
  expect(firstBroken).toEqual({ chainId: 'a', seq: 6, entryId: ids[5], why: 'link-missing' });
});

test('a tail cut off together with its head leaves entries that were never sealed', async () => {
  await tamper(`delete from audit.link where chain_id = 'a' and seq > 5`);
  await tamper(
    `update audit.chain_head set seq = 5, hash = (select hash from audit.link where chain_id = 'a' and seq = 5) where chain_id = 'a'`,
  );
  expect((await verifyAudit(database.db)).firstBroken).toMatchObject({ entryId: ids[5], why: 'never-sealed' });
});

test('a tail cut off with head and entries is found against a head noted earlier', async () => {
  const { heads } = await verifyAudit(database.db);
  await tamper(
    `with gone as (delete from audit.link where chain_id = 'a' and seq > 5 returning entry_id) delete from audit.entry where id in (select entry_id from gone)`,
  );
  await tamper(
    `update audit.chain_head set seq = 5, hash = (select hash from audit.link where chain_id = 'a' and seq = 5) where chain_id = 'a'`,
  );
  expect((await verifyAudit(database.db)).ok).toBe(true);
  expect((await verifyAudit(database.db, heads)).firstBroken).toMatchObject({
    chainId: 'a',
    seq: 6,
    why: 'anchor-differs',
  });
});

test('a removed head is found', async () => {
  await tamper(`delete from audit.chain_head where chain_id = 'a'`);
  expect((await verifyAudit(database.db)).firstBroken).toMatchObject({ chainId: 'a', why: 'head-changed' });
});

test('an entry deleted before it was sealed is found', async () => {
  const [id] = await record('a', 1);
  await tamper(`delete from audit.entry where id = '${id}'`);
  await sealOnce(database.db);
  expect((await verifyAudit(database.db)).firstBroken).toMatchObject({ entryId: id, why: 'entry-deleted' });
});

test('an entry smuggled in past the queue is found', async () => {
  await tamper(`insert into audit.entry (id, chain_id, occurred_at, actor, assurance, action, object_type, object_id)
    values (gen_random_uuid(), 'a', now(), 'staff:x', 'password', 'dossier.read', 'dossier', 'd')`);
  expect((await verifyAudit(database.db)).firstBroken).toMatchObject({ chainId: 'a', why: 'never-sealed' });
});

test('lawful erasure removes payload, address and salt, is recorded, and the chain still verifies', async () => {
  const erased = await database.db
    .transaction()
    .execute((trx) => erasePayloads(trx, system, { object: { type: 'dossier', id: 'd2' } }, 'request 7', at));
  expect(erased).toBe(2); // d2 of chain a and of chain b
  await sealOnce(database.db);
  const { rows } = await sql`select address, payload, payload_salt from audit.entry where object_id = 'd2'`.execute(
    database.db,
  );
  expect(rows).toEqual(Array(2).fill({ address: null, payload: null, payload_salt: null }));
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true, entries: 12 });
});
