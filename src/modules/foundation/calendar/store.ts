import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Assignment } from './rules/assignments.ts';

export type CalendarRow = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly isDefault: boolean;
};
export type RevisionRow = {
  readonly id: string;
  readonly calendarId: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly source: string;
  readonly verified: boolean;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  readonly supersededAt: Date | null;
};
export type AssignmentRow = Assignment & { readonly unitId: string };

export async function loadCalendars(db: Db): Promise<CalendarRow[]> {
  const rows = await db.selectFrom('calendar.calendar').selectAll().orderBy('name').execute();
  return rows.map((r) => ({ id: r.id, code: r.code, name: r.name, isDefault: r.is_default }));
}

/** Revisions without their definitions, newest first. */
export async function loadRevisions(db: Db): Promise<RevisionRow[]> {
  const rows = await db
    .selectFrom('calendar.revision')
    .select([
      'id',
      'calendar_id',
      'valid_from',
      'valid_to',
      'source',
      'verified',
      'published_at',
      'published_by',
      'superseded_at',
    ])
    .orderBy('valid_from', 'desc')
    .orderBy('published_at', 'desc')
    .execute();
  return rows.map((r) => ({
    id: r.id,
    calendarId: r.calendar_id,
    validFrom: r.valid_from,
    validTo: r.valid_to,
    source: r.source,
    verified: r.verified,
    publishedAt: r.published_at,
    publishedBy: r.published_by,
    supersededAt: r.superseded_at,
  }));
}

export async function loadAssignments(db: Db): Promise<AssignmentRow[]> {
  const rows = await db.selectFrom('calendar.unit_calendar').selectAll().execute();
  return rows.map((r) => ({
    unitId: r.unit_id,
    calendarId: r.calendar_id,
    validFrom: r.valid_from,
    validTo: r.valid_to,
  }));
}

export async function findDefinition(db: Db, revisionId: string): Promise<unknown> {
  const row = await db
    .selectFrom('calendar.revision')
    .select('definition')
    .where('id', '=', revisionId)
    .executeTakeFirst();
  return row?.definition;
}

/** Whether a stored definition says the same as the given one, whatever the order of its members. */
export async function isSameDefinition(db: Db, revisionId: string, definition: unknown): Promise<boolean> {
  const { rows } = await sql<{ same: boolean }>`select definition = ${JSON.stringify(definition)}::jsonb same
    from calendar.revision where id = ${revisionId}::uuid`.execute(db);
  return rows[0]?.same ?? false;
}

export async function insertCalendar(db: Db, row: CalendarRow): Promise<void> {
  await db
    .insertInto('calendar.calendar')
    .values({ id: row.id, code: row.code, name: row.name, is_default: row.isDefault })
    .execute();
}

export async function insertRevision(
  db: Db,
  row: Omit<RevisionRow, 'supersededAt'>,
  definition: unknown,
): Promise<void> {
  await db
    .insertInto('calendar.revision')
    .values({
      id: row.id,
      calendar_id: row.calendarId,
      definition: JSON.stringify(definition),
      valid_from: row.validFrom,
      valid_to: row.validTo,
      source: row.source,
      verified: row.verified,
      published_at: row.publishedAt,
      published_by: row.publishedBy,
    })
    .execute();
}

/** Makes room for a revision from a day on: later ones are superseded, the one in force ends the day before. */
export async function makeRoom(db: Db, calendarId: string, from: Day, dayBefore: Day, at: Date): Promise<void> {
  const active = db
    .updateTable('calendar.revision')
    .where('calendar_id', '=', calendarId)
    .where('superseded_at', 'is', null);
  await active.set({ superseded_at: at }).where('valid_from', '>=', from).execute();
  await active
    .set({ valid_to: dayBefore })
    .where('valid_from', '<', from)
    .where((e) => e.or([e('valid_to', 'is', null), e('valid_to', '>', dayBefore)]))
    .execute();
}

/** Puts the given periods in the place of all that a unit was given. */
export async function replaceAssignments(db: Db, unitId: string, rows: readonly Assignment[]): Promise<void> {
  await db.deleteFrom('calendar.unit_calendar').where('unit_id', '=', unitId).execute();
  if (rows.length === 0) return;
  await db
    .insertInto('calendar.unit_calendar')
    .values(
      rows.map((row) => ({
        unit_id: unitId,
        calendar_id: row.calendarId,
        valid_from: row.validFrom,
        valid_to: row.validTo,
      })),
    )
    .execute();
}

export async function lockCalendars(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(7221111)`.execute(db);
}
