import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReportService } from '../modules/insight/reports/index.ts';
import { paperOf } from '../modules/insight/reports/paper.ts';
import { importTemplate } from '../modules/insight/reports/xlsx.ts';
import { blanksOf } from '../web/console/screens/reports/blanks.ts';
import { mergedCommune, openReportDesk, type ReportDesk, reportStaff } from './testing/report-desk.ts';

// Counts that units type into an outline: the unit above adds what they have sent to its own.
let desk: ReportDesk;
let reports: ReportService;
let province: string;
let communes: string[];
let below: number;
let before: { province: string; district: string; commune: string };

const REPORT = 'cchc';
const NOW = '2026-Q2';
const THEN = '2023-Q2';
type Counts = Readonly<Record<string, number>>;

const clerkOf = (unitId: string) => reportStaff(4, [unitId]);
const above = () => reportStaff(1, [province, ...communes], [province]);

async function begin(unitId: string, periodId = NOW): Promise<string> {
  const { ids } = await reports.assign(clerkOf(unitId), { reportId: REPORT, periodId, unitId });
  return ids[0] ?? '';
}

async function type(unitId: string, counts: Counts, periodId = NOW): Promise<string> {
  const id = await begin(unitId, periodId);
  const { version } = await reports.get(clerkOf(unitId), id);
  const manual = Object.fromEntries(Object.entries(counts).map(([row, count]) => [row, { '3': count }]));
  await reports.save(clerkOf(unitId), id, { version, manual, texts: {}, note: '' });
  return id;
}

async function send(unitId: string, counts: Counts, periodId = NOW, reason?: string): Promise<string> {
  const id = await type(unitId, counts, periodId);
  const { version } = await reports.get(clerkOf(unitId), id);
  await reports.submit(clerkOf(unitId), id, { version, ...(reason ? { reason } : {}) });
  return id;
}

async function decide(id: string, act: 'return' | 'accept' | 'lock' | 'reopen', reason?: string): Promise<void> {
  const { version } = await reports.get(above(), id);
  await reports.decide(above(), id, { version, act, ...(reason ? { reason } : {}) });
}

async function cell(id: string, row: string, no?: number) {
  const page = await reports.get(above(), id, no);
  const found = page.rows.find((one) => one.id === row);
  return { value: found?.cells['3'] ?? null, ...found?.sums[0] };
}

beforeAll(async () => {
  desk = await openReportDesk((directory) => {
    province = directory.byCode('gso', '20779', '2026-06-14')?.parentId ?? '';
    const all = directory.childrenOn(province, '2026-06-14').filter((unit) => unit.level === 'commune');
    below = all.length;
    communes = all.slice(0, 3).map((unit) => unit.unitId);
    const { district, former } = mergedCommune(directory, '2023-06-14');
    const over = directory.unitOn(district, '2023-06-14')?.parentId ?? '';
    before = { province: over, district, commune: former[0] ?? '' };
    return [{ unitIds: [province, ...communes], count: 60, seed: 7, from: '2026-03-15' }];
  });
  reports = desk.reports;
}, 120_000);
afterAll(() => desk.close());

it('adds what units below have sent to what the unit typed, and says how many have sent and how many left it empty', async () => {
  const [first = '', second = '', third = ''] = communes;
  await send(first, { plans: 5, inspections: 1 });
  await send(second, { plans: 7 });
  await type(third, { plans: 1000 });
  const id = await begin(province);
  expect(await cell(id, 'plans')).toEqual({
    value: 12,
    column: '3',
    own: null,
    below: 12,
    sent: 2,
    filled: 2,
    expected: below,
  });
  await type(province, { plans: 2 });
  expect(await cell(id, 'plans')).toMatchObject({ value: 14, own: 2, below: 12, sent: 2, filled: 2 });
  expect(await cell(id, 'inspections')).toMatchObject({ value: 1, own: null, below: 1, sent: 2, filled: 1 });
  const page = await reports.get(above(), id);
  expect(page.warnings.find((one) => one.code === 'unsent')?.message).toMatch(
    new RegExp(`^${below - 2}/${below} đơn vị cấp dưới chưa gửi`),
  );
  // Its own count is still to be written, whatever the others have sent.
  const inspected = page.rows.find((row) => row.id === 'inspections')?.label ?? '?';
  expect(blanksOf(page)).toContain(inspected);
  expect(blanksOf(page)).not.toContain(page.rows.find((row) => row.id === 'plans')?.label);
  // A unit with nothing below it has only its own.
  const own = await reports.get(clerkOf(first), await begin(first));
  expect(own.rows.every((row) => row.sums.length === 0)).toBe(true);
});

