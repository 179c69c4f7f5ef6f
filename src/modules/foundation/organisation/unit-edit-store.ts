import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { UnitLevel, UnitType } from './rules/unit.ts';

export type UnitSearch = {
  readonly day: Day;
  readonly q?: string | undefined;
  readonly level?: UnitLevel | undefined;
  readonly type?: UnitType | undefined;
  readonly limit: number;
  readonly offset: number;
};

/** Ids of units alive on the day, by level and name; `q` matches a part of the name (accent-blind) or a whole code. */
export async function searchUnits(db: Db, search: UnitSearch): Promise<{ ids: string[]; total: number }> {
  const where = [
    sql`v.valid_from <= ${search.day}::date and (v.valid_to is null or v.valid_to >= ${search.day}::date)`,
  ];
  if (search.level) where.push(sql`v.level = ${search.level}`);
  if (search.type) where.push(sql`v.type = ${search.type}`);
  if (search.q) {
    where.push(sql`(platform.fold(v.name) like '%' || platform.fold(${search.q.replace(/[\\%_]/g, '\\$&')}) || '%'
      or exists (select 1 from organisation.unit_code c where c.unit_id = v.unit_id and c.code = ${search.q}
        and c.valid_from <= ${search.day}::date and (c.valid_to is null or c.valid_to >= ${search.day}::date)))`);
  }
  const { rows } = await sql<{ id: string; total: number }>`
    select v.unit_id id, count(*) over () total from organisation.unit_version v where ${sql.join(where, sql` and `)}
    order by array_position(array['national', 'province', 'district', 'commune', 'hamlet'], v.level), (v.type <> 'administrative'), v.name, v.unit_id
    limit ${search.limit} offset ${search.offset}`.execute(db);
  return { ids: rows.map((r) => r.id), total: rows[0]?.total ?? 0 };
}

/** Units whose last day is `until` and that hang below a parent which ends on it. */
export async function openChildren(db: Db, unitId: string, after: Day): Promise<string[]> {
  const rows = await db
    .selectFrom('organisation.unit_version')
    .select('unit_id')
    .where('parent_id', '=', unitId)
    .where((e) => e.or([e('valid_to', 'is', null), e('valid_to', '>', after)]))
    .execute();
  return rows.map((r) => r.unit_id);
}

/** True for the database's refusal of two overlapping periods. */
export function isOverlap(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23P01';
}
