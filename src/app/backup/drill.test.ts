import { execFileSync, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolderStore } from '../../adapters/storage/folder.ts';
import { uuidv7 } from '../../core/ids/uuid.ts';
import { recordAudit, sealOnce, verifyAudit } from '../../modules/foundation/audit/index.ts';
import { createFilesService } from '../../modules/foundation/files/index.ts';
import { freePort, startEmbedded } from '../../platform/db/embedded.ts';
import { openDb, type Pool } from '../../platform/db/open.ts';
import { createTestDatabase } from '../../platform/testing/database.ts';
import { createInstallation } from '../installation.ts';
import { checkBackup } from './check-backup.ts';
import { createBackup, listBackups, removeOldBackups } from './create-backup.ts';
import { type Manifest, readManifest, sha256, writeManifest } from './manifest.ts';
import { movedSettings, restoreBackup } from './restore-backup.ts';
import { ownSchemas } from './tables.ts';

const DRILL = { kind: 'system', name: 'drill', assurance: 'system' } as const;
const PG15 = '/usr/lib/postgresql/15/bin';
let test: Awaited<ReturnType<typeof createTestDatabase>>;
let work: string;
let dataDir: string;

beforeAll(async () => {
  test = await createTestDatabase();
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-drill-'));
  fs.chmodSync(work, 0o755);
  dataDir = path.join(work, 'data');
  fs.mkdirSync(path.join(dataDir, 'files'), { recursive: true });
  await createInstallation(
    test.db,
    { name: 'Diễn tập', demo: false, era: '2026', settings: { note: 'a\tb\\c\n"d"' } },
    new Date(),
  );
});
afterAll(async () => {
  await test.drop();
  fs.rmSync(work, { recursive: true, force: true });
});

const source = () => ({
  databaseUrl: test.url,
  dataDir,
  settings: {
    secret: 'x'.repeat(48),
    'motcua.env': "MOTCUA_SMTP_URL=smtp://may-thu:25\nDATABASE_URL=postgres://that\nMOTCUA_MAIL_FROM='Một Cửa <a@b>'\n",
  },
  version: '0.0.0',
});

/** What one clerk does: a file, an event and an audit entry in one transaction. The three counts must stay equal. */
async function work1(db: Pool, round: number): Promise<void> {
  const files = createFilesService({
    db,
    store: createFolderStore({ dir: path.join(dataDir, 'files') }),
    clock: { now: () => new Date() },
  });
  await db.transaction().execute(async (trx) => {
    const at = new Date();
    const id = uuidv7(at);
    const content = Buffer.from(`%PDF-1.4 ${round} ${crypto.randomUUID()}`);
    await files.attachMade(
      trx,
      DRILL,
      { content, name: `Đơn ${round}.pdf`, mime: 'application/pdf' },
      { type: 'drill', id },
      'component',
    );
    await sql`insert into platform.event (id, topic, key, payload, occurred_at)
      values (${id}, 'drill.done', ${id}, ${JSON.stringify({ text: 'dòng một\nhai\tba\\' })}::jsonb, ${at})`.execute(
      trx,
    );
    await recordAudit(trx, [
      {
        chainId: round % 2 ? 'a' : 'b',
        occurredAt: at,
        actor: DRILL,
        action: 'drill.do',
        object: { type: 'drill', id },
        payload: { round },
      },
    ]);
  });
}

/** Works with `clerks` hands until told to stop, sealing on the way. @returns how often it was done. */
function writeLoad(db: Pool, clerks: number): { stop(): Promise<number> } {
  let stopping = false;
  let done = 0;
  const hands = Array.from({ length: clerks }, async (_, hand) => {
    for (let round = hand; !stopping; round += clerks) {
      await work1(db, round);
      if (done++ % 20 === 0) await sealOnce(db);
    }
  });
  return {
    stop: async () => {
      stopping = true;
      await Promise.all(hands);
      return done;
    },
  };
}

const countsOf = async (db: Pool): Promise<{ events: number; entries: number; references: number }> => {
  const { rows } = await sql<{ events: number; entries: number; references: number }>`select
    (select count(*) from platform.event where topic = 'drill.done') events,
    (select count(*) from audit.entry where action = 'drill.do') entries,
    (select count(*) from files.reference where owner_type = 'drill') "references"`.execute(db);
  return rows[0] ?? { events: -1, entries: -2, references: -3 };
};

