import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { MIGRATIONS_DIR } from '../../../platform/db/migrate.ts';
import type { Db } from '../../../platform/db/open.ts';
import { words } from '../../../platform/messages/words.ts';
import { findInstallation } from '../../installation.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

const EXTENSIONS = ['unaccent', 'pg_trgm', 'btree_gin', 'btree_gist'];
const OLDEST = 150_000;

/** The server: version, encoding, extensions, clock. */
export async function checkServer(db: Db, embedded: boolean): Promise<readonly Finding[]> {
  const { rows } = await sql<{
    version: string;
    number: number;
    encoding: string;
    present: string[];
    offered: string[];
    now: Date;
    shared: string;
  }>`
    select current_setting('server_version') version, current_setting('server_version_num')::int number,
      current_setting('server_encoding') encoding, clock_timestamp() now, pg_size_pretty(pg_database_size(current_database())) shared,
      array(select extname::text from pg_extension) present,
      array(select name::text from pg_available_extensions) offered`.execute(db);
  const row = rows[0];
  if (!row) return [];
  const { version, number, encoding, present, offered } = row;
  const own = embedded ? words('cli.doctor.version-embedded') : '';
  const missing = EXTENSIONS.filter((name) => !present.includes(name));
  const absent = missing.filter((name) => !offered.includes(name));
  const drift = Math.abs(row.now.getTime() - Date.now());
  return [
    number >= OLDEST
      ? ok('database.version', words('cli.doctor.version', { version, embedded: own, size: row.shared }))
      : failed('database.version', words('cli.doctor.version-old', { version }), words('cli.doctor.version-advice')),
    encoding === 'UTF8'
      ? ok('database.encoding', words('cli.doctor.encoding'))
      : failed(
          'database.encoding',
          words('cli.doctor.encoding-wrong', { encoding }),
          words('cli.doctor.encoding-advice'),
        ),
    absent.length > 0
      ? failed(
          'database.extensions',
          words('cli.doctor.extensions-absent', { names: absent.join(', ') }),
          words('cli.doctor.extensions-install'),
        )
      : missing.length > 0
        ? failed(
            'database.extensions',
            words('cli.doctor.extensions-missing', { names: missing.join(', ') }),
            words('cli.doctor.extensions-advice'),
          )
        : ok('database.extensions', words('cli.doctor.extensions', { names: EXTENSIONS.join(', ') })),
    drift < 2000
      ? ok('clock', words('cli.doctor.clock', { ms: drift }))
      : warning(
          'clock',
          words('cli.doctor.clock-drift', { seconds: Math.round(drift / 1000) }),
          words('cli.doctor.clock-advice'),
        ),
  ];
}

