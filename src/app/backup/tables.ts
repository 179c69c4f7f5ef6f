import fs from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import type { Anchor } from '../../modules/foundation/audit/index.ts';
import { MIGRATIONS_DIR } from '../../platform/db/migrate.ts';
import type { Sequence } from './manifest.ts';

export type Table = { readonly schema: string; readonly name: string; readonly columns: readonly string[] };

/** The session is set so that COPY text is the same from and to every server. */
export const SESSION = `set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set timezone = 'UTC';
  set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'; set standard_conforming_strings = on;
  set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; set row_security = off`;

/** Schemas the migrations make: a database may hold other people's schemas too, which are not ours to copy. */
export function ownSchemas(dir = MIGRATIONS_DIR): readonly string[] {
  const made = fs
    .readdirSync(dir)
    .filter((file) => file.endsWith('.sql'))
    .flatMap((file) => [
      ...fs.readFileSync(path.join(dir, file), 'utf8').matchAll(/^\s*create schema (?:if not exists )?([a-z_]+)/gim),
    ])
    .flatMap((match) => match[1] ?? []);
  return [...new Set(['platform', ...made])].sort();
}

/** Ordinary and partitioned tables with the columns COPY can write; the list of migrations is made by migrating. */
export async function listTables(client: pg.Client, schemas: readonly string[]): Promise<readonly Table[]> {
  const { rows } = await client.query<Table>(
    `select n.nspname schema, c.relname name,
       (select json_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any($1)
       and (n.nspname, c.relname) <> ('platform', 'migration')
     order by 1, 2`,
    [schemas],
  );
  return rows;
}

export async function listSequences(client: pg.Client, schemas: readonly string[]): Promise<readonly Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string; last: string | null }>(
    'select schemaname schema, sequencename name, last_value::text last from pg_sequences where schemaname = any($1) order by 1, 2',
    [schemas],
  );
  return rows.flatMap(({ schema, name, last }) => (last === null ? [] : [{ schema, name, last: Number(last) }]));
}

export async function listMigrations(client: pg.Client): Promise<readonly { name: string; checksum: string }[]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from platform.migration order by name',
  );
  return rows;
}

export async function listAuditHeads(client: pg.Client): Promise<readonly Anchor[]> {
  const { rows } = await client.query<{ chainId: string; seq: string; hash: string }>(
    `select chain_id "chainId", seq::text seq, encode(hash, 'hex') hash from audit.chain_head order by chain_id collate "C"`,
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** `"schema"."table"`, safe inside SQL. */
export function quoted({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return [schema, name].map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
}
