import pg from 'pg';
import type { App } from './app-process.ts';
import type { Job, Measured } from './jobs.ts';
import { putLoad } from './load.ts';
import { deskOf, signIn } from './sign-in.ts';

export type ReadId = 'inbox' | 'inbox.equal' | 'list' | 'search' | 'board' | 'dossier';
export const READ_IDS: readonly ReadId[] = ['inbox', 'inbox.equal', 'list', 'search', 'board', 'dossier'];

/** What is asked for at one size of the database, taken from its own rows. */
async function jobsOf(client: pg.Client, deskId: string): Promise<Record<ReadId, Job>> {
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
    const load = {
      host: '127.0.0.1',
      port: app.port,
      cookie: id === 'board' ? '' : cookie,
      connections: 16,
      job: jobs[id],
    };
    await putLoad({ ...load, seconds: 2 });
    const result = await putLoad({ ...load, seconds });
    if (result.failed > 0) throw new Error(`${id}: ${result.failed} of ${result.count} failed: ${result.firstFailure}`);
    measured.set(id, result);
  }
  return measured;
}
