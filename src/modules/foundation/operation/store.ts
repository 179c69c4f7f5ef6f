import type { Db } from '../../../platform/db/open.ts';
import { RUN_KINDS, type Run } from './rules/run-findings.ts';

export async function insertRun(db: Db, id: string, run: Run): Promise<void> {
  await db
    .insertInto('operation.run')
    .values({ id, kind: run.kind, ended_at: run.endedAt, ok: run.ok, detail: run.detail })
    .execute();
}

/** The last run of each kind. */
export async function loadLastRuns(db: Db): Promise<Run[]> {
  const rows = await db
    .selectFrom('operation.run')
    .select(['kind', 'ended_at', 'ok', 'detail'])
    .distinctOn('kind')
    .orderBy('kind')
    .orderBy('ended_at', 'desc')
    .execute();
  return rows.flatMap((row) => {
    const kind = RUN_KINDS.find((one) => one === row.kind);
    return kind ? [{ kind, endedAt: row.ended_at, ok: row.ok, detail: row.detail }] : [];
  });
}
