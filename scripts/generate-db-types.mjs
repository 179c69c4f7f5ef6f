// Writes src/platform/db/types.ts from a freshly migrated database. `--check` only compares.
import { spawnSync } from 'node:child_process';
import { node24 } from './node24.mjs';

const result = spawnSync(node24(), ['scripts/generate-db-types.ts', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(result.status ?? 1);
