import { Workbook } from '@cj-tech-master/excelts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { foldVietnamese } from '../core/text/fold.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { createReportService, createReportTimer, type ReportService } from '../modules/insight/reports/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { readSheet } from '../platform/spreadsheet/read-sheet.ts';
import { createReportPorts } from './report-ports.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let reports: ReportService;
let province: string;
let communes: readonly { unitId: string; name: string }[];

function staff(n: number, fill: readonly string[], receive: readonly string[] = []): StaffActor {
  const rights = { 'report.read': [...fill, ...receive], 'report.fill': fill, 'report.receive': receive };
  return staffWith(n, fill[0] ?? receive[0] ?? '', rights);
}
const receiver = () => staff(1, [], [province]);
const clerk = (unitId: string) => staff(2, [unitId]);

beforeAll(async () => {
  demo = await openDemoSystem();
  const directory = await demo.system.organisation.directory();
  const found = directory.byCode('gso', '20779', '2026-08-14');
  province = found?.parentId ?? '';
  communes = directory.childrenOn(province, '2026-09-14').filter((unit) => unit.level === 'commune');
  const { db, clock } = demo.system;
  await rebuildMetrics(db);
  reports = createReportService({ db, clock, ports: createReportPorts({ ...demo.system, db: demo.system.readDb }) });
  // The third quarter: given to all, sent by two. The second: opened by one commune for itself.
  for (const reportId of ['II.06a', 'II.07b'])
    await reports.assign(receiver(), { reportId, periodId: '2026-Q3', unitId: province, below: true });
  for (const { unitId } of communes.slice(0, 2)) {
    const { rows } = await reports.list(clerk(unitId), { side: 'fill', reportId: 'II.06a' });
    await reports.submit(clerk(unitId), rows[0]?.id ?? '', { version: 1 });
  }
  const first = communes[0]?.unitId ?? '';
  await reports.assign(clerk(first), { reportId: 'II.06a', periodId: '2026-Q2', unitId: first });
}, 120_000);
afterAll(() => demo.close());

describe('the list of reports', () => {
  it('is searched by unit and report together, without accents, within what one may see', async () => {
    const { name, unitId } = communes[5] ?? { name: '', unitId: '' };
    const words = `${foldVietnamese(name)} 06a`;
    const found = await reports.list(receiver(), { side: 'receive', q: words });
    expect(found.rows.length).toBeGreaterThan(0);
    expect(found.rows.every((row) => foldVietnamese(`${row.unitName} ${row.reportCode}`).includes('06a'))).toBe(true);
    expect(found.rows.some((row) => row.unitId === unitId)).toBe(true);
    expect((await reports.list(receiver(), { side: 'receive', q: 'khong-co-gi' })).total).toBe(0);
    const mine = await reports.list(clerk(communes[7]?.unitId ?? ''), { side: 'fill', q: words });
    expect(mine.total).toBe(0);
  });

  it('is sorted by unit, deadline, lateness and sending, every page a part of one order', async () => {
    const { total, pageSize } = await reports.list(receiver(), { side: 'receive', sort: 'unit' });
    expect(total).toBe(communes.length * 2 + 1);
    const names: string[] = [];
    const ids = new Set<string>();
    for (let page = 1; (page - 1) * pageSize < total; page += 1) {
      const { rows } = await reports.list(receiver(), { side: 'receive', sort: 'unit', page });
      names.push(...rows.map((row) => row.unitName));
      for (const row of rows) ids.add(row.id);
    }
    expect(ids.size).toBe(total);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'vi')));
    const late = await reports.list(receiver(), { side: 'receive', sort: 'late' });
    expect(late.rows[0]).toMatchObject({ periodId: '2026-Q2' });
    const sent = await reports.list(receiver(), { side: 'receive', sort: 'sent' });
    expect(sent.rows.slice(0, 3).map((row) => row.sentAt !== null)).toEqual([true, true, false]);
    const deadline = await reports.list(receiver(), { side: 'receive', sort: 'deadline' });
    expect(deadline.rows[0]?.periodId).toBe('2026-Q3');
  });

  it('is narrowed to a period, and names the periods there are', async () => {
    const found = await reports.list(receiver(), { side: 'receive', periodId: '2026-Q2' });
    expect(found.rows.map((row) => row.unitId)).toEqual([communes[0]?.unitId]);
    expect(found.periods.map((period) => period.id)).toEqual(['2026-Q3', '2026-Q2']);
  });
});

describe('who has not reported', () => {
  it('is said of every report and period received: sent, not sent with days late, never given', async () => {
    const { rows } = await reports.progress(receiver(), {});
    expect(rows.map((row) => `${row.reportId} ${row.periodId}`).toSorted()).toEqual([
      'II.06a 2026-Q2',
      'II.06a 2026-Q3',
      'II.07b 2026-Q3',
    ]);
    const third = rows.find((row) => row.reportId === 'II.06a' && row.periodId === '2026-Q3');
    expect(third).toMatchObject({ given: communes.length, sent: 2, notGiven: [] });
    expect(third?.unsent).toHaveLength(communes.length - 2);
    // Due on 17/09/2026; the clock stands on 18/11.
    expect(third?.unsent.every((one) => one.lateDays === 62)).toBe(true);
    const second = rows.find((row) => row.periodId === '2026-Q2');
    expect(second).toMatchObject({ given: 1, sent: 0 });
    expect(second?.notGiven).toHaveLength(communes.length - 1);
    const narrowed = await reports.progress(receiver(), { reportId: 'II.07b' });
    expect(narrowed.rows.map((row) => row.reportId)).toEqual(['II.07b']);
    expect((await reports.progress(clerk(communes[0]?.unitId ?? ''), {})).rows).toEqual([]);
  });
});

