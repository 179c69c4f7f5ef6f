import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, expect, it } from 'vitest';
import { POPPLER_MISSING, readPdfInfo, readPdfLines, readPdfText } from '../../../platform/documents/pdf-inspection.ts';
import { createRenderer } from '../../../platform/documents/renderer.ts';
import { zipEntry } from '../../../platform/testing/zip.ts';
import { findReport } from './content.ts';
import type { ReportPageType } from './contract.ts';
import { reportCsv } from './csv.ts';
import { reportDocx } from './docx.ts';
import { paperOf } from './paper.ts';
import { reportPdf } from './pdf.ts';
import { reportXlsx } from './xlsx.ts';

const renderer = createRenderer({ timeoutMs: 60_000 });
afterAll(() => renderer.close());

const page = (): ReportPageType => {
  const report = findReport('06a');
  if (!report) throw new Error('06a');
  const cells = {
    1: '1',
    2: 'Hộ tịch',
    3: 1150,
    4: 70,
    5: 1050,
    6: 30,
    7: 1128,
    8: 1090,
    9: 28,
    10: 10,
    11: 22,
    12: 20,
    13: 2,
  };
  return {
    id: '01890000-0000-7000-8000-000000000001',
    version: 1,
    reportId: report.id,
    reportCode: report.code,
    reportName: report.name,
    unitId: '01890000-0000-7000-8000-000000000002',
    unitName: 'Xã Thử',
    receiverName: 'Huyện Thử',
    periodId: '2023-06',
    periodName: 'Tháng 6 năm 2023',
    cutoff: 'nd09',
    deadline: '2023-06-17',
    state: 'submitted',
    stateName: 'Đã gửi',
    lateDays: 0,
    sentAt: null,
    lastNo: 1,
    columns: report.columns.map(({ no, title, group, kind }) => ({
      no,
      title,
      group: group ?? [],
      kind,
      type: 'integer',
      counted: false,
      divided: false,
    })),
    sections: [{ id: 's', no: 'I', title: 'Đánh giá', text: true, hint: '' }],
    notes: [],
    source: report.source,
    verified: false,
    doubt: '',
    no: 1,
    withheld: false,
    final: true,
    acts: [],
    rows: [
      {
        id: 'f',
        kind: 'row',
        label: 'Hộ tịch',
        cells,
        typed: [],
        sources: [],
        sums: [],
        unsent: false,
        taken: false,
        reportId: null,
        reportNo: null,
      },
    ],
    total: {
      id: 'total',
      kind: 'total',
      label: 'Tổng cộng',
      cells: { ...cells, 1: null },
      typed: [],
      sources: [],
      sums: [],
      unsent: false,
      taken: false,
      reportId: null,
      reportNo: null,
    },
    checks: [],
    figures: [{ id: 'late', label: 'Tỷ lệ quá hạn', numerator: 10, denominator: 128, percent: 7.8125 }],
    warnings: [],
    texts: { s: 'Làm tốt; #panic("không chạy")' },
    note: '=1+1',
    computedAt: '2023-06-15T08:00:00+07:00',
    versions: [],
    told: [],
    history: [],
  };
};

it.each([
  ['Báo cáo công tác cải cách hành chính', 'Công tác cải cách hành chính'],
  ['Báo cáo đánh giá', 'Đánh giá'],
  ['Tình hình, kết quả giải quyết TTHC', 'Tình hình, kết quả giải quyết TTHC'],
])('names “%s” once below the word for a report', (reportName, subject) => {
  expect(paperOf({ ...page(), reportName }).subject).toBe(subject);
});

it('leaves open who it goes to where that is not known: nothing above is meant by “as above”', () => {
  expect(paperOf(page()).copies).toEqual(['- Ủy ban nhân dân huyện Thử;', '- Lưu: VT.']);
  expect(paperOf({ ...page(), receiverName: null }).copies).toEqual(['- …………………………;', '- Lưu: VT.']);
});

it('marks the units whose figures are not what they have sent, in the table and where that is told', () => {
  const [row] = page().rows;
  if (!row) throw new Error('no row');
  const rows = [row, { ...row, id: 'g', label: 'Xã Khác', unsent: true }];
  const warnings = [{ code: 'unsent', message: '1 đơn vị chưa gửi: Xã Khác.' }];
  const paper = paperOf({ ...page(), rows, warnings });
  expect(paper.lines.map((line) => line.label)).toEqual(['Hộ tịch', 'Xã Khác (*)', 'Tổng cộng']);
  expect(paper.lines[1]?.cells[1]).toBe('Xã Khác (*)');
  expect(paper.notes).toContain('(*) 1 đơn vị chưa gửi: Xã Khác.');
  // Counts of an outline have no row of their own for each unit.
  expect(paperOf({ ...page(), warnings }).notes).toContain('1 đơn vị chưa gửi: Xã Khác.');
});

it('writes a CSV with column numbers that no spreadsheet runs as a formula', () => {
  const text = reportCsv(page());
  expect(text).toContain('(1);(2);(3);(4)');
  expect(text).toContain('1;Hộ tịch;1150;70;1050');
  expect(text).toContain('Ghi chú: =1+1');
});

it('never puts two tables of a DOCX side by side: a word processor would take them for one', async () => {
  const bare = { ...page(), figures: [], warnings: [], notes: [], note: '', sections: [] };
  const parts = zipEntry(await reportDocx(bare), 'word/document.xml');
  expect(parts).toContain('TM. ỦY BAN NHÂN DÂN');
  expect(parts).not.toContain('</w:tbl><w:tbl>');
});

