import type pg from 'pg';
import { createMetricsSubscriber, rebuildMetrics } from '../src/modules/insight/metrics/index.ts';
import { openDb } from '../src/platform/db/open.ts';
import type { App } from './app-process.ts';
import { putLoad } from './load.ts';
import type { Result } from './results.ts';
import { deskOf, signIn } from './sign-in.ts';

/** What the sums of visits to steps say, grouped straight from the tasks. All of it is used: else it would not be computed. */
const PLAIN_VISITS = `select count(*), sum(n), sum(measured), sum(minutes) from (
  select unit_id, day, step_id, procedure_code, channel, staff_id, class, way, count(*) n, count(minutes) measured, sum(minutes) minutes
  from metrics.visit_fresh group by 1, 2, 3, 4, 5, 6, 7, 8) g`;
/** What the sums of dossiers say, grouped straight from what the modules publish; nothing is written. */
const PLAIN = `select count(*), sum(n), sum(minutes), sum(work_minutes) from (
  select f.unit_id, f.received_unit_id, f.procedure_code, f.channel, v.kind, v.what, date_trunc('month', v.day::timestamp), date_part('day', v.day) >= 15,
    count(*) n, sum(v.minutes) minutes, sum(f.work_minutes) work_minutes
  from metrics.fresh f cross join lateral (values ('received', '', f.received_day, 0),
    ('served', concat_ws('/', f.service_level, f.papers, f.payment, f.returned, f.account), f.received_day, 0),
    ('ended', coalesce(f.class, '') || '/' || coalesce(f.outcome, '') || '/' || f.answer, f.ended_day, f.lateness_minutes),
    ('due', coalesce(f.class, 'open'), f.due_day, 0), ('late-from', f.answer, f.late_from, 0),
    ('late-until', f.answer, case when f.late_from is not null then f.ended_day end, 0),
    ('late766', to_char(f.received_day, 'YYYY-MM'), f.late766_from, 0)) v(kind, what, day, minutes)
  where v.day is not null group by 1, 2, 3, 4, 5, 6, 7, 8) g`;
const ROUNDS = 2;
const GOAL_PER_SECOND = 50_000;
const COST_LIMIT = 0.1;
/** As many events as one turn of the outbox hands over. */
const BATCH = 200;

/** `metrics.rebuild`: dossiers a second, against the plain aggregation of the same rows, in turns; the better of two. */
export async function measureRebuild(databaseUrl: string, note: (text: string) => void): Promise<Result> {
  const db = openDb(databaseUrl, 2);
  try {
    const [plain, ours]: [number[], number[]] = [[], []];
    let dossiers = 0;
    for (let round = 0; round < ROUNDS; round++) {
      note(`rebuild of the sums, round ${round + 1}`);
      plain.push(await secondsOf(() => plainly(db.raw)));
      ours.push(
        await secondsOf(async () => {
          dossiers = await rebuildMetrics(db);
        }),
      );
    }
    const [best, base] = [Math.min(...ours), Math.min(...plain)];
    const ratio = Math.round((best / base) * 100) / 100;
    return {
      id: 'metrics.rebuild',
      unit: '1/s',
      value: Math.round(dossiers / best),
      baseline: Math.round(dossiers / base),
      ratio,
      limit: GOAL_PER_SECOND,
      pass: dossiers / best >= GOAL_PER_SECOND || ratio <= 2,
    };
  } finally {
    await db.raw.end();
  }
}

/** With the memory the rebuild gives itself. */
async function plainly(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("set local work_mem = '128MB'");
    await client.query(PLAIN_VISITS);
    await client.query(PLAIN);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/**
 * `metrics.cost`: how much of what an intake takes of the machine goes into keeping the sums. An intake's share is taken
 * with all cores busy; the sums of those dossiers are then made once more as the outbox does it, and rolled back.
 */
export async function measureCost(
  app: App,
  databaseUrl: string,
  { seconds, cores, note }: { readonly seconds: number; readonly cores: number; readonly note: (text: string) => void },
): Promise<Result> {
  const cookie = await signIn(app.port, 'motcua.hiepduc');
  const unitId = await deskOf(app.port, cookie);
  note('intake, for the cost of keeping the sums');
  const load = { host: '127.0.0.1', port: app.port, cookie, connections: 16 };
  await putLoad({ ...load, seconds: 3, job: { kind: 'intake', unitId, forward: false } });
  const measured = await putLoad({ ...load, seconds, job: { kind: 'intake', unitId, forward: false } });
  if (measured.failed > 0) throw new Error(`intake: ${measured.failed} failed: ${measured.firstFailure}`);
  const db = openDb(databaseUrl, 2);
  const undo = new Error('rolled back');
  let spent = 0;
  let counted = 0;
  try {
    await db
      .transaction()
      .execute(async (trx) => {
        const rows = await trx
          .selectFrom('metrics.fact')
          .select('dossier_id')
          .orderBy('dossier_id', 'desc')
          .limit(measured.count)
          .execute();
        const ids = rows.map((row) => row.dossier_id);
        await trx.deleteFrom('metrics.fact').where('dossier_id', 'in', ids.slice(0, 20_000)).execute();
        const subscriber = createMetricsSubscriber();
        for (let at = 0; at < Math.min(ids.length, 20_000); at += BATCH) {
          const events = ids.slice(at, at + BATCH).map((dossierId) => ({
            id: dossierId,
            topic: 'dossier.received',
            key: dossierId,
            payload: { dossierId },
            occurredAt: new Date(),
          }));
          spent += await secondsOf(async () => {
            if ('handleMany' in subscriber) await subscriber.handleMany(events, trx);
          });
          counted += events.length;
        }
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error;
      });
  } finally {
    await db.raw.end();
  }
  const ofIntake = cores / measured.perSecond;
  const value = Math.round((spent / Math.max(1, counted) / ofIntake) * 1000) / 1000;
  return {
    id: 'metrics.cost',
    unit: 'ratio',
    value,
    limit: COST_LIMIT,
    perSecond: measured.perSecond,
    pass: value <= COST_LIMIT,
  };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begunMs = performance.now();
  await work();
  return (performance.now() - begunMs) / 1000;
}
