import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { uuidv7 } from '../../core/ids/uuid.ts';
import type { Mailer } from '../../modules/foundation/notifications/index.ts';
import type { Finding, Setting, SystemProbe } from '../../modules/foundation/operation/index.ts';
import type { Clock, Config } from '../../platform/config/config.ts';
import type { Pool } from '../../platform/db/open.ts';
import { words } from '../../platform/messages/words.ts';
import { checkBacklog, checkMigrations, checkServer } from '../commands/doctor/database.ts';
import { checkFiles } from '../commands/doctor/files.ts';
import { checkMachine } from '../commands/doctor/machine.ts';
import { ROOT } from '../commands/settings.ts';
import { backlogFindings } from './backlog-findings.ts';
import type { TimerWatch } from './watch-timers.ts';

export type ProbeDeps = {
  readonly db: Pool;
  readonly config: Config;
  readonly embedded: boolean;
  readonly mailer: Mailer | undefined;
  readonly timers: TimerWatch;
  readonly realClock: Clock;
};

/** The checks of `motcua doctor` for a process that is at work, with what only such a process knows. */
export function createSystemProbe(deps: ProbeDeps): SystemProbe {
  const { db, config, mailer, realClock } = deps;
  const startedAt = realClock.now();
  return {
    async findings() {
      const groups = await Promise.all([
        guarded('machine', () => checkMachine(config)),
        guarded('database.server', () => checkServer(db, deps.embedded)),
        guarded('migrations', async () => (await checkMigrations(db)).findings),
        guarded('outbox.backlog', () => checkBacklog(db)),
        guarded('audit.lag', () => backlogFindings(db, realClock.now())),
        guarded('files.sample', () => checkFiles(db, config)),
      ]);
      // Nobody needs poppler to run the service; the command says so, a page of what matters does not.
      return groups.flat().filter(({ id }) => id !== 'poppler');
    },
    timers: () => deps.timers.states(),
    settings: () => settingsOf(config),
    async versions() {
      const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
      const { rows } = await sql<{ version: string; last: string | null }>`
        select current_setting('server_version') version, (select max(name) from platform.migration) last`.execute(db);
      const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
      return [
        { name: words('server.operation.product'), value: version },
        { name: 'Node.js', value: process.version },
        { name: 'PostgreSQL', value: rows[0]?.version ?? '' },
        { name: words('server.operation.schema'), value: rows[0]?.last ?? '' },
        {
          name: words('server.operation.process'),
          value: words('server.operation.process-value', { host: os.hostname(), pid: process.pid, memory }),
        },
        { name: words('server.operation.since'), value: startedAt.toISOString() },
      ];
    },
    async retryDeliveries() {
      const { numAffectedRows } =
        await sql`update platform.delivery set dead = false, attempts = 0, next_attempt_at = now() where dead`.execute(
          db,
        );
      return Number(numAffectedRows ?? 0);
    },
    async sendTestMail(to) {
      if (!mailer) return undefined;
      const date = realClock.now();
      const text = words('server.operation.test-mail-text');
      const outcome = await mailer.send({
        id: uuidv7(date),
        to,
        subject: words('server.operation.test-mail-subject'),
        text: `${text}\n`,
        date,
      });
      return outcome.kind === 'accepted'
        ? { ok: true, detail: outcome.reply }
        : { ok: false, detail: outcome.error.slice(0, 500) };
    },
  };
}

/** A check that cannot be made is itself something to tell. */
async function guarded(id: string, check: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    const text = words('server.operation.unchecked', {
      reason: error instanceof Error ? error.message : String(error),
    });
    return [{ id, status: 'failed', text, advice: words('server.operation.unchecked-advice') }];
  }
}

/** Settings in effect. Addresses lose their user and password; of secrets only whether they are there. */
function settingsOf(config: Config): readonly Setting[] {
  const yes = (there: boolean): string => (there ? words('server.operation.yes') : words('server.operation.no'));
  return [
    { name: 'MOTCUA_PUBLIC_URL', value: config.publicUrl },
    { name: 'MOTCUA_HOST, MOTCUA_PORT', value: `${config.host}:${config.port}` },
    { name: 'MOTCUA_TRUST_PROXY', value: yes(config.trustProxy) },
    { name: 'MOTCUA_DATA_DIR', value: config.dataDir },
    {
      name: 'DATABASE_URL',
      value: config.databaseUrl ? placeOf(config.databaseUrl) : words('server.operation.embedded'),
    },
    {
      name: 'DATABASE_READ_URL',
      value: config.databaseReadUrl ? placeOf(config.databaseReadUrl) : words('server.operation.no'),
    },
    { name: 'MOTCUA_POOL_SIZE', value: String(config.poolSize) },
    { name: 'MOTCUA_SMTP_URL', value: config.smtpUrl ? placeOf(config.smtpUrl) : words('server.operation.no') },
    { name: 'MOTCUA_MAIL_FROM', value: config.mailFrom },
    {
      name: 'MOTCUA_FILES_KEY',
      value: config.filesKey ? words('server.operation.files-encrypted') : words('server.operation.files-plain'),
    },
    { name: 'MOTCUA_OIDC_ISSUER', value: config.oidcIssuer ?? words('server.operation.no') },
    { name: 'MOTCUA_LOG_LEVEL', value: config.logLevel },
    { name: 'MOTCUA_DEMO', value: yes(config.demo) },
  ];
}

/** `smtp://user:secret@mail:587/x?y` → `smtp://mail:587/x`; what is no address is not shown at all. */
export function placeOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed
    ? `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`
    : words('server.operation.unreadable');
}
