import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { SentContent } from './content-sent.ts';
import type { ReportState } from './rules/acts.ts';
import type { Cutoff, ReportPeriod } from './rules/period.ts';
import type { CellReasons, CellValue, ManualCells } from './rules/sheet.ts';

export type Assignment = {
  readonly id: string;
  readonly version: number;
  readonly reportId: string;
  /** The designed form it was given with; null: that of the content. */
  readonly formId: string | null;
  readonly unitId: string;
  readonly receiverUnitId: string | null;
  readonly periodId: string;
  readonly cutoff: Cutoff;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly deadline: Day;
  readonly state: ReportState;
  readonly manual: ManualCells;
  /** Why cells say something else than their register. */
  readonly reasons: CellReasons;
  readonly texts: Readonly<Record<string, string>>;
  readonly note: string;
  readonly lastNo: number;
  readonly firstSentAt: Date | null;
  readonly lastSentAt: Date | null;
};

export const FIELDS =
  sql.raw(`a.id, a.version, a.report_id "reportId", a.form_id "formId", a.unit_id "unitId", a.receiver_unit_id "receiverUnitId",
  a.period_id "periodId", a.cutoff, a.from_day "fromDay", a.to_day "toDay", a.deadline, a.state, a.manual, a.reasons, a.texts, a.note,
  a.last_no "lastNo", a.first_sent_at "firstSentAt", a.last_sent_at "lastSentAt"`);
export const SENT = sql`a.state in ('submitted', 'resubmitted', 'accepted', 'locked')`;

/** Whose reports somebody may see: of the units they fill in for, and those their units receive. */
export type ReportScope = { readonly fill: readonly string[]; readonly receive: readonly string[] };

export const within = ({ fill, receive }: ReportScope): RawBuilder<boolean> =>
  sql<boolean>`(a.unit_id = any(${[...fill]}::uuid[]) or a.receiver_unit_id = any(${[...receive]}::uuid[]))`;

export async function findAssignment(db: Db, scope: ReportScope, id: string): Promise<Assignment | undefined> {
  const { rows } =
    await sql<Assignment>`select ${FIELDS} from reports.assignment a where a.id = ${id}::uuid and ${within(scope)}`.execute(
      db,
    );
  return rows[0];
}

export type NewAssignment = Pick<
  Assignment,
  'id' | 'reportId' | 'formId' | 'unitId' | 'receiverUnitId' | 'periodId' | 'cutoff' | 'fromDay' | 'toDay' | 'deadline'
> & { readonly assignedAt: Date; readonly assignedBy: string };

/** Gives a report to a unit. @returns the id; that of the one there is already where it was given before. */
export async function insertAssignment(db: Db, one: NewAssignment): Promise<{ id: string; isNew: boolean }> {
  const { rows } = await sql<{ id: string }>`insert into reports.assignment
      (id, report_id, form_id, unit_id, receiver_unit_id, period_id, cutoff, from_day, to_day, deadline, state, assigned_at, assigned_by)
    values (${one.id}::uuid, ${one.reportId}, ${one.formId}::uuid, ${one.unitId}::uuid, ${one.receiverUnitId}::uuid, ${one.periodId}, ${one.cutoff},
      ${one.fromDay}::date, ${one.toDay}::date, ${one.deadline}::date, 'assigned', ${one.assignedAt}, ${one.assignedBy})
    on conflict (unit_id, report_id, period_id, cutoff) do nothing returning id`.execute(db);
  if (rows[0]) return { id: rows[0].id, isNew: true };
  const known = await sql<{ id: string }>`select id from reports.assignment where unit_id = ${one.unitId}::uuid
    and report_id = ${one.reportId} and period_id = ${one.periodId} and cutoff = ${one.cutoff}`.execute(db);
  return { id: known.rows[0]?.id ?? one.id, isNew: false };
}

export type Change = Partial<
  Pick<Assignment, 'state' | 'manual' | 'reasons' | 'texts' | 'note' | 'lastNo' | 'firstSentAt' | 'lastSentAt'>
>;

/** Changes a report at the version that was seen. @returns false where somebody was faster. */
export async function changeAssignment(db: Db, id: string, version: number, change: Change): Promise<boolean> {
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  const { rows } = await sql`update reports.assignment set version = version + 1,
      state = coalesce(${change.state ?? null}, state),
      manual = coalesce(${json(change.manual)}::jsonb, manual),
      reasons = coalesce(${json(change.reasons)}::jsonb, reasons),
      texts = coalesce(${json(change.texts)}::jsonb, texts),
      note = coalesce(${change.note ?? null}, note),
      last_no = coalesce(${change.lastNo ?? null}::int, last_no),
      first_sent_at = coalesce(first_sent_at, ${change.firstSentAt ?? null}::timestamptz),
      last_sent_at = coalesce(${change.lastSentAt ?? null}::timestamptz, last_sent_at)
    where id = ${id}::uuid and version = ${version} returning id`.execute(db);
  return rows.length === 1;
}

export type SentVersion = {
  readonly no: number;
  readonly content: SentContent;
  readonly digest: string;
  readonly reason: string;
  readonly lateDays: number;
  readonly sentAt: Date;
  readonly sentBy: string;
};
const VERSION = sql.raw(
  'v.no, v.content, v.digest, v.reason, v.late_days "lateDays", v.sent_at "sentAt", v.sent_by "sentBy"',
);

export async function insertVersion(db: Db, assignmentId: string, one: SentVersion): Promise<void> {
  await sql`insert into reports.version (assignment_id, no, content, digest, reason, late_days, sent_at, sent_by)
    values (${assignmentId}::uuid, ${one.no}, ${JSON.stringify(one.content)}::jsonb, ${one.digest}, ${one.reason}, ${one.lateDays},
      ${one.sentAt}, ${one.sentBy})`.execute(db);
}

