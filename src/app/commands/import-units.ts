import { isDay } from '../../core/time/index.ts';
import { words } from '../../platform/messages/words.ts';
import { type ExitCode, type Io, UsageError } from './command.ts';
import { COMMAND_ACTOR, openInstallation } from './open-installation.ts';
import { COMMON, readOptions } from './options.ts';
import { readJson } from './read-input.ts';
import { readSettings } from './settings.ts';

const OPTIONS = {
  ...COMMON,
  'valid-from': { type: 'string' },
  'valid-to': { type: 'string' },
  'dry-run': { type: 'boolean' },
  'close-missing': { type: 'string' },
} as const;

const SCOPES = { tinh: 'listed-provinces', 'ca-nuoc': 'country' } as const;

/** `motcua import units FILE --valid-from D [--valid-to D] [--close-missing tinh|ca-nuoc]`. */
export async function importUnitsFile(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, OPTIONS, { min: 1, max: 1, what: words('cli.import.unit-file') });
  const validFrom = values['valid-from'];
  const validTo = values['valid-to'];
  if (validFrom === undefined) throw new UsageError(words('cli.import.no-valid-from'));
  for (const day of [validFrom, validTo])
    if (day !== undefined && !isDay(day)) throw new UsageError(words('cli.import.not-day', { day }));
  const missing = values['close-missing'];
  if (missing !== undefined && missing !== 'tinh' && missing !== 'ca-nuoc')
    throw new UsageError(words('cli.import.close-missing'));
  const closeMissing = missing === undefined ? undefined : SCOPES[missing];
  const json = await readJson(io, positionals[0] ?? '');
  const { config } = readSettings(values, io);
  const opened = await openInstallation(config);
  try {
    const dryRun = values['dry-run'];
    const report = await opened.system.organisation.importUnits(COMMAND_ACTOR, json, {
      validFrom,
      validTo,
      dryRun,
      closeMissing,
    });
    if (values.json) io.out(JSON.stringify(report));
    else {
      const { read, created, updated, skipped } = report;
      const trial = dryRun ? words('cli.import.trial') : '';
      io.out(
        words('cli.import.units-done', {
          trial,
          read,
          created,
          updated,
          skipped,
          closed: report.closed.length,
          errors: report.errors.length,
        }),
      );
      if (dryRun)
        for (const unit of report.closed) io.out(words('cli.import.unit-closes', { code: unit.code, name: unit.name }));
      for (const error of report.errors)
        io.out(words('cli.import.unit-error', { unit: error.unit, message: error.message, code: error.code }));
    }
    return report.errors.length > 0 ? 1 : 0;
  } finally {
    await opened.close();
  }
}
