import { findInstallation } from '../installation.ts';
import { type Command, EnvironmentError, type ExitCode, type Io } from './command.ts';
import { checkBacklog, checkMigrations, checkServer } from './doctor/database.ts';
import { checkFiles } from './doctor/files.ts';
import { type Finding, failed, ok } from './doctor/finding.ts';
import { checkMachine } from './doctor/machine.ts';
import { explain } from './explain.ts';
import { type OpenedDatabase, openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

const USAGE = `Cách dùng: motcua doctor [--json] [--data-dir THƯ_MỤC]

Kiểm tra máy, thư mục dữ liệu, đĩa, cơ sở dữ liệu, cấu trúc, việc tồn đọng, thư, tệp mẫu, phông chữ, đồng hồ; mỗi điều
chưa ổn kèm việc phải làm. Chỉ đọc, chạy được khi dịch vụ đang chạy.
Kết quả JSON: {"ok", "findings": [{id, status: ok|warning|failed, text, advice?}]}.

Mã thoát: 0 không có gì hỏng (có thể có cảnh báo) · 1 dữ liệu có lỗi · 3 môi trường có lỗi.`;

/** `motcua doctor`. */
export const doctorCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const { values } = readOptions(args, COMMON);
    const { config } = readSettings(values, io);
    const findings: Finding[] = [];
    let { demo } = config;
    try {
      const database = await openDatabase(config);
      try {
        findings.push(
          ok('database.reachable', database.embedded ? 'PostgreSQL đi kèm chạy được' : 'Nối được tới cơ sở dữ liệu'),
        );
        demo ||= await isDemo(database.db);
        findings.push(...(await checkDatabase(database, config)));
      } finally {
        await database.close();
      }
    } catch (error) {
      const text = explain(error, 'doctor').message;
      findings.push(
        failed(
          'database.reachable',
          text,
          error instanceof EnvironmentError ? 'Làm theo câu trên.' : 'Xem nhật ký của PostgreSQL.',
        ),
      );
    }
    return report([...(await checkMachine({ ...config, demo })), ...findings], values.json ?? false, io);
  },
};

/** What is a demo is known from the database; of one that was never migrated nothing is known. */
async function isDemo(db: OpenedDatabase['db']): Promise<boolean> {
  try {
    return (await findInstallation(db))?.demo ?? false;
  } catch {
    return false;
  }
}

async function checkDatabase(
  { db, embedded }: OpenedDatabase,
  config: Parameters<typeof checkFiles>[1],
): Promise<readonly Finding[]> {
  const migrations = await checkMigrations(db);
  return [
    ...(await checkServer(db, embedded)),
    ...migrations.findings,
    ...(migrations.usable ? [...(await checkBacklog(db)), ...(await checkFiles(db, config))] : []),
  ];
}

const MARK: Readonly<Record<Finding['status'], string>> = { ok: 'tốt ', warning: 'CHÚ Ý', failed: 'HỎNG' };

function report(findings: readonly Finding[], json: boolean, io: Io): ExitCode {
  const broken = findings.filter(({ status }) => status === 'failed');
  if (json)
    io.out(JSON.stringify({ ok: broken.length === 0, findings: findings.map(({ about: _, ...shown }) => shown) }));
  else
    for (const { status, text, advice } of findings) {
      io.out(`${MARK[status].padEnd(5)}  ${text}`);
      if (advice) io.out(`         → ${advice}`);
    }
  if (broken.length === 0) return 0;
  return broken.every(({ about }) => about === 'data') ? 1 : 3;
}
