import { type Command, DataError, UsageError } from './command.ts';
import { openInstallation } from './open-installation.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

const USAGE = `Cách dùng: motcua generate --dossiers N [--seed SỐ] [--json] [--data-dir THƯ_MỤC]

Sinh N hồ sơ giả có lịch sử trong ba năm gần đây, để thử tải. Chỉ chạy trên bản trình diễn; người, số giấy tờ và
điện thoại đều bịa. Tiến độ ra stderr.

  --dossiers N   số hồ sơ, 1 – 10000000
  --seed SỐ      cùng một số thì sinh ra cùng một bộ`;

/** `motcua generate`: refuses a real installation (contracts §3). */
export const generateCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const options = { ...COMMON, dossiers: { type: 'string' }, seed: { type: 'string' } } as const;
    const { values } = readOptions(args, options);
    const count = readCount('--dossiers', values.dossiers, 10_000_000);
    const seed = values.seed === undefined ? undefined : readCount('--seed', values.seed, 2_147_483_647);
    const { config } = readSettings(values, io);
    const opened = await openInstallation(config);
    try {
      if (!opened.installation.demo)
        throw new DataError('generate/real-installation', 'Đây là bản cài đặt thật: không sinh hồ sơ giả ở đây.');
      const { generateDossiers } = await import('../volume/generate.ts');
      const report = await generateDossiers(opened.system, count, seed === undefined ? {} : { seed });
      io.out(
        values.json
          ? JSON.stringify(report)
          : `Đã sinh ${report.generated} hồ sơ (${report.open} đang xử lý) trong ${Math.round(report.seconds)} giây.`,
      );
      return 0;
    } finally {
      await opened.close();
    }
  },
};

function readCount(name: string, text: string | undefined, max: number): number {
  if (text === undefined) throw new UsageError(`Thiếu ${name} N.`);
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= 1 && count <= max)) throw new UsageError(`${name} phải là số nguyên từ 1 đến ${max}.`);
  return count;
}
