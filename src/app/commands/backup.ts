import fs from 'node:fs';
import path from 'node:path';
import { words } from '../../platform/messages/words.ts';
import { type BackupReport, createBackup, removeOldBackups } from '../backup/create-backup.ts';
import { findInstallation, installationSecret } from '../installation.ts';
import { type Command, type Io, UsageError } from './command.ts';
import { envFileText } from './env-file.ts';
import { noteRun } from './note-run.ts';
import { openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { packFolder } from './pack.ts';
import { ENV_FILE, ROOT, readSettings, type Settings } from './settings.ts';

/** `motcua backup`. */
export const backupCommand: Command = {
  async run(args, io) {
    const options = { ...COMMON, keep: { type: 'string' } } as const;
    const { values, positionals } = readOptions(args, options, { min: 1, max: 1, what: words('cli.backup.place') });
    const target = io.path(positionals[0] ?? '');
    const keep = values.keep === undefined ? undefined : Number(values.keep);
    if (keep !== undefined && !(Number.isInteger(keep) && keep >= 1))
      throw new UsageError(words('cli.backup.keep-number'));
    const packed = target.endsWith('.tar');
    if (packed && fs.existsSync(target)) throw new UsageError(words('cli.backup.file-exists', { file: target }));
    if (packed && keep !== undefined) throw new UsageError(words('cli.backup.keep-folder'));
    const settings = readSettings(values, io);
    const made = await run(settings, packed ? `${target}.parts` : target, io);
    const place = packed ? packFolder(made.path, target) : made.path;
    const removed = keep === undefined ? [] : removeOldBackups(target, keep);
    return report(made, place, removed, values.json ?? false, io);
  },
};

async function run(given: Settings, parent: string, io: Io): Promise<BackupReport> {
  const { config } = given;
  const inside = path.relative(config.dataDir, parent);
  if (!inside.startsWith('..') && !path.isAbsolute(inside)) throw new UsageError(words('cli.backup.inside-data'));
  const database = await openDatabase(config);
  try {
    const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const source = {
      databaseUrl: database.url,
      dataDir: config.dataDir,
      settings: settingsOf(given, (await findInstallation(database.db))?.demo ?? false),
      version,
    };
    const made = await createBackup(source, parent, {
      onTable: ({ schema, name, rows }) => rows > 0 && io.note(words('cli.backup.table', { schema, name, rows })),
    });
    const { count, missing, damaged } = made.manifest.files;
    const ok = missing.length + damaged.length === 0;
    await noteRun(
      database.db,
      { kind: 'backup', ok, detail: words('cli.backup.run', { place: made.path, count }) },
      io,
    );
    return made;
  } finally {
    await database.close();
  }
}

/** Small files without which the copy would be of little use. */
function settingsOf({ config }: Settings, isDemo: boolean): Record<string, string> {
  const file = path.join(config.dataDir, ENV_FILE);
  const shift = path.join(config.dataDir, 'clock-shift');
  const demo = { MOTCUA_DEMO: isDemo ? '1' : undefined, MOTCUA_ERA: config.era };
  return {
    secret: installationSecret(config),
    [ENV_FILE]: fs.existsSync(file)
      ? fs.readFileSync(file, 'utf8')
      : envFileText(demo, words('cli.backup.env-heading')),
    ...(fs.existsSync(shift) ? { 'clock-shift': fs.readFileSync(shift, 'utf8') } : {}),
  };
}

function report(
  { manifest, linkedFiles, seconds }: BackupReport,
  place: string,
  removed: readonly string[],
  json: boolean,
  io: Io,
) {
  const { tables, files, createdAt } = manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0) + files.bytes;
  const { missing: missingFiles, damaged: damagedFiles } = files;
  if (json)
    io.out(
      JSON.stringify({
        path: place,
        createdAt,
        tables: tables.length,
        rows,
        files: files.count,
        linkedFiles,
        bytes,
        missingFiles,
        damagedFiles,
        removed,
        seconds,
      }),
    );
  else {
    io.out(place);
    io.note(
      words('cli.backup.done', {
        tables: tables.length,
        rows,
        files: files.count,
        linked: linkedFiles,
        megabytes: Math.round(bytes / 1e5) / 10,
        seconds,
      }),
    );
    for (const digest of missingFiles) io.note(words('cli.backup.missing', { digest }));
    for (const digest of damagedFiles) io.note(words('cli.backup.damaged', { digest }));
    for (const old of removed) io.note(words('cli.backup.removed', { old }));
  }
  return missingFiles.length + damagedFiles.length > 0 ? 1 : 0;
}
