import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sealOnce, verifyAudit } from '../../src/modules/foundation/audit/index.ts';
import { type EmbeddedServer, freePort, startEmbedded } from '../../src/platform/db/embedded.ts';
import { openDb, type Pool } from '../../src/platform/db/open.ts';
import { type AppProcess, startApp } from './app-process.ts';
import { type Desk, type Load, postIntake, startLoad } from './intake-load.ts';
import { startRelay } from './relay.ts';
import { storedDossiers } from './stored-dossiers.ts';

// Real processes, a PostgreSQL with durability on. Two application processes share it through a relay, so that the
// database can be killed and come back on another port.
// Most start applications anew, and wait for them as long as they live: a loaded machine is no fault of theirs.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });
/** Enough confirmed under load that something is under way at any moment. */
const UNDER_WAY = 40;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let dir: string;
let server: EmbeddedServer;
let relay: Awaited<ReturnType<typeof startRelay>>;
let url: string;
let apps: AppProcess[];
let deskId: string;

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-faults-'));
  fs.chmodSync(dir, 0o755);
  server = await startEmbedded(path.join(dir, 'pg'));
  relay = await startRelay(Number(new URL(server.url).port));
  const through = new URL(server.url);
  through.port = String(relay.port);
  url = through.href;
  apps = [await startApp(path.join(dir, 'data'), url)];
  apps.push(await startApp(path.join(dir, 'data'), url));
  deskId = await withDb(async (db) => {
    const { rows } = await db.raw.query<{ id: string }>(
      `select id from organisation.unit where content_key = '20779-hiep-duc-2025/mot-cua'`,
    );
    return rows[0]?.id ?? '';
  });
});
afterAll(async () => {
  await Promise.all((apps ?? []).map((app) => app.kill('SIGKILL')));
  await server?.stop();
  await relay?.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

async function withDb<T>(use: (db: Pool) => Promise<T>): Promise<T> {
  const db = openDb(url, 2);
  try {
    return await use(db);
  } finally {
    await db.destroy();
  }
}
const deskOf = async (app: AppProcess): Promise<Desk> => ({
  url: app.url,
  unitId: deskId,
  cookie: await app.signIn('motcua.hiepduc'),
});

/** Everything confirmed is there once and whole; what was not answered is there once at most. */
async function expectNothingLost(load: Load, mark: string): Promise<void> {
  expect(load.wrong).toEqual([]);
  expect(load.confirmed.length).toBeGreaterThan(20);
  expect(new Set(load.confirmed.map((one) => one.code)).size).toBe(load.confirmed.length);
  await withDb(async (db) => {
    const stored = await storedDossiers(db, mark);
    const byKey = new Map(stored.map((row) => [row.mark, row]));
    expect(byKey.size, 'one dossier per request').toBe(stored.length);
    expect(new Set(stored.map((row) => row.code)).size, 'one code per dossier').toBe(stored.length);
    expect(stored.filter((row) => row.actions !== row.version)).toEqual([]);
    for (const { key, id, code } of load.confirmed) expect(byKey.get(key)).toMatchObject({ id, code });
    const known = new Set([...load.confirmed.map((one) => one.key), ...load.unanswered]);
    expect(stored.filter((row) => !known.has(row.mark))).toEqual([]);
    const audited = await db.raw.query<{ id: string }>(
      `select object_id id from audit.entry where object_type = 'dossier' and action = 'dossier.receive' and object_id = any($1)`,
      [stored.map((row) => row.id)],
    );
    expect(new Set(audited.rows.map((row) => row.id)).size, 'every intake is in the trail').toBe(stored.length);
    while (await sealOnce(db)) {
      // until all is sealed
    }
    expect(await verifyAudit(db)).toMatchObject({ ok: true, broken: [] });
  });
}

describe('two application processes on one database', () => {
  it('give every dossier a code of its own', async () => {
    const load = startLoad(await Promise.all(apps.map(deskOf)), 'hai');
    await sleep(3000);
    await load.confirms(UNDER_WAY);
    await expectNothingLost(await load.stop(), 'hai');
  });

  it('make one dossier of a request repeated at both, and one answer', async () => {
    const desks = await Promise.all(apps.map(deskOf));
    const replies = await Promise.all(Array.from({ length: 30 }, (_, i) => postIntake(desks[i % 2] as Desk, 'lap-1')));
    const answers = new Set(
      replies
        .filter((reply) => reply?.status === 201)
        .map((reply) => (JSON.parse(reply?.text ?? '') as { id: string }).id),
    );
    expect(answers.size).toBe(1);
    expect(replies.filter((reply) => reply?.status !== 201 && reply?.status !== 409)).toEqual([]);
    expect(await withDb((db) => storedDossiers(db, 'lap'))).toHaveLength(1);
  });

  it('let one of many win who act on one dossier at once', async () => {
    const desks = await Promise.all(apps.map(deskOf));
    const [desk] = desks as [Desk];
    const made = JSON.parse((await postIntake(desk, 'tranh-1'))?.text ?? '') as { id: string; version: number };
    const officers = await Promise.all(apps.map((app) => app.signIn('chutich.hiepduc')));
    const cookies = [...desks.map((one) => one.cookie), ...officers];
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        fetch(`${apps[i % 2]?.url}/api/dossiers/${made.id}/commands`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            cookie: cookies[i % 2] ?? '',
            'idempotency-key': `tranh-${i}`,
          },
          body: JSON.stringify({
            version: made.version,
            command: { kind: 'withdraw', reason: `Người dân xin rút, lần ${i}` },
          }),
        }).then(async (reply) => ({ status: reply.status, body: (await reply.json()) as { code?: string } })),
      ),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    const refused = replies.filter((reply) => reply.status !== 200);
    expect(refused.filter((reply) => reply.status !== 409)).toEqual([]);
    const [stored] = await withDb((db) => storedDossiers(db, 'tranh'));
    expect(stored).toMatchObject({ version: made.version + 1, actions: made.version + 1 });
  });
});

