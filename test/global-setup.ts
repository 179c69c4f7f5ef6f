import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Server with database `motcua`, migrated, used as the template of every test file's own database. */
    templateUrl: string;
  }
}

/**
 * One PostgreSQL for the whole run: the embedded one, or the server of TEST_DATABASE_URL (the second engine).
 * fsync is off: durability has a test of its own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    throw new Error(`Tests need Node 24, this is ${process.version}: run them by npm (npm run unit).`);
  }
  const given = process.env['TEST_DATABASE_URL'];
  if (given) {
    await migrate(given);
    project.provide('templateUrl', given);
    return async () => {};
  }
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-test-'));
  fs.chmodSync(dir, 0o755);
  const server = await startEmbedded(path.join(dir, 'pg18'), {
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  });
  await migrate(server.url);
  project.provide('templateUrl', server.url);
  return async () => {
    await server.stop();
    fs.rmSync(dir, { recursive: true, force: true });
  };
}
