import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { EnteredValue, TargetTerms } from './rules/definition.ts';

export type TargetRow = {
  readonly id: string;
  readonly version: number;
  readonly series: string;
  readonly fromContent: boolean;
  readonly unitId: string;
  readonly periodId: string;
  readonly cutoff: 'calendar' | 'nd09';
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly terms: TargetTerms;
  readonly endedAt: Date | null;
};

const FIELDS =
  sql.raw(`t.id, t.version, t.series, t.from_content "fromContent", t.unit_id "unitId", t.period_id "periodId",
  t.cutoff, t.from_day "fromDay", t.to_day "toDay", t.terms, t.ended_at "endedAt"`);

/** A target of one of the units. */
export async function findTarget(db: Db, unitIds: readonly string[], id: string): Promise<TargetRow | undefined> {
  const { rows } = await sql<TargetRow>`select ${FIELDS} from targets.target t
    where t.id = ${id}::uuid and t.unit_id = any(${[...unitIds]}::uuid[])`.execute(db);
  return rows[0];
}

/** All targets of units whose period touches the days (both inclusive), by period; also ended ones where asked. */
export async function listTargets(
  db: Db,
  unitIds: readonly string[],
  span: { readonly from: Day; readonly to: Day },
  ended: boolean,
): Promise<readonly TargetRow[]> {
  const { rows } =
    await sql<TargetRow>`select ${FIELDS} from targets.target t where t.unit_id = any(${[...unitIds]}::uuid[])
      and t.from_day <= ${span.to}::date and t.to_day >= ${span.from}::date ${ended ? sql`` : sql`and t.ended_at is null`}
    order by t.from_day, t.to_day, t.id`.execute(db);
  return rows;
}

/** All targets of a series in a period that are being followed. */
export async function listSeries(db: Db, series: string, periodId: string): Promise<readonly TargetRow[]> {
  const { rows } = await sql<TargetRow>`select ${FIELDS} from targets.target t
    where t.series = ${series} and t.period_id = ${periodId} and t.ended_at is null order by t.id`.execute(db);
  return rows;
}

/** Years any target of the unit touches, newest first. */
export async function listYears(db: Db, unitId: string): Promise<readonly number[]> {
  const { rows } = await sql<{ year: number }>`select distinct y::int "year" from targets.target t,
      generate_series(extract(year from t.from_day)::int, extract(year from t.to_day)::int) y
    where t.unit_id = ${unitId}::uuid order by 1 desc`.execute(db);
  return rows.map((row) => row.year);
}

