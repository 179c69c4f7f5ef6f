import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import type { UnitDirectory } from '../modules/foundation/organisation/index.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import {
  createRegisterService,
  type RegisterContext,
  type RegisterService,
  recordPublished,
  registerValue,
} from '../modules/insight/registers/index.ts';
import { reportCsv } from '../modules/insight/reports/csv.ts';
import {
  computeReport,
  createFormService,
  createReportService,
  findReport,
  periodOf,
  type ReportDefinition,
  type ReportPorts,
  type ReportService,
} from '../modules/insight/reports/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { createReportPorts } from './report-ports.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let directory: UnitDirectory;
let ports: ReportPorts;
let reports: ReportService;
let registers: RegisterService;
let context: RegisterContext;
let commune: string;
let province: string;
const SYSTEM = { kind: 'system', name: 'test', assurance: 'system' } as const;

function staff(unitId: string, permissions: readonly string[]): StaffActor {
  return staffWith(1, unitId, Object.fromEntries(permissions.map((permission) => [permission, [unitId]])));
}
const clerk = () => staff(commune, ['report.read', 'report.fill', 'registers.read', 'registers.enter']);
const chief = () => staff(province, ['report.read', 'report.fill', 'report.receive']);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'done', places: [] as string[] }),
    (error: { code: string; details?: { fields?: readonly { path: string; message: string }[] } }) => ({
      code: error.code,
      places: (error.details?.fields ?? []).map(({ path, message }) => `${path}: ${message}`),
    }),
  );

beforeAll(async () => {
  demo = await openDemoSystem();
  const { db, clock, organisation, dossierPorts, files } = demo.system;
  directory = await organisation.directory();
  const found = directory.byCode('gso', '20779', '2026-08-14');
  if (!found?.parentId) throw new Error('a commune below a province');
  commune = found.unitId;
  province = found.parentId;
  await rebuildMetrics(db);
  ports = createReportPorts({ ...demo.system, db: demo.system.readDb });
  reports = createReportService({ db, clock, ports });
  context = {
    db,
    clock,
    ports: { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files },
  };
  registers = createRegisterService(context);
}, 120_000);
afterAll(() => demo.close());

/** What the commune has in the register of Đề án 06 for October 2026; the clock stands on 18/11, two days before the closing. */
const FIGURES = { target: 12_000, collected: 16_175, activated: 12_951 };
async function begin(actor: StaffActor, reportId: string, periodId: string): Promise<string> {
  const { ids } = await reports.assign(actor, { reportId, periodId, unitId: actor.homeUnitId ?? '' });
  return ids[0] ?? '';
}