export async function listVersions(db: Db, assignmentId: string): Promise<readonly Omit<SentVersion, 'content'>[]> {
  const { rows } = await sql<SentVersion>`select v.no, v.digest, v.reason, v.late_days "lateDays", v.sent_at "sentAt",
    v.sent_by "sentBy" from reports.version v where v.assignment_id = ${assignmentId}::uuid order by v.no desc`.execute(
    db,
  );
  return rows;
}

export async function findVersion(db: Db, assignmentId: string, no: number): Promise<SentVersion | undefined> {
  const { rows } = await sql<SentVersion>`select ${VERSION} from reports.version v
    where v.assignment_id = ${assignmentId}::uuid and v.no = ${no}`.execute(db);
  return rows[0];
}

export type SentTotal = {
  readonly id: string;
  readonly no: number;
  readonly unitId: string;
  readonly cells: Readonly<Record<string, CellValue>>;
} & Pick<Assignment, 'reportId' | 'formId'>;

/**
 * Total cells of what these units have sent for a period, with the version they stand in: of one unit's reports those come
 * first that come first in `reportIds`. What was sent back does not count.
 */
export async function listSent(
  db: Db,
  reportIds: readonly string[],
  unitIds: readonly string[],
  period: Pick<ReportPeriod, 'id' | 'cutoff'>,
): Promise<readonly SentTotal[]> {
  if (unitIds.length === 0) return [];
  const { rows } =
    await sql<SentTotal>`select a.unit_id "unitId", a.report_id "reportId", a.form_id "formId", a.id, v.no,
      v.content->'sheet'->'total'->'cells' cells
    from reports.assignment a join reports.version v on v.assignment_id = a.id and v.no = a.last_no
    where a.unit_id = any(${[...unitIds]}::uuid[]) and a.report_id = any(${[...reportIds]}) and a.period_id = ${period.id}
      and a.cutoff = ${period.cutoff} and ${SENT} and v.content->'sheet'->'total'->'cells' is not null
    order by array_position(${[...reportIds]}::text[], a.report_id)`.execute(db);
  return rows;
}

export type SentRows = {
  readonly id: string;
  readonly no: number;
  readonly unitId: string;
  /** Cells by row. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, CellValue>>>>;
} & Pick<Assignment, 'reportId' | 'formId'>;

/** Some rows of what these units have sent of a report for a period. What was sent back does not count. */
export async function listSentRows(
  db: Db,
  reportId: string,
  unitIds: readonly string[],
  period: Pick<ReportPeriod, 'id' | 'cutoff'>,
  rowIds: readonly string[],
): Promise<readonly SentRows[]> {
  const { rows } =
    await sql<SentRows>`select a.unit_id "unitId", a.report_id "reportId", a.form_id "formId", a.id, v.no, coalesce(s.rows, '{}') "rows"
    from reports.assignment a join reports.version v on v.assignment_id = a.id and v.no = a.last_no
    left join lateral (select jsonb_object_agg(r->>'id', r->'cells') "rows" from jsonb_array_elements(v.content->'sheet'->'rows') r
      where r->>'id' = any(${[...rowIds]})) s on true
    where a.unit_id = any(${[...unitIds]}::uuid[]) and a.report_id = ${reportId} and a.period_id = ${period.id}
      and a.cutoff = ${period.cutoff} and ${SENT}`.execute(db);
  return rows;
}

/** Reports of these ids as far as the scope sees them. */
export async function listVisible(db: Db, scope: ReportScope, ids: readonly string[]): Promise<readonly Assignment[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Assignment>`select ${FIELDS} from reports.assignment a
    where a.id = any(${[...ids]}::uuid[]) and ${within(scope)}`.execute(db);
  return rows;
}

export type Act = {
  readonly act: string;
  readonly state: ReportState;
  readonly reason: string;
  readonly versionNo: number | null;
  readonly at: Date;
  readonly by: string;
};

export async function insertAct(db: Db, assignmentId: string, one: Act): Promise<void> {
  await sql`insert into reports.act (assignment_id, seq, act, state, reason, version_no, at, by)
    select ${assignmentId}::uuid, coalesce(max(seq), 0) + 1, ${one.act}, ${one.state}, ${one.reason}, ${one.versionNo}::int, ${one.at}, ${one.by}
    from reports.act where assignment_id = ${assignmentId}::uuid`.execute(db);
}

/** What was done with a report, oldest first. */
export async function listActs(db: Db, assignmentId: string): Promise<readonly Act[]> {
  const { rows } = await sql<Act>`select act, state, reason, version_no "versionNo", at, by from reports.act
    where assignment_id = ${assignmentId}::uuid order by seq`.execute(db);
  return rows;
}

/** Which unsent reports are reminded of on a day: deadlines between two days, nobody reminded after `last`. */
export type ReminderDays = { readonly from: Day | null; readonly to: Day; readonly last: Day };

/** Reports not sent that are to be reminded of today. Locks them. */
export async function takeUnsent(
  db: Db,
  today: Day,
  { from, to, last }: ReminderDays,
  limit: number,
): Promise<Assignment[]> {
  const { rows } = await sql<Assignment>`with due as (select id from reports.assignment
      where state in ('assigned', 'draft', 'returned', 'reopened') and deadline <= ${to}::date
        and deadline >= coalesce(${from}::date, '-infinity') and (reminded_on is null or reminded_on <= ${last}::date)
      order by id limit ${limit} for update skip locked)
    update reports.assignment a set reminded_on = ${today}::date from due where a.id = due.id returning ${FIELDS}`.execute(
    db,
  );
  return rows;
}