describe('the drill', () => {
  it('a backup made while people write is one instant of the system, and restores into one whose trail verifies', async () => {
    for (let round = 0; round < 50; round++) await work1(test.db, round);
    const load = writeLoad(test.db, 4);
    const parent = path.join(work, 'backups');
    let made: Awaited<ReturnType<typeof createBackup>>;
    try {
      made = await createBackup(source(), parent);
    } finally {
      expect(await load.stop()).toBeGreaterThan(0);
    }
    expect(made.manifest.files.missing).toEqual([]);
    expect(made.manifest.files.damaged).toEqual([]);

    const into = path.join(work, 'restored');
    const done = await restoreBackup(made.path, { dataDir: into, databaseUrl: undefined });
    expect(done).toMatchObject({ ok: true, audit: { ok: true }, migratedFurther: [] });

    const server = await startEmbedded(path.join(into, 'pg18'));
    const db = openDb(server.url, 2);
    try {
      const counts = await countsOf(db);
      expect(counts.events).toBeGreaterThanOrEqual(50);
      expect(counts).toEqual({ events: counts.events, entries: counts.events, references: counts.events });
      const store = createFilesService({
        db,
        store: createFolderStore({ dir: path.join(into, 'files') }),
        clock: { now: () => new Date() },
      });
      const { rows } = await sql<{ id: string }>`select id from files.reference`.execute(db);
      for (const { id } of rows) (await store.openReference(id)).content.destroy();
      // The system goes on: rules of the moment are in force again and the chain grows from where it was.
      await work1(db, 1);
      while ((await sealOnce(db)) > 0);
      expect(await verifyAudit(db, made.manifest.auditHeads)).toMatchObject({ ok: true, unsealed: 0 });
      await expect(sql`update audit.link set hash = prev_hash`.execute(db)).rejects.toThrow('append-only');
    } finally {
      await db.destroy();
      await server.stop();
    }
    expect(fs.statSync(path.join(into, 'secret')).mode & 0o777).toBe(0o600);
    const settings = fs.readFileSync(path.join(into, 'motcua.env'), 'utf8');
    expect(settings).toContain('# MOTCUA_SMTP_URL=smtp://may-thu:25');
    expect(settings).not.toContain('postgres://that');
    expect(settings).toContain("MOTCUA_MAIL_FROM='Một Cửa <a@b>'");
  });

  it('a second backup links the contents that were there before, and old backups can be dropped', async () => {
    const parent = path.join(work, 'backups');
    const second = await createBackup(source(), parent);
    expect(second.linkedFiles).toBeGreaterThan(0);
    expect(await checkBackup(second.path)).toMatchObject({ ok: true });
    expect(removeOldBackups(parent, 1)).toHaveLength(1);
    expect(listBackups(parent)).toEqual([second.path]);
    expect(await checkBackup(second.path)).toMatchObject({ ok: true });
  });

  it('every table of ours is in it: foreign keys, indexes and triggers are as a fresh database has them', async () => {
    const parent = path.join(work, 'shape');
    const made = await createBackup(source(), parent);
    const into = path.join(work, 'shape-restored');
    expect(await restoreBackup(made.path, { dataDir: into, databaseUrl: undefined })).toMatchObject({ ok: true });
    const server = await startEmbedded(path.join(into, 'pg18'));
    const db = openDb(server.url, 1);
    try {
      expect(await shapeOf(db)).toEqual(await shapeOf(test.db));
    } finally {
      await db.destroy();
      await server.stop();
    }
  });
});

// NOT NULL has a named constraint from PostgreSQL 18 on; older servers keep it in the column alone.
const shapeOf = async (db: Pool) => {
  const schemas = sql`any(${ownSchemas()}::text[])`;
  const { rows } = await sql<{ what: string }>`
    select indexdef what from pg_indexes where schemaname = ${schemas}
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where contype <> 'n' and connamespace::regnamespace::text = ${schemas}
    union all select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not tgisinternal and c.relnamespace::regnamespace::text = ${schemas} order by 1`.execute(db);
  return rows.map((row) => row.what);
};

