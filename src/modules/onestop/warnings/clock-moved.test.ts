import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantAt } from '../../../core/time/index.ts';
import { createWarnedWorld, type WarnedWorld } from './testing/warned-world.ts';

const installed = spawnSync('faketime', ['--version']).status === 0;
let world: WarnedWorld;
beforeAll(async () => {
  if (installed) world = await createWarnedWorld();
});
afterAll(() => world?.drop());

/** A whole process on a machine whose clock stands at an instant. */
function processAt(when: string): { now: string; digests: number } {
  const script = path.join(import.meta.dirname, 'testing/one-process.ts');
  const run = spawnSync('faketime', ['--exclude-monotonic', `${when}:00`, process.execPath, script, world.url], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TZ: 'Asia/Ho_Chi_Minh' },
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as { now: string; digests: number };
}

describe.skipIf(!installed)('the clock of the machine is moved (needs libfaketime: apt-get install faketime)', () => {
  it('forward, back and forward again: each warning once, one digest a person a day', async () => {
    world.clock.set(instantAt('2026-03-02', '07:00') ?? new Date(0));
    const { id } = await world.receive();
    await world.settle();
    const first = processAt('2026-03-02 15:30');
    expect(first.now.slice(0, 16)).toBe('2026-03-02T08:30');
    expect(first.digests).toBe(3);
    const counts: number[] = [(await world.madeFor(id)).length];
    for (const when of ['2026-03-02 08:00', '2026-03-09 08:00', '2026-03-03 09:00', '2026-03-09 08:30']) {
      processAt(when);
      counts.push((await world.madeFor(id)).length);
    }
    expect(counts).toEqual([2, 2, 9, 9, 9]);
    const days = (await world.digests()).map((digest) => `${digest.staff} ${digest.day}`);
    expect(days).toHaveLength(6);
    expect(new Set(days).size).toBe(6);
  }, 60_000);
});
