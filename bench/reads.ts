import pg from 'pg';
import type { App } from './app-process.ts';
import type { Job, Measured } from './jobs.ts';
import { putLoad } from './load.ts';
import { deskOf, signIn } from './sign-in.ts';

export type ReadId = 'inbox' | 'inbox.equal' | 'list' | 'search' | 'board' | 'dossier' | 'metrics.dashboard';
export const READ_IDS: readonly ReadId[] = [
  'inbox',
  'inbox.equal',
  'list',
  'search',
  'board',
  'dossier',
  'metrics.dashboard',
];
/** Reads the figures of all units below the city. */
const FIGURE_READER = 'kiemsoat.danang';

/** What is asked for at one size of the database, taken from its own rows. */
async function jobsOf(client: pg.Client, deskId: string): Promise<Record<Exclude<ReadId, 'metrics.dashboard'>, Job>> {
  // Dossiers of all ages that the clerk of the desk may see.
  const { rows } = await client.query<{ id: string; code: string; snapshot: { fullName: string; phone?: string } }>(
    'select d.id, d.code, p.snapshot from dossiers.dossier d join dossiers.party p on p.dossier_id = d.id where d.received_by_unit_id = $1 and p.seq = 1 order by md5(d.id::text) limit 400',
    [deskId],
  );
  const queries = rows.flatMap(({ code, snapshot }, index) => {
    switch (index % 10) {
      case 0:
      case 1:
      case 2:
        return [code];
      case 3:
      case 4:
        return snapshot.phone ? [snapshot.phone] : [];
      case 9:
        // A typing error: two letters swapped.
        return [snapshot.fullName.replace(/(\p{L})(\p{L})(?=\P{L}*$)/u, '$2$1')];
      default:
        return [snapshot.fullName];
    }
  });
  return {
    inbox: {
      kind: 'get',
      paths: ['/api/inbox?view=unit', '/api/inbox?view=role', '/api/inbox?view=unit', '/api/inbox/counts'],
    },
    // Pages of 15, full at both sizes: what the size of the database alone costs.
    'inbox.equal': {
      kind: 'get',
      paths: ['/api/inbox?view=unit&limit=15', '/api/inbox?view=role&limit=15'],
    },
    list: {
      kind: 'get',
      paths: [
        '/api/dossiers',
        '/api/dossiers?late=true',
        '/api/dossiers?status=processing',
        '/api/dossiers?channel=online',
      ],
    },
    search: { kind: 'search', queries },
    board: { kind: 'get', paths: ['/tinh-hinh'] },
    dossier: { kind: 'get', paths: rows.map((row) => `/api/dossiers/${row.id}`) },
  };
}

/** Pages of figures: every metric over units and periods, with trend and units below, as the screen asks for them. */
type FigureOptions = { readonly metrics: readonly { id: string }[]; readonly units: readonly { id: string }[] };

/** What may be asked for; after a bulk load the sums are made first, for which this waits up to five minutes. */
async function figureOptions(port: number, cookie: string): Promise<FigureOptions> {
  for (let tries = 0; tries < 150; tries++) {
    const value = await fetch(`http://127.0.0.1:${port}/api/metrics`, { headers: { cookie } });
    const options = (await value.json()) as Partial<FigureOptions>;
    const { metrics, units } = options;
    if (metrics && units?.[0]) {
      const asked = new URLSearchParams({ metricId: metrics[0]?.id ?? '', unitId: units[0].id, period: '2026' });
      const first = await fetch(`http://127.0.0.1:${port}/api/metrics/value?${asked}`, { headers: { cookie } });
      await first.arrayBuffer();
      if (first.ok) return { metrics, units };
    } else if (value.status < 500) throw new Error(`figures: ${JSON.stringify(options)}`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  throw new Error('the sums of figures were not made within five minutes');
}

async function figuresJob(port: number, cookie: string): Promise<Job> {
  const { metrics, units } = await figureOptions(port, cookie);
  const year = new Date().getFullYear();
  const periods = [`${year}-10`, `${year}-Q3`, `${year}`, `${year - 1}`, `${year}-11`];
  const paths = Array.from({ length: 2000 }, (_, n) => {
    const asked = new URLSearchParams({
      metricId: metrics[n % metrics.length]?.id ?? '',
      unitId: units[(n * 7) % units.length]?.id ?? '',
      period: periods[n % periods.length] ?? '',
      cutoff: n % 3 === 0 ? 'nd09' : 'calendar',
    });
    return `/api/metrics/value?${asked}`;
  });
  return { kind: 'get', paths };
}

/** 95th percentiles of the reading pages at 16 connections without a pause. */
export async function measureReads(
  app: App,
  databaseUrl: string,
  ids: readonly ReadId[],
  seconds: number,
): Promise<Map<ReadId, Measured>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const cookie = await signIn(app.port, 'motcua.hiepduc');
  const jobs = await jobsOf(client, await deskOf(app.port, cookie));
  await client.end();
  const measured = new Map<ReadId, Measured>();
  for (const id of ids) {
    const own = id === 'metrics.dashboard' ? await signIn(app.port, FIGURE_READER) : cookie;
    const load = {
      host: '127.0.0.1',
      port: app.port,
      cookie: id === 'board' ? '' : own,
      connections: 16,
      job: id === 'metrics.dashboard' ? await figuresJob(app.port, own) : jobs[id],
    };
    await putLoad({ ...load, seconds: 2 });
    const result = await putLoad({ ...load, seconds });
    if (result.failed > 0) throw new Error(`${id}: ${result.failed} of ${result.count} failed: ${result.firstFailure}`);
    measured.set(id, result);
  }
  return measured;
}
