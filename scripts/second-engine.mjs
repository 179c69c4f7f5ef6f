// Starts Debian's PostgreSQL in a folder of its own for one test run, never the machine's own cluster. Runs on Node 20.
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** PostgreSQL refuses root: as root we become `postgres`. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const line = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => /^(postgres|nobody):/.test(l));
  const [, , uid, gid] = (line ?? '').split(':').map(Number);
  return { uid, gid };
}

/**
 * @param {{bin: string, version: number}} server
 * @returns {Promise<{url: string, stop(): Promise<void>}>} a database `motcua`, empty; durability off.
 */
export async function startSecondEngine({ bin }) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-second-'));
  const ids = unprivileged();
  const data = path.join(dir, 'data');
  const password = crypto.randomBytes(18).toString('base64url');
  fs.writeFileSync(path.join(dir, 'password'), password, { mode: 0o600 });
  if (ids.uid !== undefined) for (const file of [dir, path.join(dir, 'password')]) fs.chownSync(file, ids.uid, ids.gid);
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', PGPASSWORD: password };
  const options = { ...ids, env, cwd: '/', encoding: 'utf8' };
  const made = spawnSync(
    path.join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'app',
      '-A',
      'scram-sha-256',
      `--pwfile=${path.join(dir, 'password')}`,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    options,
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'full_page_writes=off',
    'max_connections=200',
  ];
  const log = fs.openSync(path.join(dir, 'log'), 'a');
  const child = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((s) => ['-c', s])],
    {
      ...ids,
      env,
      cwd: '/',
      stdio: ['ignore', log, log],
    },
  );
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const psql = (sql) =>
    spawnSync(
      path.join(bin, 'psql'),
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'app', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1', '-c', sql],
      options,
    );
  for (let attempt = 0; psql('select 1').status !== 0; attempt++) {
    if (attempt > 150 || child.exitCode !== null)
      throw new Error(`PostgreSQL did not start: ${fs.readFileSync(path.join(dir, 'log'), 'utf8').slice(-500)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const created = psql('create database motcua');
  if (created.status !== 0) throw new Error(created.stderr);
  return {
    url: `postgres://app:${password}@127.0.0.1:${port}/motcua`,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}
