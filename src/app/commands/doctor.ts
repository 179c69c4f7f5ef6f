import { words } from '../../platform/messages/words.ts';
import { findInstallation } from '../installation.ts';
import { type Command, EnvironmentError, type ExitCode, type Io } from './command.ts';
import { checkBacklog, checkMigrations, checkServer } from './doctor/database.ts';
import { checkFiles } from './doctor/files.ts';
import { type Finding, failed, ok } from './doctor/finding.ts';
import { checkMachine } from './doctor/machine.ts';
import { explain } from './explain.ts';
import { type OpenedDatabase, openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

/** `motcua doctor`. */
export const doctorCommand: Command = {
  async run(args, io) {
    const { values } = readOptions(args, COMMON);
    const { config } = readSettings(values, io);
    const findings: Finding[] = [];
    let { demo } = config;
    try {
      const database = await openDatabase(config);
      try {
        findings.push(
          ok(
            'database.reachable',
            database.embedded ? words('cli.doctor.reachable-embedded') : words('cli.doctor.reachable'),
          ),
        );
        demo ||= await isDemo(database.db);
        findings.push(...(await checkDatabase(database, config)));
      } finally {
        await database.close();
      }
    } catch (error) {
      const text = explain(error, 'doctor').message;
      findings.push(
        failed(
          'database.reachable',
          text,
          error instanceof EnvironmentError ? words('cli.doctor.reachable-advice') : words('cli.doctor.reachable-log'),
        ),
      );
    }
    return report([...(await checkMachine({ ...config, demo })), ...findings], values.json ?? false, io);
  },
};

/** What is a demo is known from the database; of one that was never migrated nothing is known. */
async function isDemo(db: OpenedDatabase['db']): Promise<boolean> {
  try {
    return (await findInstallation(db))?.demo ?? false;
  } catch {
    return false;
  }
}

async function checkDatabase(
  { db, embedded }: OpenedDatabase,
  config: Parameters<typeof checkFiles>[1],
): Promise<readonly Finding[]> {
  const migrations = await checkMigrations(db);
  return [
    ...(await checkServer(db, embedded)),
    ...migrations.findings,
    ...(migrations.usable ? [...(await checkBacklog(db)), ...(await checkFiles(db, config))] : []),
  ];
}

function report(findings: readonly Finding[], json: boolean, io: Io): ExitCode {
  const broken = findings.filter(({ status }) => status === 'failed');
  if (json)
    io.out(JSON.stringify({ ok: broken.length === 0, findings: findings.map(({ about: _, ...shown }) => shown) }));
  else
    for (const { status, text, advice } of findings) {
      io.out(`${words(`cli.doctor.mark-${status}`).padEnd(5)}  ${text}`);
      if (advice) io.out(`         → ${advice}`);
    }
  if (broken.length === 0) return 0;
  return broken.every(({ about }) => about === 'data') ? 1 : 3;
}
