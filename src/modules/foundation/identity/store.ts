import { type Selectable, sql, type Updateable } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { IdentityAccount } from '../../../platform/db/types.ts';

/** Accounts and recovery codes. */
export type AccountRow = Selectable<IdentityAccount>;

export async function findAccountByLogin(db: Db, login: string): Promise<AccountRow | undefined> {
  return db.selectFrom('identity.account').selectAll().where('login', '=', login).executeTakeFirst();
}

export async function findAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  return db.selectFrom('identity.account').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockAccount(trx: Db, id: string): Promise<AccountRow | undefined> {
  return trx.selectFrom('identity.account').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export type NewStaffAccount = {
  readonly id: string;
  readonly login: string;
  readonly staffId: string;
  readonly displayName: string;
  readonly unitId: string;
  readonly passwordHash: string;
  readonly mustChange: boolean;
  readonly oneTimeUntil: Date | null;
  readonly demo: boolean;
  readonly createdAt: Date;
};

export async function insertStaffAccount(db: Db, account: NewStaffAccount): Promise<void> {
  await db
    .insertInto('identity.account')
    .values({
      id: account.id,
      kind: 'staff',
      login: account.login,
      staff_id: account.staffId,
      display_name: account.displayName,
      unit_id: account.unitId,
      password_hash: account.passwordHash,
      password_changed_at: account.createdAt,
      must_change: account.mustChange,
      one_time_until: account.oneTimeUntil,
      demo: account.demo,
      created_at: account.createdAt,
    })
    .execute();
}

export async function updateAccount(db: Db, id: string, change: Updateable<IdentityAccount>): Promise<void> {
  await db.updateTable('identity.account').set(change).where('id', '=', id).execute();
}

/** Uses up a time step; false where it, or a later one, was used before, also by another process a moment ago. */
export async function spendTotpStep(db: Db, id: string, step: number): Promise<boolean> {
  const done = await db
    .updateTable('identity.account')
    .set({ totp_last_step: step })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('totp_last_step', 'is', null), eb('totp_last_step', '<', step)]))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function replaceRecoveryCodes(db: Db, accountId: string, hashes: readonly Buffer[]): Promise<void> {
  await db.deleteFrom('identity.recovery_code').where('account_id', '=', accountId).execute();
  if (hashes.length === 0) return;
  await db
    .insertInto('identity.recovery_code')
    .values(hashes.map((hash) => ({ account_id: accountId, code_hash: hash })))
    .execute();
}

/** Uses up a recovery code; false where it is none of the account's, or used before. */
export async function spendRecoveryCode(db: Db, accountId: string, hash: Buffer, at: Date): Promise<boolean> {
  const done = await db
    .updateTable('identity.recovery_code')
    .set({ used_at: at })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function countRecoveryCodes(db: Db, accountId: string): Promise<number> {
  const row = await db
    .selectFrom('identity.recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return row?.left ?? 0;
}

export type AccountListRow = Pick<
  AccountRow,
  | 'id'
  | 'login'
  | 'staff_id'
  | 'display_name'
  | 'unit_id'
  | 'must_change'
  | 'totp_confirmed_at'
  | 'demo'
  | 'disabled_at'
  | 'disabled_reason'
  | 'created_at'
  | 'last_sign_in_at'
>;

/** Staff accounts whose home unit is among the given ones, by login; `search` finds parts of login and name. */
export async function listAccounts(
  db: Db,
  scope: { readonly unitIds: readonly string[] },
  filter: { readonly search: string; readonly state: 'all' | 'enabled' | 'disabled' },
  page: { readonly limit: number; readonly offset: number },
): Promise<{ rows: AccountListRow[]; total: number }> {
  const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
  let query = db
    .selectFrom('identity.account')
    .where('kind', '=', 'staff')
    .where('unit_id', '=', sql<string>`any(${scope.unitIds}::uuid[])`);
  if (filter.search !== '') {
    query = query.where(
      sql<boolean>`platform.fold(coalesce(login, '') || ' ' || display_name) like platform.fold(${pattern})`,
    );
  }
  if (filter.state === 'enabled') query = query.where('disabled_at', 'is', null);
  if (filter.state === 'disabled') query = query.where('disabled_at', 'is not', null);
  const count = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirst();
  const rows = await query
    .select(['id', 'login', 'staff_id', 'display_name', 'unit_id', 'must_change', 'totp_confirmed_at', 'demo'])
    .select(['disabled_at', 'disabled_reason', 'created_at', 'last_sign_in_at'])
    .orderBy('login')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { rows, total: count?.total ?? 0 };
}
