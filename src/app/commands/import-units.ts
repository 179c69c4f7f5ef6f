import { isDay } from '../../core/time/index.ts';
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
  const { values, positionals } = readOptions(args, OPTIONS, { min: 1, max: 1, what: 'tệp đơn vị' });
  const validFrom = values['valid-from'];
  const validTo = values['valid-to'];
  if (validFrom === undefined) throw new UsageError('Thiếu --valid-from NGÀY (tệp không ghi ngày hiệu lực).');
  for (const day of [validFrom, validTo])
    if (day !== undefined && !isDay(day)) throw new UsageError(`“${day}” không phải ngày dạng 2025-07-01.`);
  const missing = values['close-missing'];
  if (missing !== undefined && missing !== 'tinh' && missing !== 'ca-nuoc')
    throw new UsageError('--close-missing nhận tinh (trong các tỉnh có trong tệp) hoặc ca-nuoc.');
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
      io.out(
        `${dryRun ? 'Thử, không ghi: ' : ''}đọc ${read}, thêm ${created}, sửa ${updated}, bỏ qua ${skipped}, kết thúc ${report.closed.length}, lỗi ${report.errors.length}.`,
      );
      if (dryRun) for (const unit of report.closed) io.out(`  sẽ kết thúc: ${unit.code} ${unit.name}`);
      for (const error of report.errors) io.out(`  ${error.unit}: ${error.message} (${error.code})`);
    }
    return report.errors.length > 0 ? 1 : 0;
  } finally {
    await opened.close();
  }
}
