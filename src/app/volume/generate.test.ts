import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../modules/foundation/audit/index.ts';
import { readHistory, readTasks } from '../../modules/onestop/dossiers/page-store.ts';
import { replay } from '../../modules/onestop/dossiers/rules/state.ts';
import { stateColumns } from '../../modules/onestop/dossiers/store.ts';
import { createStatisticsService, rebuildStatistics } from '../../modules/onestop/statistics/index.ts';
import { generateDossiers } from './generate.ts';
import { openDemoSystem } from './testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
beforeAll(async () => {
  demo = await openDemoSystem();
  await generateDossiers(demo.system, 900, { seed: 5 });
}, 120_000);
afterAll(() => demo.close());

type Row = Record<string, unknown> & { id: string };
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('generated dossiers', () => {
  it('have columns that equal the replay of their actions', async () => {
    const { rows } = await sql<Row>`select * from dossiers.dossier`.execute(demo.system.db);
    expect(rows.length).toBeGreaterThan(850);
    for (const row of rows) {
      const history = await readHistory(demo.system.db, row.id);
      const columns = stateColumns(replay(history as never));
      for (const [name, value] of Object.entries(columns)) {
        expect(plain(row[name]), `${row['code']} ${name}`).toEqual(plain(value));
      }
      expect(row['version']).toBe(history.length);
      const times = history.map((h) => h.occurredAt.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(-1)).toBeLessThanOrEqual(demo.system.clock.now().getTime());
    }
  });

  it('have every late minute put down to somebody, to the minute', async () => {
    const { rows } = await sql<{ late: number; attributed: number; wrong: number; unknown: number }>`
      select count(*) late, count(a.dossier_id) attributed,
        count(*) filter (where d.lateness_minutes is distinct from (select sum(minutes) from lateness.part p where p.dossier_id = d.id)) wrong,
        count(*) filter (where exists (select 1 from lateness.part p where p.dossier_id = d.id and p.kind = 'unknown')) unknown
      from dossiers.dossier d left join lateness.attribution a on a.dossier_id = d.id
      where d.ended_at is not null and d.punctuality = 'late' and d.lateness_minutes > 0`.execute(demo.system.db);
    expect(rows[0]?.late).toBeGreaterThan(10);
    expect(rows[0]).toEqual({ late: rows[0]?.late, attributed: rows[0]?.late, wrong: 0, unknown: 0 });
  });

  it('teach the forecast how long each step takes', async () => {
    const { rows } = await sql<{ paces: number; forecasts: number }>`select (select count(*) from forecast.pace) paces,
      (select count(*) from forecast.current) forecasts`.execute(demo.system.db);
    expect(rows[0]?.paces).toBeGreaterThan(0);
    expect(rows[0]?.forecasts).toBeGreaterThan(0);
  });

  it('have ledgers without gaps from reception to the end', async () => {
    const { rows } = await sql<{ code: string; ok: boolean }>`select d.code,
        sum(extract(epoch from coalesce(s.ended_at, ${demo.system.clock.now()}) - s.started_at)) = extract(epoch from coalesce(d.ended_at, ${demo.system.clock.now()}) - d.received_at) ok
      from dossiers.dossier d join dossiers.clock_segment s on s.dossier_id = d.id where d.received_at is not null group by d.id`.execute(
      demo.system.db,
    );
    expect(rows.filter((row) => !row.ok)).toEqual([]);
    const open = await sql<{
      id: string;
      step_seq: number;
    }>`select id, step_seq from dossiers.dossier where step_id is not null limit 20`.execute(demo.system.db);
    for (const row of open.rows) {
      const tasks = await readTasks(demo.system.db, row.id);
      expect(tasks.filter((t) => t.endedAt === null).map((t) => t.seq)).toEqual([row.step_seq]);
    }
  });

  it('are open only in the last weeks and are of every kind', async () => {
    const { rows } = await sql<{
      status: string;
      n: number;
      oldest: Date;
    }>`select status, count(*) n, min(submitted_at) oldest from dossiers.dossier group by status`.execute(
      demo.system.db,
    );
    const of = new Map(rows.map((row) => [row.status, row]));
    expect(of.get('returned')?.n).toBeGreaterThan(700);
    for (const status of ['received', 'processing', 'submitted', 'decided', 'supplement']) {
      const row = of.get(status);
      if (row) expect(demo.system.clock.now().getTime() - row.oldest.getTime()).toBeLessThan(120 * 86_400_000);
    }
    const channels = await sql<{
      channel: string;
      late: number;
    }>`select channel, count(*) filter (where punctuality = 'late') late from dossiers.dossier group by channel`.execute(
      demo.system.db,
    );
    expect(channels.rows.map((row) => row.channel).sort()).toEqual(['desk', 'online', 'post']);
  });

  it('give codes that are unique and continue where live intake stopped', async () => {
    const { rows } = await sql<{
      n: number;
      d: number;
      c: number;
    }>`select (select count(*) from dossiers.code) n, (select count(distinct code) from dossiers.dossier) d, (select sum(last_number)::int from dossiers.code_counter) c`.execute(
      demo.system.db,
    );
    expect(rows[0]?.n).toBe(rows[0]?.d);
    expect(rows[0]?.c).toBe(rows[0]?.n);
  });

  it('leave an audit trail that verifies and nothing in the outbox', async () => {
    const verdict = await verifyAudit(demo.system.db);
    expect(verdict).toMatchObject({ ok: true });
    const { rows } = await sql<{
      waiting: number;
      events: number;
    }>`select (select count(*) from audit.waiting) waiting, (select count(*) from platform.event where topic like 'dossier.%') events`.execute(
      demo.system.db,
    );
    expect(rows[0]).toEqual({ waiting: 0, events: 0 });
  });

  it('are counted on the board as in the tables', async () => {
    await rebuildStatistics(demo.system.db);
    const board = await createStatisticsService({ db: demo.system.db, clock: demo.system.clock }).boardOf(
      undefined,
      '2026-10',
    );
    const { rows } = await sql<{
      received: number;
      late: number;
    }>`select count(*) filter (where received_at >= '2026-10-01+07' and received_at < '2026-11-01+07') received,
      count(*) filter (where punctuality = 'late' and ended_at >= '2026-10-01+07' and ended_at < '2026-11-01+07') late from dossiers.dossier`.execute(
      demo.system.db,
    );
    expect(board.reduce((sum, row) => sum + row.received, 0)).toBe(rows[0]?.received);
    expect(board.reduce((sum, row) => sum + row.late, 0)).toBe(rows[0]?.late);
    expect(rows[0]?.received).toBeGreaterThan(0);
  });

  it('can be added to again', async () => {
    const report = await generateDossiers(demo.system, 60, { seed: 5 });
    expect(report.generated).toBeGreaterThan(50);
  });
});

it('the same seed gives the same dossiers in every installation', async () => {
  const lives = [];
  for (let n = 0; n < 2; n++) {
    const { system, close } = await openDemoSystem();
    await generateDossiers(system, 40, { seed: 5 });
    const { rows } = await sql<{ life: string }>`select concat_ws(' ', d.code, d.submitted_at, d.due_current, d.status,
        (select string_agg(concat_ws(' ', a.kind, a.occurred_at), ', ' order by a.seq) from dossiers.action a where a.dossier_id = d.id)) life
      from dossiers.dossier d order by d.code`.execute(system.db);
    lives.push(rows.map((row) => row.life));
    await close();
  }
  expect(lives[0]?.length).toBeGreaterThan(30);
  expect(lives[1]).toEqual(lives[0]);
});

it('a real installation is refused', async () => {
  const real = await openDemoSystem(false);
  await expect(generateDossiers(real.system, 10)).rejects.toThrow(/bản trình diễn/);
  await real.close();
});
