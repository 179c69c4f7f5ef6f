import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { MIGRATIONS_DIR, migrate } from '../../platform/db/migrate.ts';
import type { Manifest, TablePart } from './manifest.ts';
import { sha256 } from './manifest.ts';
import { listTables, ownSchemas, quoted, SESSION } from './tables.ts';

export type LoadProblem =
  | {
      readonly ok: false;
      readonly code: 'restore/database-not-empty' | 'restore/newer-version' | 'restore/other-migration';
      readonly name: string;
    }
  | {
      readonly ok: false;
      readonly code: 'restore/rows-differ';
      readonly name: string;
      readonly wanted: number;
      readonly found: number;
    };
export type Loaded =
  | { readonly ok: true; readonly rows: number; readonly migratedFurther: readonly string[] }
  | LoadProblem;

/** Whether the migrations of the backup are among ours, unchanged. Pure but for reading our own files. */
export function checkMigrations(manifest: Manifest, dir = MIGRATIONS_DIR): LoadProblem | undefined {
  for (const { name, checksum } of manifest.migrations) {
    const file = path.join(dir, name);
    if (!fs.existsSync(file)) return { ok: false, code: 'restore/newer-version', name };
    if (sha256(fs.readFileSync(file)) !== checksum) return { ok: false, code: 'restore/other-migration', name };
  }
  return undefined;
}

/**
 * Loads a checked backup into an empty database: the migrations of the backup's day, then all rows in one transaction
 * (all or nothing), then the migrations that came later. Needs the owner's rights only, no superuser: foreign keys are
 * taken away and made again, which checks every one of them.
 */
export async function loadDatabase(
  url: string,
  folder: string,
  manifest: Manifest,
  onTable: (table: TablePart) => void,
): Promise<Loaded> {
  const problem = checkMigrations(manifest);
  if (problem) return problem;
  const client = new pg.Client({ connectionString: url, application_name: 'motcua restore' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(SESSION);
    const [first] = await listTables(client, ownSchemas());
    if (first) return { ok: false, code: 'restore/database-not-empty', name: `${first.schema}.${first.name}` };
    const loaded = await load(client, url, folder, manifest, onTable);
    // It was empty before: a load that failed must not leave half a system behind.
    if (!loaded.ok) await dropSchemas(client);
    return loaded;
  } finally {
    await client.end();
  }
}

async function load(
  client: pg.Client,
  url: string,
  folder: string,
  manifest: Manifest,
  onTable: (table: TablePart) => void,
): Promise<Loaded> {
  try {
    await migrateTo(url, manifest);
    await client.query('begin');
    const loaded = await loadRows(client, folder, manifest, onTable);
    await client.query(loaded.ok ? 'commit' : 'rollback');
    if (!loaded.ok) return loaded;
    await client.query('analyze');
    const { applied } = await migrate(url);
    return { ...loaded, migratedFurther: applied };
  } catch (error) {
    await client.query('rollback');
    await dropSchemas(client);
    throw error;
  }
}

async function dropSchemas(client: pg.Client): Promise<void> {
  for (const schema of ownSchemas()) await client.query(`drop schema if exists "${schema}" cascade`);
}

/** Applies exactly the migrations the backup was made with. */
async function migrateTo(url: string, manifest: Manifest): Promise<void> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-migrations-'));
  try {
    for (const { name } of manifest.migrations) fs.copyFileSync(path.join(MIGRATIONS_DIR, name), path.join(dir, name));
    await migrate(url, dir);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

async function loadRows(
  client: pg.Client,
  folder: string,
  manifest: Manifest,
  onTable: (table: TablePart) => void,
): Promise<{ ok: true; rows: number } | LoadProblem> {
  const tables = manifest.tables;
  if (tables.length === 0) return { ok: true, rows: 0 };
  // The rows were legal when they were written: rules of the moment (append-only, queues) must not act on them again.
  for (const table of tables) await client.query(`alter table ${quoted(table)} disable trigger user`);
  const rebuild = await takeApart(client, tables);
  await client.query(`truncate ${tables.map(quoted).join(', ')}`);
  let rows = 0;
  for (const table of tables) {
    const target = client.query(copyFrom(`copy ${quoted(table)} (${table.columns.join(', ')}) from stdin`));
    await pipeline(fs.createReadStream(path.join(folder, table.path)), createGunzip(), target);
    const found = target.rowCount;
    const name = `${table.schema}.${table.name}`;
    if (found !== table.rows) return { ok: false, code: 'restore/rows-differ', name, wanted: table.rows, found };
    rows += found;
    onTable(table);
  }
  for (const statement of rebuild) await client.query(statement);
  for (const table of tables) await client.query(`alter table ${quoted(table)} enable trigger user`);
  for (const sequence of manifest.sequences)
    await client.query('select setval($1::regclass, $2)', [quoted(sequence), sequence.last]);
  return { ok: true, rows };
}

/** Drops foreign keys and plain indexes, so that rows load in any order and fast. @returns statements that make them again. */
async function takeApart(client: pg.Client, tables: readonly TablePart[]): Promise<readonly string[]> {
  const schemas = [...new Set(tables.map((table) => table.schema))];
  const indexes = await client.query<{ drop: string; make: string }>(
    `select format('drop index %s', i.indexrelid::regclass) "drop", pg_get_indexdef(i.indexrelid) make
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'i' and not c.relispartition and not i.indisunique and not i.indisexclusion`,
    [schemas],
  );
  const keys = await client.query<{ drop: string; make: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) "drop",
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) make
     from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = any($1::text[]::regnamespace[])`,
    [schemas],
  );
  const parts = [...indexes.rows, ...keys.rows];
  for (const part of parts) await client.query(part.drop);
  return parts.map((part) => part.make);
}
