import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Colour, Subject } from './rules/definition.ts';

export type Part = 'holder' | 'head';
export type NoticeRow = {
  readonly staff_id: string;
  readonly warning_id: string;
  readonly part: Part;
  readonly unit_id: string;
  readonly dossier_id: string;
};

export async function insertNotices(db: Db, rows: readonly NoticeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into warnings.notice (staff_id, warning_id, part, unit_id, dossier_id)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(staff_id uuid, warning_id uuid, part text, unit_id uuid, dossier_id uuid)
    on conflict do nothing`.execute(db);
}

/** People with something to be told who have had no digest on the day, with a unit whose hours count for each. */
export async function findWaiting(db: Db, day: Day): Promise<{ readonly staffId: string; readonly unitId: string }[]> {
  const { rows } = await sql<{ staffId: string; unitId: string }>`
    select n.staff_id "staffId", min(n.unit_id::text)::uuid "unitId" from warnings.notice n
    where not exists (select 1 from warnings.digest d where d.staff_id = n.staff_id and d.day = ${day}::date)
    group by n.staff_id`.execute(db);
  return rows;
}

/** A notice with its warning and the dossier as it is watched now; without the latter the dossier has ended. */
export type PendingNotice = NoticeRow & {
  readonly subject: Subject;
  readonly warned_step_seq: number;
  readonly rung_text: string;
  readonly colour: Colour;
  readonly urgency: number;
  readonly late_notice: boolean;
  readonly due_at: Date;
  readonly code: string | null;
  readonly procedure_revision_id: string | null;
  readonly step_id: string | null;
  readonly step_seq: number | null;
  readonly holder_unit_id: string | null;
  readonly holder_staff_id: string | null;
};

/** Takes what waits for some people; what another process is at is left to it. */
export async function claimNotices(db: Db, staffIds: readonly string[]): Promise<PendingNotice[]> {
  const { rows } =
    await sql<PendingNotice>`select n.*, w.subject, w.step_seq warned_step_seq, w.rung_text, w.colour, w.urgency, w.late_notice, w.due_at,
      s.code, s.procedure_revision_id, s.step_id, s.step_seq, s.holder_unit_id, s.holder_staff_id
    from warnings.notice n join warnings.warning w on w.id = n.warning_id left join warnings.watch s on s.dossier_id = n.dossier_id
    where n.staff_id = any(${[...staffIds]}::uuid[]) for update of n skip locked`.execute(db);
  return rows;
}

export async function removeNotices(db: Db, rows: readonly NoticeRow[]): Promise<void> {
  if (rows.length === 0) return;
  const keys = rows.map(({ staff_id, warning_id, part }) => ({ staff_id, warning_id, part }));
  await sql`delete from warnings.notice n using jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as t(staff_id uuid, warning_id uuid, part text)
    where n.staff_id = t.staff_id and n.warning_id = t.warning_id and n.part = t.part`.execute(db);
}

/** @returns false where the person has had a digest on the day: none is sent then. */
export async function insertDigest(
  db: Db,
  digest: {
    readonly staffId: string;
    readonly day: Day;
    readonly unitId: string;
    readonly at: Date;
    readonly lines: number;
    readonly lateLines: number;
  },
): Promise<boolean> {
  const { rows } = await sql`insert into warnings.digest (staff_id, day, unit_id, sent_at, lines, late_lines)
    values (${digest.staffId}, ${digest.day}::date, ${digest.unitId}, ${digest.at}, ${digest.lines}, ${digest.lateLines})
    on conflict (staff_id, day) do nothing returning day`.execute(db);
  return rows.length > 0;
}
