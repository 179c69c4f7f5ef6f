import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { DIST } from '../src/app/static.ts';

/** Looks for a file without pause until it is told to stop, and says how often it was not there or empty. */
const LOOKING = `
const fs = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
let missed = 0;
let looks = 0;
const { file, stop } = workerData;
parentPort.postMessage('looking');
while (Atomics.load(stop, 0) === 0) {
  looks += 1;
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) missed += 1;
}
parentPort.postMessage({ missed, looks });
`;

/** Builds the smallest bundle though nothing has changed. */
async function build(): Promise<void> {
  const script = `import { build } from './scripts/build.mjs'; await build({ force: true, only: ['portal-browser'] });`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: path.resolve(import.meta.dirname, '..'),
  });
}

it('a build replaces what is served without a moment in which it is not there', async () => {
  await build();
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const file = path.join(DIST, 'portal/assets/manifest.json');
  const worker = new Worker(LOOKING, { eval: true, workerData: { file, stop } });
  await new Promise((resolve) => worker.once('message', resolve));
  const seen = new Promise((resolve) => worker.once('message', resolve));
  await build();
  Atomics.store(stop, 0, 1);
  expect(await seen).toEqual({ missed: 0, looks: expect.any(Number) });
  const { css, js } = JSON.parse(fs.readFileSync(path.join(DIST, 'portal/assets.json'), 'utf8'));
  const served = new Set(fs.readdirSync(path.join(DIST, 'portal/assets')));
  for (const address of [css, js]) expect(served).toContain(path.basename(address));
});
