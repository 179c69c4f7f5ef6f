import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { PartKind } from './rules/attribute.ts';

export type StoredAttribution = {
  readonly dossierId: string;
  readonly version: number;
  readonly code: string;
  readonly procedureCode: string;
  readonly receivedByUnitId: string;
  readonly decidedByUnitId: string;
  readonly dueAt: Date | null;
  readonly endedAt: Date;
  readonly latenessMinutes: number;
  readonly confirmed: boolean;
};
export type StoredPart = {
  readonly dossierId: string;
  readonly seq: number;
  readonly kind: PartKind;
  readonly stepId: string | null;
  readonly stepName: string | null;
  readonly unitId: string | null;
  readonly staffId: string | null;
  readonly minutes: number;
  readonly heldMinutes: number;
  readonly overrunMinutes: number;
  readonly causeCode: string | null;
  readonly note: string | null;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
};
export type DecisionRow = {
  readonly id: string;
  readonly dossierId: string;
  readonly kind: 'computed' | 'recomputed' | 'withdrawn' | 'confirmed' | 'corrected';
  readonly partSeq: number | null;
  readonly at: Date;
  readonly actor: string;
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
};

const ATTRIBUTION = sql.raw(`a.dossier_id "dossierId", a.version, a.code, a.procedure_code "procedureCode",
  a.received_by_unit_id "receivedByUnitId", a.decided_by_unit_id "decidedByUnitId", a.due_at "dueAt", a.ended_at "endedAt",
  a.lateness_minutes "latenessMinutes", a.confirmed`);
const PART =
  sql.raw(`p.dossier_id "dossierId", p.seq, p.kind, p.step_id "stepId", p.step_name "stepName", p.unit_id "unitId",
  p.staff_id "staffId", p.minutes, p.held_minutes "heldMinutes", p.overrun_minutes "overrunMinutes",
  p.cause_code "causeCode", p.note, p.confirmed_at "confirmedAt", p.confirmed_by "confirmedBy"`);