describe('a restore refuses', () => {
  let backup: string;
  beforeAll(async () => {
    backup = (await createBackup(source(), path.join(work, 'refused'))).path;
  });
  const copy = (): string => {
    const folder = path.join(work, `copy-${crypto.randomUUID()}`);
    fs.cpSync(backup, folder, { recursive: true });
    return folder;
  };

  it('a folder that is not empty, and leaves it as it was', async () => {
    const into = path.join(work, 'taken');
    fs.mkdirSync(into);
    fs.writeFileSync(path.join(into, 'note'), 'mine');
    expect(await restoreBackup(backup, { dataDir: into, databaseUrl: undefined })).toEqual({
      ok: false,
      code: 'restore/target-not-empty',
    });
    expect(fs.readdirSync(into)).toEqual(['note']);
  });

  it('a database that is not empty', async () => {
    const into = path.join(work, 'db-taken');
    expect(await restoreBackup(backup, { dataDir: into, databaseUrl: test.url })).toMatchObject({
      code: 'restore/database-not-empty',
    });
    expect(fs.existsSync(into)).toBe(false);
  });

  it.each([
    [
      'a byte changed in a table',
      (folder: string) => flip(path.join(folder, 'database/audit.entry.copy.gz')),
      'changed',
    ],
    ['a table missing', (folder: string) => fs.rmSync(path.join(folder, 'database/audit.link.copy.gz')), 'missing'],
    ['a stored file cut off', (folder: string) => fs.truncateSync(firstFile(folder), 3), 'changed'],
    [
      'a manifest that was edited',
      (folder: string) => fs.appendFileSync(path.join(folder, 'manifest.json'), ' '),
      'manifest-damaged',
    ],
    ['a folder without a manifest', (folder: string) => fs.rmSync(path.join(folder, 'manifest.json')), 'not-a-backup'],
  ])('%s', async (_, damage, problem) => {
    const folder = copy();
    damage(folder);
    const into = path.join(work, `never-${crypto.randomUUID()}`);
    const done = await restoreBackup(folder, { dataDir: into, databaseUrl: undefined });
    expect(done).toMatchObject({ ok: false, code: 'restore/damaged', problems: [{ problem }] });
    expect(fs.existsSync(into)).toBe(false);
  });

  /** A backup somebody made up: what the manifest says is right by its own digest. */
  const forge = (folder: string, change: (manifest: Manifest) => object): void => {
    const read = readManifest(folder);
    if (!read.ok) throw new Error('the backup was whole');
    writeManifest(folder, { ...read.manifest, ...change(read.manifest) } as Manifest);
  };
  const partOf = (folder: string, place: string, text: string) => {
    fs.writeFileSync(path.resolve(folder, place), text);
    return { path: place, bytes: Buffer.byteLength(text), sha256: sha256(text) };
  };
  const listOf = (folder: string, place: string): void => {
    const line = JSON.stringify({ ...partOf(folder, place, 'x'), digest: 'x' });
    forge(folder, ({ files }) => ({ files: { ...files, list: partOf(folder, 'files.ndjson', `${line}\n`) } }));
  };

  it.each([
    ['a content that leaves the folder', (folder: string) => listOf(folder, '../out')],
    ['a content with an absolute place', (folder: string) => listOf(folder, path.join(work, 'absolute'))],
    [
      'a content that would be a setting',
      (folder: string) => {
        fs.mkdirSync(path.join(folder, 'pg18'));
        listOf(folder, 'pg18/PG_VERSION');
      },
    ],
    [
      'another list of contents than the one that was checked',
      (folder: string) =>
        forge(folder, ({ files }) => ({ files: { ...files, list: partOf(folder, 'other.ndjson', '') } })),
    ],
    [
      'a setting of its own',
      (folder: string) => forge(folder, () => ({ settings: [partOf(folder, 'settings/.bashrc', 'x')] })),
    ],
    [
      'a setting from above',
      (folder: string) => forge(folder, () => ({ settings: [partOf(folder, '../secret', 'x')] })),
    ],
    [
      'a column that is a statement',
      (folder: string) =>
        forge(folder, ({ tables }) => ({
          tables: tables.map((table, n) => (n === 0 ? { ...table, columns: ["id) from program 'true' --"] } : table)),
        })),
    ],
    [
      'a table of the server',
      (folder: string) =>
        forge(folder, ({ tables }) => ({
          tables: tables.map((table, n) => (n === 0 ? { ...table, schema: 'pg_catalog', name: 'pg_authid' } : table)),
        })),
    ],
    [
      'a migration from elsewhere',
      (folder: string) =>
        forge(folder, ({ migrations }) => ({ migrations: [...migrations, { name: '../x.sql', checksum: '' }] })),
    ],
    [
      'a table that is a link',
      (folder: string) => {
        const place = path.join(folder, 'database/audit.entry.copy.gz');
        fs.renameSync(place, path.join(work, 'moved.gz'));
        fs.symlinkSync(path.join(work, 'moved.gz'), place);
      },
    ],
    [
      'a folder that is a link',
      (folder: string) => {
        fs.renameSync(path.join(folder, 'database'), `${folder}-database`);
        fs.symlinkSync(`${folder}-database`, path.join(folder, 'database'));
      },
    ],
  ])('of somebody who means harm: %s', async (_, harm) => {
    const folder = copy();
    harm(folder);
    const into = path.join(work, `never-${crypto.randomUUID()}`);
    const done = await restoreBackup(folder, { dataDir: into, databaseUrl: undefined });
    expect(done).toMatchObject({ ok: false, code: 'restore/damaged' });
    if (!done.ok && done.code === 'restore/damaged')
      expect(new Set(done.problems.map(({ problem }) => problem))).toEqual(new Set(['foreign']));
    expect(fs.existsSync(into)).toBe(false);
  });

  it('and an incomplete backup never has the name of a complete one', async () => {
    const parent = path.join(work, 'incomplete');
    await expect(
      createBackup({ ...source(), databaseUrl: test.url.replace(/\/[^/]+$/, '/none') }, parent),
    ).rejects.toThrow();
    expect(fs.readdirSync(parent)).toEqual([]);
  });
});

