import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Manifest, TablePart } from './manifest.ts';
import {
  listAuditHeads,
  listMigrations,
  listSequences,
  listTables,
  ownSchemas,
  quoted,
  SESSION,
  type Table,
} from './tables.ts';
import { writeRows } from './write-part.ts';

export type Dumped = Pick<
  Manifest,
  'installation' | 'postgres' | 'migrations' | 'tables' | 'sequences' | 'auditHeads'
> & {
  readonly snapshotAt: Date;
  /** Temporary file: `digest<TAB>t|f` a line; `t` where a live reference needs the content. */
  readonly wantedFiles: string;
};

/**
 * Copies every table of ours as it stands at ONE instant, in a repeatable-read transaction, while people go on
 * writing: nobody waits for it and it waits for nobody. Works on any PostgreSQL from 15, needs no right but to read.
 */
export async function dumpDatabase(url: string, folder: string, onTable: (table: TablePart) => void): Promise<Dumped> {
  const client = new pg.Client({ connectionString: url, application_name: 'motcua backup' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(SESSION);
    await client.query('begin isolation level repeatable read, read only');
    const schemas = ownSchemas();
    const tables = await listTables(client, schemas);
    // A migration that would change a table waits until the copy is done; ordinary work does not notice the lock.
    await client.query(`lock table ${tables.map(quoted).join(', ')} in access share mode`);
    const { rows } = await client.query<{ at: Date; postgres: string }>(
      `select now() at, current_setting('server_version') postgres`,
    );
    const parts: TablePart[] = [];
    for (const table of tables) {
      const part = await dumpTable(client, folder, table);
      parts.push(part);
      onTable(part);
    }
    const facts = {
      snapshotAt: rows[0]?.at ?? new Date(),
      postgres: rows[0]?.postgres ?? '',
      installation: await readInstallation(client),
      migrations: await listMigrations(client),
      sequences: await listSequences(client, schemas),
      auditHeads: await listAuditHeads(client),
      wantedFiles: await listWantedFiles(client, folder),
    };
    await client.query('commit');
    return { ...facts, tables: parts };
  } finally {
    await client.end();
  }
}

async function dumpTable(client: pg.Client, folder: string, table: Table): Promise<TablePart> {
  const source = client.query(copyTo(`copy (select ${table.columns.join(', ')} from ${quoted(table)}) to stdout`));
  const part = await writeRows(folder, `database/${table.schema}.${table.name}.copy.gz`, source);
  return { ...part, schema: table.schema, name: table.name, columns: table.columns };
}

async function readInstallation(client: pg.Client): Promise<Manifest['installation']> {
  const { rows } = await client.query<{ id: string; name: string; demo: boolean; era: string }>(
    'select id::text, name, demo, era from platform.installation limit 1',
  );
  return rows[0] ?? null;
}

async function listWantedFiles(client: pg.Client, folder: string): Promise<string> {
  const file = path.join(folder, 'wanted-files.tmp');
  const source = client.query(
    copyTo(`copy (select b.digest, exists (select 1 from files.reference r where r.digest = b.digest and r.erased_at is null)
      from files.blob b order by b.digest) to stdout`),
  );
  await pipeline(source, fs.createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  return file;
}
