import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Path of pgbench, or undefined where it is not installed (Debian: package postgresql-client or postgresql-contrib). */
export function findPgbench(): string | undefined {
  const given = process.env['PGBENCH'];
  const candidates = [...(given ? [given] : []), 'pgbench', ...versioned()];
  return candidates.find((candidate) => spawnSync(candidate, ['--version']).status === 0);
}

function versioned(): string[] {
  const dir = '/usr/lib/postgresql';
  return fs.existsSync(dir) ? fs.readdirSync(dir).map((version) => path.join(dir, version, 'bin/pgbench')) : [];
}

export type PgbenchRun = { readonly perSecond: number; readonly transactions: number };

/** Runs a script with 16 clients, prepared. `turns`: so many transactions a client instead of `seconds`. */
export async function runPgbench(
  pgbench: string,
  url: string,
  script: string,
  start: number,
  length: { seconds: number } | { turns: number },
): Promise<PgbenchRun> {
  const file = path.join(os.tmpdir(), `motcua-bench-${process.pid}-${Math.random().toString(36).slice(2)}.sql`);
  fs.writeFileSync(file, script);
  const clients = 16;
  const child = spawn(
    pgbench,
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(clients),
      '-j',
      '2',
      '-D',
      `n=${start}`,
      '-f',
      file,
      ...('seconds' in length ? ['-T', String(length.seconds)] : ['-t', String(length.turns)]),
      url,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  fs.rmSync(file, { force: true });
  const tps = /^tps = ([\d.]+) \(without/m.exec(out)?.[1];
  const transactions = /transactions actually processed: (\d+)/.exec(out)?.[1];
  if (status !== 0 || tps === undefined) throw new Error(`pgbench failed: ${err.slice(0, 800)}`);
  return { perSecond: Math.round(Number(tps)), transactions: Number(transactions ?? 0) };
}
