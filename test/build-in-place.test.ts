import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
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

const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * Builds the smallest bundle. `first`: what the process does before; without `force` only where something has changed.
 * @returns whether it was built
 */
async function build(cwd = ROOT, { first = '', force = true } = {}): Promise<boolean> {
  const script = `${first} import { build } from './scripts/build.mjs';
    console.log(JSON.stringify(await build({ force: ${force}, only: ['portal-browser'] })));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd });
  return JSON.parse(stdout).built.length > 0;
}

/** A copy of what the smallest bundle is built of, with a style of its own, that builds into `dist`. */
function copyOfSources(folder: string, dist: string, style: string): string {
  for (const part of ['scripts', 'src/core', 'src/web', 'content/messages', 'package-lock.json', 'tsconfig.json'])
    fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  fs.copyFileSync(path.join(ROOT, 'vite.config.ts'), path.join(folder, 'vite.config.ts'));
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  fs.symlinkSync(dist, path.join(folder, 'dist'));
  fs.appendFileSync(path.join(folder, 'src/web/portal/portal.css'), style);
  return folder;
}

function addressedIn(dist: string): { css: string; js: string } {
  return JSON.parse(fs.readFileSync(path.join(dist, 'portal/assets.json'), 'utf8'));
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
  const { css, js } = addressedIn(DIST);
  const served = new Set(fs.readdirSync(path.join(DIST, 'portal/assets')));
  for (const address of [css, js]) expect(served).toContain(path.basename(address));
});

// Slow to rename, both are at it at once.
const SLOWLY = `
import fs from 'node:fs';
const { renameSync } = fs;
fs.renameSync = (...names) => {
  renameSync(...names);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
};`;

it('of two builds at once each leaves everything it names', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-build-'));
  try {
    const dist = path.join(folder, 'dist');
    fs.mkdirSync(dist);
    const one = copyOfSources(path.join(folder, 'one'), dist, '.one { color: red; }');
    const other = copyOfSources(path.join(folder, 'other'), dist, '.other { color: blue; }');
    await Promise.all([build(one, { first: SLOWLY }), build(other, { first: SLOWLY })]);
    const { css, js } = addressedIn(dist);
    const served = fs.readdirSync(path.join(dist, 'portal/assets'));
    expect(served.toSorted()).toEqual(
      [css, js]
        .map((each) => path.basename(each))
        .concat('manifest.json')
        .toSorted(),
    );
    const manifest = fs.readFileSync(path.join(dist, 'portal/assets/manifest.json'), 'utf8');
    expect(manifest).toContain(path.basename(css));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

it('is done again after a change in a style sheet that another one takes in, and in what changed meanwhile', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-build-'));
  try {
    const dist = path.join(folder, 'dist');
    fs.mkdirSync(dist);
    const copy = copyOfSources(path.join(folder, 'copy'), dist, '');
    expect(await build(copy, { force: false })).toBe(true);
    expect(await build(copy, { force: false })).toBe(false);
    const sheet = path.join(copy, 'src/web/shared/design/base.css');
    fs.appendFileSync(sheet, '.late { color: red; }');
    expect(await build(copy, { force: false })).toBe(true);
    expect(await build(copy, { force: false })).toBe(false);
    const script = path.join(copy, 'src/web/portal/browser.ts');
    fs.appendFileSync(script, '// before');
    const editing = `
      import fs from 'node:fs';
      const { renameSync } = fs;
      fs.renameSync = (...names) => {
        renameSync(...names);
        fs.appendFileSync('${script}', '// meanwhile');
      };`;
    expect(await build(copy, { force: false, first: editing })).toBe(true);
    expect(await build(copy, { force: false })).toBe(true);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
