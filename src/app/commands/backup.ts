import fs from 'node:fs';
import path from 'node:path';
import { type BackupReport, createBackup, removeOldBackups } from '../backup/create-backup.ts';
import { findInstallation, installationSecret } from '../installation.ts';
import { type Command, type Io, UsageError } from './command.ts';
import { envFileText } from './env-file.ts';
import { noteRun } from './note-run.ts';
import { openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { packFolder } from './pack.ts';
import { ENV_FILE, ROOT, readSettings, type Settings } from './settings.ts';

const USAGE = `Cách dùng: motcua backup THƯ_MỤC [--keep N] [--json] [--data-dir THƯ_MỤC]
           motcua backup TỆP.tar [--json]

Sao lưu trong khi mọi người vẫn làm việc: cơ sở dữ liệu tại một thời điểm, các tệp, cấu hình và khóa. Mỗi lần tạo một
thư mục mới motcua-<ngày>-<giờ UTC> trong THƯ_MỤC; tệp không đổi so với lần trước được liên kết, không chép lại.
Bản sao lưu chứa dữ liệu cá nhân và khóa bí mật: chỉ người chạy lệnh đọc được (quyền 700).

  --keep N   sau khi xong, chỉ giữ N bản mới nhất trong THƯ_MỤC

Kết quả JSON: {path, createdAt, tables, rows, files, bytes, missingFiles, damagedFiles, removed, seconds}.
Mã thoát 1 nếu bản sao lưu xong nhưng kho tệp thiếu hoặc hỏng nội dung mà cơ sở dữ liệu cần.`;

/** `motcua backup`. */
export const backupCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const options = { ...COMMON, keep: { type: 'string' } } as const;
    const { values, positionals } = readOptions(args, options, { min: 1, max: 1, what: 'nơi giữ bản sao lưu' });
    const target = io.path(positionals[0] ?? '');
    const keep = values.keep === undefined ? undefined : Number(values.keep);
    if (keep !== undefined && !(Number.isInteger(keep) && keep >= 1))
      throw new UsageError('--keep phải là số nguyên từ 1.');
    const packed = target.endsWith('.tar');
    if (packed && fs.existsSync(target)) throw new UsageError(`Tệp ${target} đã có.`);
    if (packed && keep !== undefined) throw new UsageError('--keep chỉ dùng với thư mục.');
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
  if (!inside.startsWith('..') && !path.isAbsolute(inside))
    throw new UsageError('Nơi giữ bản sao lưu không được nằm trong thư mục dữ liệu.');
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
      onTable: ({ schema, name, rows }) => rows > 0 && io.note(`  ${schema}.${name}: ${rows} dòng`),
    });
    const { count, missing, damaged } = made.manifest.files;
    const ok = missing.length + damaged.length === 0;
    await noteRun(database.db, { kind: 'backup', ok, detail: `${made.path}, ${count} tệp` }, io);
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
    [ENV_FILE]: fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : envFileText(demo, 'Ghi lại lúc sao lưu.'),
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
      `${tables.length} bảng, ${rows} dòng, ${files.count} tệp (${linkedFiles} liên kết), ${Math.round(bytes / 1e5) / 10} MB, ${seconds} giây.`,
    );
    for (const digest of missingFiles) io.note(`THIẾU trong kho tệp: ${digest}`);
    for (const digest of damagedFiles) io.note(`HỎNG trong kho tệp: ${digest}`);
    for (const old of removed) io.note(`đã bỏ bản cũ ${old}`);
  }
  return missingFiles.length + damagedFiles.length > 0 ? 1 : 0;
}
