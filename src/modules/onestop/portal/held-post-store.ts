import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type HeldPostRow = {
  readonly id: string;
  readonly tokenDigest: Buffer;
  readonly subjectId: string;
  readonly place: string;
  readonly sealed: Buffer;
  readonly heldAt: Date;
  readonly expiresAt: Date;
};

export async function insertHeldPost(db: Db, row: HeldPostRow): Promise<void> {
  await sql`insert into portal.held_post (id, token_digest, subject_id, place, sealed, held_at, expires_at)
    values (${row.id}, ${row.tokenDigest}, ${row.subjectId}, ${row.place}, ${row.sealed}, ${row.heldAt}, ${row.expiresAt})`.execute(
    db,
  );
}

/** What the browser with this token left there, while it lasts. */
export async function findHeldPost(
  db: Db,
  tokenDigest: Buffer,
  subjectId: string,
  now: Date,
): Promise<Pick<HeldPostRow, 'place' | 'sealed'> | undefined> {
  const { rows } = await sql<Pick<HeldPostRow, 'place' | 'sealed'>>`select place, sealed from portal.held_post
    where token_digest = ${tokenDigest} and subject_id = ${subjectId} and expires_at > ${now}`.execute(db);
  return rows[0];
}

export async function dropHeldPost(db: Db, tokenDigest: Buffer): Promise<void> {
  await sql`delete from portal.held_post where token_digest = ${tokenDigest}`.execute(db);
}

export async function forgetHeldPosts(db: Db, now: Date): Promise<void> {
  await sql`delete from portal.held_post where expires_at <= ${now}`.execute(db);
}
