import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import { alsoTell, prefixed, recordset } from './also.ts';
import { ACTION_RECORD, namesOf, type SavedStep, STATE_RECORD, stateColumns, TASK_RECORD } from './store.ts';

const UPDATED = namesOf(STATE_RECORD)
  .split(', ')
  .map((name) => `${name} = t.${name}`)
  .join(', ');
const STEP_RECORD = `id uuid, version integer, next_version integer, regime text, calendar uuid, ${STATE_RECORD}`;
const CLOSED = 'dossier_id uuid, seq integer, ended_at timestamptz, ended_by text';
const SEGMENT =
  'dossier_id uuid, n integer, kind text, reason text, step_id text, holder_unit_id uuid, holder_staff_id uuid, started_at timestamptz, ended_at timestamptz, calendar_revision_id uuid';

/**
 * Saves decided commands, each of another dossier, by one statement; each is guarded by the version that was read.
 * @returns for each, in order, false where somebody was faster (version differs): of that one nothing was written, the
 * rows below hang on the update.
 */
export async function saveSteps(db: Db, steps: readonly SavedStep[]): Promise<boolean[]> {
  const each = <T extends object>(rowsOf: (step: SavedStep) => readonly T[]): ({ dossier_id: string } & T)[] =>
    steps.flatMap((step) => rowsOf(step).map((row) => ({ dossier_id: step.id, ...row })));
  const columns = steps.map((step) => ({
    id: step.id,
    version: step.version,
    next_version: step.version + step.actions.length,
    regime: step.received?.regimeId ?? null,
    calendar: step.received?.calendarRevisionId ?? null,
    ...stateColumns(step.state),
  }));
  // Rows are locked in this order: two statements with the same dossiers wait for each other and do not lock up.
  columns.sort((a, b) => (a.id < b.id ? -1 : 1));
  const actionNames = namesOf(ACTION_RECORD);
  const taskNames = namesOf(TASK_RECORD);
  const { rows } = await sql<{ id: string }>`
    with u as (
      update dossiers.dossier d set version = t.next_version, ${sql.raw(UPDATED)},
        regime_id = coalesce(t.regime, d.regime_id), calendar_revision_id = coalesce(t.calendar, d.calendar_revision_id)
      from ${recordset(columns, STEP_RECORD)} where d.id = t.id and d.version = t.version returning d.id
    ), a as (
      insert into dossiers.action (dossier_id, ${sql.raw(actionNames)})
      select u.id, ${sql.raw(prefixed(actionNames))} from ${recordset(
        each(({ actions }) => actions),
        `dossier_id uuid, ${ACTION_RECORD}`,
      )} join u on u.id = t.dossier_id
    ), ct as (
      update dossiers.task k set ended_at = t.ended_at, ended_by = t.ended_by
      from ${recordset(
        each(({ closedTask }) =>
          closedTask ? [{ ...closedTask, ended_at: closedTask.at, ended_by: closedTask.by }] : [],
        ),
        CLOSED,
      )} join u on u.id = t.dossier_id where k.dossier_id = u.id and k.seq = t.seq and k.ended_at is null
    ), at as (
      update dossiers.task k set staff_id = t.staff_id
      from ${recordset(
        each(({ assignedTask }) => (assignedTask ? [{ seq: assignedTask.seq, staff_id: assignedTask.staffId }] : [])),
        'dossier_id uuid, seq integer, staff_id uuid',
      )} join u on u.id = t.dossier_id where k.dossier_id = u.id and k.seq = t.seq
    ), ta as (
      insert into dossiers.task (dossier_id, ${sql.raw(taskNames)})
      select u.id, ${sql.raw(prefixed(taskNames))} from ${recordset(
        each(({ tasks }) => tasks),
        `dossier_id uuid, ${TASK_RECORD}`,
      )} join u on u.id = t.dossier_id
    ), cs as (
      update dossiers.clock_segment g set ended_at = t.ended_at
      from ${recordset(
        each(({ closeSegmentAt }) => (closeSegmentAt ? [{ ended_at: closeSegmentAt }] : [])),
        'dossier_id uuid, ended_at timestamptz',
      )} join u on u.id = t.dossier_id where g.dossier_id = u.id and g.ended_at is null
    ), se as (
      insert into dossiers.clock_segment (dossier_id, seq, kind, reason, step_id, holder_unit_id, holder_staff_id, started_at, ended_at, calendar_revision_id)
      select u.id, (select coalesce(max(x.seq), 0) from dossiers.clock_segment x where x.dossier_id = u.id) + t.n, t.kind, t.reason, t.step_id,
        t.holder_unit_id, t.holder_staff_id, t.started_at, t.ended_at, t.calendar_revision_id
      from ${recordset(
        each(({ segments }) => segments.map((segment, index) => ({ ...segment, n: index + 1 }))),
        SEGMENT,
      )} join u on u.id = t.dossier_id
    )${alsoTell(steps, 'u')}
    select id from u`.execute(db);
  const saved = new Set(rows.map((row) => row.id));
  return steps.map((step) => saved.has(step.id));
}
