import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { demoAccounts } from '../../src/app/demo/accounts.ts';
import { freePort } from '../../src/platform/db/embedded.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** How long a process may take to be ready: a bound for the broken, far above what a loaded machine needs. */
const READY_WITHIN_MS = 180_000;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export type AppProcess = {
  readonly url: string;
  readonly pid: number;
  /** What the process printed so far. */
  output(): string;
  /** Cookie of a member of staff of the demo. */
  signIn(login: string): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/**
 * Starts the real application, the demo of 2026, as a process of its own and waits until it is ready.
 * @param databaseUrl left out: the process starts the embedded PostgreSQL in `dataDir`.
 */
export async function startApp(dataDir: string, databaseUrl?: string): Promise<AppProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(process.execPath, ['src/app/demo-start.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      MOTCUA_DEMO: '1',
      MOTCUA_ERA: '2026',
      MOTCUA_DATA_DIR: dataDir,
      MOTCUA_PORT: String(port),
      MOTCUA_LOG_LEVEL: 'error',
      // Nothing listens there: the outside world is not what these tests are about.
      MOTCUA_OIDC_ISSUER: 'http://127.0.0.1:9/',
      MOTCUA_SMTP_URL: 'smtp://127.0.0.1:9',
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    },
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-20_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  for (const begun = performance.now(); ; ) {
    if (child.exitCode !== null) throw new Error(`the application ended at once: ${output}`);
    if (performance.now() - begun > READY_WITHIN_MS) {
      child.kill('SIGKILL');
      throw new Error(`the application is not ready after ${READY_WITHIN_MS / 1000} s: ${output}`);
    }
    const ready = await fetch(`${url}/suc-khoe/san-sang`).catch(() => undefined);
    if (ready?.status === 200) break;
    await sleep(100);
  }
  const password = demoAccounts('2026')[0]?.password ?? '';
  return {
    url,
    pid: child.pid ?? -1,
    output: () => output,
    signIn: async (login) => {
      const reply = await fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login, password }),
      });
      if (reply.status !== 200) throw new Error(`${login}: ${reply.status} ${await reply.text()}\n${output}`);
      return reply.headers.get('set-cookie')?.split(';')[0] ?? '';
    },
    kill: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
