import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export type App = {
  readonly port: number;
  readonly pid: number;
  readonly startSeconds: number;
  rssMiB(): number;
  stop(): Promise<void>;
};

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Starts the real demo process on a data folder and waits for its first page. */
export async function startApp(dataDir: string, nodeFlags: readonly string[] = []): Promise<App> {
  const port = await freePort();
  const begunMs = performance.now();
  const log = fs.openSync(path.join(dataDir, 'bench-app.log'), 'a');
  const child: ChildProcess = spawn(
    process.execPath,
    ['--max-semi-space-size=4', '--heap-growing-percent=20', ...nodeFlags, 'src/app/demo-start.ts'],
    {
      cwd: ROOT,
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        MOTCUA_DEMO: '1',
        MOTCUA_ERA: '2026',
        MOTCUA_BENCH: '1',
        MOTCUA_DATA_DIR: dataDir,
        MOTCUA_PORT: String(port),
        MOTCUA_HOST: '127.0.0.1',
        MOTCUA_LOG_LEVEL: 'warn',
        MALLOC_ARENA_MAX: '1',
      },
    },
  );
  fs.closeSync(log);
  let gone = false;
  child.on('exit', () => {
    gone = true;
  });
  for (;;) {
    if (gone) throw new Error(`the application did not start: see ${dataDir}/bench-app.log`);
    const page = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (page?.ok) {
      await page.arrayBuffer();
      break;
    }
    if (performance.now() - begunMs > 300_000) throw new Error('no page within five minutes');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const pid = child.pid ?? -1;
  return {
    port,
    pid,
    startSeconds: Math.round((performance.now() - begunMs) / 10) / 100,
    rssMiB: () => {
      const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
      return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
    },
    stop: async () => {
      if (gone) return;
      child.kill('SIGTERM');
      while (!gone) await new Promise((resolve) => setTimeout(resolve, 50));
    },
  };
}
