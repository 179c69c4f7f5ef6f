import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { findAttempt, forgetAttempts, lockAttempt, saveAttempt } from './attempt-store.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('two processes that sign the same person in at once both get the counter, though each forgets it', async () => {
  const { db } = database;
  const [address, login] = ['203.0.113.9', Buffer.from('login')];
  const signIn = async (): Promise<void> => {
    await db.transaction().execute(async (trx) => {
      const state = await lockAttempt(trx, address, login);
      await saveAttempt(trx, address, login, { ...state, failures: state.failures + 1 });
    });
    await forgetAttempts(db, address, login);
  };
  const process = async (): Promise<void> => {
    for (let turn = 0; turn < 100; turn++) await signIn();
  };
  await Promise.all([process(), process(), process(), process()]);
  expect(await findAttempt(db, address, login)).toBeUndefined();
});
