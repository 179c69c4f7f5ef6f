import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { words } from '../messages/words.ts';

export const MIGRATIONS_DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../db/migrations');
const LOCK = 7_221_104;

export type MigrationReport = { readonly applied: readonly string[]; readonly already: number };

/**
 * Applies plain `.sql` files in name order, each in its own transaction, under an advisory lock (several processes may
 * start at once). Forward only; a file changed after it was applied is refused.
 * @throws Error naming the file.
 */
export async function migrate(connectionString: string, dir = MIGRATIONS_DIR): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString, application_name: 'motcua migrate' });
  await client.connect();
  const applied: string[] = [];
  let already = 0;
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query('create schema if not exists platform');
    await client.query(`create table if not exists platform.migration (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from platform.migration',
    );
    const done = new Map(rows.map((row) => [row.name, row.checksum]));
    for (const name of fs
      .readdirSync(dir)
      .filter((file) => file.endsWith('.sql'))
      .sort()) {
      const text = fs.readFileSync(path.join(dir, name), 'utf8');
      const checksum = crypto.createHash('sha256').update(text).digest('hex');
      const before = done.get(name);
      if (before === checksum) {
        already++;
        continue;
      }
      if (before !== undefined) throw new Error(words('server.database.migration-changed', { name }));
      try {
        await client.query('begin');
        await client.query(text);
        await client.query('insert into platform.migration (name, checksum) values ($1, $2)', [name, checksum]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(
          words('server.database.migration-failed', {
            name,
            reason: error instanceof Error ? error.message : String(error),
          }),
        );
      }
      applied.push(name);
    }
  } finally {
    await client.end();
  }
  return { applied, already };
}
