import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { createReportTimer, type ReportService } from '../modules/insight/reports/index.ts';
import { importTemplate } from '../modules/insight/reports/xlsx.ts';
import { failure } from '../modules/onestop/dossiers/testing/failure.ts';
import { type HttpApp, SESSION_COOKIE } from '../platform/http/app.ts';
import { readSheet } from '../platform/spreadsheet/read-sheet.ts';
import { createApp } from './http.ts';
import { createReportPorts } from './report-ports.ts';
import { openReportDesk, type ReportDesk, reportStaff } from './testing/report-desk.ts';

// A draft is its unit's own: who receives the report knows that it is there, by when it is due and how far it has come;
// figures, words and notes only once they are sent, and of a correction only what was sent before.
let desk: ReportDesk;
let reports: ReportService;
let app: HttpApp;
let commune: string;
let province: string;
let actor: StaffActor;
let id: string;

const clerk = () => reportStaff(1, [commune]);
/** As the roles give it: a chairman of the province, its inspector, who holds every right below it too, and a deputy of hers. */
const chairman = () => reportStaff(2, [province], [province]);
const inspector = () => {
  const below = desk.directory.reachOn(province, 'subtree', '2026-11-18');
  const who = reportStaff(3, below, below);
  return { ...who, homeUnitId: province, unitIds: [province] };
};
const deputy = (): StaffActor => {
  const above = inspector();
  const acting = { absenceId: '', staffId: above.staffId, displayName: '', until: new Date('2027-01-01') };
  const own = { ...reportStaff(4, []), homeUnitId: province, unitIds: [province], ownUnitsByPermission: new Map() };
  const { unitsByPermission } = above;
  return { ...own, unitsByPermission, actingFor: [{ ...acting, unitsByPermission }] };
};
const receivers = () => [chairman(), inspector(), deputy()];

beforeAll(async () => {
  desk = await openReportDesk((directory) => {
    const found = directory.byCode('gso', '20779', '2026-08-14');
    [commune, province] = [found?.unitId ?? '', found?.parentId ?? ''];
    return [{ unitIds: [commune], count: 200, seed: 3, from: '2026-05-01' }];
  });
  reports = desk.reports;
  const { system } = desk;
  app = await createApp({ ...system, identity: { ...system.identity, authenticate: async () => actor } });
}, 120_000);
afterAll(async () => {
  await app.fastify.close();
  await desk.close();
});

const PERIODS = ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'];
const DRAFT = {
  manual: { accounts: { 3: 4711 } },
  reasons: { accounts: { 3: 'Bí mật' } },
  texts: {},
  note: 'Chưa ai xem',
};
beforeEach(async () => {
  const wish = { reportId: 'de-an-06', periodId: PERIODS.pop() ?? '', unitId: commune };
  id = (await reports.assign(chairman(), wish)).ids[0] ?? '';
  await reports.save(clerk(), id, { version: 1, ...DRAFT });
});

async function get(path: string): Promise<{ status: number; text: string }> {
  const headers = { host: 'localhost', cookie: `${SESSION_COOKIE}=x` };
  const reply = await app.fastify.inject({ method: 'GET', url: path, headers });
  return { status: reply.statusCode, text: reply.body };
}
const FILES = ['sheet.pdf', 'sheet.docx', 'sheet.xlsx', 'sheet.csv', 'template.xlsx'] as const;

