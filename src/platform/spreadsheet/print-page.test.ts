import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, POINTS_READ } from './print-page.ts';
import { FONT_SIZE } from './sheet-cells.ts';
import { type OfficeSheet, writeOfficeSheet } from './write-office-sheet.ts';
import { type SheetColumn, writeSheets } from './write-sheets.ts';

/** Millimetres of a column as wide as one character of the workbook's own font: 7 of 96 points of the screen an inch. */
const CHARACTER_MM = (7 / 96) * 25.4;

async function opened(bytes: Uint8Array): Promise<Worksheet> {
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes);
  const [page] = workbook.worksheets;
  if (!page) throw new Error('no sheet');
  return page;
}

/** Points the text of the table is printed in, on one page across. */
function printedPoints(page: Worksheet, columns: number): number {
  const { orientation, margins } = page.pageSetup;
  const paper = orientation === 'landscape' ? 297 : 210;
  const room = paper - ((margins?.left ?? 0) + (margins?.right ?? 0)) * 25.4;
  let needed = 0;
  for (let at = 1; at <= columns; at += 1) needed += (page.getColumn(at).width ?? 0) * CHARACTER_MM;
  return FONT_SIZE * Math.min(1, room / needed);
}

const textColumn = (title: string, width: number): SheetColumn => ({ title, width, format: 'text' });
const list = (columns: readonly SheetColumn[], rows: readonly (readonly unknown[])[] = [], notes = ['Danh sách']) =>
  writeSheets([{ name: 'Danh sách', columns, rows, notes }]).then(opened);

describe('a list on paper', () => {
  it('is A4 on one page across, its header on every page, with margins and the number of each page', async () => {
    const page = await list([textColumn('Mã', 20), textColumn('Tên', 60)]);
    expect(page.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '2:2',
    });
    expect(page.pageSetup.margins?.left).toBeCloseTo(15 / 25.4, 2);
    expect(page.headerFooter.oddFooter).toMatch(/Trang &P\/&N$/);
  });

  it('lies across where it is wide, and its long words wrap so that it is still read', async () => {
    const columns = Array.from({ length: 12 }, (_, at) => textColumn(`Cột ${at}`, 30));
    const page = await list(columns, [Array(12).fill('Cấp giấy phép xây dựng nhà ở riêng lẻ tại nông thôn')]);
    expect(page.pageSetup.orientation).toBe('landscape');
    expect(printedPoints(page, 12)).toBeGreaterThanOrEqual(POINTS_READ);
    expect(page.getRow(3).height).toBeGreaterThan(16);
  });

  it('keeps codes and figures whole', async () => {
    const columns: SheetColumn[] = [
      textColumn('Mã hồ sơ', 30),
      { title: 'Số tiền đã thu', width: 30, format: 'integer' },
      { title: 'Hẹn trả', width: 18, format: 'instant' },
      ...Array.from({ length: 9 }, (_, at) => textColumn(`Cột ${at}`, 30)),
    ];
    const words = Array(9).fill('Cấp giấy phép xây dựng');
    const page = await list(columns, [['000.00.15.H17-261118-0001', 1_234_567, '2026-11-18T09:00:00+07:00', ...words]]);
    const widths = [1, 2, 3].map((at) => page.getColumn(at).width ?? 0);
    expect(widths[0]).toBeGreaterThanOrEqual(25);
    expect(widths[1]).toBeGreaterThanOrEqual(10);
    expect(widths[2]).toBeGreaterThanOrEqual(17);
  });

  it('goes over several pages across where it would not be read on one, with its first columns on each', async () => {
    const page = await list([
      textColumn('Đơn vị', 32),
      ...Array.from({ length: 45 }, (_, at): SheetColumn => ({ title: `Lĩnh vực ${at}`, width: 16, format: 'number' })),
    ]);
    expect(page.pageSetup.fitToPage).not.toBe(true);
    expect(page.pageSetup).toMatchObject({
      printTitlesColumn: 'A:A',
      printTitlesRow: '2:2',
      pageOrder: 'overThenDown',
    });
    expect((FONT_SIZE * (page.pageSetup.scale ?? 0)) / 100).toBeGreaterThanOrEqual(POINTS_READ);
  });

  it('wraps the words above it within its own columns', async () => {
    const note =
      'Chỉ ghi vào ô trống và ô có số; giữ nguyên dòng, cột và mã dòng. Ô để trống là chưa có số liệu. '.repeat(2);
    const page = await list([textColumn('Mã', 20), textColumn('Tên', 40)], [], ['Sổ', note]);
    expect(page.getCell('B2').master.address).toBe('A2');
    expect(page.getCell('A2').alignment?.wrapText).toBe(true);
    expect(page.getRow(2).height).toBeGreaterThanOrEqual(48);
  });
});

