import { typedNumberVi } from '../../core/text/numbers.ts';
import { words } from '../../platform/messages/words.ts';
import { type Command, DataError, UsageError } from './command.ts';
import { openInstallation } from './open-installation.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

const percent = (value: number | null): string =>
  value === null ? '—' : `${typedNumberVi(value.toFixed(2)).replace('-', '−')} %`;

/** `motcua late`: the late rate by its one named denominator. */
export const lateCommand: Command = {
  async run(args, io) {
    const { values } = readOptions(args, {
      ...COMMON,
      unit: { type: 'string' },
      period: { type: 'string' },
      compare: { type: 'string' },
    });
    if (values.unit === undefined) throw new UsageError(words('cli.late.no-unit'));
    const { readPeriod, reportLate } = await import('../late-report.ts');
    const periodOf = (name: string, text: string | undefined) => {
      const days = text === undefined ? undefined : readPeriod(text);
      if (!days) throw new UsageError(words('cli.late.period', { name }));
      return days;
    };
    const days = periodOf('--period', values.period);
    const compare = values.compare === undefined ? undefined : periodOf('--compare', values.compare);
    const { config } = readSettings(values, io);
    const opened = await openInstallation(config);
    try {
      const report = await reportLate(opened.system, values.unit, days, compare);
      if (!report)
        throw new DataError(
          'unit/unknown',
          words('cli.late.no-such-unit', { code: values.unit, period: values.period ?? '' }),
        );
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
      io.out(words('cli.late.head', { period: report.period, denominator: report.denominator }));
      for (const row of report.units) io.out(line(row.unitName, row));
      io.out(line(words('cli.late.total', { unit: report.unitName }), report));
      if (report.compare)
        io.out(
          words('cli.late.compare', {
            period: report.compare.period,
            rate: percent(report.compare.rate),
            points: percent(report.compare.points).replace(' %', words('cli.late.points')),
            relative: percent(report.compare.relative),
          }),
        );
      return 0;
    } finally {
      await opened.close();
    }
  },
};
