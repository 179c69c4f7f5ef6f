import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './app-process.ts';

/** A data folder of the benchmark's own; PostgreSQL must be able to reach it when we run as root. */
export function makeDataDir(): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-bench-'));
  fs.chmodSync(dir, 0o755);
  return dir;
}

/** Address of the embedded server that the application has started in a data folder. */
export function databaseUrlOf(dataDir: string): string {
  const port = fs.readFileSync(path.join(dataDir, 'pg18/postmaster.pid'), 'utf8').split('\n')[3];
  const password = fs.readFileSync(path.join(dataDir, 'pg18.secret'), 'utf8').trim();
  return `postgres://app:${password}@127.0.0.1:${port}/motcua`;
}

/** Fills a data folder by the product's own command, the application being stopped. */
export async function generate(dataDir: string, dossiers: number): Promise<number> {
  const begunMs = performance.now();
  const child = spawn(
    process.execPath,
    ['bin/motcua.mjs', 'generate', '--dossiers', String(dossiers), '--seed', '11', '--data-dir', dataDir, '--json'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, MOTCUA_DEMO: '1', MOTCUA_ERA: '2026', MOTCUA_DATA_DIR: dataDir, MOTCUA_LOG_LEVEL: 'warn' },
    },
  );
  const status = await new Promise((resolve) => child.on('exit', resolve));
  if (status !== 0) throw new Error(`generate ended with ${status}`);
  return Math.round((performance.now() - begunMs) / 100) / 10;
}