/** The same table, its notes taken away. */
async function withoutNotes(file: Uint8Array): Promise<Uint8Array> {
  const workbook = new Workbook();
  await workbook.xlsx.load(file);
  const [sheet] = workbook.worksheets;
  for (let number = 1; sheet && sheet.getCell(`A${number}`).text !== 'Mã dòng'; number += 1)
    sheet.getCell(`A${number}`).value = null;
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

it('a template filled in for another period or unit is not taken, its own is', async () => {
  const page = await reports.get(clerk(), id);
  const fileOf = async (change: object) => {
    const file = Buffer.from(await importTemplate({ ...page, ...change })).toString('base64');
    return (await reports.importCells(clerk(), id, { version: page.version, apply: false, file })).findings;
  };
  expect(await fileOf({})).toEqual([]);
  for (const change of [{ periodName: 'Tháng 1/2020' }, { unitName: 'Xã Thử' }])
    expect(await fileOf(change)).toEqual([
      { cell: 'A2', message: expect.stringContaining(Object.values(change).join()) },
    ]);
  // A table made by hand says nothing of whose it is: it is taken, but whoever takes it is told.
  const whose = async (file: Uint8Array) => {
    const body = { version: page.version, apply: false, file: Buffer.from(file).toString('base64') };
    const { findings, unnamed } = await reports.importCells(clerk(), id, body);
    return { findings, unnamed };
  };
  const template = await importTemplate(page);
  expect(await whose(template)).toEqual({ findings: [], unnamed: false });
  expect(await whose(await withoutNotes(template))).toEqual({ findings: [], unnamed: true });
});

describe('a report that was never sent', () => {
  it('shows its unit everything, and who receives it what it is, by when and how far it has come', async () => {
    const mine = await reports.get(clerk(), id);
    expect(mine).toMatchObject({ withheld: false, note: 'Chưa ai xem', acts: ['save', 'submit'] });
    expect(mine.rows.length).toBeGreaterThan(0);
    for (const who of receivers()) {
      const page = await reports.get(who, id);
      expect(page).toMatchObject({ withheld: true, no: 0, state: 'draft', unitId: commune, lastNo: 0, acts: [] });
      expect(page).toMatchObject({ deadline: mine.deadline, lateDays: mine.lateDays });
      expect(page).toMatchObject({ rows: [], total: null, checks: [], figures: [], warnings: [], texts: {}, note: '' });
      expect(page.history.map(({ act }) => act)).toEqual(['assign', 'save']);
      expect(JSON.stringify(page)).not.toMatch(/4711|Bí mật|Chưa ai xem/);
    }
  });

  it('is among what they receive, in list, workbook and progress, not among what they fill in', async () => {
    for (const who of receivers()) {
      const { rows } = await reports.list(who, { side: 'receive', reportId: 'de-an-06', unitId: commune });
      expect(rows.find((row) => row.id === id)).toMatchObject({ stateName: 'Đang lập', sentAt: null });
      expect((await reports.list(who, { side: 'fill', unitId: commune })).total).toBe(0);
      const bytes = await reports.listWorkbook(who, { side: 'receive', unitId: commune });
      const titles = ['Báo cáo', 'Tên báo cáo', 'Đơn vị', 'Cơ quan nhận', 'Kỳ', 'Hạn gửi', 'Trạng thái'];
      const sheet = await readSheet(bytes, { titles: [...titles, 'Ngày gửi cuối', 'Số ngày trễ'], maxRows: 50 });
      expect(sheet.ok && sheet.rows.length).toBeGreaterThan(0);
      const { rows: rounds } = await reports.progress(who, { reportId: 'de-an-06' });
      expect(rounds.some((round) => round.unsent.some((one) => one.id === id))).toBe(true);
    }
    expect((await reports.list(clerk(), { side: 'fill' })).rows.map((row) => row.id)).toContain(id);
  });

  it('has no paper, rows, parts or act for them: each says why, over HTTP too', async () => {
    const cell = { row: 'received', column: '4' };
    for (const who of receivers()) {
      expect((await failure(reports.rows(who, id, cell))).code).toBe('report/draft');
      expect((await failure(reports.rows(who, id, { ...cell, no: 1 }))).code).toBe('row/missing');
      expect((await failure(reports.get(who, id, 1))).code).toBe('row/missing');
      expect((await failure(reports.save(who, id, { version: 2, ...DRAFT }))).code).toBe('row/missing');
      expect((await failure(reports.submit(who, id, { version: 2 }))).code).toBe('row/missing');
      actor = who;
      for (const file of FILES) {
        const { status, text } = await get(`/api/reports/${id}/${file}`);
        expect([file, status, text.includes('cơ quan nhận xem được khi đơn vị gửi')]).toEqual([file, 409, true]);
      }
      const page = await get(`/api/reports/${id}`);
      expect([page.status, /4711|Bí mật|Chưa ai xem/.test(page.text)]).toEqual([200, false]);
      expect((await get(`/api/reports/${id}/rows?row=received&column=4`)).status).toBe(409);
    }
    actor = clerk();
    for (const file of FILES) expect((await get(`/api/reports/${id}/${file}`)).status).toBe(200);
    expect((await reports.rows(clerk(), id, cell)).total).toBeGreaterThanOrEqual(0);
  });
});

it('of one that was returned they see what was sent, not what is being corrected', async () => {
  await reports.submit(clerk(), id, { version: 2 });
  const sent = await reports.get(inspector(), id);
  expect(sent).toMatchObject({ withheld: false, no: 1, note: 'Chưa ai xem', acts: ['return', 'accept'] });
  await reports.decide(inspector(), id, { version: 3, act: 'return', reason: 'Kiểm tra lại' });
  const other = { ...DRAFT, manual: { accounts: { 3: 8118 } }, note: 'Đang sửa' };
  await reports.save(clerk(), id, { version: 4, ...other });
  for (const who of receivers()) {
    const page = await reports.get(who, id);
    expect(page).toMatchObject({ withheld: false, no: 1, state: 'returned', note: 'Chưa ai xem' });
    expect(page.rows).toEqual(sent.rows);
    const rows = await reports.rows(who, id, { row: 'received', column: '4' });
    expect([rows.now, rows.total]).toEqual([rows.total, rows.total]);
    actor = who;
    const csv = await get(`/api/reports/${id}/sheet.csv`);
    expect([csv.text.includes('4711'), csv.text.includes('8118')]).toEqual([true, false]);
  }
  expect((await reports.get(clerk(), id)).note).toBe('Đang sửa');
});

it('reminds who drafts it, not everybody above with the same right', async () => {
  const told: string[] = [];
  const { db, clock } = desk.system;
  const ports = createReportPorts({ ...desk.system, db: desk.system.readDb });
  const staffOf = async (unitId: string, permission: string) => {
    const names = unitId === commune && permission === 'report.fill' ? [clerk(), inspector()] : [inspector()];
    told.push(`${unitId === commune ? 'commune' : 'province'} ${permission}`);
    return names.map(({ staffId, displayName }) => ({ staffId, name: displayName, title: '' }));
  };
  const timer = createReportTimer({ db, clock, ports: { ...ports, staffOf } });
  while (await timer.run());
  expect(new Set(told)).toEqual(new Set(['commune report.fill', 'province report.receive']));
  const { rows } = await db.raw.query(`select distinct recipient from notifications.message where template = 'report'`);
  expect(rows).toEqual([{ recipient: `staff:${clerk().staffId}` }]);
});
