import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { type Config, readConfig } from '../../platform/config/config.ts';
import { words } from '../../platform/messages/words.ts';
import { EnvironmentError, type Io, UsageError } from './command.ts';
import { reasonOf } from './read-input.ts';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
/** Settings of an installation, written by `init`; read by systemd and by every command. */
export const ENV_FILE = 'motcua.env';

export type Settings = {
  readonly config: Config;
  /** The process's own environment over the file's: what a command should hand to whatever reads settings by name. */
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * Finds the data folder (`--data-dir`, else MOTCUA_DATA_DIR, else `.data/<era>` of the project), reads its
 * `motcua.env`, and makes the configuration. A variable of the process's environment wins over the file.
 */
export function readSettings(values: { 'data-dir'?: string | undefined; era?: string | undefined }, io: Io): Settings {
  const era = values.era ?? io.env['MOTCUA_ERA'];
  const given = values['data-dir'] ?? io.env['MOTCUA_DATA_DIR'];
  const dataDir = given === undefined ? defaultDataDir(era ?? '2026') : io.path(given);
  const env: Record<string, string | undefined> = {
    ...readEnvFile(path.join(dataDir, ENV_FILE)),
    ...io.env,
    ...(era === undefined ? {} : { MOTCUA_ERA: era }),
    MOTCUA_DATA_DIR: dataDir,
  };
  // The installation's secret is read from the process's environment, wherever the system is put together.
  if (env['MOTCUA_SECRET'] && !process.env['MOTCUA_SECRET']) process.env['MOTCUA_SECRET'] = env['MOTCUA_SECRET'];
  try {
    const config = readConfig(env);
    return { config: { ...config, clockShiftMs: config.clockShiftMs || demoShift(dataDir) }, env };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Refuses to work as root on the files of another user: PostgreSQL's folder would change hands and the service would
 * not start again.
 */
export function requireOwner(dataDir: string): void {
  if (process.getuid?.() !== 0) return;
  const stat = fs.statSync(dataDir, { throwIfNoEntry: false });
  if (!stat || stat.uid === 0) return;
  const command = words('cli.settings.run-as');
  throw new EnvironmentError(words('cli.settings.other-owner', { dataDir, uid: stat.uid, command }));
}

function readEnvFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return {};
    throw new EnvironmentError(words('cli.settings.unreadable', { file, reason: reasonOf(error) }));
  }
}

/** As `npm start` chooses it: below a closed home of root PostgreSQL's user would not reach the project. */
function defaultDataDir(era: string): string {
  const own = path.join(ROOT, '.data', era);
  if (process.getuid?.() !== 0) return own;
  for (let dir = ROOT; ; dir = path.dirname(dir)) {
    if (!(fs.statSync(dir).mode & 0o001)) return path.join('/var/lib/motcua', era);
    if (dir === path.dirname(dir)) return own;
  }
}

/** The 2023 demo keeps the shift of its clock beside its data. */
function demoShift(dataDir: string): number {
  const file = path.join(dataDir, 'clock-shift');
  return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0;
}
