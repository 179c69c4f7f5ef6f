import path from 'node:path';
import { words } from '../../../platform/messages/words.ts';
import { CONTENT_DIR, readYaml, yamlFilesIn } from '../../foundation/reference/index.ts';
import { getMetricDefinitions } from '../metrics/index.ts';
import { allRegisters, type Register } from '../registers/index.ts';
import { lintReport, type ReportDefinition, ReportFile } from './rules/form.ts';
import { type KnownRegister, METRICS_SOURCE } from './rules/source.ts';

let loaded: readonly ReportDefinition[] | undefined;

/**
 * The report regimes of `content/reports`, by file name.
 * @throws Error naming file and place where one is wrong.
 */
export function loadReports(dir = path.join(CONTENT_DIR, 'reports')): readonly ReportDefinition[] {
  const registers = knownRegisters();
  const reports = yamlFilesIn(dir).map((file) => {
    const report = readYaml(file, ReportFile);
    const [finding] = lintReport(report, registers);
    if (finding) throw new Error(`reports/${path.basename(file)}: ${finding.path}: ${finding.message}`);
    return report;
  });
  const names = reports.flatMap((report) => [...new Set([report.id, ...report.aliases].map(plainName))]);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`reports: the name ${twice} is used twice`);
  const known = new Set(reports.map((report) => report.id));
  for (const report of reports) {
    const missing = report.rows.by === 'unit' ? report.rows.of.find((id) => !known.has(id)) : undefined;
    if (missing) throw new Error(`reports/${report.id}: rows.of: unknown report ${missing}`);
  }
  return reports;
}

/** All regimes, read once. */
export function allReports(): readonly ReportDefinition[] {
  loaded ??= loadReports();
  return loaded;
}

/** A name as it is compared: however it is written. @example plainName('06A/VPCP') → '06avpcp' */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** A regime by its id or another name, however it is written. @example findReport('06A/VPCP/KSTT')?.id → 'II.06a' */
export function findReport(name: string): ReportDefinition | undefined {
  const wanted = plainName(name);
  return allReports().find((report) => [report.id, ...report.aliases].some((each) => plainName(each) === wanted));
}

/** The registers forms may name, with what can be asked of each; first the metrics. */
export const knownRegisters = (registers: readonly Register[] = allRegisters()): readonly KnownRegister[] => [
  { id: METRICS_SOURCE, name: words('reports.sources.metrics'), measures: knownMetrics() },
  ...registers.map(({ id, name, measures }) => ({
    id,
    name,
    measures: measures.map((one) => ({ id: one.id, name: one.name, unit: one.unit, divided: !!one.denominator })),
  })),
];

/** Of several definitions of a metric the last one names it. Shares and means alike cannot be added up over units. */
const knownMetrics = (): KnownRegister['measures'] =>
  [...new Map(getMetricDefinitions().map((one) => [one.id, one])).values()].map(({ id, name, denominator }) => ({
    id,
    name,
    unit: denominator ? 'percent' : 'count',
    divided: !!denominator,
  }));
