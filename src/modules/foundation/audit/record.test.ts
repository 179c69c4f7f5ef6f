import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../../core/access/actor.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { payloadDigest } from './hashing.ts';
import { recordAudit } from './index.ts';

const clerk: Actor = { kind: 'guest', assurance: 'none', address: '203.0.113.7' };
const at = new Date('2026-11-22T01:00:00Z');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function readBack(id: string) {
  const { rows } = await sql<{ address: string | null; payload: unknown; salt: string; digest: string }>`
    select address, payload, encode(payload_salt, 'hex') salt, encode(payload_digest, 'hex') digest
    from audit.entry where object_id = ${id}`.execute(database.db);
  return rows[0];
}

test('any payload reads back to the digest it was written with', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), async (payload) => {
      const id = `digest-${n++}`;
      await recordAudit(database.db, [
        { chainId: 'c', occurredAt: at, actor: clerk, action: 'test.write', object: { type: 'test', id }, payload },
      ]);
      const row = await readBack(id);
      expect(row && payloadDigest(row.salt, row.address, row.payload)).toBe(row?.digest);
    }),
    { numRuns: 150 },
  );
});

test('a payload with a NUL and half a surrogate pair is stored with replacement characters', async () => {
  const payload = { 'k\u0000': 'a\u0000b\ud800' };
  await recordAudit(database.db, [
    { chainId: 'c', occurredAt: at, actor: clerk, action: 'test.write', object: { type: 'test', id: 'nul' }, payload },
  ]);
  const row = await readBack('nul');
  expect(row?.payload).toEqual({ 'k\uFFFD': 'a\uFFFDb\uFFFD' });
  expect(row && payloadDigest(row.salt, row.address, row.payload)).toBe(row?.digest);
});

test.each([
  ['changing an action', "update audit.entry set action = 'x'"],
  ['changing a payload', `update audit.entry set payload = '1'`],
  ['erasing the payload but keeping the address', 'update audit.entry set payload = null, erased_at = now()'],
  ['deleting an entry', 'delete from audit.entry'],
  ['emptying the table', 'truncate audit.entry'],
])('%s is refused by the database', async (_, statement) => {
  await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/append-only/);
});
