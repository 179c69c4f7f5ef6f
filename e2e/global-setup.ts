import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from '../src/platform/db/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the demo of each era, without a slash at the end. */
    demo2026: string;
    demo2023: string;
    /** Data folder of the demo of 2023, for the command line beside it; empty where it runs elsewhere. */
    data2023: string;
    /** Where the demo of 2026 shows the mails it sent. */
    mailbox2026: string;
  }
}

const ROOT = path.resolve(import.meta.dirname, '..');

type Demo = { readonly url: string; readonly dataDir: string; readonly mailbox: string; stop(): Promise<void> };

/** Starts what `npm start` starts, on a free port, in a folder of its own. */
async function startDemo(era: '2023' | '2026', dir: string): Promise<Demo> {
  const port = await freePort();
  const dataDir = path.join(dir, era);
  fs.mkdirSync(dataDir, { mode: 0o755 });
  const child: ChildProcess = spawn(process.execPath, ['src/app/demo-start.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      MOTCUA_DEMO: '1',
      MOTCUA_ERA: era,
      MOTCUA_DATA_DIR: dataDir,
      MOTCUA_PORT: String(port),
      MOTCUA_LOG_LEVEL: 'error',
    },
  });
  let output = '';
  const told = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (process.env['E2E_LOG']) process.stderr.write(chunk);
      if (output.includes('Ctrl+C')) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => reject(new Error(`the demo of ${era} ended with ${code}: ${output.slice(-3000)}`)));
    setTimeout(() => reject(new Error(`the demo of ${era} did not start: ${output.slice(-3000)}`)), 120_000).unref();
  });
  await told;
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    mailbox: /Hộp thư thử\s+(\S+)/.exec(output)?.[1] ?? '',
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit').on('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** `MOTCUA_E2E_URL=http://127.0.0.1:8080` uses a demo of 2026 already running, while one writes a journey. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env['MOTCUA_E2E_URL'];
  if (running) {
    project.provide('demo2026', running);
    project.provide('demo2023', process.env['MOTCUA_E2E_URL_2023'] ?? running);
    project.provide('data2023', process.env['MOTCUA_E2E_DATA_2023'] ?? '');
    project.provide('mailbox2026', process.env['MOTCUA_E2E_MAILBOX'] ?? '');
    return async () => {};
  }
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' });
  if (built.status !== 0) throw new Error('The pages could not be built: npm run build');
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-e2e-'));
  fs.chmodSync(dir, 0o755);
  const now = await startDemo('2026', dir);
  const then = await startDemo('2023', dir);
  project.provide('demo2026', now.url);
  project.provide('demo2023', then.url);
  project.provide('data2023', then.dataDir);
  project.provide('mailbox2026', now.mailbox);
  return async () => {
    await Promise.all([now.stop(), then.stop()]);
    fs.rmSync(dir, { recursive: true, force: true });
  };
}
