// `npm start`: installs what is missing, builds what changed, opens the demo. Runs on Node 20; the rest on Node 24.
//   npm start                      today's two levels (era 2026)
//   npm start -- --era 2023        huyện Hiệp Đức, 31/08/2023
//   npm start -- --port 8090 --host 127.0.0.1 --reset
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { node24 } from './node24.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const OPTIONS = ['era', 'port', 'host', 'data-dir'];
const USAGE = 'npm start -- [--era 2026|2023] [--port 8080] [--host 127.0.0.1] [--data-dir THƯ_MỤC] [--reset]';

function option(name, fallback) {
  const at = process.argv.findIndex((a) => a === `--${name}` || a.startsWith(`--${name}=`));
  if (at < 0) return fallback;
  const inline = process.argv[at].split('=')[1];
  return inline ?? process.argv[at + 1] ?? fallback;
}
if (process.argv.includes('--help')) {
  console.log(USAGE);
  process.exit(0);
}
// A mistyped option would otherwise start another demo, or the right one in another folder, without a word.
const unknown = process.argv.slice(2).find((given, at, all) => {
  if (given === '--reset' || OPTIONS.includes(all[at - 1]?.replace(/^--/, ''))) return false;
  const [name, inline] = given.replace(/^--/, '').split('=');
  const value = inline ?? all[at + 1] ?? '';
  return !given.startsWith('--') || !OPTIONS.includes(name) || value === '' || value.startsWith('--');
});
if (unknown !== undefined) {
  console.error(`Không hiểu “${unknown}”. ${USAGE}`);
  process.exit(2);
}
const era = option('era', '2026');
if (era !== '2023' && era !== '2026') {
  console.error(`Không có thời kỳ “${era}”: chọn --era 2023 hoặc --era 2026.`);
  process.exit(2);
}
ensureInstalled();
const node = node24();
const built = spawnSync(node, ['scripts/build.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] });
if (built.status !== 0) process.exit(built.status ?? 1);

const dataDir = path.resolve(option('data-dir', process.env.MOTCUA_DATA_DIR ?? defaultDataDir(era)));
if (process.argv.includes('--reset')) fs.rmSync(dataDir, { recursive: true, force: true });
const env = {
  ...process.env,
  NODE_ENV: 'production',
  MOTCUA_DEMO: '1',
  MOTCUA_ERA: era,
  MOTCUA_DATA_DIR: dataDir,
  MOTCUA_PORT: option('port', process.env.MOTCUA_PORT ?? process.env.PORT ?? '8080'),
  MOTCUA_HOST: option('host', process.env.MOTCUA_HOST ?? '127.0.0.1'),
  MOTCUA_LOG_LEVEL: process.env.MOTCUA_LOG_LEVEL ?? 'warn',
  // glibc keeps what it frees in one place: 20 to 30 MiB less.
  MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '1',
};
// Young objects die sooner: under load the process stays below 300 MiB, for a few per cent of speed.
const child = spawn(node, ['--max-semi-space-size=4', '--heap-growing-percent=20', 'src/app/demo-start.ts'], {
  stdio: 'inherit',
  env,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
child.on('exit', (code, signal) => process.exit(signal ? 0 : (code ?? 1)));

/** PostgreSQL cannot run as root: below a closed home it would not reach the project's folder. */
function defaultDataDir(wanted) {
  if (process.getuid?.() !== 0) return path.join(root, '.data', wanted);
  for (let dir = root; ; dir = path.dirname(dir)) {
    if (!(fs.statSync(dir).mode & 0o001)) return path.join('/var/lib/motcua', wanted);
    if (dir === path.dirname(dir)) return path.join(root, '.data', wanted);
  }
}
