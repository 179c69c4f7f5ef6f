import crypto from 'node:crypto';
import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely';
import pg from 'pg';
import { parseTimestamptz } from './timestamptz.ts';
import type { DB } from './types.ts';

/** Either the pool or an open transaction: what stores take. */
export type Db = Kysely<DB> | Transaction<DB>;
export type Pool = Kysely<DB> & { readonly raw: pg.Pool };

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, parseTimestamptz);

const names = new Map<string, string>();

/** A statement is named by its text, so that PostgreSQL keeps its plan (4 times faster on short statements). */
export function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = crypto.createHash('sha1').update(text).digest('base64url');
    if (names.size < 5000) names.set(text, name);
  }
  return name;
}

type Query = (statement: unknown, values?: unknown, callback?: unknown) => unknown;
type Patched = pg.PoolClient & { named?: true };

/**
 * Opens a pool. Statements with parameters are prepared by name (needs session pooling: pgbouncer ≥ 1.21 with
 * `max_prepared_statements`, or none).
 * @param max connections; two cores are busy with about 12.
 */
export function openDb(connectionString: string, max = 12): Pool {
  const pool = new pg.Pool({ connectionString, max, application_name: 'motcua' });
  // An idle connection that dies (database restart) must not take the process with it; the next query reconnects.
  pool.on('error', () => {});
  // A connection may die between two statements of a transaction, when nobody waits for it: without a listener that
  // would end the process. The next statement fails, and its caller is told.
  pool.on('connect', (client) => client.on('error', () => {}));
  const facade = {
    options: pool.options,
    connect: async () => {
      const client = (await pool.connect()) as Patched;
      if (!client.named) {
        const query = client.query.bind(client) as Query;
        // pg-pool itself calls with a callback: it is passed on as it is.
        (client as { query: unknown }).query = (statement: unknown, values?: unknown, callback?: unknown) =>
          typeof statement === 'string' && Array.isArray(values) && values.length > 0
            ? query({ name: statementName(statement), text: statement, values }, callback)
            : query(statement, values, callback);
        client.named = true;
      }
      return client;
    },
    end: () => pool.end(),
  };
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: facade as unknown as PostgresPool }) });
  return Object.assign(db, { raw: pool });
}

/** True for a unique-key violation, optionally of one named constraint. */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return false;
  return constraint === undefined || ('constraint' in error && error.constraint === constraint);
}

/** True where PostgreSQL itself refused a statement, so that it is known to have changed nothing; false for a lost connection. */
export function isRefusal(error: unknown): boolean {
  // Class 57: the server is stopping or was told to end us; what it did before is not known.
  return error instanceof pg.DatabaseError && error.code !== undefined && !error.code.startsWith('57');
}
