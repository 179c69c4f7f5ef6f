import { toIso } from '../../core/time/index.ts';
import type { ComputedReport, ReportDefinition } from '../../modules/insight/reports/index.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { words } from '../../platform/messages/words.ts';
import { type Command, DataError, type Io, UsageError } from './command.ts';
import { openInstallation } from './open-installation.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings } from './settings.ts';

/** `motcua report`: contracts §2. */
export const reportCommand: Command = {
  async run(args, io) {
    const options = {
      ...COMMON,
      unit: { type: 'string' },
      period: { type: 'string' },
      cutoff: { type: 'string' },
    } as const;
    const { values, positionals } = readOptions(args, options, { min: 1, max: 1, what: words('cli.report.what') });
    if (values.unit === undefined) throw new UsageError(words('cli.report.no-unit'));
    if (values.period === undefined) throw new UsageError(words('cli.report.no-period'));
    const reports = await import('../../modules/insight/reports/index.ts');
    const { rebuildMetrics } = await import('../../modules/insight/metrics/index.ts');
    const typed = positionals[0] ?? '';
    const cutoff = reports.CUTOFFS.find((each) => each === values.cutoff);
    if (values.cutoff !== undefined && !cutoff) throw new UsageError(words('cli.report.cutoff'));
    if (!reports.periodOf(values.period, cutoff ?? 'calendar')) throw new UsageError(words('cli.report.period'));
    const { config } = readSettings(values, io);
    const opened = await openInstallation(config);
    try {
      const { createReportPorts } = await import('../report-ports.ts');
      const { system } = opened;
      const ports = createReportPorts({ ...system, db: system.readDb });
      const { form, period } = await reports.requireForm(system, typed, values.period, cutoff).catch((error) => {
        if (!(error instanceof AppError) || error.code !== 'report/unknown') throw error;
        const known = `${error.details.params?.['known'] ?? ''}`;
        throw new UsageError(words('cli.report.unknown', { report: typed, known }));
      });
      const { report } = form;
      const unit = await findUnit(ports, values.unit, period.to);
      const compute = () =>
        reports.computeReport({ db: system.readDb, clock: system.clock, ports }, report, unit.unitId, period, {});
      const computed = await compute().catch(async (error) => {
        if (!(error instanceof AppError) || error.code !== 'metrics/building') throw error;
        // An installation no process has ever run on: its sums are made here.
        await rebuildMetrics(system.db, system.clock.now());
        return compute();
      });
      const head = { name: unit.name, code: values.unit };
      if (values.json) io.out(JSON.stringify(asJson(report, head, period, computed)));
      else for (const line of asText(report, head.name, reports.periodName(period), computed)) io.out(line);
      for (const warning of computed.warnings) io.note(warning.message);
      return tellChecks(io, computed);
    } finally {
      await opened.close();
    }
  },
};

type Ports = ReturnType<typeof import('../report-ports.ts').createReportPorts>;

/** By code at the cut-off; of a code nobody holds then, the last unit that held it before. @throws DataError unit/unknown */
async function findUnit(ports: Ports, code: string, day: string): Promise<{ unitId: string; name: string }> {
  const directory = await ports.directory();
  const schemes = ['gso', 'qd20', 'tt10'] as const;
  for (const scheme of schemes) {
    const found = directory.byCode(scheme, code, day);
    if (found) return found;
  }
  const before = schemes.flatMap((scheme) => directory.holdersOf(scheme, code)).filter((each) => each.validFrom <= day);
  const last = before.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).at(-1);
  if (!last) throw new DataError('unit/unknown', words('cli.report.no-such-unit', { code }));
  return { unitId: last.unitId, name: directory.historyOf(last.unitId).at(-1)?.name ?? code };
}

function tellChecks(io: Io, { checks }: ComputedReport): 0 | 1 {
  for (const check of checks)
    for (const failure of check.failures)
      io.note(
        words('cli.report.unbalanced', {
          says: check.says,
          row: failure.rowLabel,
          left: failure.left,
          right: failure.right,
        }),
      );
  return checks.every((check) => check.ok) ? 0 : 1;
}

type Head = { readonly name: string; readonly code: string };
type Period = { readonly id: string; readonly from: string; readonly to: string; readonly cutoff: string };

function asJson(report: ReportDefinition, unit: Head, period: Period, computed: ComputedReport): object {
  const { id, from, to, cutoff } = period;
  return {
    report: report.id,
    code: report.code,
    name: report.name,
    unit,
    period: { id, from, to, cutoff },
    final: computed.final,
    computedAt: toIso(computed.computedAt),
    columns: report.columns.map(({ no, title, group, kind }) => ({ no, title, group: group ?? [], kind })),
    rows: computed.sheet.rows.map(({ id: rowId, kind, label, cells, sources, unsent }) => ({
      id: rowId,
      kind,
      label,
      cells,
      ...(sources ? { sources } : {}),
      ...(unsent ? { unsent } : {}),
    })),
    total: computed.sheet.total?.cells ?? null,
    checks: computed.checks,
    figures: computed.figures,
    warnings: computed.warnings,
    verified: report.verified,
  };
}

function asText(report: ReportDefinition, unit: string, period: string, computed: ComputedReport): string[] {
  const { sheet, checks, figures } = computed;
  const line = (cells: Readonly<Record<string, unknown>>): string =>
    report.columns.map(({ no }) => `${cells[no] ?? ''}`).join('\t');
  return [
    `${report.code} — ${report.name}`,
    `${unit} — ${period}`,
    report.columns.map((column) => [...(column.group ?? []), column.title].join(' / ')).join('\t'),
    report.columns.map((column) => `(${column.no})`).join('\t'),
    ...sheet.rows.map((row) => (row.kind === 'heading' ? row.label : line(row.cells))),
    ...(sheet.total ? [line(sheet.total.cells)] : []),
    ...figures.map((figure) => {
      const percent = figure.percent === null ? words('cli.report.no-figures') : `${percentText(figure.percent)} %`;
      return `${figure.label}: ${percent} (${figure.numerator ?? '–'}/${figure.denominator ?? '–'})`;
    }),
    ...checks.map(
      (check) =>
        `${check.says}: ${check.ok ? words('cli.report.right') : words('cli.report.wrong', { count: check.failures.length })}`,
    ),
  ];
}

const percentText = (value: number): string => value.toLocaleString('vi-VN', { maximumFractionDigits: 2 });