/** Migrations against the files of this program. @returns also whether the tables can be asked at all. */
export async function checkMigrations(db: Db): Promise<{ findings: readonly Finding[]; usable: boolean }> {
  const { rows: there } = await sql<{ t: string | null }>`select to_regclass('platform.migration')::text t`.execute(db);
  if (!there[0]?.t)
    return {
      usable: false,
      findings: [
        failed('migrations', words('cli.doctor.migrations-none'), words('cli.doctor.init-advice'), 'environment'),
      ],
    };
  const { rows } = await sql<{ name: string; checksum: string }>`select name, checksum from platform.migration`.execute(
    db,
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  const files = fs.readdirSync(MIGRATIONS_DIR).filter((file) => file.endsWith('.sql'));
  const digest = (file: string): string =>
    crypto
      .createHash('sha256')
      .update(fs.readFileSync(path.join(MIGRATIONS_DIR, file)))
      .digest('hex');
  const pending = files.filter((file) => !applied.has(file));
  const changed = files.filter((file) => applied.has(file) && applied.get(file) !== digest(file));
  const unknown = [...applied.keys()].filter((name) => !files.includes(name));
  if (unknown.length > 0)
    return {
      usable: true,
      findings: [
        failed(
          'migrations',
          words('cli.doctor.migrations-unknown', { names: unknown.join(', ') }),
          words('cli.doctor.migrations-unknown-advice'),
        ),
      ],
    };
  if (changed.length > 0)
    return {
      usable: true,
      findings: [
        failed(
          'migrations',
          words('cli.doctor.migrations-changed', { names: changed.join(', ') }),
          words('cli.doctor.migrations-changed-advice'),
        ),
      ],
    };
  if (pending.length > 0)
    return {
      usable: false,
      findings: [
        failed(
          'migrations',
          words('cli.doctor.migrations-pending', { count: pending.length, names: pending.join(', ') }),
          words('cli.doctor.migrations-pending-advice'),
        ),
      ],
    };
  return { usable: true, findings: [ok('migrations', words('cli.doctor.migrations', { count: files.length }))] };
}

type Backlog = {
  pending: number;
  oldest: Date | null;
  retrying: number;
  dead: number;
  waiting: number;
  mail: number;
  mail_failed: number;
  mail_oldest: Date | null;
};

/** What waits: events, deliveries, seals, mail. Old waiting things mean that no server is at work. */
export async function checkBacklog(db: Db): Promise<readonly Finding[]> {
  const installation = await findInstallation(db);
  const { rows } = await sql<Backlog>`select
    (select count(*) from platform.event where pending) pending, (select min(recorded_at) from platform.event where pending) oldest,
    (select count(*) from platform.delivery where not dead) retrying, (select count(*) from platform.delivery where dead) dead,
    (select count(*) from audit.waiting) waiting,
    (select count(*) from notifications.message where channel = 'email' and status = 'waiting') mail,
    (select min(queued_at) from notifications.message where channel = 'email' and status = 'waiting') mail_oldest,
    (select count(*) from notifications.message where channel = 'email' and status = 'failed') mail_failed`.execute(db);
  const now = rows[0];
  if (!now) return [];
  const kind = installation?.demo ? words('cli.doctor.kind-demo') : words('cli.doctor.kind-real');
  const findings: Finding[] = [
    installation
      ? ok('installation', words('cli.doctor.installation', { kind, name: installation.name }))
      : failed('installation', words('cli.doctor.installation-none'), words('cli.doctor.init-advice')),
    isOld(now.oldest)
      ? warning(
          'outbox',
          words('cli.doctor.outbox-old', { count: now.pending, since: now.oldest?.toISOString() ?? '' }),
          words('cli.doctor.outbox-advice'),
        )
      : ok('outbox', words('cli.doctor.outbox', { count: now.pending, retrying: now.retrying })),
    now.dead > 0
      ? failed('outbox.dead', words('cli.doctor.dead', { count: now.dead }), words('cli.doctor.dead-advice'), 'data')
      : ok('outbox.dead', words('cli.doctor.dead-none')),
    now.waiting > 20_000
      ? warning(
          'audit.unsealed',
          words('cli.doctor.unsealed', { count: now.waiting }),
          words('cli.doctor.unsealed-advice'),
        )
      : ok('audit.unsealed', words('cli.doctor.unsealed', { count: now.waiting })),
    now.mail_failed > 0
      ? warning(
          'mail.failed',
          words('cli.doctor.mail-failed', { count: now.mail_failed }),
          words('cli.doctor.mail-failed-advice'),
        )
      : ok('mail.failed', words('cli.doctor.mail-failed-none')),
    isOld(now.mail_oldest)
      ? warning(
          'mail.waiting',
          words('cli.doctor.mail-old', { count: now.mail, since: now.mail_oldest?.toISOString() ?? '' }),
          words('cli.doctor.mail-old-advice'),
        )
      : ok('mail.waiting', words('cli.doctor.mail-waiting', { count: now.mail })),
  ];
  return findings;
}

const isOld = (at: Date | null): boolean => at !== null && Date.now() - at.getTime() > 15 * 60_000;
