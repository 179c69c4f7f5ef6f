import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Basis, Level, Pace } from './rules/forecast.ts';
import type { LevelCount } from './rules/hit-rate.ts';

/** Takes a turn of a periodic work; false where it ran since `notAfter` (another process, a job run twice). */
export async function claimRun(db: Db, name: string, now: Date, notAfter: Date): Promise<boolean> {
  // A run of the future comes from a clock that was moved back: it must not stop the work until then.
  const { rows } = await sql`insert into forecast.run as r (name, ran_at) values (${name}, ${now})
    on conflict (name) do update set ran_at = excluded.ran_at where r.ran_at < ${notAfter} or r.ran_at > ${now}
    returning name`.execute(db);
  return rows.length === 1;
}

export type Sample = {
  readonly dossierId: string;
  readonly stepId: string;
  readonly unitId: string;
  readonly procedureCode: string;
  readonly minutes: number;
  readonly endedOn: Day;
};

/** Keeps what ended dossiers teach; the same dossier again changes nothing but corrections. */
export async function saveSamples(db: Db, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  const rows = samples.map((s) => ({
    dossier_id: s.dossierId,
    step_id: s.stepId,
    unit_id: s.unitId,
    procedure_code: s.procedureCode,
    minutes: s.minutes,
    ended_on: s.endedOn,
  }));
  await sql`insert into forecast.sample (dossier_id, step_id, unit_id, procedure_code, minutes, ended_on)
    select t.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(dossier_id uuid, step_id text, unit_id uuid, procedure_code text, minutes integer, ended_on date)
    on conflict (dossier_id, step_id, unit_id) do update set minutes = excluded.minutes, ended_on = excluded.ended_on`.execute(
    db,
  );
}