describe('the monthly report of Đề án 06', () => {
  it('has no figures where nobody has entered any, and says who owes them', async () => {
    const page = await reports.get(clerk(), await begin(clerk(), 'de-an-06', '2026-11'));
    expect(page.rows[0]?.cells).toMatchObject({ 3: null, 4: null, 5: null });
    expect(page.rows[0]?.sources.find((one) => one.column === '4')).toMatchObject({
      register: 'de-an-06',
      periods: [{ id: '2026-10', name: 'Tháng 10/2026' }],
      value: null,
      entered: 0,
      expected: 1,
      readable: true,
      unitId: commune,
    });
    expect(page.warnings).toContainEqual(
      expect.objectContaining({ code: 'registers-unfilled', message: expect.stringContaining('0/1 đơn vị đã nhập') }),
    );
    expect(page.rows[0]?.typed).toEqual(['6']);
  });

  it('says what the register says of the month that ended in its period: the golden 135 % and 108 %', async () => {
    const place = { unitId: commune, periodId: '2026-10', version: 0 };
    await registers.save(clerk(), 'de-an-06', { ...place, values: FIGURES });
    const page = await reports.get(clerk(), await begin(clerk(), 'de-an-06', '2026-11'));
    expect(page.rows[0]?.cells).toMatchObject({ 3: 12_000, 4: 16_175, 5: 134.79 });
    expect(page.rows[1]?.cells).toMatchObject({ 3: 12_000, 4: 12_951, 5: 107.93 });
    // Nobody has written how much data is to be cleaned.
    expect(page.rows[2]?.cells).toMatchObject({ 3: null, 4: null, 5: null });
    const span = { from: '2026-10-01', to: '2026-10-31' };
    const asked = { register: 'de-an-06', measure: 'activated-of-target' };
    expect(await registerValue(context, asked, commune, span)).toMatchObject({ numerator: 12_951, value: 107.93 });
    // The one above has it rolled up.
    const above = await reports.get(chief(), await begin(chief(), 'de-an-06', '2026-11'));
    expect(above.rows[1]?.cells).toMatchObject({ 3: 12_000, 4: 12_951 });
    const source = above.rows[1]?.sources.find((one) => one.column === '4');
    expect(source).toMatchObject({ entered: 1, readable: false });
    expect(source?.expected).toBeGreaterThan(1);
  });

  it('says something else only with a reason, marked on the page and in the papers', async () => {
    const id = await begin(clerk(), 'de-an-06', '2026-11');
    const body = { version: 1, manual: { accounts: { 4: 13_000 } }, texts: {}, note: '' };
    expect(await failure(reports.save(clerk(), id, body))).toEqual({
      code: 'report/cells',
      places: [
        'manual/accounts/4: Tài khoản định danh điện tử đã kích hoạt (tài khoản), cột (4): Ô này lấy từ sổ nhập tay; ghi số khác thì nêu lý do.',
      ],
    });
    const reasons = { accounts: { 4: 'Công an xã đính chính ngày 16/11' } };
    await reports.save(clerk(), id, { ...body, reasons });
    const page = await reports.get(clerk(), id);
    expect(page.rows[1]?.cells).toMatchObject({ 4: 13_000, 5: 108.33 });
    expect(page.rows[1]?.sources.find((one) => one.column === '4')).toMatchObject({
      value: 12_951,
      reason: 'Công an xã đính chính ngày 16/11',
    });
    const csv = reportCsv(page);
    expect(csv).toContain(
      'Lấy từ sổ “Đề án 06: căn cước, định danh điện tử, làm sạch dữ liệu”, Tháng 10/2026, 1/1 đơn vị đã nhập: dòng 1 cột (3), (4); dòng 2 cột (3), (4); dòng 3 cột (3), (4).',
    );
    expect(csv).toContain('Dòng 2 cột (4): báo cáo ghi 13.000, sổ ghi 12.951. Lý do: Công an xã đính chính ngày 16/11');
  });

  it('stays as it was sent when the register changes', async () => {
    const id = await begin(clerk(), 'de-an-06', '2026-11');
    const { version } = await reports.get(clerk(), id);
    await reports.submit(clerk(), id, { version });
    const before = await reports.get(clerk(), id, 1);
    const list = await registers.get(clerk(), 'de-an-06', { unitId: commune, periodId: '2026-10' });
    const row = list.rows.find((one) => one.unitId === commune);
    await registers.save(clerk(), 'de-an-06', {
      unitId: commune,
      periodId: '2026-10',
      entryId: row?.entryId ?? '',
      version: row?.version ?? 0,
      values: { ...FIGURES, collected: 17_000 },
      reason: 'Đếm sót',
    });
    const after = await reports.get(clerk(), id, 1);
    expect(after.rows).toEqual(before.rows);
    expect(after.versions[0]?.digest).toBe(before.versions[0]?.digest);
    expect(after.rows[0]?.cells).toMatchObject({ 4: 16_175 });
    // The province's report is still being filled in: it follows.
    const above = await reports.get(chief(), await begin(chief(), 'de-an-06', '2026-11'));
    expect(above.rows[0]?.cells).toMatchObject({ 4: 17_000 });
  });
});

