import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { Act, Colour, LadderDefinition, Subject } from './rules/definition.ts';
import type { ScopedLadder } from './rules/resolve.ts';

/** Marks dossiers as changed: they are looked at with the next run. */
export async function markChanged(db: Db, dossierIds: readonly string[]): Promise<void> {
  if (dossierIds.length === 0) return;
  // In one order, so that two writers wait for each other instead of locking up.
  const ids = [...new Set(dossierIds)].sort();
  await sql`insert into warnings.watch as w (dossier_id, next_at) select id, '-infinity' from unnest(${ids}::uuid[]) as t(id)
    on conflict (dossier_id) do update set next_at = '-infinity'`.execute(db);
}

/** Begins to watch dossiers nobody has told of (bulk loads, the time before this module). @returns how many were new. */
export async function adopt(db: Db, dossierIds: readonly string[]): Promise<number> {
  const done = await sql`insert into warnings.watch (dossier_id, next_at) select id, '-infinity'
    from unnest(${[...dossierIds]}::uuid[]) as t(id) on conflict (dossier_id) do nothing`.execute(db);
  return Number(done.numAffectedRows ?? 0n);
}

/** Takes dossiers whose next rung has come, or that changed; those another process is at are left to it. */
export async function claimDue(db: Db, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select dossier_id id from warnings.watch where next_at <= ${now}
    order by next_at limit ${limit} for update skip locked`.execute(db);
  return rows.map((row) => row.id);
}

/** One dossier that could not be looked at: again at `at`. */
export async function postpone(db: Db, dossierId: string, at: Date): Promise<void> {
  await sql`update warnings.watch set next_at = ${at} where dossier_id = ${dossierId}::uuid`.execute(db);
}

export async function unwatch(db: Db, dossierIds: readonly string[]): Promise<void> {
  if (dossierIds.length === 0) return;
  await sql`delete from warnings.watch where dossier_id = any(${[...dossierIds]}::uuid[])`.execute(db);
}

/** A watched dossier with the highest rung it stands on. */
export type WatchRow = {
  readonly dossier_id: string;
  readonly next_at: Date | null;
  readonly code: string;
  readonly procedure_code: string;
  readonly procedure_revision_id: string;
  readonly received_by_unit_id: string;
  readonly decided_by_unit_id: string;
  readonly holder_unit_id: string | null;
  readonly holder_staff_id: string | null;
  readonly step_id: string | null;
  readonly step_seq: number;
  readonly due_at: Date | null;
  readonly paused: boolean;
  readonly rung: string | null;
  readonly rung_text: string | null;
  readonly subject: Subject | null;
  readonly colour: Colour | null;
  readonly urgency: number | null;
  readonly reached_at: Date | null;
  readonly rung_due_at: Date | null;
};
const WATCH_RECORD = `dossier_id uuid, next_at timestamptz, code text, procedure_code text, procedure_revision_id uuid,
  received_by_unit_id uuid, decided_by_unit_id uuid, holder_unit_id uuid, holder_staff_id uuid, step_id text, step_seq integer,
  due_at timestamptz, paused boolean, rung text, rung_text text, subject text, colour text, urgency integer, reached_at timestamptz, rung_due_at timestamptz`;
const WATCH_COLUMNS = WATCH_RECORD.split(',').map((part) => part.trim().split(' ')[0] ?? '');

/** Writes what was found of dossiers the caller has claimed. */
export async function saveWatches(db: Db, rows: readonly WatchRow[]): Promise<void> {
  if (rows.length === 0) return;
  const sets = WATCH_COLUMNS.slice(1).map((column) => `${column} = t.${column}`);
  await sql`update warnings.watch w set ${sql.raw(sets.join(', '))}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(${sql.raw(WATCH_RECORD)}) where w.dossier_id = t.dossier_id`.execute(
    db,
  );
}

export type WarningRow = {
  readonly id: string;
  readonly dossier_id: string;
  readonly subject: Subject;
  readonly step_seq: number;
  readonly step_id: string | null;
  readonly round: number;
  readonly rung: string;
  readonly rung_text: string;
  readonly colour: Colour;
  readonly acts: readonly Act[];
  readonly urgency: number;
  readonly reached_at: Date;
  readonly recorded_at: Date;
  readonly late_notice: boolean;
  readonly due_at: Date;
  readonly holder_unit_id: string | null;
  readonly holder_staff_id: string | null;
};

/** Writes warnings; one made before stays as it is. @returns ids of those that are new. */
export async function insertWarnings(db: Db, rows: readonly WarningRow[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const { rows: made } = await sql<{
    id: string;
  }>`insert into warnings.warning (id, dossier_id, subject, step_seq, step_id, round, rung, rung_text,
      colour, acts, urgency, reached_at, recorded_at, late_notice, due_at, holder_unit_id, holder_staff_id)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, dossier_id uuid, subject text, step_seq integer,
      step_id text, round smallint, rung text, rung_text text, colour text, acts jsonb, urgency integer, reached_at timestamptz, recorded_at timestamptz,
      late_notice boolean, due_at timestamptz, holder_unit_id uuid, holder_staff_id uuid)
    on conflict (dossier_id, subject, step_seq, round, rung) do nothing returning id`.execute(db);
  return new Set(made.map((row) => row.id));
}

/** Warnings of a dossier, in the order they were reached. */
export async function findWarnings(db: Db, dossierId: string): Promise<WarningRow[]> {
  const { rows } = await sql<WarningRow>`select * from warnings.warning where dossier_id = ${dossierId}::uuid
    order by reached_at, urgency`.execute(db);
  return rows;
}

type LadderRow = ScopedLadder & {
  readonly source: string;
  readonly verified: boolean;
  readonly recordedAt: Date;
  readonly recordedBy: string;
};

/** Ladders of the installation that are not superseded. */
export async function findLadders(db: Db): Promise<LadderRow[]> {
  const { rows } =
    await sql<LadderRow>`select id, name, procedure_code "procedureCode", unit_id "unitId", valid_from "validFrom",
    definition, source, verified, recorded_at "recordedAt", recorded_by "recordedBy" from warnings.ladder
    where superseded_at is null order by recorded_at desc, id desc`.execute(db);
  return rows;
}

/** One publication at a time; the readers are not held up. */
export async function lockLadders(db: Db): Promise<void> {
  await sql`lock table warnings.ladder in share row exclusive mode`.execute(db);
}

export type NewLadder = {
  readonly id: string;
  readonly name: string;
  readonly procedureCode: string | null;
  readonly unitId: string | null;
  readonly validFrom: string;
  readonly definition: LadderDefinition | null;
  readonly source: string;
  readonly at: Date;
  readonly by: string;
};

/** Adds a ladder; ladders of the same scope that would begin with it or later are superseded. */
export async function insertLadder(db: Db, ladder: NewLadder): Promise<void> {
  await sql`update warnings.ladder set superseded_at = ${ladder.at} where superseded_at is null and valid_from >= ${ladder.validFrom}::date
    and procedure_code is not distinct from ${ladder.procedureCode} and unit_id is not distinct from ${ladder.unitId}::uuid`.execute(
    db,
  );
  const definition = ladder.definition === null ? null : JSON.stringify(ladder.definition);
  await sql`insert into warnings.ladder (id, name, procedure_code, unit_id, valid_from, definition, source, recorded_at, recorded_by)
    values (${ladder.id}, ${ladder.name}, ${ladder.procedureCode}, ${ladder.unitId}, ${ladder.validFrom}::date, ${definition}::jsonb,
      ${ladder.source}, ${ladder.at}, ${ladder.by})`.execute(db);
}

/** Has all watched dossiers of a procedure (null: of every one) looked at anew from an instant on. */
export async function markScope(db: Db, procedureCode: string | null, from: Date): Promise<void> {
  const of = procedureCode === null ? sql`true` : sql`procedure_code = ${procedureCode}`;
  await sql`update warnings.watch set next_at = least(coalesce(next_at, 'infinity'), ${from}) where ${of}`.execute(db);
}