describe('a store with holes', () => {
  it('is told: contents missing and contents changed on disk', async () => {
    await work1(test.db, 1);
    const { rows } = await sql<{ digest: string }>`select digest from files.reference order by id desc limit 2`.execute(
      test.db,
    );
    const [lost = '', bad = ''] = rows.map((row) => row.digest);
    const place = (digest: string): string =>
      path.join(dataDir, 'files', digest.slice(0, 2), digest.slice(2, 4), digest);
    fs.rmSync(place(lost));
    fs.writeFileSync(place(bad), 'not what it was');
    const { manifest } = await createBackup(source(), path.join(work, 'holes'));
    expect(manifest.files.missing).toEqual([lost]);
    expect(manifest.files.damaged).toEqual([bad]);
  });
});

describe('any PostgreSQL from 15', () => {
  it('takes a backup of the embedded server in, and gives one back, with an owner who is no superuser', async ({
    skip,
  }) => {
    if (!fs.existsSync(path.join(PG15, 'initdb'))) skip('PostgreSQL 15 is not installed on this machine');
    const server = await startPg15();
    try {
      const made = await createBackup(source(), path.join(work, 'to-15'));
      const into = path.join(work, 'on-15');
      expect(await restoreBackup(made.path, { dataDir: into, databaseUrl: server.url })).toMatchObject({
        ok: true,
        audit: { ok: true },
      });
      const back = await createBackup(
        { ...source(), databaseUrl: server.url, dataDir: into },
        path.join(work, 'from-15'),
      );
      const rowsOf = (folder: string) => {
        const read = readManifest(folder);
        return read.ok ? read.manifest.tables.map((table) => [table.schema, table.name, table.rows]) : [];
      };
      expect(rowsOf(back.path)).toEqual(rowsOf(made.path));
      expect(back.manifest.postgres).toMatch(/^15/);
    } finally {
      server.stop();
    }
  });
});

it('moved settings name the new places and switch mail off', () => {
  const text = 'MOTCUA_DATA_DIR=/old\nDATABASE_URL=postgres://old\nMOTCUA_PORT=8080\n';
  expect(movedSettings(text, { dataDir: '/new', databaseUrl: 'postgres://new' }).split('\n').slice(1)).toEqual([
    'MOTCUA_DATA_DIR=/new',
    'MOTCUA_PORT=8080',
    'DATABASE_URL=postgres://new',
    '',
  ]);
});

function flip(file: string): void {
  const bytes = fs.readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  fs.writeFileSync(file, bytes);
}

function firstFile(folder: string): string {
  const line = fs.readFileSync(path.join(folder, 'files.ndjson'), 'utf8').split('\n')[0] ?? '{}';
  const { path: place } = JSON.parse(line) as { path: string };
  return path.join(folder, place);
}

async function startPg15(): Promise<{ url: string; stop(): void }> {
  const dir = path.join(work, 'pg15');
  const root = process.getuid?.() === 0;
  const run = (program: string, args: readonly string[]): void => {
    const [command, rest] = root ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, [...args]];
    execFileSync(command, rest, { cwd: '/', stdio: 'ignore' });
  };
  fs.mkdirSync(dir);
  if (root) spawnSync('chown', ['postgres', dir]);
  run(path.join(PG15, 'initdb'), [
    '-D',
    path.join(dir, 'data'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
  ]);
  const port = await freePort();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  run(path.join(PG15, 'pg_ctl'), [
    '-D',
    path.join(dir, 'data'),
    '-w',
    '-l',
    path.join(dir, 'log'),
    '-o',
    options,
    'start',
  ]);
  const client = new pg.Client({ connectionString: `postgres://postgres@127.0.0.1:${port}/postgres` });
  await client.connect();
  await client.query('create role motcua login');
  await client.query('create database motcua owner motcua');
  await client.end();
  return {
    url: `postgres://motcua@127.0.0.1:${port}/motcua`,
    stop: () => run(path.join(PG15, 'pg_ctl'), ['-D', path.join(dir, 'data'), '-m', 'immediate', 'stop']),
  };
}
