import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type {
  CodeScheme,
  Succession,
  SuccessionKind,
  UnitCode,
  UnitLevel,
  UnitType,
  UnitVersion,
} from './rules/unit.ts';
import type { ContentCode, ContentSuccession } from './rules/unit-content.ts';

/** Grows with every change of units: a directory built at another stamp is stale. */
export async function readStamp(db: Db): Promise<number> {
  const row = await db.selectFrom('organisation.change').select('stamp').executeTakeFirstOrThrow();
  return Number(row.stamp);
}

export async function loadVersions(db: Db): Promise<UnitVersion[]> {
  const rows = await db.selectFrom('organisation.unit_version').selectAll().execute();
  return rows.map((r) => ({
    unitId: r.unit_id,
    name: r.name,
    level: r.level as UnitLevel,
    type: r.type as UnitType,
    kind: r.kind,
    serves: r.serves,
    parentId: r.parent_id,
    validFrom: r.valid_from,
    validTo: r.valid_to,
  }));
}

export async function loadCodes(db: Db): Promise<UnitCode[]> {
  const rows = await db
    .selectFrom('organisation.unit_code')
    .select(['unit_id', 'scheme', 'code', 'valid_from', 'valid_to'])
    .execute();
  return rows.map((r) => ({
    unitId: r.unit_id,
    scheme: r.scheme as CodeScheme,
    code: r.code,
    validFrom: r.valid_from,
    validTo: r.valid_to,
  }));
}

export async function loadSuccessions(db: Db): Promise<Succession[]> {
  const rows = await db.selectFrom('organisation.succession').selectAll().orderBy('date').orderBy('id').execute();
  const members = await db.selectFrom('organisation.succession_member').selectAll().execute();
  const of = (id: string, side: string): string[] =>
    members.filter((m) => m.succession_id === id && m.side === side).map((m) => m.unit_id);
  return rows.map((r) => ({
    id: r.id,
    date: r.date,
    kind: r.kind as SuccessionKind,
    from: of(r.id, 'from'),
    to: of(r.id, 'to'),
    partial: r.partial,
    source: r.source,
    verified: r.verified,
  }));
}

/** Ids by content key, for loading content again. */
export async function idsByContentKey(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('organisation.unit')
    .select(['id', 'content_key'])
    .where('content_key', 'is not', null)
    .execute();
  return new Map(rows.map((r) => [r.content_key ?? '', r.id]));
}

export async function setContentKey(db: Db, unitId: string, key: string): Promise<void> {
  await db.updateTable('organisation.unit').set({ content_key: key }).where('id', '=', unitId).execute();
}

export async function insertUnits(
  db: Db,
  units: readonly { id: string; contentKey: string | null }[],
  at: Date,
): Promise<void> {
  if (units.length === 0) return;
  await sql`insert into organisation.unit (id, content_key, created_at)
    select id, key, ${at} from jsonb_to_recordset(${JSON.stringify(units.map((u) => ({ id: u.id, key: u.contentKey })))}::jsonb) as t(id uuid, key text)`.execute(
    db,
  );
}

export type VersionRow = UnitVersion & { readonly id: string };

export async function insertVersions(db: Db, versions: readonly VersionRow[]): Promise<void> {
  if (versions.length === 0) return;
  await sql`insert into organisation.unit_version (id, unit_id, name, level, type, kind, serves, parent_id, valid_from, valid_to)
    select id, "unitId", name, level, type, kind, array(select jsonb_array_elements_text(serves)), "parentId", "validFrom", "validTo"
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as t(id uuid, "unitId" uuid, name text, level text, type text,
      kind text, serves jsonb, "parentId" uuid, "validFrom" date, "validTo" date)`.execute(db);
}

export type CodeRow = UnitCode & Partial<Pick<ContentCode, 'source' | 'verified'>>;

export async function insertCodes(db: Db, codes: readonly CodeRow[]): Promise<void> {
  if (codes.length === 0) return;
  await sql`insert into organisation.unit_code (unit_id, scheme, code, valid_from, valid_to, source, verified)
    select "unitId", scheme, code, "validFrom", "validTo", source, coalesce(verified, true)
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) as t("unitId" uuid, scheme text, code text,
      "validFrom" date, "validTo" date, source text, verified boolean)`.execute(db);
}

/** Records a succession once; false where it is there already (same date, kind and units). */
export async function insertSuccession(db: Db, id: string, s: ContentSuccession): Promise<boolean> {
  const made = await db
    .insertInto('organisation.succession')
    .values({
      id,
      natural_key: s.key,
      date: s.date,
      kind: s.kind,
      partial: s.partial,
      source: s.source,
      verified: s.verified,
      note: s.note,
    })
    .onConflict((c) => c.column('natural_key').doNothing())
    .executeTakeFirst();
  if (Number(made.numInsertedOrUpdatedRows ?? 0) === 0) return false;
  const members = [...new Set(s.from)].map((unit_id) => ({ succession_id: id, side: 'from', unit_id }));
  members.push(...[...new Set(s.to)].map((unit_id) => ({ succession_id: id, side: 'to', unit_id })));
  await db.insertInto('organisation.succession_member').values(members).execute();
  return true;
}

/** Ends what is in force on the day after `until`: the version, and the codes too where asked. */
export async function endUnits(
  db: Db,
  ends: readonly { readonly unitId: string; readonly until: Day; readonly withCode: boolean }[],
): Promise<void> {
  if (ends.length === 0) return;
  const list = JSON.stringify(ends);
  await sql`update organisation.unit_version v set valid_to = e.until
    from jsonb_to_recordset(${list}::jsonb) as e("unitId" uuid, until date)
    where v.unit_id = e."unitId" and v.valid_from <= e.until and (v.valid_to is null or v.valid_to > e.until)`.execute(
    db,
  );
  await sql`update organisation.unit_code c set valid_to = e.until
    from jsonb_to_recordset(${list}::jsonb) as e("unitId" uuid, until date, "withCode" boolean)
    where e."withCode" and c.unit_id = e."unitId" and c.valid_from <= e.until and (c.valid_to is null or c.valid_to > e.until)`.execute(
    db,
  );
}

/** Serialises changes of units over all processes, until the transaction ends. */
export async function lockUnits(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(7221110)`.execute(db);
}
