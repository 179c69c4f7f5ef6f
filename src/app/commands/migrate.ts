import { migrate } from '../../platform/db/migrate.ts';
import { type Command, DataError } from './command.ts';
import { openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

const USAGE = `Cách dùng: motcua migrate [--json] [--data-dir THƯ_MỤC]

Áp dụng các tệp db/migrations chưa áp dụng, theo thứ tự tên, mỗi tệp một giao dịch. Chạy lại không làm gì thêm.
Máy chủ cũng tự làm việc này khi khởi động.
Kết quả: {"applied": [tên tệp], "already": số tệp đã có}.`;

/** `motcua migrate`. */
export const migrateCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const { values } = readOptions(args, COMMON);
    const { config } = readSettings(values, io);
    const database = await openDatabase(config, { create: true });
    try {
      const report = await runMigrations(database.url);
      if (values.json) io.out(JSON.stringify(report));
      else {
        for (const name of report.applied) io.out(`đã áp dụng ${name}`);
        io.out(`${report.applied.length} tệp mới, ${report.already} tệp đã có từ trước.`);
      }
      return 0;
    } finally {
      await database.close();
    }
  },
};

async function runMigrations(url: string) {
  try {
    return await migrate(url);
  } catch (error) {
    if (error instanceof Error && !('code' in error)) throw new DataError('migration/failed', error.message);
    throw error;
  }
}