it('writes days and instants as dates, as the clock in Vietnam shows them', async () => {
  const page = await list(
    [
      { title: 'Ngày', format: 'day' },
      { title: 'Lúc', format: 'instant' },
      { title: 'Lúc', format: 'instant' },
    ],
    [['2026-11-18', '2026-11-18T23:30:00.500+07:00', 'chưa rõ']],
  );
  const [day, instant, none] = ['A3', 'B3', 'C3'].map((at) => page.getCell(at));
  expect([day?.value, day?.numFmt]).toEqual([new Date('2026-11-18T00:00:00Z'), 'dd/mm/yyyy']);
  expect([instant?.value, instant?.numFmt]).toEqual([new Date('2026-11-18T23:30:00Z'), 'dd/mm/yyyy hh:mm']);
  expect([none?.value, none?.numFmt]).toEqual(['chưa rõ', '@']);
});

const office = (columns: number, figure = 12_345): OfficeSheet => ({
  name: '07a',
  above: [[{ text: 'ỦY BAN NHÂN DÂN', from: 0, to: columns - 1, bold: true, align: 'center' }]],
  columns: [
    { width: 5, format: 'text', center: true },
    { width: 28, format: 'text' },
    ...Array.from({ length: columns - 2 }, () => ({ width: 9, format: 'number' as const })),
  ],
  heads: [
    Array.from({ length: columns }, (_, at) => ({ title: at < 2 ? 'Lĩnh vực' : 'Trực tuyến', at, span: 1, rows: 1 })),
  ],
  numbers: Array.from({ length: columns }, (_, at) => `(${at + 1})`),
  rows: [{ kind: 'row', label: 'Hộ tịch', cells: ['1', 'Hộ tịch', ...Array(columns - 2).fill(figure)] }],
  below: [],
});
const paper = (columns: number, figure?: number) => writeOfficeSheet(office(columns, figure)).then(opened);

describe('a paper of an office', () => {
  it.each([4, 13, 27])('of %i columns is printed on one page across in letters that are read', async (columns) => {
    const page = await paper(columns);
    expect(page.pageSetup).toMatchObject({ paperSize: 9, fitToPage: true, fitToWidth: 1 });
    expect(printedPoints(page, columns)).toBeGreaterThanOrEqual(POINTS_READ);
  });

  it('of 27 columns with large figures goes over two pages, number and field on both, its words on the first', async () => {
    const page = await paper(27, 12_345_678);
    expect(page.pageSetup).toMatchObject({ printTitlesColumn: 'A:B', printTitlesRow: '2:3' });
    const across = Array.from({ length: 27 }, (_, at) => page.getCell(1, at + 1).master.address === 'A1');
    expect(across.filter(Boolean).length).toBeLessThan(27);
    expect(across.filter(Boolean).length).toBeGreaterThan(10);
  });

  it.each([
    [12, 1],
    [30, 1],
    [90, 0],
  ])('of %i rows stays with its signature on one page where it is well read there', async (rows, pages) => {
    const sheet = office(13);
    const lines = Array.from({ length: rows }, () => sheet.rows).flat();
    const page = await opened(await writeOfficeSheet({ ...sheet, rows: lines }));
    expect(page.pageSetup.fitToHeight).toBe(pages);
  });

  it('has the number of each page at the top, none on the first', async () => {
    const { headerFooter } = await paper(13);
    expect(headerFooter).toMatchObject({ differentFirst: true });
    expect(headerFooter.oddHeader).toMatch(/&P$/);
    expect(headerFooter.firstHeader ?? '').toBe('');
  });
});

it('never makes a column narrower than what must stand in it, nor one page narrower than its letters are read', () => {
  const column = fc.record({ width: fc.integer({ min: 4, max: 80 }), least: fc.integer({ min: 4, max: 40 }) });
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (columns, keep) => {
      const { widths, page, first } = layOut(columns, keep);
      expect(widths).toHaveLength(columns.length);
      for (const [at, width] of widths.entries())
        expect(width).toBeGreaterThanOrEqual(Math.min(columns[at]?.least ?? 0, columns[at]?.width ?? 0) - 1e-9);
      expect(first).toBeGreaterThan(0);
      expect(first).toBeLessThanOrEqual(columns.length);
      if (page.fitToPage === true) expect(first).toBe(columns.length);
    }),
  );
});