export async function findAttributions(db: Db, ids: readonly string[]): Promise<StoredAttribution[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<StoredAttribution>`select ${ATTRIBUTION} from lateness.attribution a
    where a.dossier_id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

/** Parts of dossiers, the largest first. */
export async function findParts(db: Db, ids: readonly string[]): Promise<StoredPart[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<StoredPart>`select ${PART} from lateness.part p
    where p.dossier_id = any(${[...ids]}::uuid[]) order by p.dossier_id, p.minutes desc, p.seq`.execute(db);
  return rows;
}

export async function findDecisions(db: Db, dossierId: string): Promise<DecisionRow[]> {
  const { rows } =
    await sql<DecisionRow>`select id, dossier_id "dossierId", kind, part_seq "partSeq", at, actor, reason, before, after
    from lateness.decision where dossier_id = ${dossierId}::uuid order by id`.execute(db);
  return rows;
}

/** Writes attributions anew, with their parts, in two statements whatever their number. */
export async function saveAttributions(
  db: Db,
  saved: readonly {
    readonly attribution: Omit<StoredAttribution, 'version'>;
    readonly parts: readonly StoredPart[];
  }[],
  at: Date,
): Promise<void> {
  if (saved.length === 0) return;
  const heads = saved.map(({ attribution: a }) => ({
    dossier_id: a.dossierId,
    code: a.code,
    procedure_code: a.procedureCode,
    received_by_unit_id: a.receivedByUnitId,
    decided_by_unit_id: a.decidedByUnitId,
    due_at: a.dueAt,
    ended_at: a.endedAt,
    lateness_minutes: a.latenessMinutes,
    confirmed: a.confirmed,
  }));
  await sql`with gone as (delete from lateness.part where dossier_id = any(${heads.map((h) => h.dossier_id)}::uuid[]))
    insert into lateness.attribution as a (dossier_id, code, procedure_code, received_by_unit_id, decided_by_unit_id, due_at, ended_at, lateness_minutes, confirmed, computed_at)
    select t.*, ${at} from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb)
      as t(dossier_id uuid, code text, procedure_code text, received_by_unit_id uuid, decided_by_unit_id uuid, due_at timestamptz,
        ended_at timestamptz, lateness_minutes integer, confirmed boolean)
    on conflict (dossier_id) do update set version = a.version + 1, code = excluded.code, received_by_unit_id = excluded.received_by_unit_id,
      decided_by_unit_id = excluded.decided_by_unit_id, due_at = excluded.due_at, ended_at = excluded.ended_at,
      lateness_minutes = excluded.lateness_minutes, confirmed = excluded.confirmed, computed_at = excluded.computed_at`.execute(
    db,
  );
  await insertParts(
    db,
    saved.flatMap(({ parts }) => parts),
  );
}

export async function insertParts(db: Db, parts: readonly StoredPart[]): Promise<void> {
  if (parts.length === 0) return;
  const rows = parts.map((p) => ({
    dossier_id: p.dossierId,
    seq: p.seq,
    kind: p.kind,
    step_id: p.stepId,
    step_name: p.stepName,
    unit_id: p.unitId,
    staff_id: p.staffId,
    minutes: p.minutes,
    held_minutes: p.heldMinutes,
    overrun_minutes: p.overrunMinutes,
    cause_code: p.causeCode,
    note: p.note,
    confirmed_at: p.confirmedAt,
    confirmed_by: p.confirmedBy,
  }));
  await sql`insert into lateness.part (dossier_id, seq, kind, step_id, step_name, unit_id, staff_id, minutes, held_minutes, overrun_minutes, cause_code, note, confirmed_at, confirmed_by)
    select t.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(dossier_id uuid, seq smallint, kind text, step_id text, step_name text,
      unit_id uuid, staff_id uuid, minutes integer, held_minutes integer, overrun_minutes integer, cause_code text, note text,
      confirmed_at timestamptz, confirmed_by text)`.execute(db);
}

export async function deletePart(db: Db, dossierId: string, seq: number): Promise<void> {
  await sql`delete from lateness.part where dossier_id = ${dossierId}::uuid and seq = ${seq}`.execute(db);
}

export async function deleteAttributions(db: Db, ids: readonly string[]): Promise<void> {
  await sql`delete from lateness.attribution where dossier_id = any(${[...ids]}::uuid[])`.execute(db);
}

/** Takes the next version; false where somebody was faster. Holds the row until the transaction ends. */
export async function takeVersion(db: Db, dossierId: string, version: number): Promise<boolean> {
  const { rows } = await sql`update lateness.attribution set version = version + 1
    where dossier_id = ${dossierId}::uuid and version = ${version} returning dossier_id`.execute(db);
  return rows.length === 1;
}

export async function markConfirmed(db: Db, dossierId: string): Promise<void> {
  await sql`update lateness.attribution a set confirmed =
      not exists (select 1 from lateness.part p where p.dossier_id = a.dossier_id and p.confirmed_at is null)
    where a.dossier_id = ${dossierId}::uuid`.execute(db);
}

export async function insertDecisions(db: Db, rows: readonly DecisionRow[]): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map((row) => ({ ...row, dossier_id: row.dossierId, part_seq: row.partSeq }));
  await sql`insert into lateness.decision (id, dossier_id, kind, part_seq, at, actor, reason, before, after)
    select t.* from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as t(id uuid, dossier_id uuid, kind text, part_seq smallint, at timestamptz,
      actor text, reason text, before jsonb, after jsonb)`.execute(db);
}

/** What a list of parts is narrowed to. Days are inclusive, of the end of processing. */
export type PartFilter = {
  /** Units of the reader: parts of theirs, and dossiers they received or decide. */
  readonly units: readonly string[];
  readonly unitId?: string | undefined;
  readonly decidedByUnitId?: string | undefined;
  readonly stepId?: string | undefined;
  readonly staffId?: string | undefined;
  readonly causeCode?: string | undefined;
  readonly kind?: string | undefined;
  readonly procedureCode?: string | undefined;
  readonly confirmed?: boolean | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
};

const dayOfEnd = sql`(a.ended_at at time zone 'Asia/Ho_Chi_Minh')::date`;

function partWhere(filter: PartFilter): RawBuilder<boolean> {
  const mine = sql`any(${[...filter.units]}::uuid[])`;
  const conditions: RawBuilder<unknown>[] = [
    sql`(p.unit_id = ${mine} or a.decided_by_unit_id = ${mine} or a.received_by_unit_id = ${mine})`,
  ];
  if (filter.unitId) conditions.push(sql`p.unit_id = ${filter.unitId}::uuid`);
  if (filter.decidedByUnitId) conditions.push(sql`a.decided_by_unit_id = ${filter.decidedByUnitId}::uuid`);
  if (filter.stepId) conditions.push(sql`p.step_id = ${filter.stepId}`);
  if (filter.staffId) conditions.push(sql`p.staff_id = ${filter.staffId}::uuid`);
  if (filter.causeCode === 'none') conditions.push(sql`p.cause_code is null`);
  else if (filter.causeCode) conditions.push(sql`p.cause_code = ${filter.causeCode}`);
  if (filter.kind) conditions.push(sql`p.kind = ${filter.kind}`);
  if (filter.procedureCode) conditions.push(sql`a.procedure_code = ${filter.procedureCode}`);
  if (filter.confirmed !== undefined) conditions.push(sql`(p.confirmed_at is not null) = ${filter.confirmed}`);
  // The instants bound the index, the days say what is meant.
  if (filter.from) conditions.push(sql`${dayOfEnd} >= ${filter.from}::date`);
  if (filter.to) conditions.push(sql`${dayOfEnd} <= ${filter.to}::date`);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

/** Dossiers with a part that fits, the youngest end first; `after` is the end and id of the last row before. */
export async function listAttributions(
  db: Db,
  filter: PartFilter,
  after: { readonly endedAt: Date; readonly dossierId: string } | null,
  limit: number,
): Promise<StoredAttribution[]> {
  const later = after ? sql`(a.ended_at, a.dossier_id) < (${after.endedAt}, ${after.dossierId}::uuid)` : sql`true`;
  const { rows } = await sql<StoredAttribution>`select ${ATTRIBUTION} from lateness.attribution a
    where ${later} and exists (select 1 from lateness.part p where p.dossier_id = a.dossier_id and ${partWhere(filter)})
    order by a.ended_at desc, a.dossier_id desc limit ${limit}`.execute(db);
  return rows;
}

export type TotalRow = {
  readonly key: string;
  readonly name: string | null;
  readonly minutes: number;
  readonly dossiers: number;
};
export type Totals = {
  readonly dossiers: number;
  readonly minutes: number;
  readonly bySet: Readonly<Record<'step' | 'unit' | 'decided' | 'staff' | 'cause' | 'kind', readonly TotalRow[]>>;
};

/** Minutes of the parts that fit, by step, unit, deciding unit, person, cause and kind. */
export async function sumParts(db: Db, filter: PartFilter): Promise<Totals> {
  const { rows } = await sql<{
    grouping: number;
    step: string | null;
    stepName: string | null;
    unit: string | null;
    staff: string | null;
    cause: string | null;
    kind: string | null;
    decided: string | null;
    minutes: number;
    dossiers: number;
  }>`select grouping(p.step_id, p.unit_id, p.staff_id, p.cause_code, p.kind, a.decided_by_unit_id) as grouping, p.step_id step, min(p.step_name) "stepName",
      p.unit_id unit, p.staff_id staff, p.cause_code cause, p.kind, a.decided_by_unit_id decided,
      sum(p.minutes) minutes, count(distinct p.dossier_id) dossiers
    from lateness.part p join lateness.attribution a using (dossier_id) where ${partWhere(filter)}
    group by grouping sets ((), (p.step_id), (p.unit_id), (p.staff_id), (p.cause_code), (p.kind), (a.decided_by_unit_id))
    order by sum(p.minutes) desc`.execute(db);
  const of = (mask: number, key: (row: (typeof rows)[number]) => string | null): TotalRow[] =>
    rows
      .filter((row) => Number(row.grouping) === mask)
      .map((row) => ({
        key: key(row) ?? '',
        name: mask === 0b011111 ? row.stepName : null,
        minutes: Number(row.minutes),
        dossiers: Number(row.dossiers),
      }));
  const whole = of(0b111111, () => '')[0];
  return {
    dossiers: whole?.dossiers ?? 0,
    minutes: Number.isFinite(whole?.minutes) ? (whole?.minutes ?? 0) : 0,
    bySet: {
      step: of(0b011111, (row) => row.step),
      unit: of(0b101111, (row) => row.unit),
      staff: of(0b110111, (row) => row.staff),
      cause: of(0b111011, (row) => row.cause),
      kind: of(0b111101, (row) => row.kind),
      decided: of(0b111110, (row) => row.decided),
    },
  };
}