it('leads to the versions it was added up from', async () => {
  const id = await begin(province);
  const { parts, value } = await reports.parts(above(), id, { row: 'plans', column: '3' });
  expect(value).toBe(14);
  expect(parts.reduce((sum, part) => sum + (part.value ?? 0), 0)).toBe(14);
  expect(parts).toHaveLength(below + 1);
  expect(parts[0]).toMatchObject({ value: 2, how: 'typed', no: null, report: null });
  const sent = parts.filter((part) => part.how === 'sent');
  expect(sent.map((part) => [part.value, part.no, part.report?.code])).toEqual([
    [5, 1, 'Báo cáo CCHC'],
    [7, 1, 'Báo cáo CCHC'],
  ]);
  expect(parts.filter((part) => part.how === 'unsent').every((part) => part.value === null)).toBe(true);
  // Counted rows and texts are not added up.
  for (const row of ['received', 'documents'])
    await expect(reports.parts(above(), id, { row, column: '3' })).rejects.toMatchObject({ code: 'report/no-rows' });
});

it('leaves out what was sent back, takes what was corrected, and what was sent above stays as it was', async () => {
  const [first = '', second = ''] = communes;
  const id = await begin(province);
  const corrected = await begin(second);
  await decide(corrected, 'return', 'Đếm trùng');
  expect(await cell(id, 'plans')).toMatchObject({ value: 7, below: 5, sent: 1 });
  await send(second, { plans: 6 }, NOW, 'Đã bỏ văn bản trùng');
  expect(await cell(id, 'plans')).toMatchObject({ value: 13, below: 11, sent: 2 });

  const { version } = await reports.get(clerkOf(province), id);
  await reports.submit(clerkOf(province), id, { version });
  const locked = await begin(first);
  await decide(locked, 'accept');
  await decide(locked, 'lock');
  await decide(locked, 'reopen', 'Thiếu một kế hoạch');
  expect(await cell(id, 'plans', 1)).toMatchObject({ value: 13, own: 2, below: 11, sent: 2 });
  await send(first, { plans: 6, inspections: 1 }, NOW, 'Đã thêm');
  const { parts } = await reports.parts(above(), id, { row: 'plans', column: '3', no: 1 });
  expect(parts.find((part) => part.report?.id === locked)).toMatchObject({
    value: 5,
    no: 1,
    report: { lastNo: 2 },
  });
});

it('is filled in from a spreadsheet by the unit’s own number, and printed with who is in it', async () => {
  const page = await reports.get(above(), await begin(province), 1);
  const { lines, notes } = paperOf(page);
  expect(lines.find((line) => line.cells[0] === '8')?.cells[2]).toBe(13);
  expect(notes.filter((note) => note.includes('đơn vị cấp dưới đã gửi'))).toEqual([
    `Dòng 8: số của cơ quan cộng số của 2/${below} đơn vị cấp dưới đã gửi.`,
    `Dòng 9: số của cơ quan cộng số của 2/${below} đơn vị cấp dưới đã gửi, trong đó 1 đơn vị để trống.`,
  ]);
  const workbook = new Workbook();
  await workbook.xlsx.load(await importTemplate(page));
  const [row] = workbook.worksheets[0]?.getRows(1, 40)?.filter((one) => one.getCell(1).value === 'plans') ?? [];
  expect(row?.getCell(3).value).toBe(2);
});

it('takes of a district its sum with its communes, never its communes beside it', async () => {
  const { province: over, district, commune } = before;
  const reader = reportStaff(1, [over, district, commune], [over, district]);
  await send(commune, { plans: 4 }, THEN);
  const whole = await begin(over, THEN);
  const row = async () => (await reports.get(reader, whole)).rows.find((one) => one.id === 'plans');
  expect((await row())?.sums[0]).toMatchObject({ below: null, sent: 0 });
  await send(district, { plans: 3 }, THEN);
  expect((await row())?.sums[0]).toMatchObject({ below: 7, sent: 1 });
});
