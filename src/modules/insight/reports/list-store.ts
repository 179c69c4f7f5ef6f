import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Cutoff } from './rules/period.ts';
import { type Assignment, FIELDS, type ReportScope, SENT, within } from './store.ts';

export type ListFilter = {
  readonly reportId?: string | undefined;
  readonly unitId?: string | undefined;
  readonly periodId?: string | undefined;
  /** `due`: not sent, or sent back; `late`: due and past the deadline, or first sent after it (`lateDaysOf`); `sent`; `done`: accepted or locked. */
  readonly only?: 'due' | 'late' | 'sent' | 'done' | undefined;
  readonly sort?: 'urgent' | 'deadline' | 'unit' | 'report' | 'late' | 'sent' | undefined;
  /** Only these units' reports of these kinds. */
  readonly among?: readonly ReportOfUnit[] | undefined;
  /** Units in the order of their names, for `sort: unit`. */
  readonly unitOrder: readonly string[];
  readonly today: Day;
};
export type ReportOfUnit = { readonly unitId: string; readonly reportId: string };

/** Which units have which reports in a scope. */
export async function listKinds(db: Db, scope: ReportScope): Promise<readonly ReportOfUnit[]> {
  const { rows } = await sql<ReportOfUnit>`select distinct a.unit_id "unitId", a.report_id "reportId"
    from reports.assignment a where ${within(scope)}`.execute(db);
  return rows;
}

export type PeriodOfList = { readonly periodId: string; readonly cutoff: Cutoff };
/** Periods of the reports in a scope, the newest first. */
export async function listPeriods(db: Db, scope: ReportScope, limit: number): Promise<readonly PeriodOfList[]> {
  const { rows } = await sql<PeriodOfList>`select a.period_id "periodId", min(a.cutoff) cutoff from reports.assignment a
    where ${within(scope)} group by a.period_id order by max(a.to_day) desc, a.period_id desc limit ${limit}`.execute(
    db,
  );
  return rows;
}

const sentOn = sql`(a.first_sent_at at time zone 'Asia/Ho_Chi_Minh')::date`;

function orderOf({ sort, unitOrder, today }: ListFilter): RawBuilder<unknown> {
  switch (sort) {
    case 'deadline':
      return sql`a.deadline desc, a.id desc`;
    case 'unit':
      return sql`array_position(${[...unitOrder]}::uuid[], a.unit_id), a.deadline desc, a.id desc`;
    case 'report':
      return sql`a.report_id, a.to_day desc, a.id desc`;
    case 'late':
      return sql`case when ${SENT} then ${sentOn} else ${today}::date end - a.deadline desc, a.id desc`;
    case 'sent':
      return sql`a.last_sent_at desc nulls last, a.id desc`;
    case 'urgent':
    case undefined:
      return sql`${SENT}, case when ${SENT} then null else a.deadline end, a.id desc`;
  }
}

/** Reports of a scope, filtered and in order. */
export async function listAssignments(
  db: Db,
  scope: ReportScope,
  filter: ListFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: Assignment[]; total: number }> {
  const only = {
    due: sql`not ${SENT}`,
    late: sql`((not ${SENT} and a.deadline < ${filter.today}::date) or (${SENT} and ${sentOn} > a.deadline))`,
    sent: sql`a.state in ('submitted', 'resubmitted')`,
    done: sql`a.state in ('accepted', 'locked')`,
  };
  const { among } = filter;
  const where = sql`${within(scope)} ${filter.only ? sql`and ${only[filter.only]}` : sql``}
    ${filter.reportId ? sql`and a.report_id = ${filter.reportId}` : sql``}
    ${filter.unitId ? sql`and a.unit_id = ${filter.unitId}::uuid` : sql``}
    ${filter.periodId ? sql`and a.period_id = ${filter.periodId}` : sql``}
    ${
      among
        ? sql`and (a.unit_id, a.report_id) in (select * from unnest(${among.map((one) => one.unitId)}::uuid[],
            ${among.map((one) => one.reportId)}::text[]))`
        : sql``
    }`;
  const { rows } = await sql<Assignment>`select ${FIELDS} from reports.assignment a where ${where}
    order by ${orderOf(filter)} offset ${page.offset} limit ${page.limit}`.execute(db);
  // A first page that is not full tells the number itself.
  if (page.offset === 0 && rows.length < page.limit) return { rows, total: rows.length };
  const { rows: counted } = await sql<{
    n: number;
  }>`select count(*)::int n from reports.assignment a where ${where}`.execute(db);
  return { rows, total: counted[0]?.n ?? 0 };
}

/** Reports of a scope that are not sent though their deadline is over, the longest overdue first. */
export async function listOverdue(
  db: Db,
  scope: ReportScope,
  today: Day,
  limit: number,
): Promise<readonly Assignment[]> {
  const { rows } = await sql<Assignment>`select ${FIELDS} from reports.assignment a
    where ${within(scope)} and not ${SENT} and a.deadline < ${today}::date order by a.deadline, a.id desc limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Reports of the newest periods somebody receives: everything given, sent or not. */
export async function listRounds(
  db: Db,
  receive: readonly string[],
  filter: { readonly reportId?: string | undefined; readonly periodId?: string | undefined },
  limit: number,
): Promise<readonly Assignment[]> {
  const where = sql`a.receiver_unit_id = any(${[...receive]}::uuid[])
    ${filter.reportId ? sql`and a.report_id = ${filter.reportId}` : sql``}
    ${filter.periodId ? sql`and a.period_id = ${filter.periodId}` : sql``}`;
  const { rows } = await sql<Assignment>`with newest as (
      select a.report_id, a.period_id, a.cutoff, a.receiver_unit_id from reports.assignment a where ${where}
      group by 1, 2, 3, 4 order by max(a.deadline) desc, a.report_id limit ${limit})
    select ${FIELDS} from reports.assignment a join newest n on n.report_id = a.report_id and n.period_id = a.period_id
      and n.cutoff = a.cutoff and n.receiver_unit_id = a.receiver_unit_id
    order by a.deadline, a.id`.execute(db);
  return rows;
}
