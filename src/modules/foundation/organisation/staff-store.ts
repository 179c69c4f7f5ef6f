import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { HeldRole } from './rules/grants.ts';
import type { Reach } from './rules/unit-directory.ts';

export type StaffRow = {
  readonly id: string;
  readonly fullName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly endedOn: Day | null;
  readonly version: number;
};
export type PositionRow = {
  readonly id: string;
  readonly staffId: string;
  readonly unitId: string;
  readonly title: string;
  readonly main: boolean;
  readonly validFrom: Day;
  readonly validTo: Day | null;
};
export type GrantRow = {
  readonly id: string;
  readonly staffId: string;
  readonly roleCode: string;
  readonly unitId: string;
  readonly reach: Reach;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly reason: string | null;
};

type Loaded = {
  full_name: string;
  positions: { unit: string; title: string; main: boolean }[] | null;
  grants: (Omit<HeldRole, 'unitId'> & { unit: string })[] | null;
};

/** Positions, roles and permissions of one person on a day, in one statement. */
export async function loadHeld(
  db: Db,
  staffId: string,
  day: Day,
): Promise<
  { fullName: string; positions: { unitId: string; title: string; main: boolean }[]; held: HeldRole[] } | undefined
> {
  const { rows } = await sql<Loaded>`
    select s.full_name,
      (select jsonb_agg(jsonb_build_object('unit', p.unit_id, 'title', p.title, 'main', p.main) order by p.main desc, p.valid_from, p.id)
        from organisation.position p
        where p.staff_id = s.id and p.valid_from <= ${day}::date and (p.valid_to is null or p.valid_to >= ${day}::date)) positions,
      (select jsonb_agg(jsonb_build_object('role', g.role_code, 'unit', g.unit_id, 'reach', g.reach, 'permissions',
          (select coalesce(jsonb_agg(rp.permission_code), '[]') from organisation.role_permission rp where rp.role_code = g.role_code)))
        from organisation.role_grant g
        where g.staff_id = s.id and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to >= ${day}::date)) grants
    from organisation.staff s
    where s.id = ${staffId}::uuid and (s.ended_on is null or s.ended_on >= ${day}::date)`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  return {
    fullName: row.full_name,
    positions: (row.positions ?? []).map((p) => ({ unitId: p.unit, title: p.title, main: p.main })),
    held: (row.grants ?? []).map(({ unit, ...g }) => ({ ...g, unitId: unit })),
  };
}

export async function insertStaff(
  db: Db,
  row: { id: string; fullName: string; email: string | null; phone: string | null; contentKey: string | null },
  at: Date,
): Promise<void> {
  await db
    .insertInto('organisation.staff')
    .values({
      id: row.id,
      full_name: row.fullName,
      email: row.email,
      phone: row.phone,
      content_key: row.contentKey,
      created_at: at,
    })
    .execute();
}

