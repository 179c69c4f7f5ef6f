import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Pool } from '../../../../platform/db/open.ts';
import { findDossier } from '../load.ts';
import { changeFromJson } from '../rules/action-json.ts';
import { replay } from '../rules/state.ts';
import { dossierScope } from '../scope.ts';

/** The columns are what the log replays to; version, tasks and clock segments agree with it. */
export async function checkLog(db: Pool, id: string): Promise<void> {
  const stored = await findDossier(db, dossierScope({ kind: 'system', name: 'test', assurance: 'system' }), id);
  const { rows } = await sql<{
    seq: number;
    change: Record<string, unknown>;
  }>`select seq, change from dossiers.action where dossier_id = ${id} order by seq`.execute(db);
  expect(replay(rows.map((row) => ({ change: changeFromJson(row.change) })))).toEqual(stored?.state);
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
  expect(stored?.version).toBe(rows.length);
  const { rows: broken } =
    await sql`select s.seq from dossiers.clock_segment s join dossiers.clock_segment n using (dossier_id)
    where s.dossier_id = ${id} and n.seq = s.seq + 1 and n.started_at is distinct from s.ended_at`.execute(db);
  expect(broken).toEqual([]);
  const { rows: open } = await sql<{ tasks: number; segments: number }>`select
    (select count(*) from dossiers.task where dossier_id = ${id} and ended_at is null) tasks,
    (select count(*) from dossiers.clock_segment where dossier_id = ${id} and ended_at is null) segments`.execute(db);
  const running = stored?.state.clock.status === 'running' || stored?.state.clock.status === 'paused';
  expect(open[0]).toEqual({ tasks: stored?.state.step ? 1 : 0, segments: running ? 1 : 0 });
}
