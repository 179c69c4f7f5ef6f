import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

/** A late dossier and what answers for it. */
export type Duty = {
  readonly dossierId: string;
  readonly dossierCode: string;
  readonly procedureCode: string;
  readonly procedureRevisionId: string;
  readonly authorityUnitId: string;
  readonly receivedByUnitId: string;
  readonly holderUnitId: string | null;
  readonly dueOriginal: Date;
  readonly dueAt: Date;
  readonly endedAt: Date | null;
  readonly apologyId: string | null;
  readonly exemptionId: string | null;
};

const RECORD = `dossier_id uuid, dossier_code text, procedure_code text, procedure_revision_id uuid, authority_unit_id uuid, received_by_unit_id uuid,
  holder_unit_id uuid, due_original timestamptz, due_at timestamptz, ended_at timestamptz, apology_id uuid, exemption_id uuid`;
const COLUMNS = RECORD.replaceAll(/ (uuid|text|timestamptz)/g, '');
const FIELDS = sql.raw(
  `dossier_id "dossierId", dossier_code "dossierCode", procedure_code "procedureCode", procedure_revision_id "procedureRevisionId",
  authority_unit_id "authorityUnitId", received_by_unit_id "receivedByUnitId", holder_unit_id "holderUnitId", due_original "dueOriginal",
  due_at "dueAt", ended_at "endedAt", apology_id "apologyId", exemption_id "exemptionId"`,
);

/** Writes the rows as they now are; the same twice changes nothing. */
export async function saveDuties(db: Db, duties: readonly Duty[]): Promise<void> {
  if (duties.length === 0) return;
  const rows = duties.map((d) => ({
    dossier_id: d.dossierId,
    dossier_code: d.dossierCode,
    procedure_code: d.procedureCode,
    procedure_revision_id: d.procedureRevisionId,
    authority_unit_id: d.authorityUnitId,
    received_by_unit_id: d.receivedByUnitId,
    holder_unit_id: d.holderUnitId,
    due_original: d.dueOriginal,
    due_at: d.dueAt,
    ended_at: d.endedAt,
    apology_id: d.apologyId,
    exemption_id: d.exemptionId,
  }));
  const updates = COLUMNS.split(/,\s*/)
    .filter((column) => column !== 'dossier_id')
    .map((column) => `${column} = excluded.${column}`)
    .join(', ');
  await sql`insert into apologies.duty (${sql.raw(COLUMNS)})
    select ${sql.raw(COLUMNS)} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(${sql.raw(RECORD)}) order by dossier_id
    on conflict (dossier_id) do update set ${sql.raw(updates)}`.execute(db);
}

/** A dossier that is not late any more (a date moved, an end in time) owes nothing. */
export async function removeDuties(db: Db, dossierIds: readonly string[]): Promise<void> {
  if (dossierIds.length === 0) return;
  await sql`delete from apologies.duty where dossier_id = any(${[...dossierIds]}::uuid[])`.execute(db);
}

export async function moveHolders(db: Db, holders: readonly { dossierId: string; unitId: string }[]): Promise<void> {
  if (holders.length === 0) return;
  await sql`update apologies.duty d set holder_unit_id = t.unit_id
    from jsonb_to_recordset(${JSON.stringify(holders.map((h) => ({ id: h.dossierId, unit_id: h.unitId })))}::jsonb) as t(id uuid, unit_id uuid)
    where d.dossier_id = t.id`.execute(db);
}

export async function findDuty(db: Db, dossierId: string): Promise<Duty | undefined> {
  const { rows } = await sql<Duty>`select ${FIELDS} from apologies.duty where dossier_id = ${dossierId}::uuid`.execute(
    db,
  );
  return rows[0];
}

export async function findDuties(db: Db, dossierIds: readonly string[]): Promise<ReadonlyMap<string, Duty>> {
  const { rows } =
    await sql<Duty>`select ${FIELDS} from apologies.duty where dossier_id = any(${[...dossierIds]}::uuid[])`.execute(
      db,
    );
  return new Map(rows.map((row) => [row.dossierId, row]));
}

