import fs from 'node:fs';
import path from 'node:path';
import { words } from '../../platform/messages/words.ts';
import { type BackupProblem, checkBackup } from '../backup/check-backup.ts';
import { listBackups } from '../backup/create-backup.ts';
import { MANIFEST } from '../backup/manifest.ts';
import { type Restored, restoreBackup } from '../backup/restore-backup.ts';
import { type Command, DataError, type ExitCode, type Io, UsageError } from './command.ts';
import { COMMON, readOptions } from './options.ts';
import { unpackFolder } from './pack.ts';
import { printVerdict } from './verify-audit.ts';

const OPTIONS = {
  ...COMMON,
  into: { type: 'string' },
  'database-url': { type: 'string' },
  check: { type: 'boolean' },
} as const;

/** `motcua restore`. */
export const restoreCommand: Command = {
  async run(args, io) {
    const { values, positionals } = readOptions(args, OPTIONS, { min: 1, max: 1, what: words('cli.restore.backup') });
    const given = io.path(positionals[0] ?? '');
    if (!fs.existsSync(given)) throw new UsageError(words('cli.restore.none', { place: given }));
    if (values.into === undefined && !values.check) throw new UsageError(words('cli.restore.no-target'));
    const into = values.into === undefined ? undefined : io.path(values.into);
    const unpacked = fs.statSync(given).isDirectory() ? undefined : makeUnpackFolder(into ?? given);
    try {
      const folder = unpacked === undefined ? findBackup(given, io) : unpackFolder(given, unpacked);
      if (into === undefined) return await checkOnly(folder, values.json ?? false, io);
      const target = { dataDir: into, databaseUrl: values['database-url'] };
      const done = await restoreBackup(folder, target, ({ schema, name, rows }) => {
        if (rows > 0) io.note(words('cli.restore.table', { schema, name, rows }));
      });
      return report(done, into, values.json ?? false, io);
    } finally {
      if (unpacked !== undefined) fs.rmSync(unpacked, { recursive: true, force: true });
    }
  },
};

/** Beside the target, where there must be room anyway; the temporary folder of the system is often small. */
function makeUnpackFolder(beside: string): string {
  fs.mkdirSync(path.dirname(beside), { recursive: true });
  return fs.mkdtempSync(`${beside}.unpacked-`);
}

function findBackup(folder: string, io: Io): string {
  if (fs.existsSync(path.join(folder, MANIFEST))) return folder;
  const newest = listBackups(folder).at(-1);
  if (newest === undefined) return folder;
  io.note(words('cli.restore.newest', { newest }));
  return newest;
}

async function checkOnly(folder: string, json: boolean, io: Io): Promise<ExitCode> {
  const checked = await checkBackup(folder);
  if (!checked.ok) throw damaged(checked.problems);
  const { createdAt, version, tables, files } = checked.manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  if (json) io.out(JSON.stringify({ ok: true, path: folder, createdAt, version, rows, files: files.count }));
  else io.out(words('cli.restore.whole', { createdAt, version, rows, files: files.count }));
  return 0;
}

function report(done: Restored, into: string, json: boolean, io: Io): ExitCode {
  if (!done.ok) throw refusal(done);
  const { manifest, rows, files, migratedFurther, audit } = done;
  const { createdAt, installation } = manifest;
  if (json) {
    io.out(JSON.stringify({ restoredTo: into, createdAt, installation, rows, files, migratedFurther, audit }));
  } else {
    io.out(words('cli.restore.done', { into, createdAt, rows, files }));
    for (const name of migratedFurther) io.out(words('cli.restore.migrated', { name }));
    printVerdict(audit, io);
    io.note(words('cli.restore.mail-off'));
  }
  return audit.ok ? 0 : 1;
}

function refusal(done: Exclude<Restored, { ok: true }>): Error {
  switch (done.code) {
    case 'restore/target-not-empty':
      return new UsageError(words('cli.restore.target-not-empty'));
    case 'restore/damaged':
      return damaged(done.problems);
    case 'restore/database-not-empty':
      return new UsageError(words('cli.restore.database-not-empty', { table: done.name }));
    case 'restore/newer-version':
      return new DataError(done.code, words('cli.restore.newer', { migration: done.name }));
    case 'restore/other-migration':
      return new DataError(done.code, words('cli.restore.other-migration', { migration: done.name }));
    case 'restore/rows-differ':
      return new DataError(
        done.code,
        words('cli.restore.rows-differ', { table: done.name, wanted: done.wanted, found: done.found }),
      );
  }
}

function damaged(problems: readonly BackupProblem[]): DataError {
  const shown = problems
    .slice(0, 20)
    .map(({ path: name, problem }) => `  ${name}: ${words(`cli.restore.problem-${problem}`)}`);
  const more = problems.length > 20 ? [words('cli.restore.more', { count: problems.length - 20 })] : [];
  return new DataError('restore/damaged', [words('cli.restore.damaged'), ...shown, ...more].join('\n'));
}