it('puts the text of an outline before its signature in a DOCX, the figures behind it; few columns stand upright', async () => {
  const wide = zipEntry(await reportDocx(page()), 'word/document.xml');
  const narrow = { ...page(), columns: page().columns.slice(0, 4) };
  const parts = zipEntry(await reportDocx(narrow), 'word/document.xml');
  expect([wide, parts].map((text) => /<w:pgSz[^>]*w:orient="landscape"/.test(text))).toEqual([true, false]);
  for (const text of [wide, parts]) {
    const order = ['I. Đánh giá', 'TM. ỦY BAN NHÂN DÂN', 'PHỤ LỤC SỐ LIỆU', 'Tỷ lệ quá hạn'].map((word) =>
      text.indexOf(word),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    expect(text).not.toContain('</w:tbl><w:tbl>');
  }
});

it('numbers the pages of a DOCX on top from the second, and breaks a letterhead before the kind of a unit', async () => {
  const narrow = { ...page(), unitName: 'Thị trấn Tân Bình', columns: page().columns.slice(0, 4) };
  const file = await reportDocx(narrow);
  const parts = zipEntry(file, 'word/document.xml');
  expect(parts).toContain('<w:titlePg/>');
  expect(zipEntry(file, 'word/header1.xml')).toContain('PAGE');
  expect(parts).toContain('ỦY BAN NHÂN DÂN THỊ\u00a0TRẤN\u00a0TÂN\u00a0BÌNH');
});

it('writes a workbook in office layout: heads over their columns, numbers as numbers', async () => {
  const workbook = new Workbook();
  await workbook.xlsx.load(await reportXlsx(page()));
  const [sheet] = workbook.worksheets;
  const found = new Map<string, string>();
  sheet?.eachRow((row) => row.eachCell((cell) => found.set(String(cell.value), cell.master.address)));
  const merged = (from: string): number => {
    const first = sheet?.getCell(from);
    let count = 0;
    sheet?.getRow(Number(first?.row)).eachCell((cell) => {
      if (cell.master.address === first?.address) count += 1;
    });
    return count;
  };
  expect(merged(found.get('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM') ?? '')).toBeGreaterThan(3);
  expect(merged(found.get('Số hồ sơ tiếp nhận') ?? '')).toBe(4);
  expect(merged(found.get('Số hồ sơ đã giải quyết') ?? '')).toBe(4);
  for (const text of ['HUYỆN THỬ', 'BÁO CÁO', 'Biểu số 06a/VPCP/KSTT', 'Nơi nhận:', '(13)', 'Ghi chú: =1+1'])
    expect(
      [...found.keys()].some((each) => each.includes(text)),
      text,
    ).toBe(true);
  expect(sheet?.getCell(found.get('1150') ?? '').value).toBe(1150);
});

it.skipIf(POPPLER_MISSING !== undefined)(
  'prints a PDF in office layout, what people wrote as text, the same twice',
  async () => {
    const pdf = await reportPdf(renderer, page());
    const text = readPdfText(pdf);
    for (const part of ['06a/VPCP/KSTT', 'HUYỆN THỬ', 'Tổng cộng', '1.150', '(13)', '7,81 %', '#panic("không chạy")'])
      expect(text).toContain(part);
    expect((await reportPdf(renderer, page())).equals(pdf)).toBe(true);
    const [row] = page().rows;
    if (!row) throw new Error('no row');
    const few = { ...page(), note: 'Ghi chú ngắn.', sections: [], rows: Array.from({ length: 8 }, () => row) };
    expect(readPdfInfo(await reportPdf(renderer, few))).toMatch(/^Pages: +1$/m);
  },
  120_000,
);

it.skipIf(POPPLER_MISSING !== undefined)(
  'prints the parts of an outline first, in their order and not into each other, then the figures as its appendix',
  async () => {
    const sections = ['Công tác chỉ đạo', 'Kết quả'].map((title, at) => ({
      id: `s${at}`,
      no: at === 0 ? 'I' : 'II',
      title,
      text: true,
      hint: '',
    }));
    const pdf = await reportPdf(renderer, { ...page(), rows: page().rows.slice(0, 1), sections, texts: {} });
    const lines = readPdfLines(pdf);
    const at = (word: string) => lines.findIndex(({ text }) => text.startsWith(word));
    const first = at('I. Công tác');
    expect(first).toBeGreaterThan(0);
    for (const place of [first, at('II. Kết quả')])
      expect(lines[place]?.top, lines[place]?.text).toBeGreaterThanOrEqual(lines[place - 1]?.bottom ?? Number.NaN);
    const order = ['I. Công tác', 'II. Kết quả', 'Nơi nhận:', 'PHỤ LỤC SỐ LIỆU', 'Tỷ lệ quá hạn'].map(at);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  },
  120_000,
);

it.skipIf(POPPLER_MISSING !== undefined)(
  'numbers pages in the middle of the top margin, not the first, and breaks a letterhead before the kind of a unit',
  async () => {
    const narrow = { ...page(), unitName: 'Thị trấn Tân Bình', columns: page().columns.slice(0, 4) };
    const lines = readPdfLines(await reportPdf(renderer, narrow)).map((line) => ({
      ...line,
      text: line.text.replaceAll('\u00a0', ' '),
    }));
    const margin = (20 / 25.4) * 72;
    expect(lines.filter(({ bottom }) => bottom < margin).map(({ text }) => text)).toEqual(['2']);
    expect(lines.filter(({ top }) => top > 842 - margin)).toEqual([]);
    expect(lines.map(({ text }) => text)).toContain('THỊ TRẤN TÂN BÌNH');
  },
  120_000,
);
