import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';

const target = 'src/platform/db/types.ts';
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-types-'));
fs.chmodSync(dir, 0o755);
const server = await startEmbedded(path.join(dir, 'pg18'), { fsync: 'off' });
let code = 0;
try {
  await migrate(server.url);
  const out = path.join(dir, 'types.ts');
  const args = [
    'node_modules/kysely-codegen/dist/cli/bin.js',
    '--dialect',
    'postgres',
    '--url',
    server.url,
    '--out-file',
    out,
  ];
  const made = spawnSync(
    process.execPath,
    [...args, '--default-schema', 'none', '--date-parser', 'string', '--numeric-parser', 'string'],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr || made.stdout);
  const text = fs
    .readFileSync(out, 'utf8')
    .replace(/Int8 = ColumnType<[^>]*>/, 'Int8 = ColumnType<number, number | bigint, number | bigint>');
  if (process.argv.includes('--check')) {
    if (fs.readFileSync(target, 'utf8') !== text) {
      console.error(`${target} is stale: run npm run types:db`);
      code = 1;
    }
  } else fs.writeFileSync(target, text);
} finally {
  await server.stop();
  fs.rmSync(dir, { recursive: true, force: true });
}
process.exit(code);
