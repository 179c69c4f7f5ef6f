// Runs Vitest on the Node that npm scripts put first on PATH (24), never on an older host Node (trap: the
// vitest binary starts on Node 20 without complaint).
import { spawnSync } from 'node:child_process';
import { node24 } from './node24.mjs';

const result = spawnSync(node24(), ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
