import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { WatchRow } from './store.ts';

/** Rows of warnings somebody may see: dossiers that his units hold, decide or received. A mandatory argument. */
export type WarningScope = { readonly unitIds: readonly string[] };

export type WarningFilter = {
  readonly unitId?: string | undefined;
  readonly staffId?: string | undefined;
  readonly rung?: string | undefined;
  readonly procedureCode?: string | undefined;
  readonly colour?: string | undefined;
};
/** Sort values of the last row seen. */
export type After = { readonly urgency: number; readonly dueAt: string; readonly dossierId: string };
type Standing = WatchRow & {
  readonly rung: string;
  readonly rung_text: string;
  readonly urgency: number;
  readonly due_at: Date;
};

function inScope({ unitIds }: WarningScope): RawBuilder<boolean> {
  const mine = sql`any(${[...unitIds]}::uuid[])`;
  return sql<boolean>`(rung is not null and (holder_unit_id = ${mine} or decided_by_unit_id = ${mine} or received_by_unit_id = ${mine}))`;
}

/** Dossiers on a rung, most urgent first, then by due date. */
export async function findStanding(
  db: Db,
  scope: WarningScope,
  filter: WarningFilter,
  after: After | undefined,
  limit: number,
): Promise<Standing[]> {
  const parts: RawBuilder<unknown>[] = [inScope(scope)];
  if (filter.unitId) parts.push(sql`holder_unit_id = ${filter.unitId}::uuid`);
  if (filter.staffId) parts.push(sql`holder_staff_id = ${filter.staffId}::uuid`);
  if (filter.rung) parts.push(sql`rung = ${filter.rung}`);
  if (filter.procedureCode) parts.push(sql`procedure_code = ${filter.procedureCode}`);
  if (filter.colour) parts.push(sql`colour = ${filter.colour}`);
  if (after) {
    parts.push(
      sql`(-urgency, due_at, dossier_id) > (${-after.urgency}::integer, ${after.dueAt}::timestamptz, ${after.dossierId}::uuid)`,
    );
  }
  const { rows } =
    await sql<Standing>`select dossier_id, code, procedure_code, procedure_revision_id, received_by_unit_id,
      decided_by_unit_id, holder_unit_id, holder_staff_id, step_id, step_seq, due_at, paused, rung, rung_text, subject, colour, urgency,
      reached_at, rung_due_at
    from warnings.watch where ${sql.join(parts, sql` and `)} order by urgency desc, due_at, dossier_id limit ${limit}`.execute(
      db,
    );
  return rows;
}

export type SumRow = {
  readonly by: 'rung' | 'unit' | 'staff' | 'procedure' | 'colour';
  readonly key: string;
  /** For a rung its words, for a procedure its revision. */
  readonly extra: string | null;
  readonly count: number;
  readonly red: number;
};

/** Counts by rung, holder unit, holder, procedure and colour, in one reading. */
export async function sumStanding(db: Db, scope: WarningScope): Promise<SumRow[]> {
  const { rows } =
    await sql<SumRow>`with s as materialized (select rung, rung_text, subject, colour, holder_unit_id, holder_staff_id, procedure_code,
      procedure_revision_id from warnings.watch where ${inScope(scope)})
    select 'rung' "by", rung "key", min(rung_text) extra, count(*) "count", count(*) filter (where colour = 'red') red from s group by rung
    union all select 'unit', holder_unit_id::text, null, count(*), count(*) filter (where colour = 'red') from s where holder_unit_id is not null group by holder_unit_id
    union all select 'staff', holder_staff_id::text, null, count(*), count(*) filter (where colour = 'red') from s where holder_staff_id is not null group by holder_staff_id
    union all select 'procedure', procedure_code, min(procedure_revision_id::text), count(*), count(*) filter (where colour = 'red') from s group by procedure_code
    union all select 'colour', colour, null, count(*), count(*) filter (where colour = 'red') from s group by colour
    order by 1, 4 desc, 2`.execute(db);
  return rows;
}
