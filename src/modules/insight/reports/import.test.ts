import { expect, it } from 'vitest';
import { readSheet } from '../../../platform/spreadsheet/read-sheet.ts';
import { writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import { findReport } from './content.ts';
import { AUTOMATIC, importTitles, readImport, typedColumns } from './import-cells.ts';
import { viewColumns } from './page-columns.ts';
import { NO_COUNTS } from './rules/counts.ts';
import { fillSheet } from './rules/sheet.ts';

const report = findReport('de-an-06');
if (!report) throw new Error('de-an-06');
const sources = report.rows.by === 'fixed' ? report.rows.list.map((row) => ({ ...row, counts: NO_COUNTS })) : [];
const form = { columns: viewColumns(report), rows: fillSheet(report, sources, {}).rows };
const columns = typedColumns(form);
const titles = importTitles(columns);
type Line = (string | number | null)[];

/** The empty template as lines. */
const lines = (): Line[] =>
  form.rows
    .filter((row) => row.typed.length > 0)
    .map((row) => [row.id, row.label, ...columns.map(({ no }) => (row.typed.includes(no) ? null : AUTOMATIC))]);

async function read(rows: Line[], heads: readonly string[] = titles) {
  const sheet = { name: 'Nhập tay', columns: heads.map((title) => ({ title, format: 'number' as const })), rows };
  return readImport(form, await readSheet(await writeSheets([sheet]), { titles }));
}

it('takes an empty template as nothing typed, and numbers where they stand', async () => {
  expect(await read(lines())).toMatchObject({ manual: {}, findings: [] });
  const filled = lines();
  const [first] = filled;
  if (!first) throw new Error('no row');
  const at = columns.findIndex(({ no }) => no === '3');
  first[at + 2] = 12_000;
  expect((await read(filled)).manual).toEqual({ [String(first[0])]: { 3: 12_000 } });
});

it('names each cell it cannot take', async () => {
  const rows = lines();
  const at = columns.findIndex(({ no }) => no === '3') + 2;
  const [a, b, c] = rows;
  if (!a || !b || !c) throw new Error('rows');
  a[at] = 'mười hai';
  b[1] = 'Dòng khác';
  rows.push([...c], ['la', 'Dòng lạ']);
  const { findings } = await read(rows);
  const column = String.fromCharCode(65 + at);
  expect(findings.map((one) => one.cell)).toEqual([`${column}2`, 'B3', `A${rows.length}`, `A${rows.length + 1}`]);
  expect(findings[0]?.message).toContain('tệp ghi chữ “mười hai”');
  expect((await read(lines().slice(1))).findings[0]?.message).toContain('Tệp thiếu dòng');
});

it('keeps a day that a spreadsheet made of a text, and refuses one in a cell of numbers', async () => {
  const own = {
    columns: ['3', '4'].map((no) => ({ no, title: no, group: [], type: no === '3' ? 'integer' : 'text' })),
    rows: [{ id: 'a', label: 'Dòng', typed: ['3', '4'] }],
  };
  const heads = importTitles(typedColumns(own));
  const sheet = {
    name: 'x',
    columns: heads.map((title) => ({ title, format: 'day' as const })),
    rows: [['a', 'Dòng', '2026-06-30', '2026-06-30']],
  };
  const found = readImport(own, await readSheet(await writeSheets([sheet]), { titles: heads }));
  expect(found.manual).toEqual({ a: { 4: '30/06/2026' } });
  expect(found.findings).toEqual([{ cell: 'C2', message: 'Ô này ghi số, tệp ghi ngày tháng.' }]);
});

it('refuses shifted columns and files that are none', async () => {
  const shifted = [...titles];
  shifted.splice(2, 0, 'Cột thêm');
  const { findings } = await read(lines(), shifted);
  expect(findings[0]).toMatchObject({ cell: 'C1' });
  const none = readImport(form, await readSheet(Buffer.from('không phải Excel'), { titles }));
  expect(none.findings).toEqual([{ cell: '', message: 'Tệp không phải tệp Excel (.xlsx).' }]);
});
