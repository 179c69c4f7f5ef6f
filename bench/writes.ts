import pg from 'pg';
import type { App } from './app-process.ts';
import type { Job, Measured } from './jobs.ts';
import { putLoad } from './load.ts';
import { findPgbench, runPgbench } from './pgbench.ts';
import { intakeScript, PLAIN_SCRIPT, stepScript } from './pgbench-scripts.ts';
import type { Result } from './results.ts';
import { deskOf, signIn } from './sign-in.ts';

const LIMIT = 0.4;

export type WriteOptions = {
  readonly wanted: (id: string) => boolean;
  readonly seconds: number;
  readonly rounds: number;
  readonly note: (text: string) => void;
};

/** Intake, one step and a plain row: the application over HTTP against pgbench with the same writes, in turns. */
export async function measureWrites(app: App, databaseUrl: string, options: WriteOptions): Promise<Result[]> {
  const { wanted, seconds, rounds, note } = options;
  if (!['intake.ratio', 'step.ratio', 'plain.ratio'].some(wanted)) return [];
  const pgbench = findPgbench();
  if (!pgbench)
    note(
      'Không có pgbench trên máy này: bỏ qua các tỷ số so với pgbench (Debian: apt-get install postgresql-contrib).',
    );
  const cookie = await signIn(app.port, 'motcua.hiepduc');
  const unitId = await deskOf(app.port, cookie);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const results: Result[] = [];
  const load = async (job: Job, forSeconds = seconds): Promise<Measured> => {
    const measured = await putLoad({
      host: '127.0.0.1',
      port: app.port,
      cookie,
      connections: 16,
      seconds: forSeconds,
      job,
    });
    if (measured.failed > 0)
      throw new Error(`${job.kind}: ${measured.failed} of ${measured.count} failed: ${measured.firstFailure}`);
    return measured;
  };
  const add = (id: string, ours: readonly Measured[], theirs: readonly number[]): void => {
    const value = mean(ours.map((m) => m.perSecond));
    const p95 = mean(ours.map((m) => m.p95));
    const baseline = theirs.length > 0 ? mean(theirs) : undefined;
    const ratio = baseline === undefined ? undefined : Math.round((value / baseline) * 1000) / 1000;
    results.push({
      id,
      unit: '1/s',
      value,
      p95Ms: p95,
      ...(baseline === undefined
        ? { skipped: 'pgbench missing' }
        : { baseline, ratio, limit: id === 'plain.ratio' ? undefined : LIMIT }),
      pass: ratio === undefined || id === 'plain.ratio' || ratio >= LIMIT,
    });
  };
  try {
    let start = Date.now() % 1_000_000_000;
    if (wanted('intake.ratio') || wanted('step.ratio')) {
      await load({ kind: 'intake', unitId, forward: false }, 3);
      const sample = await newest(client, 'received');
      const [intakes, inserts, steps, updates]: [Measured[], number[], Measured[], number[]] = [[], [], [], []];
      const script = sample && pgbench ? await intakeScript(client, sample.id) : undefined;
      for (let round = 0; round < rounds; round++) {
        note(`intake, round ${round + 1}`);
        intakes.push(await load({ kind: 'intake', unitId, forward: false }));
        await settle(client);
        const before = start;
        let made = 0;
        if (pgbench && script) {
          const run = await runPgbench(pgbench, databaseUrl, script, start, { seconds });
          inserts.push(run.perSecond);
          made = run.transactions;
          start += 10_000_000;
        }
        if (!wanted('step.ratio')) continue;
        note(`step, round ${round + 1}`);
        const { rows } = await client.query<{ id: string; version: number }>(
          "select id, version from dossiers.dossier where status = 'received' and code not like 'PGB-%' and received_by_unit_id = $1 order by id desc limit 100000",
          [unitId],
        );
        steps.push(await load({ kind: 'forward', dossiers: rows }, Math.min(seconds, 8)));
        await settle(client);
        const stepped = await client.query<{ id: string }>(
          "select dossier_id id from dossiers.action where kind = 'forwarded' and recorded_at > now() - interval '1 day' and seq = 3 order by dossier_id desc limit 1",
        );
        const like = stepped.rows[0]?.id;
        if (pgbench && script && like)
          updates.push(
            (
              await runPgbench(pgbench, databaseUrl, await stepScript(client, like), before, {
                turns: Math.max(10, Math.floor((made / 16) * 0.7)),
              })
            ).perSecond,
          );
      }
      if (wanted('intake.ratio')) add('intake.ratio', intakes, inserts);
      if (wanted('step.ratio')) add('step.ratio', steps, updates);
    }
    if (wanted('plain.ratio')) {
      note('plain row');
      const ours = [await load({ kind: 'plain' })];
      const theirs = pgbench
        ? [(await runPgbench(pgbench, databaseUrl, PLAIN_SCRIPT, start, { seconds })).perSecond]
        : [];
      add('plain.ratio', ours, theirs);
    }
  } finally {
    await client
      .query(
        "update dossiers.dossier set status = 'returned', step_id = null, holder_unit_id = null, holder_staff_id = null where code like 'PGB-%'",
      )
      .catch(() => {});
    await client.end();
  }
  return results;
}

const mean = (values: readonly number[]): number =>
  Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 100) / 100;

async function newest(client: pg.Client, status: string): Promise<{ id: string } | undefined> {
  return (
    await client.query<{ id: string }>('select id from dossiers.dossier where status = $1 order by id desc limit 1', [
      status,
    ])
  ).rows[0];
}

/** Waits until the outbox and the audit queue are worked off, so that pgbench does not pay for them. */
async function settle(client: pg.Client): Promise<void> {
  for (let i = 0; i < 120; i++) {
    const { rows } = await client.query<{ n: number }>(
      'select (select count(*) from platform.event where pending)::int + (select count(*) from audit.waiting)::int n',
    );
    if ((rows[0]?.n ?? 0) < 50) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
