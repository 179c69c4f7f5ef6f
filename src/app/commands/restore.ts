import fs from 'node:fs';
import path from 'node:path';
import { type BackupProblem, checkBackup } from '../backup/check-backup.ts';
import { listBackups } from '../backup/create-backup.ts';
import { MANIFEST } from '../backup/manifest.ts';
import { type Restored, restoreBackup } from '../backup/restore-backup.ts';
import { type Command, DataError, type ExitCode, type Io, UsageError } from './command.ts';
import { COMMON, readOptions } from './options.ts';
import { unpackFolder } from './pack.ts';
import { printVerdict } from './verify-audit.ts';

const USAGE = `Cách dùng: motcua restore BẢN_SAO_LƯU --into THƯ_MỤC_TRỐNG [--database-url URL] [--json]
           motcua restore BẢN_SAO_LƯU --check [--json]

Phục hồi một bản sao lưu (thư mục, tệp .tar, hoặc thư mục chứa nhiều bản: lấy bản mới nhất). Kiểm tra từng byte trước,
rồi mới ghi; bản hỏng hoặc nơi đến không trống thì từ chối và không để lại gì. Xong thì kiểm tra chuỗi nhật ký.
Gửi thư được tắt trong cấu hình phục hồi để thư cũ không đi lần nữa.

  --into THƯ_MỤC_TRỐNG   thư mục dữ liệu mới
  --database-url URL     cơ sở dữ liệu trống để phục hồi vào (mặc định: PostgreSQL đi kèm, trong thư mục mới)
  --check                chỉ kiểm tra bản sao lưu, không phục hồi

Mã thoát 1 nếu bản sao lưu hỏng hoặc chuỗi nhật ký không khớp.`;

const OPTIONS = {
  ...COMMON,
  into: { type: 'string' },
  'database-url': { type: 'string' },
  check: { type: 'boolean' },
} as const;

const PROBLEMS: Readonly<Record<BackupProblem['problem'], string>> = {
  'not-a-backup': 'không phải bản sao lưu của Một Cửa',
  'manifest-damaged': 'tệp kê (manifest.json) bị sửa hoặc cắt cụt',
  'newer-format': 'bản sao lưu của một phiên bản mới hơn',
  missing: 'thiếu tệp',
  changed: 'nội dung khác lúc sao lưu',
  foreign: 'không phải tên tệp của một bản sao lưu, hoặc là liên kết ra ngoài: bản này có thể do người khác tạo',
};

/** `motcua restore`. */
export const restoreCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const { values, positionals } = readOptions(args, OPTIONS, { min: 1, max: 1, what: 'bản sao lưu' });
    const given = io.path(positionals[0] ?? '');
    if (!fs.existsSync(given)) throw new UsageError(`Không có ${given}.`);
    if (values.into === undefined && !values.check) throw new UsageError('Thiếu --into THƯ_MỤC_TRỐNG.');
    const into = values.into === undefined ? undefined : io.path(values.into);
    const unpacked = fs.statSync(given).isDirectory() ? undefined : makeUnpackFolder(into ?? given);
    try {
      const folder = unpacked === undefined ? findBackup(given, io) : unpackFolder(given, unpacked);
      if (into === undefined) return await checkOnly(folder, values.json ?? false, io);
      const target = { dataDir: into, databaseUrl: values['database-url'] };
      const done = await restoreBackup(folder, target, ({ schema, name, rows }) => {
        if (rows > 0) io.note(`  ${schema}.${name}: ${rows} dòng`);
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
  io.note(`Lấy bản mới nhất: ${newest}`);
  return newest;
}

async function checkOnly(folder: string, json: boolean, io: Io): Promise<ExitCode> {
  const checked = await checkBackup(folder);
  if (!checked.ok) throw damaged(checked.problems);
  const { createdAt, version, tables, files } = checked.manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  if (json) io.out(JSON.stringify({ ok: true, path: folder, createdAt, version, rows, files: files.count }));
  else io.out(`Bản sao lưu nguyên vẹn: ${createdAt}, phiên bản ${version}, ${rows} dòng, ${files.count} tệp.`);
  return 0;
}

function report(done: Restored, into: string, json: boolean, io: Io): ExitCode {
  if (!done.ok) throw refusal(done);
  const { manifest, rows, files, migratedFurther, audit } = done;
  const { createdAt, installation } = manifest;
  if (json) {
    io.out(JSON.stringify({ restoredTo: into, createdAt, installation, rows, files, migratedFurther, audit }));
  } else {
    io.out(`Đã phục hồi vào ${into}: bản ${createdAt}, ${rows} dòng, ${files} tệp.`);
    for (const name of migratedFurther) io.out(`  đã nâng cấu trúc: ${name}`);
    printVerdict(audit, io);
    io.note(
      'Gửi thư đang tắt: xem motcua.env trong thư mục mới. Chạy: motcua doctor, rồi motcua serve, với --data-dir này.',
    );
  }
  return audit.ok ? 0 : 1;
}

function refusal(done: Exclude<Restored, { ok: true }>): Error {
  switch (done.code) {
    case 'restore/target-not-empty':
      return new UsageError('Thư mục --into phải trống hoặc chưa có: không ghi đè dữ liệu đang có.');
    case 'restore/damaged':
      return damaged(done.problems);
    case 'restore/database-not-empty':
      return new UsageError(`Cơ sở dữ liệu đã có bảng ${done.name}: chỉ phục hồi vào cơ sở dữ liệu trống.`);
    case 'restore/newer-version':
      return new DataError(
        done.code,
        `Bản sao lưu của phiên bản mới hơn (có ${done.name}). Cập nhật chương trình rồi phục hồi.`,
      );
    case 'restore/other-migration':
      return new DataError(
        done.code,
        `Tệp ${done.name} của chương trình này khác với lúc sao lưu. Dùng đúng phiên bản đã sao lưu.`,
      );
    case 'restore/rows-differ':
      return new DataError(
        done.code,
        `Bảng ${done.name}: cần ${done.wanted} dòng, chỉ có ${done.found}. Không phục hồi.`,
      );
  }
}

function damaged(problems: readonly BackupProblem[]): DataError {
  const shown = problems.slice(0, 20).map(({ path: name, problem }) => `  ${name}: ${PROBLEMS[problem]}`);
  const more = problems.length > 20 ? [`  … và ${problems.length - 20} tệp khác`] : [];
  return new DataError('restore/damaged', ['Bản sao lưu hỏng, không phục hồi:', ...shown, ...more].join('\n'));
}