it('takes for a unit made of others what those had entered before they were merged', async () => {
  const birth = directory.successions.find((one) => one.to.length === 1 && one.to[0] === commune && !one.partial);
  if (!birth) throw new Error('a commune that was merged');
  const day = birth.date;
  expect(day).toBe('2025-07-01');
  const parts = birth.from.filter((unitId) => directory.unitOn(unitId, '2025-06-30')?.level === 'commune');
  expect(parts.length).toBeGreaterThan(1);
  for (const [at, unitId] of parts.entries())
    await recordPublished(context, SYSTEM, {
      registerId: 'de-an-06',
      unitId,
      periodId: '2025-06',
      values: { target: 1000, collected: 900 + at, activated: 500 },
      evidence: '',
      reason: 'Số của xã trước sắp xếp',
      at: new Date('2025-07-03T08:00:00+07:00'),
    });
  const report = findReport('de-an-06');
  const period = periodOf('2025-07', 'nd09');
  if (!report || !period) throw new Error('de-an-06');
  const { db, clock } = demo.system;
  const { sheet } = await computeReport({ db, clock, ports }, report, commune, period, {});
  const sum = parts.reduce((total, _, at) => total + 900 + at, 0);
  expect(sheet.rows[0]?.cells).toMatchObject({ 3: parts.length * 1000, 4: sum });
  expect(sheet.rows[0]?.sources?.['4']).toMatchObject({ entered: parts.length, expected: parts.length });
});

it('adds up in a form with a row for each unit: own and below make the whole', async () => {
  const children = directory.childrenOn(province, '2026-09-30').filter((unit) => unit.level === 'commune');
  for (const [at, child] of children.slice(0, 7).entries())
    await recordPublished(context, SYSTEM, {
      registerId: 'e-documents',
      unitId: child.unitId,
      periodId: '2026-Q3',
      values: { documents: 100 + at, electronic: 90 },
      evidence: '',
      reason: 'Số mẫu',
      at: new Date('2026-10-05T08:00:00+07:00'),
    });
  const base = findReport('II.06c');
  const period = periodOf('2026-Q4', 'nd09');
  if (!base || !period) throw new Error('II.06c');
  const documents = { register: 'e-documents', measure: 'electronic', part: 'denominator' } as const;
  const form: ReportDefinition = {
    ...base,
    columns: [...base.columns.slice(0, 2), { no: '3', title: 'Văn bản', kind: 'manual', source: documents }],
    invariants: [],
    figures: [],
  };
  const { db, clock } = demo.system;
  const { sheet } = await computeReport({ db, clock, ports }, form, province, period, {});
  const span = { from: '2026-07-01', to: '2026-09-30' };
  const whole = await registerValue(context, { register: 'e-documents', measure: 'electronic' }, province, span);
  expect(whole?.denominator).toBe(7 * 100 + 21);
  expect(sheet.total?.cells['3']).toBe(whole?.denominator);
  expect(sheet.rows.filter((row) => row.cells['3'] !== null)).toHaveLength(7);
});

it('is refused by the designer with the place of an unknown register, measure or cell', async () => {
  const forms = createFormService({ db: demo.system.db, clock: demo.system.clock, ports });
  const { rows } = await forms.sources();
  expect(rows.find((row) => row.id === 'de-an-06')?.measures).toContainEqual(
    expect.objectContaining({ id: 'activated-of-target', unit: 'percent', divided: true }),
  );
  const { id } = await forms.create(clerk(), { reportId: 'de-an-06' });
  const { definition } = structuredClone(await forms.get(id));
  const form = definition as ReportDefinition;
  if (form.rows.by !== 'fixed') throw new Error('rows');
  Object.assign(form.rows.list[0]?.sources?.['3'] ?? {}, { register: 'so-la' });
  Object.assign(form.rows.list[1]?.sources?.['4'] ?? {}, { measure: 'la' });
  Object.assign(form.rows.list[3] ?? {}, { sources: { 4: { register: 'vneid', measure: 'activated' } } });
  expect(await failure(forms.save(clerk(), id, { version: 1, definition }))).toEqual({
    code: 'report/form',
    places: [
      'rows.list[0].sources.3.register: Dòng thứ 1: không có sổ so-la',
      'rows.list[1].sources.4.measure: Dòng thứ 2: sổ de-an-06 không có chỉ số la',
      'rows.list[3].sources.4: Dòng thứ 4: ô cột (4) đã đếm từ hồ sơ',
      'rows.list[3].sources.4.part: Dòng thứ 4: cột (4) là số nguyên, không nhận tỷ lệ',
    ],
  });
  const { n } = (
    await sql<{ n: number }>`select count(*)::int n from reports.form where version > 1`.execute(demo.system.db)
  ).rows[0] ?? { n: -1 };
  expect(n).toBe(0);
});
