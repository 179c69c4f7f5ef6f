import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import { beginBeside, putInPlace } from './beside-store.ts';
import { lockCounting } from './count-store.ts';
import { bucketSql, FACT_COLUMNS, halfSql, MEASURES, measuresOf, PARTS, type Part } from './sums-sql.ts';

/** Raised when sums are made differently: the watch then builds them anew. */
export const LAYOUT = 6;

const COLUMNS = FACT_COLUMNS.join(', ');
const TABLES = ['fact', 'cell', 'total'] as const;

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
  for (const table of TABLES) await beginBeside(trx, table);
  // In the order of units and days: rows behind a figure lie together.
  const saved = await run(
    `insert into metrics.next_fact (${COLUMNS}) select ${COLUMNS} from metrics.fresh order by unit_id, received_day`,
  );
  for (const part of PARTS) await run(halves(part));
  await run(
    `insert into metrics.next_total select unit_id, start, bucket, channel, ${MEASURES} from metrics.next_cell
      group by 1, 2, 3, 4 order by unit_id, bucket, start`,
  );
  for (const table of TABLES) await putInPlace(trx, table);
  await sql`insert into metrics.built (layout, built_at) values (${LAYOUT}, now())
    on conflict (layout) do update set built_at = excluded.built_at`.execute(trx);
  // What was read before is not to be used again, whatever its period.
  await sql`insert into metrics.change (from_day) values ('-infinity')`.execute(trx);
  return Number(saved.numAffectedRows ?? 0);
}

/**
 * Sums of one kind by half month, grouped by the columns its bucket is made of; the text is made once a group. In the order
 * they are read in: what a filter asks for lies together.
 */
function halves(part: Part): string {
  const by = part.by('f').map((expression, nth) => ({ expression, name: `b${nth}` }));
  const bucket = bucketSql(
    part.kind,
    by.map((one) => one.name),
  );
  const own = 'procedure_code, channel, received_unit_id';
  return `insert into metrics.next_cell (unit_id, start, bucket, ${own}, n, minutes, worked, work_minutes)
    select unit_id, start, ${bucket}, ${own}, n, minutes, worked, work_minutes
    from (select unit_id, ${halfSql(part.day('f'))} start, ${own}${by.map((one) => `, ${one.expression} ${one.name}`).join('')}, count(*) n, ${measuresOf(part, 'f')}
      from metrics.next_fact f where ${part.when('f')} group by unit_id, start, ${[own, ...by.map((one) => one.name)].join(', ')}) g
    order by unit_id, procedure_code, start`;
}

/** Keeps the last thousand changes: who has not looked since forgets all readings. */
export async function forgetOldChanges(trx: Db): Promise<void> {
  await sql`delete from metrics.change where id < (select max(id) - 1000 from metrics.change)`.execute(trx);
}

export async function isBuilt(db: Db): Promise<boolean> {
  const { rows } = await sql<{ layout: number }>`select layout from metrics.built where layout = ${LAYOUT}`.execute(db);
  return rows.length > 0;
}
