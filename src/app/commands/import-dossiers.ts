import fs from 'node:fs';
import { words } from '../../platform/messages/words.ts';
import { type ExitCode, type Io, UsageError } from './command.ts';
import { openInstallation } from './open-installation.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

const OPTIONS = { ...COMMON, 'dry-run': { type: 'boolean' }, resume: { type: 'boolean' } } as const;

/** `motcua import dossiers FILE.ndjson [--dry-run] [--resume]` (contracts §2). */
export async function importDossiersFile(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, OPTIONS, {
    min: 1,
    max: 1,
    what: words('cli.import.dossier-file'),
  });
  const typed = positionals[0] ?? '';
  const file = io.path(typed);
  if (!fs.existsSync(file)) throw new UsageError(words('cli.import.no-file', { file: typed }));
  const { config } = readSettings(values, io);
  const opened = await openInstallation(config);
  try {
    const { importDossiers } = await import('../volume/import-dossiers.ts');
    const options = { dryRun: values['dry-run'] ?? false, resume: values.resume ?? false };
    const report = await importDossiers(opened.system, file, options);
    if (values.json) io.out(JSON.stringify(report));
    else {
      const { read, imported, skipped, errors } = report;
      const trial = options.dryRun ? words('cli.import.trial') : '';
      io.out(words('cli.import.dossiers-done', { trial, read, imported, skipped, errors: errors.length }));
      for (const { line, field, code } of errors) io.out(words('cli.import.dossier-error', { line, field, code }));
    }
    return report.errors.length > 0 ? 1 : 0;
  } finally {
    await opened.close();
  }
}
