import { readConfig } from '../../platform/config/config.ts';
import { createLog } from '../../platform/log/log.ts';
import { words } from '../../platform/messages/words.ts';
import { openSystem } from '../system.ts';
import { type Command, type Io, UsageError } from './command.ts';
import { askInitSettings, createTerminalAsk } from './init-questions.ts';
import { type InitSettings, readInitSettings } from './init-settings.ts';
import { environmentOf, type Initialised, initialise } from './initialise.ts';
import { openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { readText } from './read-input.ts';
import { readSettings } from './settings.ts';

/** `motcua init`. */
export const initCommand: Command = {
  async run(args, io) {
    const { values } = readOptions(args, { ...COMMON, file: { type: 'string' } });
    const settings = values.file === undefined ? await ask(io) : readInitSettings(await readText(io, values.file));
    const place = values['data-dir'] ?? io.env['MOTCUA_DATA_DIR'] ?? settings.storage?.dataDir;
    if (place === undefined) throw new UsageError(words('cli.init.no-data-dir'));
    const { config: base } = readSettings({ 'data-dir': place }, { ...io, env: {} });
    const env = environmentOf(settings, base.dataDir);
    const config = readConfig(env);
    const database = await openDatabase(config, { create: true });
    let system: Awaited<ReturnType<typeof openSystem>> | undefined;
    try {
      system = await openSystem(config, createLog('warn', 2));
      report(await initialise(system, settings, env, io), settings, values.json ?? false, io);
      return 0;
    } finally {
      await system?.close();
      await database.close();
    }
  },
};

async function ask(io: Io): Promise<InitSettings> {
  if (!io.interactive) throw new UsageError(words('cli.init.no-terminal'));
  const terminal = createTerminalAsk();
  try {
    return await askInitSettings(terminal.ask);
  } finally {
    terminal.close();
  }
}

function report(done: Initialised, settings: InitSettings, json: boolean, io: Io): void {
  if (json) {
    io.out(JSON.stringify(done));
    return;
  }
  io.out(words('cli.init.done', { name: done.name, unit: done.unit.name, day: done.day }));
  io.out(words('cli.init.regimes', { regimes: Object.values(done.regimes).join(', ') }));
  io.out(words('cli.init.settings', { file: done.settingsFile }));
  io.out(words('cli.init.sign-in', { url: settings.publicUrl.replace(/\/$/, ''), login: done.login }));
  if (done.oneTimePassword !== undefined)
    io.out(words('cli.init.one-time-password', { password: done.oneTimePassword }));
  io.note(words('cli.init.next'));
  if (settings.units === undefined) io.note(words('cli.init.next-units'));
}
