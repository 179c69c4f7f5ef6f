import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { createReadingLog, sealOnce, verifyAudit } from './index.ts';

const at = new Date('2026-11-22T01:00:00Z');
const reading = (n: number) => ({
  chainId: 'u1',
  occurredAt: new Date(at.getTime() + n),
  actor: { kind: 'system', name: 'test', assurance: 'system' } as const,
  action: 'dossier.read-list',
  object: { type: 'dossier-list', id: 'mine' },
  payload: { ids: [`d${n}`] },
});
let database: Awaited<ReturnType<typeof createTestDatabase>>;
const count = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from audit.entry`.execute(database.db);
  return rows[0]?.n ?? 0;
};

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('readings wait in memory and are written together, once', async () => {
  const log = createReadingLog(database.db);
  for (let n = 0; n < 20; n++) await log.note([reading(n)]);
  expect(await count()).toBe(0);
  await Promise.all([log.flush(), log.flush(), log.flush()]);
  expect(await count()).toBe(20);
  await log.flush();
  expect(await count()).toBe(20);
});

test('a reading noted while others are being written is not lost', async () => {
  const log = createReadingLog(database.db);
  const before = await count();
  await log.note([reading(30)]);
  const first = log.flush();
  await log.note([reading(31)]);
  await first;
  await log.flush();
  expect(await count()).toBe(before + 2);
});

test('what could not be written waits for the next turn', async () => {
  const log = createReadingLog(database.db);
  const before = await count();
  await log.note([reading(40)]);
  await sql`alter table audit.entry rename to entry_away`.execute(database.db);
  await expect(log.flush()).rejects.toThrow();
  await sql`alter table audit.entry_away rename to entry`.execute(database.db);
  await log.flush();
  expect(await count()).toBe(before + 1);
});

test('a thousand waiting readings are written without waiting for the timer', async () => {
  const log = createReadingLog(database.db);
  const before = await count();
  await log.note(Array.from({ length: 1000 }, (_, n) => reading(100 + n)));
  expect(await count()).toBe(before + 1000);
});

test('the chain of readings verifies', async () => {
  while ((await sealOnce(database.db, 5000)) > 0);
  const verdict = await verifyAudit(database.db);
  expect(verdict.ok).toBe(true);
});
