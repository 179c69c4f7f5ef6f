import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFixedClock } from '../config/config.ts';
import { createTestDatabase } from '../testing/database.ts';
import { openDb, type Pool } from './open.ts';
import { createStillReadings, standOf } from './still-readings.ts';

const START = new Date('2026-11-18T08:00:00+07:00');
let db: Pool;
let other: Pool;
let drop: () => Promise<void>;

beforeAll(async () => {
  const test = await createTestDatabase();
  ({ db, drop } = test);
  other = openDb(test.url, 1);
  await sql`create table note (id integer)`.execute(db);
});
afterAll(async () => {
  await other.destroy();
  await drop();
});

const count = async (): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::integer n from note`.execute(db)).rows[0]?.n ?? -1;

test('what was read is given again as long as nothing moves', async () => {
  let stand = 'a';
  const still = createStillReadings(async () => stand, createFixedClock(START), 20_000, 10);
  let read = 0;
  const ask = async (): Promise<number> => (await still()).kept('count', async () => ++read);
  expect([await Promise.all([ask(), ask()]), await ask()]).toEqual([[1, 1], 1]);
  stand = 'b';
  expect([await ask(), await ask()]).toEqual([2, 2]);
});

test('whoever asks after a commit is answered by a reading that saw it, whoever committed', async () => {
  const still = createStillReadings(standOf([db, other]), createFixedClock(START), 20_000, 10);
  const ask = async (): Promise<number> => (await still()).kept('count', count);
  for (const [before, by] of [db, other, db, other].entries()) {
    expect(await ask()).toBe(before);
    await sql`insert into note values (1)`.execute(by);
  }
  expect(await ask()).toBe(4);
});

test('a transaction begun earlier shows when it ends, though later ones ended before it', async () => {
  const still = createStillReadings(standOf([db]), createFixedClock(START), 20_000, 10);
  const ask = async (): Promise<number> => (await still()).kept('count', count);
  const before = await ask();
  let goOn = (): void => undefined;
  const waiting = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let written = (): void => undefined;
  const wrote = new Promise<void>((resolve) => {
    written = resolve;
  });
  const long = other.transaction().execute(async (trx) => {
    await sql`insert into note values (2)`.execute(trx);
    written();
    await waiting;
  });
  await wrote;
  await sql`insert into note values (3)`.execute(db);
  expect(await ask()).toBe(before + 1);
  goOn();
  await long;
  expect(await ask()).toBe(before + 2);
});

test('a new day begins anew', async () => {
  const clock = createFixedClock(new Date('2026-11-18T23:59:59+07:00'));
  const still = createStillReadings(async () => 'a', clock, 20_000, 10);
  const before = await still();
  clock.set(new Date('2026-11-19T00:00:00+07:00'));
  expect((await still()).now).toEqual(clock.now());
  expect(before.now).toEqual(new Date('2026-11-18T23:59:59+07:00'));
});

test('what the clock changes is read again after a while; a failed reading and what is forgotten at once', async () => {
  const clock = createFixedClock(START);
  const still = createStillReadings(async () => 'a', clock, 20_000, 2);
  let read = 0;
  const ask = async (key = 'a'): Promise<number> => (await still()).kept(key, async () => ++read);
  expect([await ask(), await ask()]).toEqual([1, 1]);
  clock.set(new Date(START.getTime() + 19_999));
  expect([await ask(), (await still()).now]).toEqual([1, START]);
  clock.set(new Date(START.getTime() + 20_000));
  expect(await ask()).toBe(2);
  (await still()).forget();
  expect(await ask()).toBe(3);
  expect([await ask('b'), await ask('c'), await ask()]).toEqual([4, 5, 6]);
  await expect((await still()).kept('d', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await ask('d')).toBe(7);
});
