import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

/** Tables that are made anew as a whole: the new one is filled beside, as `next_<table>`, then takes the old one's place. */
type DerivedTable = 'fact' | 'cell' | 'total' | 'visit_day' | 'visit_cell' | 'visit_total';

/** An empty `next_<table>`, without indexes: they are made once it is full. */
export async function beginBeside(trx: Db, table: DerivedTable): Promise<void> {
  await sql
    .raw(
      `create table metrics.next_${table} (like metrics.${table} including comments including constraints including generated)`,
    )
    .execute(trx);
}

/** Gives `next_<table>` the indexes, settings, comment and rights of `<table>` and its name. */
export async function putInPlace(trx: Db, table: DerivedTable): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(trx);
  const { rows: indexes } = await sql<{
    name: string;
    definition: string;
    key: string | null;
  }>`select i.indexname "name",
      i.indexdef definition, c.conname key
    from pg_indexes i left join pg_constraint c on c.conname = i.indexname and c.conrelid = ${`metrics.${table}`}::regclass and c.contype = 'p'
    where i.schemaname = 'metrics' and i.tablename = ${table}`.execute(trx);
  const { rows: told } = await sql<{
    options: string[] | null;
    comment: string | null;
    rights: string[];
  }>`select reloptions options,
      obj_description(oid, 'pg_class') "comment",
      array(select format('grant %s on metrics.%I to %s', a.privilege_type, ${`next_${table}`}::text,
          case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
        from aclexplode(relacl) a where a.grantee <> relowner) rights
    from pg_class where oid = ${`metrics.${table}`}::regclass`.execute(trx);
  const [old] = told;
  if (old?.options) await run(`alter table metrics.next_${table} set (${old.options.join(', ')})`);
  for (const { name, definition } of indexes)
    await run(definition.replace(` ${name} ON metrics.${table} `, ` next_${name} ON metrics.next_${table} `));
  await run(`analyze metrics.next_${table}`);
  await run(`drop table metrics.${table}`);
  await run(`alter table metrics.next_${table} rename to ${table}`);
  for (const { name, key } of indexes) {
    await run(`alter index metrics.next_${name} rename to ${name}`);
    if (key) await run(`alter table metrics.${table} add constraint ${key} primary key using index ${name}`);
  }
  if (old?.comment) await run(`comment on table metrics.${table} is '${old.comment.replaceAll("'", "''")}'`);
  for (const right of old?.rights ?? []) await run(right.replace(`next_${table}`, table));
}
