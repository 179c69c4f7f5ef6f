import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heightOf, wrappedLines } from './sheet-cells.ts';
import { type OfficeSheet, writeOfficeSheet } from './write-office-sheet.ts';

const paper = (over: Partial<OfficeSheet> = {}): OfficeSheet => ({
  name: '06a',
  above: [[{ text: 'ỦY BAN NHÂN DÂN', from: 0, to: 1, bold: true, align: 'center' }], []],
  columns: [
    { width: 5, format: 'text', center: true },
    { width: 28, format: 'text' },
    { width: 9, format: 'number' },
    { width: 9, format: 'number' },
  ],
  heads: [
    [
      { title: 'STT', at: 0, span: 1, rows: 2 },
      { title: 'Lĩnh vực', at: 1, span: 1, rows: 2 },
      { title: 'Số hồ sơ', at: 2, span: 2, rows: 1 },
    ],
    [
      { title: 'Tổng số', at: 2, span: 1, rows: 1 },
      { title: 'Tỷ lệ', at: 3, span: 1, rows: 1 },
    ],
  ],
  numbers: ['(1)', '(2)', '(3)', '(4)'],
  rows: [
    { kind: 'heading', label: 'I. Cấp xã', cells: [] },
    { kind: 'row', label: 'Hộ tịch', cells: ['1', 'Hộ tịch', 1150, 81.4] },
    { kind: 'total', label: 'Tổng cộng', cells: [null, 'Tổng cộng', 1150, null] },
  ],
  below: [[{ text: '=1+1', from: 0, to: 3 }]],
  ...over,
});

async function opened(sheet: OfficeSheet): Promise<Worksheet> {
  const workbook = new Workbook();
  await workbook.xlsx.load(await writeOfficeSheet(sheet));
  const [page] = workbook.worksheets;
  if (!page) throw new Error('no sheet');
  return page;
}

describe('a paper as a workbook', () => {
  it('merges heads over their columns and down their levels, and repeats them on each page', async () => {
    const page = await opened(paper());
    expect(page.getCell('A3').value).toBe('STT');
    const same = (one: string, other: string): boolean => page.getCell(one).master === page.getCell(other).master;
    expect([same('A3', 'A4'), same('C3', 'D3'), same('C3', 'C4'), same('A1', 'B1'), same('A6', 'D6')]).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(['C4', 'D4', 'A5', 'D5'].map((at) => page.getCell(at).value)).toEqual(['Tổng số', 'Tỷ lệ', '(1)', '(4)']);
    expect(page.pageSetup.printTitlesRow).toBe('3:5');
  });

  it('keeps numbers as numbers, a whole one without a point behind it, nothing as nothing, and no text as a formula', async () => {
    const page = await opened(paper());
    expect([page.getCell('C7').value, page.getCell('C7').numFmt]).toEqual([1150, '#,##0']);
    expect([page.getCell('D7').value, page.getCell('D7').numFmt]).toEqual([81.4, '#,##0.##########']);
    expect(page.getCell('D8').value).toBeNull();
    expect(page.getCell('C8').font?.bold).toBe(true);
    expect(page.getCell('A9').value).toBe('=1+1');
    expect(page.getCell('A9').formula).toBeUndefined();
  });

  it('makes room for long words, in the table and in merged lines', async () => {
    const long = 'Thành lập và hoạt động của hộ kinh doanh, hợp tác xã, liên hiệp hợp tác xã '.repeat(3);
    const page = await opened(
      paper({
        rows: [{ kind: 'row', label: long, cells: ['1', long, 1, 2] }],
        below: [[{ text: long, from: 0, to: 3 }]],
      }),
    );
    expect(page.getRow(6).height).toBe(heightOf(long, 28));
    expect(page.getRow(7).height).toBe(heightOf(long, 51));
    expect(heightOf(long, 28)).toBeGreaterThan(heightOf('', 28) * 7);
  });

  it('writes the same bytes for the same paper', async () => {
    expect(Buffer.from(await writeOfficeSheet(paper())).equals(Buffer.from(await writeOfficeSheet(paper())))).toBe(
      true,
    );
  });
});

it('wraps words into as many lines as their letters need, or more, and no more for a wider cell', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), fc.integer({ min: 1, max: 60 }), (parts, width) => {
      const text = parts.join(' ').replaceAll('\n', ' ');
      const lines = wrappedLines(text, width);
      expect(lines * width).toBeGreaterThanOrEqual([...text.replaceAll(' ', '')].length);
      expect(wrappedLines(text, width + 5)).toBeLessThanOrEqual(lines);
    }),
  );
  expect(wrappedLines('một hai ba', 7)).toBe(2);
  expect(wrappedLines('', 7)).toBe(1);
  expect(wrappedLines('dòng\ndòng', 30)).toBe(2);
});
