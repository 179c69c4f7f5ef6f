import { sql } from 'kysely';
import type { FilesService } from '../modules/foundation/files/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import { type MetricsService, REPORT_COUNTS, type Term } from '../modules/insight/metrics/index.ts';
import { registerFigures } from '../modules/insight/registers/index.ts';
import { type CountId, METRICS_SOURCE, NO_COUNTS, type ReportPorts } from '../modules/insight/reports/index.ts';
import type { DossierPorts } from '../modules/onestop/dossiers/index.ts';
import type { Clock } from '../platform/config/config.ts';
import { createKeptReadings } from '../platform/db/kept-readings.ts';
import type { Pool } from '../platform/db/open.ts';
import { metricFigures } from './report-metrics.ts';

const NAMES_KEPT_MS = 30_000;

type MetricTerm = Extract<Term, { readonly fact: 'dossier' }>;
const received = (where: NonNullable<MetricTerm['where']>): readonly MetricTerm[] => [
  { fact: 'dossier', at: 'received', where },
];

/** Every count of the forms as terms of metrics. */
const COLUMNS: Readonly<Record<CountId, readonly MetricTerm[]>> = {
  ...REPORT_COUNTS,
  'online-full': received({ channel: ['online'], serviceLevel: ['full'] }),
  'online-partial': received({ channel: ['online'], serviceLevel: ['partial'] }),
  'papers-digital': received({ papers: ['digital', 'reused'] }),
  'papers-reused': received({ papers: ['reused'] }),
  'returned-electronic': received({ returned: ['electronic'] }),
  'paid-cash': received({ payment: ['cash'] }),
  'paid-cashless': received({ payment: ['cashless', 'online'] }),
  'paid-online': received({ payment: ['online'] }),
  'paid-at-desk': received({ payment: ['cash', 'cashless'] }),
  'fee-unpaid': received({ payment: ['unpaid'] }),
};

/**
 * Fits metrics, procedures and units to what reports need. A figure of a report is a figure of metrics: both count by the
 * same terms (`REPORT_COUNTS`), so that carried + received = finished + open always holds and its rows are the number.
 */
export function createReportPorts({
  db,
  organisation,
  dossierPorts,
  metrics,
  files,
  clock,
}: {
  /** Read pool. */
  readonly db: Pool;
  readonly organisation: OrganisationService;
  readonly dossierPorts: DossierPorts;
  readonly metrics: MetricsService;
  readonly files: FilesService;
  readonly clock: Clock;
}): ReportPorts {
  const fieldNames = createFieldNames(db);
  const registerPorts = { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files };
  const registers = { db, clock, ports: registerPorts };
  return {
    directory: () => organisation.directory(),
    staffOf: (unitId, permission, day) => dossierPorts.staffOf(unitId, permission, day),
    unitsGranted: (permission, day) => organisation.unitsGranted(permission, day),
    staffNames: (ids) => dossierPorts.staffNames(ids),
    async registerFigures(asks) {
      const ofMetrics = asks.filter((one) => one.register === METRICS_SOURCE);
      const [entered, counted] = await Promise.all([
        registerFigures(
          registers,
          asks.filter((one) => one.register !== METRICS_SOURCE),
        ),
        metricFigures(metrics, await organisation.directory(), ofMetrics),
      ]);
      const [fromRegisters, fromMetrics] = [entered.values(), counted.values()];
      return asks.map(({ register }) => {
        const { value } = (register === METRICS_SOURCE ? fromMetrics : fromRegisters).next();
        if (!value) throw new Error('one answer for each question');
        return value;
      });
    },
    async countsOf(unitIds, period, by, served) {
      const columns: Readonly<Record<string, readonly MetricTerm[]>> = served ? COLUMNS : REPORT_COUNTS;
      const [rows, names] = await Promise.all([
        metrics.counts({ unitIds, period, by, columns }),
        by === 'unit' ? NO_NAMES : fieldNames(),
      ]);
      return rows
        .map(({ unitId, key, counts }) => ({
          unitId,
          fieldCode: key,
          fieldName: by === 'unit' ? '' : (names.get(key) ?? NO_FIELD),
          counts: { ...NO_COUNTS, ...counts },
        }))
        .filter(({ counts }) => Object.values(counts).some((count) => count !== 0));
    },
    async rowsOf(actor, { unitIds, period, fieldCode, counts }, paging) {
      const where = fieldCode === undefined ? {} : { where: { field: fieldCode } };
      const terms = counts.flatMap((id) => [...COLUMNS[id]]);
      return metrics.countedRows(actor, { unitIds, period, terms, ...where }, paging);
    },
  };
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();
const NO_FIELD = 'Chưa xếp lĩnh vực';

/** Names of fields, kept for half a minute; of several the newest. */
function createFieldNames(db: Pool): () => Promise<ReadonlyMap<string, string>> {
  const briefly = createKeptReadings(NAMES_KEPT_MS, 1);
  const read = async (): Promise<ReadonlyMap<string, string>> => {
    const { rows } = await sql<{
      code: string;
      name: string;
    }>`select distinct on (field_code) field_code code, field_name name
      from procedures.revision where status = 'published' order by field_code, valid_from desc`.execute(db);
    return new Map(rows.map(({ code, name }) => [code, name]));
  };
  return () => briefly('fields', read);
}