/** Those who give targets, or change what they are, follow each other to the end of their transaction: see `findEqual`. */
export async function lockGiving(trx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('targets.target', 0))`.execute(trx);
}

/**
 * Targets these units follow already that are the same as these terms (`targets.likeness`) in a period of the same kind as
 * the span (`targets.period_kind`: a year, a half of it …; other days are a kind of their own) that shares a day with it, both
 * ends inclusive. Call with `lockGiving` held; `target_once` refuses what would slip in beside it.
 * @param except a target that is being changed
 */
export async function findEqual(
  db: Db,
  unitIds: readonly string[],
  span: { readonly from: Day; readonly to: Day },
  terms: TargetTerms,
  except: string | null = null,
): Promise<readonly TargetRow[]> {
  const { rows } = await sql<TargetRow>`select ${FIELDS} from targets.target t
    where t.unit_id = any(${[...unitIds]}::uuid[]) and t.likeness = targets.likeness(${JSON.stringify(terms)}::jsonb)
      and t.ended_at is null and t.from_day <= ${span.to}::date and t.to_day >= ${span.from}::date
      and targets.period_kind(t.from_day, t.to_day) = targets.period_kind(${span.from}::date, ${span.to}::date)
      and t.id is distinct from ${except}::uuid
    order by t.unit_id, t.from_day, t.id limit 300`.execute(db);
  return rows;
}

/** Whether a target that was given twice before this was refused stays what it is with these terms. */
export async function staysDoubled(db: Db, id: string, terms: TargetTerms): Promise<boolean> {
  const { rows } = await sql`select from targets.target t where t.id = ${id}::uuid and t.doubled
    and t.likeness = targets.likeness(${JSON.stringify(terms)}::jsonb)`.execute(db);
  return rows.length === 1;
}

export type NewTarget = Omit<TargetRow, 'version' | 'endedAt'> & { readonly at: Date; readonly by: string };

/** @returns false where the unit has this series in this period already. */
export async function insertTarget(db: Db, one: NewTarget): Promise<boolean> {
  const { rows } = await sql`insert into targets.target
      (id, series, from_content, unit_id, period_id, cutoff, from_day, to_day, terms, created_at, created_by)
    values (${one.id}::uuid, ${one.series}, ${one.fromContent}, ${one.unitId}::uuid, ${one.periodId}, ${one.cutoff},
      ${one.fromDay}::date, ${one.toDay}::date, ${JSON.stringify(one.terms)}::jsonb, ${one.at}, ${one.by})
    on conflict (unit_id, series, period_id) do nothing returning id`.execute(db);
  return rows.length === 1;
}

/**
 * Changes a target at the version that was seen. One that was given twice before this was refused loses that mark with
 * other terms, and when it is taken up again. @returns false where somebody was faster.
 */
export async function changeTarget(
  db: Db,
  id: string,
  version: number,
  change: { readonly terms?: TargetTerms; readonly endedAt?: Date | null },
): Promise<boolean> {
  const terms = change.terms ? JSON.stringify(change.terms) : null;
  const { rows } = await sql`update targets.target set version = version + 1,
      terms = coalesce(${terms}::jsonb, terms),
      doubled = doubled and ${change.endedAt !== null}::boolean
        and likeness = targets.likeness(coalesce(${terms}::jsonb, terms))
      ${change.endedAt === undefined ? sql`` : sql`, ended_at = ${change.endedAt}::timestamptz`}
    where id = ${id}::uuid and version = ${version} returning id`.execute(db);
  return rows.length === 1;
}

export type Revision = {
  readonly no: number;
  readonly act: 'adopt' | 'add' | 'edit' | 'end' | 'resume';
  readonly terms: TargetTerms;
  readonly reason: string;
  readonly at: Date;
  readonly by: string;
};

export async function insertRevision(db: Db, targetId: string, one: Omit<Revision, 'no'>): Promise<void> {
  await sql`insert into targets.revision (target_id, no, act, terms, reason, at, by)
    select ${targetId}::uuid, coalesce(max(no), 0) + 1, ${one.act}, ${JSON.stringify(one.terms)}::jsonb, ${one.reason}, ${one.at}, ${one.by}
    from targets.revision where target_id = ${targetId}::uuid`.execute(db);
}

/** Newest first. */
export async function listRevisions(db: Db, targetId: string): Promise<readonly Revision[]> {
  const { rows } = await sql<Revision>`select no, act, terms, reason, at, by from targets.revision
    where target_id = ${targetId}::uuid order by no desc limit 200`.execute(db);
  return rows;
}

export type StoredValue = {
  readonly targetId: string;
  readonly no: number;
  readonly asOf: Day;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly band: string | null;
  readonly bound: 'above' | 'below' | null;
  readonly evidence: string;
  readonly fileId: string | null;
  readonly at: Date;
  readonly by: string;
};

const VALUE =
  sql.raw(`v.target_id "targetId", v.no, v.as_of "asOf", v.numerator::float8 numerator, v.denominator::float8 denominator,
  v.value::float8 "value", v.band, v.bound, v.evidence, v.file_id "fileId", v.at, v.by`);

/** Call with the target's row locked (`changeTarget` in the same transaction): numbers follow each other. */
export async function insertValue(
  db: Db,
  targetId: string,
  one: EnteredValue & { readonly fileId?: string | undefined; readonly at: Date; readonly by: string },
): Promise<void> {
  await sql`insert into targets.value (target_id, no, as_of, numerator, denominator, value, band, bound, evidence, file_id, at, by)
    select ${targetId}::uuid, coalesce(max(no), 0) + 1, ${one.asOf}::date, ${one.numerator ?? null}::numeric,
      ${one.denominator ?? null}::numeric, ${one.value ?? null}::numeric, ${one.band ?? null}, ${one.bound ?? null},
      ${one.evidence}, ${one.fileId ?? null}::uuid, ${one.at}, ${one.by}
    from targets.value where target_id = ${targetId}::uuid`.execute(db);
}

/** Everything entered for these targets, the newest day first; of one day the last entry first. */
export async function listValues(db: Db, targetIds: readonly string[]): Promise<readonly StoredValue[]> {
  const { rows } = await sql<StoredValue>`select ${VALUE} from targets.value v
    where v.target_id = any(${[...targetIds]}::uuid[]) order by v.target_id, v.as_of desc, v.no desc limit 5000`.execute(
    db,
  );
  return rows;
}

/** For each target the entry that counts: of the newest day, the last one. */
export async function findLastValues(db: Db, targetIds: readonly string[]): Promise<ReadonlyMap<string, StoredValue>> {
  if (targetIds.length === 0) return new Map();
  const { rows } = await sql<StoredValue>`select distinct on (v.target_id) ${VALUE} from targets.value v
    where v.target_id = any(${[...targetIds]}::uuid[]) order by v.target_id, v.as_of desc, v.no desc`.execute(db);
  return new Map(rows.map((row) => [row.targetId, row]));
}

/** `<series> <unit>` of all targets taken from content. */
export async function listAdopted(db: Db): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`select t.series || ' ' || t.unit_id::text "key" from targets.target t
    where t.from_content`.execute(db);
  return new Set(rows.map((row) => row.key));
}

/** Which of the units have targets at all. */
export async function listUnits(db: Db, unitIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ unitId: string }>`select distinct t.unit_id "unitId" from targets.target t
    where t.unit_id = any(${[...unitIds]}::uuid[])`.execute(db);
  return rows.map((row) => row.unitId);
}
