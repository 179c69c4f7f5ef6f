import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type CheckRun = {
  readonly id: string;
  readonly at: Date;
  readonly cubeDifferences: number;
  /** Dossiers that differed at the first reading. */
  readonly suspects: readonly string[];
  /** Of them, those that still differed when read again. */
  readonly confirmed: number;
  readonly settledAt: Date | null;
};

/** The last check, held until the transaction ends; `busy` where another process checks now. */
export async function lockLastRun(trx: Db): Promise<CheckRun | undefined | 'busy'> {
  const { rows: lock } = await sql<{
    got: boolean;
  }>`select pg_try_advisory_xact_lock(hashtextextended('metrics.check', 0)) got`.execute(trx);
  if (!lock[0]?.got) return 'busy';
  const { rows } =
    await sql<CheckRun>`select id, at, cube_differences "cubeDifferences", suspects, confirmed, settled_at "settledAt"
    from metrics.check_run order by at desc limit 1`.execute(trx);
  return rows[0];
}

export async function insertRun(trx: Db, run: CheckRun): Promise<void> {
  await sql`insert into metrics.check_run (id, at, cube_differences, suspects, confirmed, settled_at)
    values (${run.id}, ${run.at}, ${run.cubeDifferences}, ${[...run.suspects]}::uuid[], ${run.confirmed}, ${run.settledAt})`.execute(
    trx,
  );
}

export async function settleRun(trx: Db, id: string, confirmed: number, at: Date): Promise<void> {
  await sql`update metrics.check_run set confirmed = ${confirmed}, settled_at = ${at} where id = ${id}`.execute(trx);
}