describe('kill -9 under load', () => {
  it('of the application loses nothing confirmed', async () => {
    const load = startLoad(await Promise.all(apps.map(deskOf)), 'ung-dung');
    await load.confirms(UNDER_WAY);
    await sleep(2000);
    await apps[0]?.kill('SIGKILL');
    await sleep(500);
    const result = await load.stop();
    expect(result.unanswered.length).toBeGreaterThan(0);
    apps[0] = await startApp(path.join(dir, 'data'), url);
    await expectNothingLost(result, 'ung-dung');
    // Whoever got no answer sends again: one dossier, made then or now.
    const desk = await deskOf(apps[0]);
    const again = await Promise.all(result.unanswered.slice(0, 20).map((key) => postIntake(desk, key)));
    expect(again.filter((reply) => reply?.status !== 201)).toEqual([]);
    await expectNothingLost(result, 'ung-dung');
  });

  it('of the database loses nothing confirmed, and the application recovers by itself', async () => {
    const load = startLoad(await Promise.all(apps.map(deskOf)), 'du-lieu');
    await load.confirms(UNDER_WAY);
    await sleep(2000);
    // The way to the server stays closed until readiness has been asked: it comes back within a second by itself.
    relay.aim(await freePort());
    process.kill(server.pid, 'SIGKILL');
    const readiness = async () => (await fetch(`${apps[0]?.url}/suc-khoe/san-sang`)).status;
    const seen = [await readiness()];
    // An answer begun before the kill may still be good; the next one is not.
    while (seen.length < 40 && seen.at(-1) !== 503) seen.push(await readiness());
    relay.aim(Number(new URL(server.url).port));
    expect(seen, apps[0]?.output()).toContain(503);
    // Good again without anybody's help: the server is started anew on its port, the pools connect anew.
    await expect.poll(readiness, { timeout: 60_000, interval: 100 }).toBe(200);
    await load.confirms(UNDER_WAY);
    const result = await load.stop();
    await expectNothingLost(result, 'du-lieu');
    const desk = await deskOf(apps[1] as AppProcess);
    expect((await postIntake(desk, 'du-lieu-sau'))?.status).toBe(201);
  });
});

describe('a graceful stop', () => {
  it('answers what it took in, and ends by itself', async () => {
    const [app] = apps as [AppProcess];
    const load = startLoad([await deskOf(app)], 'dung', 16);
    await load.confirms(UNDER_WAY);
    await sleep(1500);
    const ended = await app.kill('SIGTERM');
    const result = await load.stop();
    expect(ended).toEqual({ code: 0, signal: null });
    await expectNothingLost(result, 'dung');
    const stored = await withDb((db) => storedDossiers(db, 'dung'));
    expect(stored.length, 'nobody lost an answer').toBe(result.confirmed.length);
  });
});

describe('kill -9 of an application with the PostgreSQL it started', () => {
  it('loses nothing confirmed', async () => {
    const dataDir = path.join(dir, 'alone');
    fs.mkdirSync(dataDir, { mode: 0o755 });
    const app = await startApp(dataDir);
    const load = startLoad([{ ...(await deskOf(app)), unitId: await ownDesk(app) }], 'mot-minh');
    await load.confirms(UNDER_WAY);
    await sleep(1500);
    const postmaster = Number(fs.readFileSync(path.join(dataDir, 'pg18/postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(postmaster, 'SIGKILL');
    await app.kill('SIGKILL');
    const result = await load.stop();
    const again = await startApp(dataDir);
    try {
      const cookie = await again.signIn('motcua.hiepduc');
      expect(result.confirmed.length).toBeGreaterThan(20);
      for (const { id, code } of result.confirmed.slice(-50)) {
        const reply = await fetch(`${again.url}/api/dossiers/${id}`, { headers: { cookie } });
        expect([reply.status, ((await reply.json()) as { row: { code: string } }).row.code]).toEqual([200, code]);
      }
    } finally {
      await again.kill('SIGTERM');
    }
  });
});

async function ownDesk(app: AppProcess): Promise<string> {
  const cookie = await app.signIn('motcua.hiepduc');
  const me = (await (await fetch(`${app.url}/api/me`, { headers: { cookie } })).json()) as { homeUnitId: string };
  return me.homeUnitId;
}
