import type { Selectable } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { IdentitySession } from '../../../platform/db/types.ts';

export type SessionRow = Selectable<IdentitySession>;

/** Why a session ended. */
export type EndReason =
  | 'sign-out'
  | 'ended'
  | 'idle'
  | 'expired'
  | 'replaced'
  | 'password'
  | 'totp'
  | 'disabled'
  | 'administrator';

export type NewSession = Pick<
  SessionRow,
  'id' | 'token_hash' | 'account_id' | 'assurance' | 'created_at' | 'expires_at' | 'address' | 'user_agent'
>;

export async function insertSession(db: Db, session: NewSession): Promise<void> {
  await db
    .insertInto('identity.session')
    .values({ ...session, last_seen_at: session.created_at })
    .execute();
}

/** A session with what is needed to make its actor: one query. Ended ones are missing. */
export async function findLiveSession(db: Db, tokenHash: Buffer) {
  return db
    .selectFrom('identity.session as s')
    .innerJoin('identity.account as a', 'a.id', 's.account_id')
    .leftJoin('identity.citizen as c', 'c.account_id', 'a.id')
    .select(['s.id', 's.account_id', 's.assurance', 's.last_seen_at', 's.expires_at'])
    .select(['a.kind', 'a.staff_id', 'a.demo', 'a.disabled_at', 'a.must_change'])
    .select(['c.subject', 'c.full_name', 'c.id_number', 'c.birth_date', 'c.email', 'c.phone'])
    .where('s.token_hash', '=', tokenHash)
    .where('s.ended_at', 'is', null)
    .executeTakeFirst();
}

export async function touchSession(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable('identity.session')
    .set({ last_seen_at: at })
    .where('id', '=', id)
    .where('last_seen_at', '<', at)
    .execute();
}

export async function listLiveSessions(db: Db, accountId: string, now: Date): Promise<SessionRow[]> {
  return db
    .selectFrom('identity.session')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .limit(200)
    .execute();
}

export type SessionFilter = {
  readonly id?: string;
  readonly accountId?: string;
  readonly tokenHash?: Buffer;
  /** This one goes on. */
  readonly exceptTokenHash?: Buffer | undefined;
};

/** Ends the live sessions that fit every member of the filter; returns their ids and accounts. */
export async function endSessions(
  db: Db,
  filter: SessionFilter,
  at: Date,
  reason: EndReason,
): Promise<{ id: string; account_id: string }[]> {
  let query = db
    .updateTable('identity.session')
    .set({ ended_at: at, end_reason: reason })
    .where('ended_at', 'is', null);
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId);
  if (filter.tokenHash !== undefined) query = query.where('token_hash', '=', filter.tokenHash);
  if (filter.exceptTokenHash !== undefined) query = query.where('token_hash', '<>', filter.exceptTokenHash);
  return query.returning(['id', 'account_id']).execute();
}

export async function raiseAssurance(db: Db, tokenHash: Buffer, assurance: string): Promise<void> {
  await db.updateTable('identity.session').set({ assurance }).where('token_hash', '=', tokenHash).execute();
}

export async function deleteSessionsBefore(db: Db, at: Date): Promise<void> {
  await db.deleteFrom('identity.session').where('expires_at', '<', at).execute();
}
