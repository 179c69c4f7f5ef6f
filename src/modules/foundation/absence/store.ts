import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { AbsenceStatus, Period } from './rules/period.ts';

/** One acting person of an absence, with period and scope. */
export type ActingRow = Period & {
  readonly id: string;
  readonly absenceId: string;
  readonly absentStaffId: string;
  readonly actingStaffId: string;
  readonly unitId: string | null;
  readonly permissions: readonly string[] | null;
  readonly signing: boolean;
  readonly decisionNumber: string | null;
};

export type AbsenceRow = Period & {
  readonly id: string;
  readonly version: number;
  readonly staffId: string;
  /** Units of the positions held when it was recorded. */
  readonly unitIds: readonly string[];
  readonly kind: string;
  readonly note: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly endedEarlyAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
};

const ABSENCE = sql`a.id, a.version, a.staff_id "staffId", to_jsonb(a.unit_ids) "unitIds", a.kind, a.starts_at "startsAt", a.ends_at "endsAt", a.note,
  a.recorded_at "recordedAt", a.recorded_by "recordedBy", a.ended_early_at "endedEarlyAt", a.cancelled_at "cancelledAt", a.cancel_reason "cancelReason"`;
const ACTING = sql`c.id, c.absence_id "absenceId", c.absent_staff_id "absentStaffId", c.acting_staff_id "actingStaffId", c.starts_at "startsAt",
  c.ends_at "endsAt", c.unit_id "unitId", c.permissions, c.signing, c.decision_number "decisionNumber"`;
const uuids = (ids: readonly string[]): RawBuilder<unknown> => sql`any(${[...ids]}::uuid[])`;

