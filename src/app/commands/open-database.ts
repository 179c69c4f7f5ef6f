import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Config } from '../../platform/config/config.ts';
import { type EmbeddedServer, startEmbedded } from '../../platform/db/embedded.ts';
import { openDb, type Pool } from '../../platform/db/open.ts';
import { words } from '../../platform/messages/words.ts';
import { EnvironmentError } from './command.ts';
import { requireOwner } from './settings.ts';

export type OpenedDatabase = {
  readonly db: Pool;
  readonly url: string;
  /** True: the PostgreSQL that comes with the project. */
  readonly embedded: boolean;
  /** Closes the pool; stops the embedded server only where we started it and nobody else has come to use it. */
  close(): Promise<void>;
};

/**
 * Opens the database of an installation without migrating it.
 * @param options.create make the embedded cluster where there is none; else that is an error.
 * @throws EnvironmentError where there is no database or it cannot be reached.
 */
export async function openDatabase(config: Config, options: { create?: boolean } = {}): Promise<OpenedDatabase> {
  requireOwner(config.dataDir);
  const cluster = path.join(config.dataDir, 'pg18');
  if (!config.databaseUrl && !options.create && !fs.existsSync(path.join(cluster, 'PG_VERSION')))
    throw new EnvironmentError(words('cli.environment.no-database', { dataDir: config.dataDir }));
  const server = config.databaseUrl ? undefined : await startOwn(cluster);
  const url = config.databaseUrl ?? server?.url ?? '';
  try {
    await ping(url);
  } catch (error) {
    await leaveEmbedded(server);
    throw error;
  }
  const db = openDb(url, 4);
  return {
    db,
    url,
    embedded: server !== undefined,
    close: async () => {
      await db.destroy();
      await leaveEmbedded(server);
    },
  };
}

async function startOwn(cluster: string): Promise<EmbeddedServer> {
  try {
    fs.mkdirSync(path.dirname(cluster), { recursive: true });
    return await startEmbedded(cluster);
  } catch (error) {
    throw new EnvironmentError(error instanceof Error ? error.message : String(error));
  }
}

async function ping(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    if (error instanceof Error && /timeout/i.test(error.message))
      throw new EnvironmentError(words('cli.environment.no-answer'));
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Stops a server we started, unless the application has begun to use it meanwhile. */
export async function leaveEmbedded(server: EmbeddedServer | undefined): Promise<void> {
  if (!server || server.adopted) return;
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => {});
  try {
    await client.connect();
    // Our own closed connections take a moment to leave the list.
    for (let tries = 0; (await othersConnected(client)) > 0; tries++) {
      if (tries >= 40) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } catch {
    // Unreachable: stop it all the same.
  } finally {
    await client.end().catch(() => {});
  }
  await server.stop();
}

async function othersConnected(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    "select count(*)::int n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  );
  return rows[0]?.n ?? 0;
}
