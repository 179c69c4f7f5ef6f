import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';

/** What of a dossier is counted. Days in Vietnam. */
export type Fact = {
  readonly dossierId: string;
  readonly unitId: string;
  readonly channel: 'desk' | 'online' | 'post';
  readonly receivedDay: Day | null;
  readonly endedDay: Day | null;
  readonly punctuality: 'early' | 'on-time' | 'late' | null;
};

const COUNTS = 'received_desk, received_online, received_post, ended_early, ended_on_time, ended_late';
const flag = (condition: string): string => `(case when ${condition} then 1 else 0 end)`;
/** The two rows of counts a fact stands for: its day of reception and its day of ending. */
const rowsOf = (fact: string, sign: string): string => `
  select ${fact}.unit_id, ${fact}.received_day as day, ${sign}${flag(`${fact}.channel = 'desk'`)}, ${sign}${flag(`${fact}.channel = 'online'`)},
    ${sign}${flag(`${fact}.channel = 'post'`)}, 0, 0, 0 from ${fact} where ${fact}.received_day is not null
  union all
  select ${fact}.unit_id, ${fact}.ended_day, 0, 0, 0, ${sign}${flag(`${fact}.punctuality = 'early'`)}, ${sign}${flag(`${fact}.punctuality = 'on-time'`)},
    ${sign}${flag(`${fact}.punctuality = 'late'`)} from ${fact} where ${fact}.ended_day is not null`;

const FACT = 'dossier_id uuid, unit_id uuid, received_day date, channel text, ended_day date, punctuality text';

/**
 * Counts dossiers as they now are (each at most once): what was counted of them before is taken back. The same fact
 * twice changes nothing. The dispatcher is alone at a time; a bulk load counts only dossiers nobody else knows yet.
 */
export async function saveFacts(db: Db, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((fact) => ({
    dossier_id: fact.dossierId,
    unit_id: fact.unitId,
    received_day: fact.receivedDay,
    channel: fact.channel,
    ended_day: fact.endedDay,
    punctuality: fact.punctuality,
  }));
  await sql`with after as materialized (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(${sql.raw(FACT)})),
    before as materialized (select f.* from statistics.fact f join after a using (dossier_id) for update of f),
    saved as (insert into statistics.fact as f (dossier_id, unit_id, received_day, channel, ended_day, punctuality)
      select dossier_id, unit_id, received_day, channel, ended_day, punctuality from after
      on conflict (dossier_id) do update set unit_id = excluded.unit_id, received_day = excluded.received_day, channel = excluded.channel,
        ended_day = excluded.ended_day, punctuality = excluded.punctuality),
    moved (unit_id, day, ${sql.raw(COUNTS)}) as (${sql.raw(`${rowsOf('before', '-')} union all ${rowsOf('after', '')}`)}),
    summed as (select unit_id, day, sum(received_desk) rd, sum(received_online) ro, sum(received_post) rp, sum(ended_early) ee, sum(ended_on_time) eo, sum(ended_late) el
      from moved group by unit_id, day)
    insert into statistics.daily as d (unit_id, day, ${sql.raw(COUNTS)}) select * from summed where rd <> 0 or ro <> 0 or rp <> 0 or ee <> 0 or eo <> 0 or el <> 0
    on conflict (unit_id, day) do update set received_desk = d.received_desk + excluded.received_desk, received_online = d.received_online + excluded.received_online,
      received_post = d.received_post + excluded.received_post, ended_early = d.ended_early + excluded.ended_early,
      ended_on_time = d.ended_on_time + excluded.ended_on_time, ended_late = d.ended_late + excluded.ended_late`.execute(
    db,
  );
}

/**
 * Counts everything anew from the dossiers, in one transaction; the one place that reads tables of `dossiers` in bulk.
 * Events of dossiers counted here that come later change nothing (`saveFact` compares).
 */
export async function rebuild(db: Db): Promise<void> {
  await sql`lock table statistics.fact, statistics.daily in exclusive mode`.execute(db);
  await sql`delete from statistics.daily`.execute(db);
  await sql`delete from statistics.fact`.execute(db);
  await sql`insert into statistics.fact (dossier_id, unit_id, received_day, channel, ended_day, punctuality)
    select id, decided_by_unit_id, (received_at at time zone 'Asia/Ho_Chi_Minh')::date, channel,
      case when received_at is not null and punctuality is not null then (ended_at at time zone 'Asia/Ho_Chi_Minh')::date end, punctuality
    from dossiers.dossier where received_at is not null`.execute(db);
  await sql`insert into statistics.daily (unit_id, day, ${sql.raw(COUNTS)})
    select unit_id, day, sum(a), sum(b), sum(c), sum(d), sum(e), sum(f) from (${sql.raw(rowsOf('fact', '').replaceAll(' from fact ', ' from statistics.fact fact '))}) as t(unit_id, day, a, b, c, d, e, f)
    group by unit_id, day`.execute(db);
}

export type MonthRow = {
  readonly unitId: string;
  readonly receivedDesk: number;
  readonly receivedOnline: number;
  readonly receivedPost: number;
  readonly early: number;
  readonly onTime: number;
  readonly late: number;
};

/** Sums of a month (first to last day, both inclusive) by unit; all units where `unitIds` is undefined. */
export async function readMonth(
  db: Db,
  unitIds: readonly string[] | undefined,
  from: Day,
  to: Day,
): Promise<MonthRow[]> {
  const mine = unitIds === undefined ? sql`true` : sql`unit_id = any(${[...unitIds]}::uuid[])`;
  const { rows } =
    await sql<MonthRow>`select unit_id "unitId", sum(received_desk) "receivedDesk", sum(received_online) "receivedOnline", sum(received_post) "receivedPost",
      sum(ended_early) early, sum(ended_on_time) "onTime", sum(ended_late) late
    from statistics.daily where day between ${from}::date and ${to}::date and ${mine} group by unit_id`.execute(db);
  return rows;
}

export async function findFirstDay(db: Db): Promise<Day | undefined> {
  const { rows } = await sql<{ day: Day | null }>`select min(day) as day from statistics.daily`.execute(db);
  return rows[0]?.day ?? undefined;
}

export type OpenRow = { readonly unitId: string; readonly open: number; readonly openLate: number };

/**
 * What is being processed now, and how much of it is late: reads only the partial index over open dossiers.
 * @param late condition over alias `d` of `dossiers.dossier`
 */
export async function readOpen(db: Db, late: RawBuilder<boolean>): Promise<OpenRow[]> {
  const { rows } =
    await sql<OpenRow>`select d.decided_by_unit_id "unitId", count(*) "open", count(*) filter (where ${late}) "openLate"
    from dossiers.dossier d where d.status in ('received', 'processing', 'supplement', 'finance', 'suspended') group by d.decided_by_unit_id`.execute(
      db,
    );
  return rows;
}