/** One at a time records absences: two that would act for each other see one another. Needs a transaction. */
export async function lockAbsences(trx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('absence.absence'))`.execute(trx);
}

export async function findAbsence(db: Db, id: string): Promise<AbsenceRow | undefined> {
  const { rows } = await sql<AbsenceRow>`select ${ABSENCE} from absence.absence a where a.id = ${id}::uuid`.execute(db);
  return rows[0];
}

/** Absences of the people, not cancelled, that are not over at an instant. */
export async function absencesOf(db: Db, staffIds: readonly string[], after: Date): Promise<AbsenceRow[]> {
  if (staffIds.length === 0) return [];
  const { rows } = await sql<AbsenceRow>`select ${ABSENCE} from absence.absence a
    where a.staff_id = ${uuids(staffIds)} and a.cancelled_at is null and a.ends_at > ${after} order by a.starts_at`.execute(
    db,
  );
  return rows;
}

/** Who acts in the absences, also before and after; not who never did. */
export async function actingOf(db: Db, absenceIds: readonly string[]): Promise<ActingRow[]> {
  if (absenceIds.length === 0) return [];
  const { rows } = await sql<ActingRow>`select ${ACTING} from absence.acting c
    where c.absence_id = ${uuids(absenceIds)} and c.ends_at > c.starts_at order by c.starts_at, c.id`.execute(db);
  return rows;
}

/** Whom somebody acts for, now or later. */
export async function actingBy(db: Db, staffId: string, after: Date): Promise<ActingRow[]> {
  const { rows } = await sql<ActingRow>`select ${ACTING} from absence.acting c
    where c.acting_staff_id = ${staffId}::uuid and c.ends_at > ${after} and c.ends_at > c.starts_at order by c.starts_at, c.id`.execute(
    db,
  );
  return rows;
}

/** Who acts for somebody at an instant. */
export async function actingFor(db: Db, absentIds: readonly string[], at: Date): Promise<ActingRow[]> {
  if (absentIds.length === 0) return [];
  const { rows } = await sql<ActingRow>`select ${ACTING} from absence.acting c
    where c.absent_staff_id = ${uuids(absentIds)} and c.starts_at <= ${at} and c.ends_at > ${at} order by c.starts_at, c.id`.execute(
    db,
  );
  return rows;
}

export async function insertAbsence(
  trx: Db,
  row: Omit<AbsenceRow, 'version' | 'endedEarlyAt' | 'cancelledAt' | 'cancelReason'>,
): Promise<void> {
  await sql`insert into absence.absence (id, staff_id, unit_ids, kind, starts_at, ends_at, note, recorded_at, recorded_by)
    values (${row.id}, ${row.staffId}, ${[...row.unitIds]}::uuid[], ${row.kind}, ${row.startsAt}, ${row.endsAt}, ${row.note},
      ${row.recordedAt}, ${row.recordedBy})`.execute(trx);
}

export async function insertActing(trx: Db, rows: readonly ActingRow[], by: string, at: Date): Promise<void> {
  for (const row of rows) {
    await sql`insert into absence.acting (id, absence_id, absent_staff_id, acting_staff_id, starts_at, ends_at, unit_id, permissions, signing,
        decision_number, recorded_at, recorded_by)
      values (${row.id}, ${row.absenceId}, ${row.absentStaffId}, ${row.actingStaffId}, ${row.startsAt}, ${row.endsAt}, ${row.unitId},
        ${row.permissions === null ? null : [...row.permissions]}::text[], ${row.signing}, ${row.decisionNumber}, ${at}, ${by})`.execute(
      trx,
    );
  }
}

/** Nobody acts in the absence beyond the instant; what was to begin later never does. */
export async function stopActing(trx: Db, absenceId: string, at: Date): Promise<void> {
  await sql`update absence.acting set ends_at = greatest(starts_at, ${at}::timestamptz)
    where absence_id = ${absenceId}::uuid and ends_at > ${at}::timestamptz`.execute(trx);
}

export type AbsenceChange = {
  readonly endsAt?: Date;
  readonly endedEarlyAt?: Date;
  readonly cancelledAt?: Date;
  readonly cancelledBy?: string;
  readonly cancelReason?: string;
};

/** @returns false where the version has moved on. */
export async function changeAbsence(trx: Db, id: string, version: number, change: AbsenceChange): Promise<boolean> {
  const done = await trx
    .updateTable('absence.absence')
    .set({
      version: version + 1,
      ...(change.endsAt ? { ends_at: change.endsAt } : {}),
      ...(change.endedEarlyAt ? { ended_early_at: change.endedEarlyAt } : {}),
      ...(change.cancelledAt ? { cancelled_at: change.cancelledAt } : {}),
      ...(change.cancelledBy ? { cancelled_by: change.cancelledBy } : {}),
      ...(change.cancelReason ? { cancel_reason: change.cancelReason } : {}),
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

export type AbsenceSearch = {
  /** Units whose people's absences may be seen. */
  readonly unitIds: readonly string[];
  /** Who looks: own absences and those acted in are seen whatever the unit. */
  readonly self: string;
  readonly onlyOwn: boolean;
  readonly staffIds: readonly string[] | null;
  readonly unitId: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly kind: string | null;
  readonly status: AbsenceStatus | null;
  readonly now: Date;
  readonly limit: number;
  readonly offset: number;
};

/** What may be seen of the absences, the latest first. */
export async function searchAbsences(db: Db, q: AbsenceSearch): Promise<{ rows: AbsenceRow[]; total: number }> {
  const acts = sql`exists (select 1 from absence.acting c where c.absence_id = a.id and c.acting_staff_id = ${q.self}::uuid and c.ends_at > c.starts_at)`;
  const mine = sql`(a.staff_id = ${q.self}::uuid or ${acts})`;
  const where = [q.onlyOwn ? mine : sql`(${mine} or a.unit_ids && ${[...q.unitIds]}::uuid[])`];
  if (q.staffIds) where.push(sql`a.staff_id = ${uuids(q.staffIds)}`);
  if (q.unitId) where.push(sql`a.unit_ids && array[${q.unitId}::uuid]`);
  if (q.from) where.push(sql`a.ends_at > ${q.from}`);
  if (q.to) where.push(sql`a.starts_at < ${q.to}`);
  if (q.kind) where.push(sql`a.kind = ${q.kind}`);
  if (q.status) where.push(q.status === 'cancelled' ? sql`a.cancelled_at is not null` : sql`a.cancelled_at is null`);
  if (q.status === 'planned') where.push(sql`a.starts_at > ${q.now}`);
  if (q.status === 'active') where.push(sql`a.starts_at <= ${q.now} and a.ends_at > ${q.now}`);
  if (q.status === 'ended') where.push(sql`a.ends_at <= ${q.now}`);
  const { rows } = await sql<
    AbsenceRow & { total: number }
  >`select ${ABSENCE}, count(*) over () total from absence.absence a
    where ${sql.join(where, sql` and `)} order by a.starts_at desc, a.id desc limit ${q.limit} offset ${q.offset}`.execute(
    db,
  );
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
