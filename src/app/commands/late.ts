import { type Command, DataError, UsageError } from './command.ts';
import { openInstallation } from './open-installation.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

const USAGE = `Cách dùng: motcua late --unit MÃ --period KỲ [--compare KỲ] [--json] [--data-dir THƯ_MỤC] [--era 2023]

Tỷ lệ trễ hạn của một đơn vị và mọi đơn vị trực thuộc trong một kỳ, đúng như các màn hình: (đã giải quyết trễ + đang
giải quyết quá hạn) / (đã giải quyết + đang giải quyết đã đến hạn), mẫu số tên là late-of-due.

  --unit MÃ       mã GSO (512), mã định danh điện tử, hoặc khóa trong content/units
  --period KỲ     2022 · 2023-05 · 2023-01-01..2023-08-31 (cả ngày đầu và ngày cuối)
  --compare KỲ    kỳ trước để so: số điểm và tỷ lệ thay đổi giữa hai tỷ lệ đã làm tròn
  --json          một đối tượng JSON

Ví dụ: motcua late --era 2023 --unit 512 --period 2023-01-01..2023-08-31 --compare 2022`;

const percent = (value: number | null): string =>
  value === null ? '—' : `${value.toFixed(2).replace('.', ',').replace('-', '−')} %`;

/** `motcua late`: the late rate by its one named denominator. */
export const lateCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const { values } = readOptions(args, {
      ...COMMON,
      unit: { type: 'string' },
      period: { type: 'string' },
      compare: { type: 'string' },
    });
    if (values.unit === undefined) throw new UsageError('Thiếu --unit MÃ.');
    const { readPeriod, reportLate } = await import('../late-report.ts');
    const periodOf = (name: string, text: string | undefined) => {
      const days = text === undefined ? undefined : readPeriod(text);
      if (!days) throw new UsageError(`${name} phải là năm, tháng (2023-05) hoặc hai ngày (2023-01-01..2023-08-31).`);
      return days;
    };
    const days = periodOf('--period', values.period);
    const compare = values.compare === undefined ? undefined : periodOf('--compare', values.compare);
    const { config } = readSettings(values, io);
    const opened = await openInstallation(config);
    try {
      const report = await reportLate(opened.system, values.unit, days, compare);
      if (!report)
        throw new DataError('unit/unknown', `Không có đơn vị mang mã ${values.unit} trong kỳ ${values.period}.`);
      if (values.json) {
        io.out(JSON.stringify(report));
        return 0;
      }
      const line = (name: string, row: typeof report | (typeof report.units)[number]): string =>
        [
          name,
          `${row.late}/${row.finished + row.openDue}`,
          percent(row.rate),
          row.lateWithApology,
          row.lateWithoutApology,
        ].join('\t');
      io.out(`Đơn vị (${report.period}, mẫu số ${report.denominator})\tTrễ/mẫu số\tTỷ lệ\tĐã xin lỗi\tChưa xin lỗi`);
      for (const row of report.units) io.out(line(row.unitName, row));
      io.out(line(`Cộng ${report.unitName}`, report));
      if (report.compare)
        io.out(
          `So với ${report.compare.period} (${percent(report.compare.rate)}): ${percent(report.compare.points).replace(' %', ' điểm')}, ${percent(report.compare.relative)}`,
        );
      return 0;
    } finally {
      await opened.close();
    }
  },
};
