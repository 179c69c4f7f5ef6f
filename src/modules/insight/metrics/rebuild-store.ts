import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import { lockCounting } from './count-store.ts';
import {
  bucketSql,
  FACT_COLUMNS,
  halfSql,
  MEASURES,
  measuresOf,
  monthSql,
  PARTS,
  type Part,
  yearSql,
} from './sums-sql.ts';

/** Raised when sums are made differently: the watch then builds them anew. */
export const LAYOUT = 3;

const COLUMNS = FACT_COLUMNS.join(', ');
const TABLES = ['fact', 'cell', 'total'] as const;
type Table = (typeof TABLES)[number];

/**
 * Counts everything anew from what the modules publish, in one transaction: built beside and put in the place of the old
 * sums at its end, so that readers wait for a moment only. Counting of events waits for the end.
 * @returns how many dossiers there are
 */
export async function rebuildAll(trx: Db): Promise<number> {
  await lockCounting(trx);
  const run = (text: string) => sql.raw(text).execute(trx);
  await run("set local work_mem = '128MB'");
  await run("set local maintenance_work_mem = '256MB'");
  for (const table of TABLES)
    await run(`create table metrics.next_${table} (like metrics.${table} including comments including constraints)`);
  // In the order of units and days: rows behind a figure lie together.
  const saved = await run(
    `insert into metrics.next_fact (${COLUMNS}) select ${COLUMNS} from metrics.fresh order by unit_id, received_day`,
  );
  for (const part of PARTS) await run(halves(part));
  await run(`insert into metrics.next_cell select unit_id, 'year', ${yearSql('start')}, bucket, procedure_code, channel, received_unit_id, ${MEASURES}
    from metrics.next_cell group by 1, 3, 4, 5, 6, 7`);
  await run(
    `insert into metrics.next_total select unit_id, 'half', start, bucket, channel, ${MEASURES} from metrics.next_cell where grain = 'half' group by 1, 3, 4, 5`,
  );
  for (const [grain, start] of [
    ['month', monthSql('start')],
    ['year', yearSql('start')],
  ])
    await run(`insert into metrics.next_total select unit_id, '${grain}', ${start}, bucket, channel, ${MEASURES}
      from metrics.next_total where grain = 'half' group by 1, 3, 4, 5`);
  for (const table of TABLES) await putInPlace(trx, table);
  await sql`insert into metrics.built (layout, built_at) values (${LAYOUT}, now())
    on conflict (layout) do update set built_at = excluded.built_at`.execute(trx);
  // What was read before is not to be used again, whatever its period.
  await sql`insert into metrics.change (from_day) values ('-infinity')`.execute(trx);
  return Number(saved.numAffectedRows ?? 0);
}

/** Sums of one kind by half month, grouped by the columns its bucket is made of; the text is made once a group. */
function halves(part: Part): string {
  const by = part.by('f').map((expression, nth) => ({ expression, name: `b${nth}` }));
  const bucket = bucketSql(
    part.kind,
    by.map((one) => one.name),
  );
  const own = part.fine ? 'procedure_code, channel, received_unit_id' : 'channel';
  return `insert into metrics.${part.fine ? 'next_cell' : 'next_total'} (unit_id, grain, start, bucket, ${own}, n, minutes, worked, work_minutes)
    select unit_id, 'half', start, ${bucket}, ${own}, n, minutes, worked, work_minutes
    from (select unit_id, ${halfSql(part.day('f'))} start, ${own}${by.map((one) => `, ${one.expression} ${one.name}`).join('')}, count(*) n, ${measuresOf(part, 'f')}
      from metrics.next_fact f where ${part.when('f')} group by unit_id, start, ${[own, ...by.map((one) => one.name)].join(', ')}) g`;
}

/** Keeps the last thousand changes: who has not looked since forgets all readings. */
export async function forgetOldChanges(trx: Db): Promise<void> {
  await sql`delete from metrics.change where id < (select max(id) - 1000 from metrics.change)`.execute(trx);
}

export async function isBuilt(db: Db): Promise<boolean> {
  const { rows } = await sql<{ layout: number }>`select layout from metrics.built where layout = ${LAYOUT}`.execute(db);
  return rows.length > 0;
}

/** Gives `next_<table>` the indexes, settings, comment and rights of `<table>` and its name. */
async function putInPlace(trx: Db, table: Table): Promise<void> {
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
