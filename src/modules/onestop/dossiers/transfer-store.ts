import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

/** A dossier that was moved, with what its event and audit entry tell. */
export type TransferredRow = {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly status: string;
  readonly procedure_code: string;
  readonly channel: string;
  readonly received_by_unit_id: string;
  readonly decided_by_unit_id: string;
  readonly holder_unit_id: string | null;
  readonly received_at: Date | null;
  readonly due_current: Date | null;
};

export type Transfer = {
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly at: Date;
  readonly recordedAt: Date;
  readonly by: string;
  readonly assurance: string;
  readonly note: string;
  readonly limit: number;
};

/**
 * Moves up to `limit` dossiers that are not closed from a unit to its successor, wherever the unit stands in them
 * (receives, decides, holds), in one statement: columns, log, task, clock segment, search keys. Dates stay as they are.
 * A step that was held by the unit becomes a turn of the successor's (`step_seq` grows), given to nobody yet; its own
 * start and due date stay, so the successor inherits the time used up.
 */
export async function moveDossiers(db: Db, t: Transfer): Promise<TransferredRow[]> {
  const { rows } = await sql<TransferredRow>`
    with old as materialized (
      select id, received_by_unit_id = ${t.fromUnitId}::uuid receives, decided_by_unit_id = ${t.fromUnitId}::uuid decides,
        holder_unit_id = ${t.fromUnitId}::uuid and step_id is not null holds
      from dossiers.dossier
      where status in ('submitted', 'awaiting-completion', 'received', 'processing', 'supplement', 'finance', 'suspended', 'decided')
        and (received_by_unit_id = ${t.fromUnitId}::uuid or decided_by_unit_id = ${t.fromUnitId}::uuid or holder_unit_id = ${t.fromUnitId}::uuid)
      order by id limit ${t.limit} for update
    ), d as (
      update dossiers.dossier x set version = x.version + 1,
        received_by_unit_id = case when old.receives then ${t.toUnitId}::uuid else x.received_by_unit_id end,
        decided_by_unit_id = case when old.decides then ${t.toUnitId}::uuid else x.decided_by_unit_id end,
        holder_unit_id = case when old.holds then ${t.toUnitId}::uuid else x.holder_unit_id end,
        holder_staff_id = case when old.holds then null else x.holder_staff_id end,
        step_from = case when old.holds then null else x.step_from end,
        step_read_at = case when old.holds then null else x.step_read_at end,
        step_seq = x.step_seq + case when old.holds then 1 else 0 end
      from old where x.id = old.id returning x.*, old.receives, old.decides, old.holds
    ), a as (
      insert into dossiers.action (dossier_id, seq, kind, occurred_at, recorded_at, actor, assurance, note, change, detail)
      select d.id, d.version, 'transferred', ${t.at}::timestamptz, ${t.recordedAt}::timestamptz, ${t.by}, ${t.assurance}, ${t.note},
        case when d.receives then jsonb_build_object('receivedByUnitId', d.received_by_unit_id) else '{}' end
        || case when d.decides then jsonb_build_object('decidedByUnitId', d.decided_by_unit_id) else '{}' end
        || case when d.holds then jsonb_build_object('stepSeq', d.step_seq, 'step', jsonb_build_object('id', d.step_id, 'seq', d.step_seq,
          'unitId', d.holder_unit_id, 'role', coalesce(d.holder_role, ''), 'staffId', null, 'from', null,
          'startedAt', d.step_started_at, 'dueAt', d.step_due_at, 'readAt', null)) else '{}' end,
        jsonb_build_object('fromUnitId', ${t.fromUnitId}::text, 'toUnitId', ${t.toUnitId}::text)
      from d
    ), ct as (
      update dossiers.task k set ended_at = ${t.at}::timestamptz, ended_by = ${t.by}
      from d where d.holds and k.dossier_id = d.id and k.seq = d.step_seq - 1 and k.ended_at is null
    ), nt as (
      insert into dossiers.task (dossier_id, seq, step_id, unit_id, role, staff_id, started_at, due_at)
      select d.id, d.step_seq, d.step_id, d.holder_unit_id, coalesce(d.holder_role, ''), null, ${t.at}::timestamptz, d.step_due_at from d where d.holds
    ), cs as (
      update dossiers.clock_segment g set ended_at = ${t.at}::timestamptz
      from d where d.holds and g.dossier_id = d.id and g.ended_at is null
    ), ns as (
      insert into dossiers.clock_segment (dossier_id, seq, kind, reason, step_id, holder_unit_id, holder_staff_id, started_at, ended_at, calendar_revision_id)
      select g.dossier_id, g.seq + 1, g.kind, g.reason, g.step_id, d.holder_unit_id, null, ${t.at}::timestamptz, null, g.calendar_revision_id
      from d join dossiers.clock_segment g on g.dossier_id = d.id and g.ended_at is null where d.holds
    ), sk as (
      update dossiers.search_key k set received_by_unit_id = d.received_by_unit_id, decided_by_unit_id = d.decided_by_unit_id
      from d where k.dossier_id = d.id
    )
    select id, code, version, status, procedure_code, channel, received_by_unit_id, decided_by_unit_id, holder_unit_id, received_at, due_current
    from d order by id`.execute(db);
  return rows;
}
