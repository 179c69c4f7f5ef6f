import type { Db } from '../../../platform/db/open.ts';
import type { AttemptState } from './rules/lockout.ts';

/** Key of the row that counts an address over all logins. */
export const WHOLE_ADDRESS = Buffer.alloc(0);

/**
 * The counter of a pair, locked until the transaction ends; made where there is none, so that two cannot both be first.
 * One statement: between an insert and a select another process may forget the row.
 */
export async function lockAttempt(trx: Db, address: string, loginKey: Buffer): Promise<AttemptState> {
  const row = await trx
    .insertInto('identity.sign_in_attempt')
    .values({ address, login_key: loginKey })
    .onConflict((conflict) =>
      conflict.columns(['address', 'login_key']).doUpdateSet((eb) => ({ address: eb.ref('excluded.address') })),
    )
    .returning(['failures', 'last_failed_at', 'locked_until'])
    .executeTakeFirstOrThrow();
  return { failures: row.failures, lastFailedAt: row.last_failed_at, lockedUntil: row.locked_until };
}

export async function findAttempt(db: Db, address: string, loginKey: Buffer): Promise<AttemptState | undefined> {
  const row = await db
    .selectFrom('identity.sign_in_attempt')
    .select(['failures', 'last_failed_at', 'locked_until'])
    .where('address', '=', address)
    .where('login_key', '=', loginKey)
    .executeTakeFirst();
  return row && { failures: row.failures, lastFailedAt: row.last_failed_at, lockedUntil: row.locked_until };
}

export async function saveAttempt(trx: Db, address: string, loginKey: Buffer, state: AttemptState): Promise<void> {
  await trx
    .updateTable('identity.sign_in_attempt')
    .set({ failures: state.failures, last_failed_at: state.lastFailedAt, locked_until: state.lockedUntil })
    .where('address', '=', address)
    .where('login_key', '=', loginKey)
    .execute();
}

export async function forgetAttempts(db: Db, address: string, loginKey: Buffer): Promise<void> {
  await db
    .deleteFrom('identity.sign_in_attempt')
    .where('address', '=', address)
    .where('login_key', '=', loginKey)
    .execute();
}

export async function forgetAttemptsBefore(db: Db, at: Date): Promise<void> {
  await db
    .deleteFrom('identity.sign_in_attempt')
    .where((eb) => eb.or([eb('last_failed_at', 'is', null), eb('last_failed_at', '<', at)]))
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<', at)]))
    .execute();
}
