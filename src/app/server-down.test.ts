import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../platform/db/embedded.ts';
import { createTestDatabase } from '../platform/testing/database.ts';

// The whole server on a machine whose clock is moved: stopped before Tết 2026, started after it, started again, started
// with the clock put back, and forward once more.
const ROOT = path.resolve(import.meta.dirname, '../..');
const installed = spawnSync('faketime', ['--version']).status === 0;
let test: Awaited<ReturnType<typeof createTestDatabase>>;
let dir: string;
beforeAll(async () => {
  if (!installed) return;
  test = await createTestDatabase();
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-down-'));
});
afterAll(async () => {
  if (!installed) return;
  await test.drop();
  fs.rmSync(dir, { recursive: true, force: true });
});

/** Runs the demo from an instant of Vietnam's wall until `enough`, then stops it as an administrator would. */
async function runFrom(when: string, enough: () => Promise<boolean>): Promise<void> {
  const port = await freePort();
  const child: ChildProcess = spawn(
    'faketime',
    ['--exclude-monotonic', `${when}:00`, process.execPath, 'src/app/demo-start.ts'],
    {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        TZ: 'Asia/Ho_Chi_Minh',
        MOTCUA_DEMO: '1',
        MOTCUA_ERA: '2026',
        MOTCUA_DATA_DIR: path.join(dir, 'data'),
        DATABASE_URL: test.url,
        MOTCUA_PORT: String(port),
        MOTCUA_LOG_LEVEL: 'error',
      },
    },
  );
  let output = '';
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const read = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  try {
    await expect.poll(() => output.includes('Ctrl+C') || output, { timeout: 120_000, interval: 200 }).toBe(true);
    await expect.poll(enough, { timeout: 60_000, interval: 300 }).toBe(true);
  } finally {
    // The group: faketime and the process it started.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}

const instant = (when: string): Date => new Date(`${when.replace(' ', 'T')}:00+07:00`);
/** Nothing that was due by then waits to be looked at. */
const looked = (when: string) => async (): Promise<boolean> => {
  const { rows } = await sql<{ all: number; due: number }>`select count(*)::int "all",
      (count(*) filter (where next_at <= ${instant(when)}))::int due from warnings.watch`.execute(test.db);
  return (rows[0]?.all ?? 0) > 0 && rows[0]?.due === 0;
};
type Made = { readonly key: string; readonly reachedAt: Date; readonly recordedAt: Date; readonly late: boolean };
const made = async (): Promise<readonly Made[]> =>
  (
    await sql<Made>`select concat_ws(' ', dossier_id, subject, step_seq, round, rung) "key", reached_at "reachedAt",
      recorded_at "recordedAt", late_notice late from warnings.warning order by 1`.execute(test.db)
  ).rows;
const digestDays = async (): Promise<readonly string[]> =>
  (await sql<{ day: string }>`select distinct day from warnings.digest order by 1`.execute(test.db)).rows.map(
    (r) => r.day,
  );

describe.skipIf(!installed)('a server that was down over Tết (needs libfaketime: apt-get install faketime)', () => {
  it('makes every warning once, marks the late ones, and sends nothing for days nobody worked', async () => {
    await runFrom('2026-02-11 16:00', looked('2026-02-11 16:00'));
    const before = await made();
    await runFrom('2026-02-23 09:00', looked('2026-02-23 09:00'));
    const after = await made();
    const fresh = after.filter((one) => !before.some((old) => old.key === one.key));
    expect(fresh.length).toBeGreaterThan(20);
    for (const one of fresh) expect(one.recordedAt >= instant('2026-02-11 16:00')).toBe(true);
    // Reached while the server was down: told, and marked as told late.
    const missed = fresh.filter(
      (one) => one.recordedAt >= instant('2026-02-23 09:00') && one.reachedAt < instant('2026-02-23 07:00'),
    );
    expect(missed.length).toBeGreaterThan(10);
    expect(missed.filter((one) => !one.late)).toEqual([]);

    // The same again, once the digests of the day are out; then with the clock put back, and forward.
    const upTo = (list: readonly Made[]) =>
      list.filter((one) => one.reachedAt <= instant('2026-02-23 09:00')).map((one) => one.key);
    await runFrom('2026-02-23 09:05', async () => (await digestDays()).includes('2026-02-23'));
    expect(upTo(await made())).toEqual(upTo(after));
    await runFrom('2026-02-12 09:00', looked('2026-02-12 09:00'));
    await runFrom('2026-02-23 09:10', looked('2026-02-23 09:10'));
    expect(upTo(await made())).toEqual(upTo(after));
    expect((await digestDays()).filter((day) => day > '2026-02-13' && day < '2026-02-23')).toEqual([]);
    const { rows } = await sql<{ n: number }>`select count(*)::int n from platform.delivery`.execute(test.db);
    expect(rows[0]?.n).toBe(0);
  }, 300_000);
});
