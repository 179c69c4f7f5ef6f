import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { DossierStatus } from './rules/status.ts';

/** How much of one kind of step a person holds at a unit. `role` is the step's, e.g. `officer`. */
export type Holding = {
  readonly staffId: string;
  readonly unitId: string;
  readonly role: string;
  readonly dossiers: number;
};

/** One open dossier in somebody's hands. */
export type HeldDossier = {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly status: DossierStatus;
  readonly procedureRevisionId: string;
  readonly stepId: string;
  readonly unitId: string;
  readonly role: string;
  readonly staffId: string;
  readonly stepStartedAt: Date | null;
  readonly dueAt: Date | null;
};

/** What is at work in somebody's hands: not what waits for its owner at a desk. */
const HELD = sql`d.holder_staff_id is not null and d.step_id is not null
  and d.status in ('received', 'processing', 'supplement', 'finance', 'suspended')`;
const uuids = (ids: readonly string[]): RawBuilder<unknown> => sql`any(${[...ids]}::uuid[])`;

/** Who holds how much: at the units, by the people; `null` each: all. */
export async function findHoldings(
  db: Db,
  { unitIds, staffIds }: { readonly unitIds: readonly string[] | null; readonly staffIds: readonly string[] | null },
): Promise<Holding[]> {
  const where = [HELD];
  if (unitIds) where.push(sql`d.holder_unit_id = ${uuids(unitIds)}`);
  if (staffIds) where.push(sql`d.holder_staff_id = ${uuids(staffIds)}`);
  const { rows } = await sql<Holding>`select d.holder_staff_id "staffId", d.holder_unit_id "unitId",
      coalesce(d.holder_role, '') "role", count(*)::int dossiers
    from dossiers.dossier d where ${sql.join(where, sql` and `)} group by 1, 2, 3`.execute(db);
  return rows;
}

/** Dossiers of some holdings, what is due first stands first. */
export async function findHeldBy(
  db: Db,
  holdings: readonly Pick<Holding, 'staffId' | 'unitId' | 'role'>[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<HeldDossier[]> {
  if (holdings.length === 0) return [];
  const staffIds = [...new Set(holdings.map((holding) => holding.staffId))];
  const keys = holdings.map(({ staffId, unitId, role }) => ({ s: staffId, u: unitId, r: role }));
  const { rows } =
    await sql<HeldDossier>`select d.id, d.code, d.version, d.status, d.procedure_revision_id "procedureRevisionId",
      d.step_id "stepId", d.holder_unit_id "unitId", coalesce(d.holder_role, '') "role", d.holder_staff_id "staffId",
      d.step_started_at "stepStartedAt", d.due_current "dueAt"
    from dossiers.dossier d
    join jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) k(s uuid, u uuid, r text)
      on k.s = d.holder_staff_id and k.u = d.holder_unit_id and k.r = coalesce(d.holder_role, '')
    where d.holder_staff_id = ${uuids(staffIds)} and ${HELD}
    order by d.due_current nulls last, d.id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}