/** @returns false where the version has moved on. */
export async function updateStaff(
  db: Db,
  id: string,
  version: number,
  set: { fullName: string; email: string | null; phone: string | null; endedOn: Day | null },
): Promise<boolean> {
  const done = await db
    .updateTable('organisation.staff')
    .set({ full_name: set.fullName, email: set.email, phone: set.phone, ended_on: set.endedOn, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

export async function findStaff(db: Db, id: string): Promise<StaffRow | undefined> {
  const row = await db.selectFrom('organisation.staff').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    row && {
      id: row.id,
      fullName: row.full_name,
      email: row.email,
      phone: row.phone,
      endedOn: row.ended_on,
      version: row.version,
    }
  );
}

export async function findStaffIdByKey(db: Db, contentKey: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('organisation.staff')
    .select('id')
    .where('content_key', '=', contentKey)
    .executeTakeFirst();
  return row?.id;
}

export async function positionsOf(db: Db, staffIds: readonly string[]): Promise<PositionRow[]> {
  if (staffIds.length === 0) return [];
  const rows = await db
    .selectFrom('organisation.position')
    .selectAll()
    .where('staff_id', 'in', [...staffIds])
    .orderBy('main', 'desc')
    .orderBy('valid_from')
    .execute();
  return rows.map((r) => ({
    id: r.id,
    staffId: r.staff_id,
    unitId: r.unit_id,
    title: r.title,
    main: r.main,
    validFrom: r.valid_from,
    validTo: r.valid_to,
  }));
}

export async function grantsOf(db: Db, staffId: string): Promise<GrantRow[]> {
  const rows = await db
    .selectFrom('organisation.role_grant')
    .selectAll()
    .where('staff_id', '=', staffId)
    .orderBy('valid_from')
    .execute();
  return rows.map((r) => ({
    id: r.id,
    staffId: r.staff_id,
    roleCode: r.role_code,
    unitId: r.unit_id,
    reach: r.reach as Reach,
    validFrom: r.valid_from,
    validTo: r.valid_to,
    reason: r.reason,
  }));
}

export async function insertPosition(db: Db, row: PositionRow): Promise<void> {
  await db
    .insertInto('organisation.position')
    .values({
      id: row.id,
      staff_id: row.staffId,
      unit_id: row.unitId,
      title: row.title,
      main: row.main,
      valid_from: row.validFrom,
      valid_to: row.validTo,
    })
    .execute();
}

export async function insertGrant(db: Db, row: GrantRow, by: string, at: Date): Promise<void> {
  await db
    .insertInto('organisation.role_grant')
    .values({
      id: row.id,
      staff_id: row.staffId,
      role_code: row.roleCode,
      unit_id: row.unitId,
      reach: row.reach,
      valid_from: row.validFrom,
      valid_to: row.validTo,
      reason: row.reason,
      granted_by: by,
      granted_at: at,
    })
    .execute();
}

export async function findPosition(db: Db, id: string): Promise<PositionRow | undefined> {
  const r = await db.selectFrom('organisation.position').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    r && {
      id: r.id,
      staffId: r.staff_id,
      unitId: r.unit_id,
      title: r.title,
      main: r.main,
      validFrom: r.valid_from,
      validTo: r.valid_to,
    }
  );
}

export async function findGrant(db: Db, id: string): Promise<GrantRow | undefined> {
  const r = await db.selectFrom('organisation.role_grant').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    r && {
      id: r.id,
      staffId: r.staff_id,
      roleCode: r.role_code,
      unitId: r.unit_id,
      reach: r.reach as Reach,
      validFrom: r.valid_from,
      validTo: r.valid_to,
      reason: r.reason,
    }
  );
}

/** Sets the last day. A last day before the first means it never held: the row goes. */
export async function endPosition(db: Db, row: PositionRow, until: Day): Promise<void> {
  if (until < row.validFrom) await db.deleteFrom('organisation.position').where('id', '=', row.id).execute();
  else await db.updateTable('organisation.position').set({ valid_to: until }).where('id', '=', row.id).execute();
}

export async function endGrant(db: Db, row: GrantRow, until: Day): Promise<void> {
  if (until < row.validFrom) await db.deleteFrom('organisation.role_grant').where('id', '=', row.id).execute();
  else await db.updateTable('organisation.role_grant').set({ valid_to: until }).where('id', '=', row.id).execute();
}

export type RoleRow = {
  readonly code: string;
  readonly name: string;
  readonly reach: Reach;
  readonly permissions: readonly { readonly code: string; readonly name: string }[];
};

