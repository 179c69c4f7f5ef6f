// `npm run bench`: builds what changed, then measures on Node 24 (see bench/run.ts --help and docs/benchmarks.md).
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { node24 } from './node24.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
ensureInstalled();
const node = node24();
const help = process.argv.includes('--help');
const built = help ? { status: 0 } : spawnSync(node, ['scripts/build.mjs'], { stdio: ['ignore', 2, 2] });
if (built.status !== 0) process.exit(3);
process.exit(spawnSync(node, ['bench/run.ts', ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