export async function hasSamples(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from forecast.sample limit 1`.execute(db);
  return rows.length > 0;
}

/** Counts all paces anew from the samples of the window, and forgets what lies before it. */
export async function recountPaces(db: Db, since: Day, forgetBefore: Day, now: Date): Promise<void> {
  await sql`delete from forecast.sample where ended_on < ${since}::date`.execute(db);
  await sql`delete from forecast.snapshot where day < ${forgetBefore}::date`.execute(db);
  await sql`delete from forecast.outcome where ended_on < ${forgetBefore}::date`.execute(db);
  await sql`delete from forecast.pace`.execute(db);
  await sql`insert into forecast.pace (procedure_code, step_id, unit_id, sample, median_minutes, p90_minutes, computed_at)
    select procedure_code, step_id, unit_id, count(*), round(percentile_cont(0.5) within group (order by minutes)),
      round(percentile_cont(0.9) within group (order by minutes)), ${now}
    from forecast.sample where ended_on >= ${since}::date
    group by grouping sets ((procedure_code, step_id, unit_id), (procedure_code, step_id))`.execute(db);
}

export type PaceRow = Pace & {
  readonly procedureCode: string;
  readonly stepId: string;
  readonly unitId: string | null;
};

export async function findPaces(db: Db, procedureCodes: readonly string[]): Promise<PaceRow[]> {
  if (procedureCodes.length === 0) return [];
  const { rows } =
    await sql<PaceRow>`select procedure_code "procedureCode", step_id "stepId", unit_id "unitId", sample, median_minutes "medianMinutes",
      p90_minutes "p90Minutes" from forecast.pace where procedure_code = any(${[...procedureCodes]}::text[])`.execute(
      db,
    );
  return rows;
}

/** An open dossier with its forecast. */
export type CurrentRow = {
  readonly dossierId: string;
  readonly code: string;
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly receivedByUnitId: string;
  readonly decidedByUnitId: string;
  readonly holderUnitId: string | null;
  readonly holderStaffId: string | null;
  readonly stepId: string | null;
  readonly stepName: string | null;
  readonly dueAt: Date | null;
  readonly level: Level;
  readonly remainingMinutes: number;
  readonly medianMinutes: number;
  readonly p90Minutes: number;
  readonly stepsLeft: number;
  readonly sample: number;
  readonly basis: Basis;
  readonly dayMinutes: number;
  readonly computedAt: Date;
};

const RECORD = `dossier_id uuid, code text, procedure_code text, procedure_name text, received_by_unit_id uuid, decided_by_unit_id uuid,
  holder_unit_id uuid, holder_staff_id uuid, step_id text, step_name text, due_at timestamptz, level text, remaining_minutes integer,
  median_minutes integer, p90_minutes integer, steps_left smallint, sample integer, basis text, day_minutes integer, computed_at timestamptz`;
const COLUMNS = RECORD.split(',').map((part) => part.trim().split(' ')[0] ?? '');
const camel = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const SELECTED = sql.raw(COLUMNS.map((name) => `c.${name} "${camel(name)}"`).join(', '));

/** Saves forecasts as of a day, and notes the day where a level is new. */
export async function saveForecasts(db: Db, rows: readonly CurrentRow[], day: Day): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map((row) => {
    const values: Readonly<Record<string, unknown>> = row;
    return Object.fromEntries(COLUMNS.map((name) => [name, values[camel(name)]]));
  });
  await sql`with n as materialized (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as t(${sql.raw(RECORD)})),
    noted as (insert into forecast.snapshot as s (dossier_id, day, level, remaining_minutes, median_minutes, p90_minutes)
      select n.dossier_id, ${day}::date, n.level, n.remaining_minutes, n.median_minutes, n.p90_minutes from n
      where n.level is distinct from
        (select x.level from forecast.snapshot x where x.dossier_id = n.dossier_id order by x.day desc limit 1)
      on conflict (dossier_id, day) do update set level = excluded.level, remaining_minutes = excluded.remaining_minutes,
        median_minutes = excluded.median_minutes, p90_minutes = excluded.p90_minutes)
    insert into forecast.current as c (${sql.raw(COLUMNS.join(', '))}) select ${sql.raw(COLUMNS.join(', '))} from n
    on conflict (dossier_id) do update set ${sql.raw(
      COLUMNS.slice(1)
        .map((name) => `${name} = excluded.${name}`)
        .join(', '),
    )}`.execute(db);
}

/** Forgets the forecasts of dossiers: they ended. */
export async function dropCurrent(db: Db, ids: readonly string[]): Promise<void> {
  await sql`delete from forecast.current where dossier_id = any(${[...ids]}::uuid[])`.execute(db);
}

/** Forgets forecasts a whole walk did not come by. */
export async function dropUnseen(db: Db, computedBefore: Date): Promise<void> {
  await sql`delete from forecast.current where computed_at < ${computedBefore}`.execute(db);
}

export type Ended = {
  readonly dossierId: string;
  readonly procedureCode: string;
  readonly decidedByUnitId: string;
  readonly late: boolean;
  readonly endedOn: Day;
  /** The forecast that counts was made before this day. */
  readonly dueOn: Day;
};

/** Compares ended dossiers with the last forecast before their due day; one never forecast is not counted. */
export async function saveOutcomes(db: Db, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map((e) => ({
    dossier_id: e.dossierId,
    procedure_code: e.procedureCode,
    decided_by_unit_id: e.decidedByUnitId,
    late: e.late,
    ended_on: e.endedOn,
    due_on: e.dueOn,
  }));
  await sql`insert into forecast.outcome (dossier_id, procedure_code, decided_by_unit_id, level, forecast_on, late, ended_on)
    select t.dossier_id, t.procedure_code, t.decided_by_unit_id, s.level, s.day, t.late, t.ended_on
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(dossier_id uuid, procedure_code text, decided_by_unit_id uuid, late boolean, ended_on date, due_on date)
    cross join lateral (select x.level, x.day from forecast.snapshot x where x.dossier_id = t.dossier_id and x.day < t.due_on
      order by x.day desc limit 1) s
    on conflict (dossier_id) do update set level = excluded.level, forecast_on = excluded.forecast_on, late = excluded.late, ended_on = excluded.ended_on`.execute(
    db,
  );
}

/** Ended dossiers since a day, by the level they stood at. */
export async function countOutcomes(db: Db, since: Day, procedureCode: string | undefined): Promise<LevelCount[]> {
  const which = procedureCode ? sql`procedure_code = ${procedureCode}` : sql`true`;
  const { rows } = await sql<LevelCount>`select level, count(*) dossiers, count(*) filter (where late) late
    from forecast.outcome where ended_on >= ${since}::date and ${which} group by level`.execute(db);
  return rows.map((row) => ({ level: row.level, dossiers: Number(row.dossiers), late: Number(row.late) }));
}

export type CurrentFilter = {
  readonly units: readonly string[];
  readonly level?: string | undefined;
  readonly unitId?: string | undefined;
  readonly stepId?: string | undefined;
  readonly procedureCode?: string | undefined;
};

/** Warned dossiers of some units: the strong warnings first, then what is due first. */
export async function listCurrent(
  db: Db,
  filter: CurrentFilter,
  after: { readonly level: string; readonly dueAt: Date; readonly dossierId: string } | null,
  limit: number,
): Promise<CurrentRow[]> {
  const mine = sql`any(${[...filter.units]}::uuid[])`;
  const conditions: RawBuilder<unknown>[] = [
    sql`c.level <> 'none'`,
    sql`(c.received_by_unit_id = ${mine} or c.decided_by_unit_id = ${mine} or c.holder_unit_id = ${mine})`,
  ];
  if (filter.level) conditions.push(sql`c.level = ${filter.level}`);
  if (filter.unitId) conditions.push(sql`c.holder_unit_id = ${filter.unitId}::uuid`);
  if (filter.stepId) conditions.push(sql`c.step_id = ${filter.stepId}`);
  if (filter.procedureCode) conditions.push(sql`c.procedure_code = ${filter.procedureCode}`);
  // 'likely' sorts before 'possible'.
  if (after)
    conditions.push(
      sql`(c.level, c.due_at, c.dossier_id) > (${after.level}, ${after.dueAt}, ${after.dossierId}::uuid)`,
    );
  const { rows } = await sql<CurrentRow>`select ${SELECTED} from forecast.current c
    where ${sql.join(conditions, sql` and `)} order by c.level, c.due_at, c.dossier_id limit ${limit}`.execute(db);
  return rows;
}

/** When the forecasts were last counted through. */
export async function lastRun(db: Db, name: string): Promise<Date | null> {
  const { rows } = await sql<{ ran_at: Date }>`select ran_at from forecast.run where name = ${name}`.execute(db);
  return rows[0]?.ran_at ?? null;
}
