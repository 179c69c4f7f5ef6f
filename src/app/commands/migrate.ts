import { migrate } from '../../platform/db/migrate.ts';
import { words } from '../../platform/messages/words.ts';
import { type Command, DataError } from './command.ts';
import { openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

/** `motcua migrate`. */
export const migrateCommand: Command = {
  async run(args, io) {
    const { values } = readOptions(args, COMMON);
    const { config } = readSettings(values, io);
    const database = await openDatabase(config, { create: true });
    try {
      const report = await runMigrations(database.url);
      if (values.json) io.out(JSON.stringify(report));
      else {
        for (const name of report.applied) io.out(words('cli.migrate.applied', { name }));
        io.out(words('cli.migrate.done', { applied: report.applied.length, already: report.already }));
      }
      return 0;
    } finally {
      await database.close();
    }
  },
};

async function runMigrations(url: string) {
  try {
    return await migrate(url);
  } catch (error) {
    if (error instanceof Error && !('code' in error)) throw new DataError('migration/failed', error.message);
    throw error;
  }
}