export async function listRoles(db: Db): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select r.code, r.name, r.reach, coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'name', p.name) order by p.code)
      filter (where p.code is not null), '[]') permissions
    from organisation.role r
    left join organisation.role_permission rp on rp.role_code = r.code
    left join organisation.permission p on p.code = rp.permission_code
    group by r.code order by r.name`.execute(db);
  return rows;
}

export type StaffSearch = {
  readonly scope: 'all' | readonly string[];
  readonly q?: string | undefined;
  readonly unitIds?: readonly string[] | undefined;
  readonly day: Day;
  readonly limit: number;
  readonly offset: number;
};

/** People with a position in the scope (current or past), by name, accent-blind; `unitIds` narrows to positions held on the day. */
export async function searchStaff(db: Db, search: StaffSearch): Promise<{ rows: StaffRow[]; total: number }> {
  const where = [sql`true`];
  if (search.scope !== 'all') {
    where.push(
      sql`exists (select 1 from organisation.position p where p.staff_id = s.id and p.unit_id = any(${[...search.scope]}::uuid[]))`,
    );
  }
  if (search.unitIds) {
    where.push(sql`exists (select 1 from organisation.position p where p.staff_id = s.id and p.unit_id = any(${[...search.unitIds]}::uuid[])
      and p.valid_from <= ${search.day}::date and (p.valid_to is null or p.valid_to >= ${search.day}::date))`);
  }
  if (search.q)
    where.push(
      sql`platform.fold(s.full_name) like '%' || platform.fold(${search.q.replace(/[\\%_]/g, '\\$&')}) || '%'`,
    );
  const { rows } = await sql<StaffRow & { total: number }>`
    select s.id, s.full_name "fullName", s.email, s.phone, s.ended_on "endedOn", s.version, count(*) over () total
    from organisation.staff s where ${sql.join(where, sql` and `)}
    order by s.full_name, s.id limit ${search.limit} offset ${search.offset}`.execute(db);
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

export type NamedStaff = { readonly staffId: string; readonly name: string; readonly title: string };

/** Names and main titles on a day; people who have left keep their name, with the title they had last. */
export async function namesOf(db: Db, staffIds: readonly string[], day: Day): Promise<NamedStaff[]> {
  if (staffIds.length === 0) return [];
  const { rows } = await sql<NamedStaff>`
    select s.id "staffId", s.full_name "name", coalesce((select p.title from organisation.position p where p.staff_id = s.id and p.valid_from <= ${day}::date
      order by (p.valid_to is null or p.valid_to >= ${day}::date) desc, p.main desc, p.valid_from desc limit 1), '') title
    from organisation.staff s where s.id = any(${[...staffIds]}::uuid[])`.execute(db);
  return rows;
}

/** Somebody in office: the main title, and the units of all positions. */
export type Serving = NamedStaff & { readonly unitIds: readonly string[] };

/** Those of the people who have a position on a day and have not left. */
export async function servingOn(db: Db, staffIds: readonly string[], day: Day): Promise<Serving[]> {
  if (staffIds.length === 0) return [];
  const { rows } = await sql<Serving>`
    select s.id "staffId", s.full_name "name", (array_agg(p.title order by p.main desc, p.valid_from desc))[1] title,
      jsonb_agg(distinct p.unit_id) "unitIds"
    from organisation.staff s join organisation.position p on p.staff_id = s.id
    where s.id = any(${[...staffIds]}::uuid[]) and (s.ended_on is null or s.ended_on >= ${day}::date)
      and p.valid_from <= ${day}::date and (p.valid_to is null or p.valid_to >= ${day}::date)
    group by s.id, s.full_name`.execute(db);
  return rows;
}

/** People who hold a permission by a grant at one of the places, on a day. */
export async function holdersOf(
  db: Db,
  permission: string,
  places: readonly { readonly unitId: string; readonly reach: Reach }[],
  day: Day,
): Promise<string[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct g.staff_id id from organisation.role_grant g
    join jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as t("unitId" uuid, reach text) on t."unitId" = g.unit_id and t.reach = g.reach
    join organisation.role_permission rp on rp.role_code = g.role_code and rp.permission_code = ${permission}
    join organisation.staff s on s.id = g.staff_id and (s.ended_on is null or s.ended_on >= ${day}::date)
    where g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to >= ${day}::date)`.execute(db);
  return rows.map((r) => r.id);
}

/** Units at which a role with the permission is granted to somebody on a day; units that are only below such a one do not count. */
export async function unitsGranted(db: Db, permission: string, day: Day): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct g.unit_id id from organisation.role_grant g
    join organisation.role_permission rp on rp.role_code = g.role_code and rp.permission_code = ${permission}
    join organisation.staff s on s.id = g.staff_id and (s.ended_on is null or s.ended_on >= ${day}::date)
    where g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to >= ${day}::date)`.execute(db);
  return rows.map((row) => row.id);
}

export type AffectedStaff = {
  readonly staffId: string;
  readonly name: string;
  /** `Chuyên viên, Phòng Tư pháp`. */
  readonly positions: readonly string[];
  /** `Cán bộ một cửa, Bộ phận Một cửa`. */
  readonly grants: readonly string[];
};

/** People who still have a post or a role at one of the units on or after a day, by name; 500 at most. */
export async function staffAt(db: Db, unitIds: readonly string[], day: Day): Promise<AffectedStaff[]> {
  const unitName = sql`(select v.name from organisation.unit_version v where v.unit_id = x.unit_id order by v.valid_from desc limit 1)`;
  const { rows } = await sql<AffectedStaff>`
    select s.id "staffId", s.full_name "name", p.list positions, g.list grants from organisation.staff s
    cross join lateral (select coalesce(json_agg(x.title || ', ' || ${unitName} order by x.title), '[]'::json) list from organisation.position x
      where x.staff_id = s.id and x.unit_id = any(${[...unitIds]}::uuid[]) and (x.valid_to is null or x.valid_to >= ${day}::date)) p
    cross join lateral (select coalesce(json_agg(r.name || ', ' || ${unitName} order by r.name), '[]'::json) list from organisation.role_grant x
      join organisation.role r on r.code = x.role_code
      where x.staff_id = s.id and x.unit_id = any(${[...unitIds]}::uuid[]) and (x.valid_to is null or x.valid_to >= ${day}::date)) g
    where (s.ended_on is null or s.ended_on >= ${day}::date) and (json_array_length(p.list) > 0 or json_array_length(g.list) > 0)
    order by s.full_name, s.id limit 500`.execute(db);
  return rows;
}
