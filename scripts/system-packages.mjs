// Programs the tests need besides npm's: Chromium, PDF tools, a wrong clock, Debian's PostgreSQL as second engine. Runs on Node 20.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const NEEDED = [
  { what: 'Chromium', packages: ['chromium'], found: () => findChromium() !== undefined },
  { what: 'PDF tools', packages: ['poppler-utils'], found: () => onPath('pdftotext') !== undefined },
  { what: 'faketime, a clock that is wrong', packages: ['faketime'], found: () => onPath('faketime') !== undefined },
  { what: 'PostgreSQL, the second engine', packages: ['postgresql'], found: () => findPostgres() !== undefined },
];

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((dir) => path.join(dir, name))
    .find((file) => fs.existsSync(file));
}

/** @returns {string | undefined} a Chromium or Chrome: CHROMIUM_PATH, else the first found. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return fs.existsSync(given) ? given : undefined;
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(onPath).find((file) => file);
}

/** @returns {{bin: string, version: number} | undefined} Debian's oldest server ≥ 15: the far end of what we support. */
export function findPostgres() {
  const base = '/usr/lib/postgresql';
  if (!fs.existsSync(base)) return undefined;
  const versions = fs
    .readdirSync(base)
    .map(Number)
    .filter((v) => v >= 15 && fs.existsSync(path.join(base, String(v), 'bin/initdb')))
    .sort((a, b) => a - b);
  return versions[0] === undefined
    ? undefined
    : { bin: path.join(base, String(versions[0]), 'bin'), version: versions[0] };
}

/**
 * Installs what is missing with apt, as root or by sudo without a question.
 * @returns {{what: string, line: string}[]} what is still missing and the line that installs it.
 */
export function ensureSystemPackages() {
  const missing = NEEDED.filter((need) => !need.found());
  if (missing.length === 0) return [];
  const packages = missing.flatMap((need) => need.packages);
  const line = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const told = () => missing.filter((need) => !need.found()).map(({ what }) => ({ what, line }));
  if (!onPath('apt-get')) return told();
  const root = process.getuid?.() === 0;
  if (!root && (!onPath('sudo') || spawnSync('sudo', ['-n', 'true']).status !== 0)) return told();
  const prefix = root ? [] : ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  console.log(`Cài ${packages.join(', ')} (apt)…`);
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    const [program, ...rest] = [...prefix, 'apt-get', ...args];
    const done = spawnSync(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    if (done.status !== 0) console.error(`${(done.stderr ?? '').trim().split('\n').slice(-5).join('\n')}`);
  }
  return told();
}
