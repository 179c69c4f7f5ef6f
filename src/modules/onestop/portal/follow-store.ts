import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import { DAY_MINUTES, type FollowTries, MONTH_MINUTES, RECENT_MINUTES } from './rules/limits.ts';

/** Failed attempts and those under way: from this address, and guesses at this code from anywhere. */
export async function countFailures(db: Db, address: string, code: string, now: Date): Promise<FollowTries> {
  const since = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  const [recent, day, month] = [since(RECENT_MINUTES), since(DAY_MINUTES), since(MONTH_MINUTES)];
  const { rows } = await sql<FollowTries>`select * from
      (select count(*) filter (where failed_at > ${recent})::int "addressRecent", count(*)::int "addressDay"
        from portal.failed_follow where address = ${address} and failed_at > ${day}) a,
      (select count(*) filter (where failed_at > ${day})::int "codeDay", count(*)::int "codeMonth"
        from portal.failed_follow where code = ${code} and guessable and failed_at > ${month}) c`.execute(db);
  return rows[0] ?? { addressRecent: 0, addressDay: 0, codeDay: 0, codeMonth: 0 };
}

/** Takes an attempt back that was noted before it was looked at, and was right or not let in. */
export async function takeBackFailure(db: Db, id: string): Promise<void> {
  await sql`delete from portal.failed_follow where id = ${id}`.execute(db);
}

export async function noteFailure(
  db: Db,
  failure: { id: string; address: string; code: string; guessable: boolean; at: Date },
): Promise<void> {
  await sql`insert into portal.failed_follow (id, address, code, guessable, failed_at)
    values (${failure.id}, ${failure.address}, ${failure.code}, ${failure.guessable}, ${failure.at})`.execute(db);
}

/** Forgets addresses once they no longer count, and the attempts once their code is free of them. */
export async function forgetFailures(db: Db, now: Date): Promise<void> {
  const before = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  await sql`update portal.failed_follow set address = '' where failed_at < ${before(DAY_MINUTES)} and address <> ''`.execute(
    db,
  );
  await sql`delete from portal.failed_follow where failed_at < ${before(MONTH_MINUTES)}`.execute(db);
}
