import pg from 'pg';
import { rebuildMetrics } from '../src/modules/insight/metrics/index.ts';
import { openDb } from '../src/platform/db/open.ts';

/** Units of the province the figures are measured in. */
export const PROVINCE_UNITS = 250;
/** Đà Nẵng by its code of the statistical office. */
const PROVINCE = '48';

/** What sums of dossiers and of visits to steps are made from. */
const VIEWS = ['fresh', 'visit_fresh'] as const;

/**
 * Lets figures see the dossiers as those of 250 communes of one province instead of the few of the demo: each view the sums
 * are made from is put behind another that tells a dossier's unit by its id, and all sums are made anew. Dossiers
 * themselves stay as they are. The application must be started again to know the units.
 */
export async function spread(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query('begin');
    await client.query(
      `insert into organisation.unit (id, content_key, created_at)
        select md5('bench ' || n)::uuid, 'bench/' || n, now() from generate_series(1, $1::integer) n on conflict do nothing`,
      [PROVINCE_UNITS],
    );
    // Each is a commune like one that is there.
    await client.query(
      `insert into organisation.unit_version (id, unit_id, name, level, type, kind, serves, parent_id, valid_from)
        select md5('bench version ' || n)::uuid, md5('bench ' || n)::uuid, 'Xã Thử ' || lpad(n::text, 3, '0'), level, type, kind, serves, parent_id, '2020-01-01'
        from generate_series(1, $1::integer) n cross join (select v.* from organisation.unit_version v
          join organisation.unit_code c on c.unit_id = v.parent_id and c.scheme = 'gso' and c.code = $2
          where v.level = 'commune' and v.valid_to is null order by v.id limit 1) like_it on conflict do nothing`,
      [PROVINCE_UNITS, PROVINCE],
    );
    for (const view of VIEWS) await putBehind(client, view);
    await client.query('commit');
  });
  await rebuild(databaseUrl);
}

async function putBehind(client: pg.Client, view: string): Promise<void> {
  const { rows } = await client.query<{ known: boolean; columns: string[] }>(
    `select to_regclass('metrics.' || $1 || '_own') is not null known, array(select column_name::text
      from information_schema.columns where table_schema = 'metrics' and table_name = $1 order by ordinal_position) columns`,
    [view],
  );
  const [found] = rows;
  if (!found || found.known) return;
  const unit = `md5('bench ' || 1 + abs(hashtext(dossier_id::text)::bigint) % ${PROVINCE_UNITS})::uuid`;
  const columns = found.columns.map((name) => (/^(received_)?unit_id$/.test(name) ? `${unit} ${name}` : name));
  await client.query(`alter view metrics.${view} rename to ${view}_own`);
  await client.query(`create view metrics.${view} as select ${columns.join(', ')} from metrics.${view}_own`);
}

/** The figures of the units as they are. */
export async function gather(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query('begin');
    for (const view of VIEWS) {
      await client.query(`drop view metrics.${view}`);
      await client.query(`alter view metrics.${view}_own rename to ${view}`);
    }
    await client.query('commit');
  });
  await rebuild(databaseUrl);
}

async function rebuild(databaseUrl: string): Promise<void> {
  const db = openDb(databaseUrl, 2);
  try {
    await rebuildMetrics(db);
  } finally {
    await db.raw.end();
  }
}

async function withClient(databaseUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
