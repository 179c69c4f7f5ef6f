import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

/** Failed attempts and those under way since an instant: from this address, and at this code from anywhere. */
export async function countFailures(
  db: Db,
  address: string,
  code: string,
  since: Date,
): Promise<{ byAddress: number; byCode: number }> {
  const { rows } = await sql<{ byAddress: number; byCode: number }>`select
      (select count(*)::int from portal.failed_follow where address = ${address} and failed_at > ${since}) "byAddress",
      (select count(*)::int from portal.failed_follow where code = ${code} and failed_at > ${since}) "byCode"`.execute(
    db,
  );
  return rows[0] ?? { byAddress: 0, byCode: 0 };
}

/** Takes an attempt back that was noted before it was looked at, and was right or not let in. */
export async function takeBackFailure(db: Db, id: string): Promise<void> {
  await sql`delete from portal.failed_follow where id = ${id}`.execute(db);
}

export async function noteFailure(
  db: Db,
  failure: { id: string; address: string; code: string; at: Date },
): Promise<void> {
  await sql`insert into portal.failed_follow (id, address, code, failed_at)
    values (${failure.id}, ${failure.address}, ${failure.code}, ${failure.at})`.execute(db);
}

export async function forgetFailures(db: Db, before: Date): Promise<void> {
  await sql`delete from portal.failed_follow where failed_at < ${before}`.execute(db);
}