/** What stands above the list. */
async function notesOf(bytes: Uint8Array): Promise<string> {
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes);
  const page = workbook.worksheets[0];
  return [1, 2].map((row) => page?.getCell(row, 1).text ?? '').join('\n');
}

it('the list comes as one workbook, whatever its pages', async () => {
  for (const periodId of ['2026-01', '2026-02', '2026-03', '2026-04'])
    await reports.assign(receiver(), { reportId: 'II.06a', periodId, unitId: province, below: true });
  const bytes = await reports.listWorkbook(receiver(), { side: 'receive', only: 'due', sort: 'unit' });
  const titles = ['Báo cáo', 'Tên báo cáo', 'Đơn vị', 'Cơ quan nhận', 'Kỳ', 'Hạn gửi', 'Trạng thái'];
  const sheet = await readSheet(bytes, { titles: [...titles, 'Ngày gửi cuối', 'Số ngày trễ'], maxRows: 2000 });
  if (!sheet.ok) throw new Error(sheet.code);
  const { total } = await reports.list(receiver(), { side: 'receive', only: 'due' });
  expect(total).toBeGreaterThan(50);
  expect(sheet.rows).toHaveLength(total);
  expect(await notesOf(bytes)).toContain(`Cả danh sách: ${total} báo cáo`);

  // A list longer than a file takes says so in it.
  const { db, clock } = demo.system;
  const ports = createReportPorts({ ...demo.system, db: demo.system.readDb });
  const short = await createReportService({ db, clock, ports }, 40).listWorkbook(receiver(), {
    side: 'receive',
    only: 'due',
    sort: 'unit',
  });
  const cut = await readSheet(short, { titles: [...titles, 'Ngày gửi cuối', 'Số ngày trễ'], maxRows: 2000 });
  expect(cut.ok && cut.rows.length).toBe(40);
  expect(await notesOf(short)).toContain(`Tệp có 40 trong ${total} báo cáo, theo thứ tự đã chọn.`);
});

describe('a report that was sent in time and returned', () => {
  const on = (day: string) => demo.clock.set(new Date(`${day}T10:00:00+07:00`));
  const unitId = () => communes[3]?.unitId ?? '';
  let id = '';

  /** What each place says of it today: the mark, the list of late ones, the leader's page, progress, the workbook, reminders. */
  async function told() {
    const wish = { side: 'receive', reportId: 'II.06a', periodId: '2026-Q3', unitId: unitId() } as const;
    const { rows } = await reports.list(receiver(), wish);
    const late = await reports.list(receiver(), { ...wish, only: 'late' });
    const overdue = await reports.overdue(receiver());
    const { rows: progress } = await reports.progress(receiver(), { reportId: 'II.06a', periodId: '2026-Q3' });
    const titles = ['Báo cáo', 'Tên báo cáo', 'Đơn vị', 'Cơ quan nhận', 'Kỳ', 'Hạn gửi', 'Trạng thái'];
    const sheet = await readSheet(await reports.listWorkbook(receiver(), wish), {
      titles: [...titles, 'Ngày gửi cuối', 'Số ngày trễ'],
      maxRows: 10,
    });
    const { db, clock } = demo.system;
    const ports = createReportPorts({ ...demo.system, db: demo.system.readDb });
    const timer = createReportTimer({ db, clock, ports });
    while (await timer.run());
    const { rows: reminded } = await sql<{ day: string | null }>`select reminded_on::text "day" from reports.assignment
      where id = ${id}::uuid`.execute(db);
    return {
      mark: rows[0]?.lateDays,
      page: (await reports.get(receiver(), id)).lateDays,
      listed: late.total,
      overdue: overdue.find((row) => row.id === id)?.lateDays,
      unsent: progress[0]?.unsent.find((row) => row.id === id)?.lateDays,
      cell: sheet.ok ? sheet.rows[0]?.cells[8] : sheet.code,
      reminded: reminded[0]?.day,
    };
  }

  it('is late from the day after the deadline until it is sent again, whoever asks', async () => {
    // Due on 17/09/2026.
    on('2026-09-16');
    const { rows } = await reports.list(clerk(unitId()), { side: 'fill', reportId: 'II.06a', periodId: '2026-Q3' });
    id = rows[0]?.id ?? '';
    await reports.submit(clerk(unitId()), id, { version: 1 });
    await reports.decide(receiver(), id, { version: 2, act: 'return', reason: 'Thiếu thuyết minh' });
    const due = { mark: null, page: null, listed: 0, overdue: undefined, unsent: null, cell: { kind: 'empty' } };
    expect(await told()).toEqual({ ...due, reminded: '2026-09-16' });
    on('2026-09-27');
    const late = {
      mark: 10,
      page: 10,
      listed: 1,
      overdue: 10,
      unsent: 10,
      cell: { kind: 'number', number: 10, percent: false },
    };
    expect(await told()).toEqual({ ...late, reminded: '2026-09-27' });
    // Those who are late by most come first.
    const { rows: sorted } = await reports.list(receiver(), { side: 'receive', sort: 'late', periodId: '2026-Q3' });
    const days = sorted.map((row) => row.lateDays ?? -1);
    expect(days).toEqual(days.toSorted((a, b) => b - a));
    // It was first sent in time, so that is what stands once it is corrected.
    await reports.submit(clerk(unitId()), id, { version: 3, reason: 'Đã bổ sung thuyết minh' });
    on('2026-09-28');
    const sent = {
      mark: 0,
      page: 0,
      listed: 0,
      overdue: undefined,
      unsent: undefined,
      cell: { kind: 'number', number: 0, percent: false },
    };
    expect(await told()).toEqual({ ...sent, reminded: '2026-09-27' });
    on('2026-11-18');
  });
});