export async function allDuties(db: Db): Promise<readonly Duty[]> {
  const { rows } = await sql<Duty>`select ${FIELDS} from apologies.duty order by dossier_id`.execute(db);
  return rows;
}

export async function clearDuties(db: Db): Promise<void> {
  await sql`delete from apologies.duty`.execute(db);
}

export async function setDutyApology(db: Db, dossierId: string, apologyId: string, dueBefore: Date): Promise<void> {
  await sql`update apologies.duty set apology_id = ${apologyId}::uuid
    where dossier_id = ${dossierId}::uuid and due_at <= ${dueBefore}`.execute(db);
}

export async function setDutyExemption(db: Db, dossierId: string, exemptionId: string, dueAt: Date): Promise<void> {
  await sql`update apologies.duty set exemption_id = ${exemptionId}::uuid
    where dossier_id = ${dossierId}::uuid and due_at <= ${dueAt}`.execute(db);
}

/**
 * Until when the timer has looked, locked for this transaction; undefined where another process is at it.
 */
export async function lockWatch(db: Db): Promise<{ readonly checkedUntil: Date | null } | undefined> {
  const { rows } = await sql<{
    checkedUntil: Date | null;
  }>`select checked_until "checkedUntil" from apologies.watch for update skip locked`.execute(db);
  return rows[0];
}

export async function saveWatch(db: Db, checkedUntil: Date): Promise<void> {
  await sql`update apologies.watch set checked_until = ${checkedUntil}`.execute(db);
}

/**
 * Rows of the duty table late in a period: ended in it with the class late, or open at `asOf` (exclusive end of the
 * period, or now) past the due instant. Alias `d`.
 */
export function lateIn(from: Date, to: Date, asOf: Date): RawBuilder<boolean> {
  return sql<boolean>`((d.ended_at >= ${from} and d.ended_at < ${to}) or (d.due_at < ${asOf} and (d.ended_at is null or d.ended_at >= ${to})))`;
}

/** By deciding unit how many late dossiers nothing answers for yet, and the due instant broken first, over {@link lateIn}. */
export async function countOwed(
  db: Db,
  unitIds: readonly string[],
  period: { readonly from: Date; readonly to: Date; readonly asOf: Date },
): Promise<readonly { readonly unitId: string; readonly owed: number; readonly dueAt: Date }[]> {
  const { rows } = await sql<{ unitId: string; owed: number; dueAt: Date }>`select d.authority_unit_id "unitId",
      count(*)::integer owed, min(d.due_at) "dueAt" from apologies.duty d where ${lateIn(period.from, period.to, period.asOf)} and d.apology_id is null
      and d.exemption_id is null and d.authority_unit_id = any(${[...unitIds]}::uuid[]) group by 1`.execute(db);
  return rows;
}

export type LateRow = {
  readonly unitId: string;
  readonly lateFinished: number;
  readonly lateOpen: number;
  readonly withApology: number;
  readonly exempted: number;
};

/** Counts by deciding unit over {@link lateIn}; a row with both an apology and an exemption counts as apologised. */
export async function countLate(
  db: Db,
  unitIds: readonly string[] | undefined,
  period: { readonly from: Date; readonly to: Date; readonly asOf: Date },
): Promise<readonly LateRow[]> {
  const mine = unitIds === undefined ? sql`true` : sql`d.authority_unit_id = any(${[...unitIds]}::uuid[])`;
  const ended = sql`(d.ended_at >= ${period.from} and d.ended_at < ${period.to})`;
  const { rows } = await sql<LateRow>`select d.authority_unit_id "unitId",
      count(*) filter (where ${ended}) "lateFinished", count(*) filter (where not coalesce(${ended}, false)) "lateOpen",
      count(*) filter (where d.apology_id is not null) "withApology",
      count(*) filter (where d.apology_id is null and d.exemption_id is not null) "exempted"
    from apologies.duty d where ${lateIn(period.from, period.to, period.asOf)} and ${mine} group by d.authority_unit_id`.execute(
    db,
  );
  return rows;
}
