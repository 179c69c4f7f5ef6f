import { type CsvColumn, toCsv } from '../../../core/text/csv.ts';
import { formatNumberVi, formatPointsVi } from '../../../core/text/numbers.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { sendMade } from '../../../platform/http/send-made.ts';
import { words } from '../../../platform/messages/words.ts';
import type { SendPage } from '../../onestop/portal/index.ts';
import type { PublishedIndexRow, PublishedIndexView } from '../../onestop/portal/rules/index-views.ts';
import { percentOf } from './rules/result.ts';
import type { IndexService } from './service.ts';

/** What everybody may read: results that were published here. What others published is for comparing, inside only. */
export async function publishedIndices(indices: Pick<IndexService, 'league'>): Promise<PublishedIndexView> {
  const { tables } = await indices.league({});
  return {
    tables: tables
      .filter((table) => !table.imported)
      .sort((a, b) => b.year - a.year || a.name.localeCompare(b.name, 'vi'))
      .map(({ id, name, owner, year, max, bands, population, source, verified, frozenAt, rows, ...about }) => ({
        ...{ id, name, owner, year, max, bands, population, source, verified, frozenAt },
        ...{ note: about.note, weights: about.weights, derivedBands: about.derivedBands },
        rows: rows.map((row, n) => ({
          id: row.unitId ?? String(n),
          unitName: row.unitName,
          total: row.total,
          max: row.max,
          percent: row.percent,
          band: row.band,
          rank: row.rank,
          population: row.population ?? population,
          domains: row.domains.map(({ name, points, max }) => ({
            ...{ name, points, max },
            percent: max === null ? null : percentOf(points, max),
          })),
          change: row.change && {
            difference: row.change.difference,
            unit: row.change.unit,
            year: row.change.year,
            total: row.change.total,
            max: row.change.max,
            percent: row.change.percent,
          },
        })),
      })),
  };
}

type Line = { readonly table: PublishedIndexView['tables'][number]; readonly row: PublishedIndexRow };

const points = (value: number | null | undefined): string => (typeof value === 'number' ? formatPointsVi(value) : '');
const maximum = (value: number | null | undefined): string => (typeof value === 'number' ? formatNumberVi(value) : '');
const COLUMNS: readonly CsvColumn<Line>[] = [
  { label: 'Bộ chỉ số', value: ({ table }) => table.name },
  { label: 'Năm', value: ({ table }) => table.year },
  { label: 'Đơn vị chấm', value: ({ table }) => table.owner },
  { label: 'Hạng', value: ({ row }) => row.rank },
  { label: 'Số đơn vị được xếp hạng', value: ({ row }) => row.population },
  { label: 'Đơn vị', value: ({ row }) => row.unitName },
  { label: 'Điểm', value: ({ row }) => points(row.total) },
  { label: 'Điểm tối đa', value: ({ row }) => maximum(row.max) },
  { label: 'Đạt (%)', value: ({ row }) => points(row.percent) },
  { label: 'Xếp loại', value: ({ row }) => row.band },
  { label: 'So với năm trước', value: ({ row }) => points(row.change?.difference) },
  { label: 'Chênh lệch tính bằng', value: ({ row }) => row.change && words(`indices.change-unit.${row.change.unit}`) },
  { label: 'Điểm năm trước', value: ({ row }) => points(row.change?.total) },
  { label: 'Điểm tối đa năm trước', value: ({ row }) => maximum(row.change?.max) },
  { label: 'Chốt ngày', value: ({ table }) => table.frozenAt?.slice(0, 10) },
  { label: 'Nguồn', value: ({ table }) => table.source },
];

/** The same tables as a list for spreadsheets, a line a unit. */
export function publishedCsv({ tables }: PublishedIndexView): string {
  return toCsv(
    COLUMNS,
    tables.flatMap((table) => table.rows.map((row) => ({ table, row }))),
  );
}

/** The page of published indices for citizens: without an account, without script, drawn by the portal. */
export function registerIndexPages(
  app: HttpApp,
  { indices, send }: { readonly indices: Pick<IndexService, 'league'>; readonly send: SendPage },
): void {
  app.page({ method: 'GET', access: 'public', path: '/chi-so' }, async (at) =>
    send(at, 'indices', await publishedIndices(indices)),
  );
  app.page({ method: 'GET', access: 'public', path: '/chi-so/chi-so.csv' }, async ({ reply }) =>
    sendMade(reply, 'chi-so.csv', publishedCsv(await publishedIndices(indices)), { open: true }),
  );
}
