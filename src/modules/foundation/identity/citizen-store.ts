import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { CitizenProfile, Claims } from './rules/citizen-claims.ts';

/**
 * Saves what the provider told and returns the account of (issuer, subject): the one there is, or a new one with the
 * given id. Two first sign-ins at once end with one account.
 */
export async function saveCitizen(
  trx: Db,
  newAccountId: string,
  identity: { readonly issuer: string; readonly subject: string },
  profile: CitizenProfile,
  claims: Claims,
  at: Date,
): Promise<{ accountId: string; disabledAt: Date | null }> {
  // One sign-in of a subject at a time: account and citizen are two rows, and an upsert guards only one.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${identity.issuer} ${identity.subject}`}, 12))`.execute(
    trx,
  );
  const known = await trx
    .selectFrom('identity.citizen as c')
    .innerJoin('identity.account as a', 'a.id', 'c.account_id')
    .select(['a.id', 'a.disabled_at'])
    .where('c.issuer', '=', identity.issuer)
    .where('c.subject', '=', identity.subject)
    .executeTakeFirst();
  const accountId = known?.id ?? newAccountId;
  const row = {
    account_type: profile.accountType,
    full_name: profile.fullName,
    id_number: profile.idNumber,
    birth_date: profile.birthDate,
    email: profile.email,
    phone: profile.phone,
    claims: JSON.stringify(claims),
    claims_at: at,
  };
  if (known) {
    await trx.updateTable('identity.citizen').set(row).where('account_id', '=', accountId).execute();
    await trx.updateTable('identity.account').set({ last_sign_in_at: at }).where('id', '=', accountId).execute();
  } else {
    const account = { id: accountId, kind: 'citizen', created_at: at, last_sign_in_at: at };
    await trx.insertInto('identity.account').values(account).execute();
    await trx
      .insertInto('identity.citizen')
      .values({ account_id: accountId, issuer: identity.issuer, subject: identity.subject, ...row })
      .execute();
  }
  return { accountId, disabledAt: known?.disabled_at ?? null };
}
