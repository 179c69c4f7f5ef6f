import fs from 'node:fs';
import path from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { unitNameOn } from '../modules/foundation/organisation/index.ts';
import { CONTENT_DIR } from '../modules/foundation/reference/index.ts';
import {
  createRegisterService,
  findRegister,
  type RegisterContext,
  type RegisterService,
  registerValue,
} from '../modules/insight/registers/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { createFixedClock } from '../platform/config/config.ts';
import { readSheet } from '../platform/spreadsheet/read-sheet.ts';
import { type SheetColumn, writeSheets } from '../platform/spreadsheet/write-sheets.ts';
import { recordPublishedRegisters } from './demo/published-registers.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let registers: RegisterService;
let ctx: RegisterContext;
let commune: string;
let neighbour: string;
let province: string;
const CODE = '20779';
const OCTOBER = '2026-10';

/** Somebody who reads some units and enters for others. */
const staff = (
  n: number,
  read: readonly string[],
  enter: readonly string[] = [],
  edit: readonly string[] = [],
): StaffActor => staffWith(n, commune, { 'registers.read': read, 'registers.enter': enter, 'registers.edit': edit });
const clerk = () => staff(1, [commune], [commune]);
const chief = () => staff(2, [province, commune, neighbour], [], [province, commune, neighbour]);
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
const on = (day: string): RegisterService =>
  createRegisterService({ ...ctx, clock: createFixedClock(new Date(`${day}T10:00:00+07:00`)) });
const enter = (values: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  unitId: commune,
  periodId: OCTOBER,
  version: 0,
  values: values as never,
  ...more,
});

beforeAll(async () => {
  demo = await openDemoSystem();
  const directory = await demo.system.organisation.directory();
  const found = directory.byCode('gso', CODE, '2026-08-14');
  if (!found?.parentId) throw new Error('a commune below a province');
  commune = found.unitId;
  province = found.parentId;
  neighbour =
    directory
      .childrenOn(province, '2026-08-14')
      .find((unit) => unit.type === 'administrative' && unit.unitId !== commune)?.unitId ?? '';
  const { db, clock, organisation, dossierPorts, files } = demo.system;
  ctx = { db, clock, ports: { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files } };
  registers = createRegisterService(ctx);
}, 120_000);
afterAll(() => demo.close());

describe('figures of a unit and a month', () => {
  it('are missing, then entered late, then changed with a reason, each a version', async () => {
    const list = await registers.list(chief(), { unitId: province });
    const line = list.rows.find((row) => row.id === 'de-an-06');
    expect(line).toMatchObject({
      period: { id: OCTOBER, deadline: '2026-11-05', close: '2026-11-20' },
      entered: 0,
      closed: false,
    });
    expect(line?.missing).toBe(line?.expected);
    // The 18th of November: thirteen days after the deadline, two before the closing.
    const first = await registers.save(
      clerk(),
      'de-an-06',
      enter({ target: 12_000, collected: 16_175, activated: 12_951 }),
    );
    expect(first).toMatchObject({ version: 1, counted: true });
    const page = await registers.get(clerk(), 'de-an-06', { unitId: commune, periodId: OCTOBER });
    expect(page.rows).toMatchObject([{ version: 1, lateDays: 13, missing: false, values: { notActivated: 3224 } }]);
    expect(page.measures.find((measure) => measure.id === 'collected-of-target')?.figure?.value).toBe(134.79);
    const change = enter({ target: 12_000, collected: 16_176, activated: 12_951 }, { entryId: first.id, version: 1 });
    expect(await code(registers.save(clerk(), 'de-an-06', change))).toBe('dossier/reason-needed');
    expect(
      await registers.save(clerk(), 'de-an-06', { ...change, reason: 'Đếm sót', evidence: '12/BC-CAX' }),
    ).toMatchObject({ version: 2 });
    expect(await code(registers.save(clerk(), 'de-an-06', { ...change, reason: 'Đếm sót' }))).toBe('row/stale');
    const history = await registers.entry(chief(), first.id);
    expect(
      history.versions.map((version) => [version.no, version.reason, version.evidence, version.values?.['collected']]),
    ).toEqual([
      [2, 'Đếm sót', '12/BC-CAX', 16_176],
      [1, '', '', 16_175],
    ]);
    await expect(sql`update registers.entry_version set reason = 'x'`.execute(demo.system.db)).rejects.toThrow(
      /append-only/,
    );
  });

  it('stand beside the figure when they are corrected after the closing, until somebody opens it again', async () => {
    const later = on('2026-11-25');
    const id = (await later.get(clerk(), 'de-an-06', { unitId: commune, periodId: OCTOBER })).rows[0]?.entryId ?? '';
    const change = enter(
      { target: 12_000, collected: 16_000, activated: 12_951 },
      { entryId: id, version: 2, reason: 'Công an đính chính' },
    );
    expect(await later.save(clerk(), 'de-an-06', change)).toMatchObject({ version: 3, counted: false });
    const page = await later.get(clerk(), 'de-an-06', { unitId: commune, periodId: OCTOBER, only: 'corrected' });
    expect(page.rows).toMatchObject([{ values: { collected: 16_176 }, corrected: { collected: 16_000 } }]);
    expect(page.measures.find((measure) => measure.id === 'collected')).toMatchObject({
      figure: { numerator: 16_176 },
      corrected: { numerator: 16_000 },
    });
    const asked = { register: 'de-an-06', measure: 'collected' };
    const october = { from: '2026-10-01', to: '2026-10-31' };
    expect(await registerValue(ctx, asked, commune, october)).toMatchObject({
      numerator: 16_176,
      entered: 1,
      expected: 1,
    });
    const opening = { unitId: province, periodId: OCTOBER, untilDay: '2026-11-30', reason: 'Công an đính chính số' };
    expect(await code(later.open(clerk(), 'de-an-06', opening))).toBe('row/missing');
    expect(await code(later.open(chief(), 'de-an-06', { ...opening, untilDay: '2026-11-20' }))).toBe('registers/until');
    await later.open(chief(), 'de-an-06', opening);
    expect(await later.save(clerk(), 'de-an-06', { ...change, version: 3 })).toMatchObject({
      version: 4,
      counted: true,
    });
    expect(await registerValue(ctx, asked, commune, october)).toMatchObject({ numerator: 16_000 });
    // Cumulative figures of a year: the last month that has any; nothing entered is no figure.
    expect(await registerValue(ctx, asked, province, { from: '2026-01-01', to: '2026-12-31' })).toMatchObject({
      numerator: 16_000,
    });
    expect(await registerValue(ctx, asked, neighbour, october)).toBeNull();
    expect(await registerValue(ctx, { ...asked, measure: 'none' }, commune, october)).toBeNull();
  });

  it('are marked in the export where they were taken out after the closing', async () => {
    const wish = { unitId: commune, periodId: OCTOBER };
    const closed = on('2026-12-05');
    const [row] = (await closed.get(clerk(), 'de-an-06', wish)).rows;
    const gone = { ...wish, entryId: row?.entryId ?? '', values: null, reason: 'Nhập nhầm đơn vị' };
    await closed.save(clerk(), 'de-an-06', { ...gone, version: row?.version ?? 0 });
    const workbook = new Workbook();
    await workbook.xlsx.load((await closed.export(chief(), 'de-an-06', wish)).bytes);
    const states: string[] = [];
    workbook.worksheets[0]?.eachRow((line) =>
      line.eachCell((cell) => {
        if (String(cell.value).startsWith('Được tính')) states.push(String(cell.value));
      }),
    );
    expect(states).toEqual(['Được tính; đã bỏ dòng sau khi khóa']);
  });

  it('are late where they were taken out before and entered again only after the deadline', async () => {
    const place = { periodId: '2026-09', unitId: commune };
    const values = { target: 100, collected: 90, activated: 80 };
    const rowOn = async (day: string) => (await on(day).get(clerk(), 'de-an-06', place)).rows[0];
    const made = await on('2026-10-02').save(clerk(), 'de-an-06', enter(values, place));
    await on('2026-10-03').save(clerk(), 'de-an-06', { ...place, entryId: made.id, version: 1, values: null });
    expect(await rowOn('2026-10-08')).toMatchObject({ missing: true, lateDays: 3 });
    await on('2026-10-10').save(clerk(), 'de-an-06', enter(values, { ...place, reason: 'Nhập lại' }));
    expect(await rowOn('2026-10-10')).toMatchObject({ entryId: made.id, version: 3, missing: false, lateDays: 5 });
    // A change of what stands keeps the day of its first entry.
    const change = { ...place, entryId: made.id, version: 3, reason: 'Sửa số' };
    await on('2026-10-12').save(clerk(), 'de-an-06', enter({ ...values, activated: 81 }, change));
    expect(await rowOn('2026-10-12')).toMatchObject({ version: 4, lateDays: 5 });
  });

  it('are won by one of two who enter at once', async () => {
    const body = { ...enter({ citizens: 100, activated: 91 }), unitId: commune };
    const outcomes = await Promise.all([1, 2, 3].map(() => code(registers.save(clerk(), 'vneid', body))));
    expect(outcomes.toSorted()).toEqual(['done', 'row/stale', 'row/stale']);
  });

  it('are refused where they are wrong, of others, or not there', async () => {
    const wrong = enter({ collected: 8, activated: 9 });
    await expect(registers.save(clerk(), 'de-an-06', wrong)).rejects.toMatchObject({
      code: 'registers/values',
      details: { fields: [{ path: 'values/activated' }] },
    });
    expect(await code(registers.save(chief(), 'de-an-06', enter({})))).toBe('row/missing');
    expect(await code(registers.save(clerk(), 'de-an-06', { ...enter({}), periodId: '2026-12' }))).toBe(
      'registers/future',
    );
    expect(await code(registers.save(clerk(), 'de-an-06', { ...enter({}), periodId: '2026-Q1' }))).toBe(
      'registers/period',
    );
    expect(await code(registers.save(clerk(), 'none', enter({})))).toBe('registers/unknown');
    const both = staff(3, [province], [province]);
    expect(await code(registers.save(both, 'de-an-06', { ...enter({}), unitId: province }))).toBe('registers/level');
    // The commune is of 2025; a month before has another unit to answer.
    expect(await code(registers.save(clerk(), 'de-an-06', { ...enter({}), periodId: '2024-03' }))).toBe(
      'registers/unit-ceased',
    );
    expect(await code(registers.get(staff(4, [neighbour]), 'de-an-06', { unitId: commune }))).toBe('row/missing');
  });

  it('take evidence, which only those who see the unit open', async () => {
    const page = await registers.get(clerk(), 'de-an-06', { unitId: commune, periodId: OCTOBER });
    const id = page.rows[0]?.entryId ?? '';
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
    const file = await registers.attach(clerk(), id, pdf, 'bao-cao.pdf');
    expect((await registers.entry(chief(), id)).files).toMatchObject([{ id: file.id, name: 'bao-cao.pdf' }]);
    expect((await registers.file(chief(), file.id)).reference.name).toBe('bao-cao.pdf');
    expect(await code(registers.file(staff(4, [neighbour]), file.id))).toBe('row/missing');
    expect(await code(registers.attach(chief(), id, pdf, 'a.pdf'))).toBe('row/missing');
    expect(await code(registers.attach(clerk(), id, Buffer.from('MZ'), 'a.exe'))).toBe('file/wrong-type');
  });
});

describe('lines of a list', () => {
  const line = (village: string, team: string) => enter({ village, team }, { periodId: '2026-Q3', reason: 'Nhập bù' });
  it('are told apart by their key, taken out and entered again', async () => {
    const list = 'community-teams';
    const one = await registers.save(clerk(), list, line('Thôn 1', 'yes'));
    await registers.save(clerk(), list, line('Thôn 2', 'no'));
    expect(await code(registers.save(clerk(), list, line(' thôn  1', 'no')))).toBe('registers/line-known');
    const asked = { register: list, measure: 'villages' };
    const quarter = { from: '2026-07-01', to: '2026-09-30' };
    // 18/11 is after the closing (30/10): nothing counts yet.
    expect(await registerValue(ctx, asked, commune, quarter)).toBeNull();
    const late = await registers.get(clerk(), list, { unitId: commune, periodId: '2026-Q3' });
    expect([late.entered, late.missing, late.rows.length]).toEqual([0, 1, 2]);
    const early = on('2026-10-05');
    for (const [village, team] of [
      ['Thôn 3', 'yes'],
      ['Thôn 4', 'no'],
    ] as const)
      await early.save(clerk(), list, line(village, team));
    expect(await registerValue(ctx, asked, commune, quarter)).toMatchObject({
      numerator: 1,
      denominator: 2,
      value: 50,
    });
    const out = { ...line('', ''), entryId: one.id, version: 1, values: null, reason: 'Sáp nhập thôn' };
    expect(await registers.save(clerk(), list, out)).toMatchObject({ version: 2 });
    expect(await registers.save(clerk(), list, { ...line('Thôn 1', 'yes'), reason: 'Tách lại' })).toMatchObject({
      id: one.id,
      version: 3,
    });
  });

  it('are not two under one key, also when two are renamed at once', async () => {
    const early = on('2026-10-05');
    const list = 'community-teams';
    const made = await Promise.all(
      ['Thôn 5', 'Thôn 6', 'Thôn 7', 'Thôn 8'].map((village) => early.save(clerk(), list, line(village, 'yes'))),
    );
    const renamed = await Promise.all(
      made.map(({ id: entryId }) =>
        code(early.save(clerk(), list, { ...line('Thôn 9', 'yes'), entryId, version: 1 } as never)),
      ),
    );
    expect(renamed.toSorted()).toEqual(['done', ...Array.from({ length: 3 }, () => 'registers/line-known')]);
  });
});

describe('a workbook', () => {
  const REGISTER = 'e-documents';
  const wish = () => ({ unitId: commune, periodId: '2026-Q4', reason: '' });
  const TITLES = [
    'Mã đơn vị',
    'Đơn vị',
    'Văn bản trao đổi (văn bản)',
    'Gửi dạng điện tử (văn bản)',
    'Có ký số chuyên dùng (văn bản)',
  ];
  const fileOf = (rows: unknown[][], titles = TITLES): Promise<Uint8Array> =>
    writeSheets([{ name: 'x', columns: titles.map((title): SheetColumn => ({ title, format: 'text' })), rows }]);

  it('goes out as a template and comes back unchanged', async () => {
    const { bytes, name } = await registers.template(clerk(), REGISTER, wish());
    expect(name).toBe('mau-e-documents-2026-Q4.xlsx');
    expect(await readSheet(bytes, { titles: TITLES })).toMatchObject({
      ok: true,
      rows: [{ cells: [{ text: CODE }, {}, { kind: 'empty' }, { kind: 'empty' }, { kind: 'empty' }] }],
    });
    expect(await registers.import(clerk(), REGISTER, bytes, wish())).toMatchObject({ rows: 0, findings: [] });
    expect(await code(registers.template(chief(), REGISTER, wish()))).toBe('row/missing');
  });

  it('filled in for another period is not taken for this one', async () => {
    const { bytes } = await registers.template(clerk(), REGISTER, wish());
    const told = await registers.import(clerk(), REGISTER, bytes, { ...wish(), periodId: '2026-Q3' });
    expect(told.findings).toEqual([{ cell: 'A2', message: expect.stringContaining('Kỳ: Quý III/2026') }]);
    expect(told.findings[0]?.message).toContain('Kỳ: Quý IV/2026');
    const send = registers.import(clerk(), REGISTER, bytes, { ...wish(), periodId: '2026-Q3', seen: told.seen });
    expect(await code(send)).toBe('registers/sheet');
    expect(await registers.import(clerk(), REGISTER, bytes, wish())).toMatchObject({ findings: [], unnamed: false });
    const ofNobody = await fileOf([[CODE, '', '1.000', '900', '800']]);
    expect((await registers.import(clerk(), REGISTER, ofNobody, wish())).unnamed).toBe(true);
  });

  it('is told cell by cell what is wrong, and nothing is written', async () => {
    const bytes = await fileOf([
      [CODE, '', 'nhiều', '900', '800'],
      ['99999', '', '1', '1', '1'],
      [CODE, '', '1000', '1001', '1'],
      [CODE, '', '1.000', '950', '900'],
      [CODE, '', '1000', '950', '900'],
      ['', '', '1000', '950', ''],
      [CODE, '', '', '950', ''],
    ]);
    const told = await registers.import(clerk(), REGISTER, bytes, wish());
    expect(told.findings.map((finding) => `${finding.cell}: ${finding.message}`)).toEqual([
      'C2: “nhiều” không phải là số.',
      'A3: Mã “99999” không phải đơn vị bạn được nhập trong kỳ này.',
      'D4: Gửi dạng điện tử: Văn bản điện tử không lớn hơn văn bản trao đổi.',
      'A6: Trùng với dòng 5: mỗi đơn vị (mỗi dòng của sổ danh sách) chỉ ghi một lần.',
      'A7: Chưa ghi mã đơn vị. Nếu đây là dòng cộng thì xóa: hệ thống tự cộng.',
      'C8: Văn bản trao đổi: chưa ghi.',
    ]);
    expect(await code(registers.import(clerk(), REGISTER, bytes, { ...wish(), seen: told.seen }))).toBe(
      'registers/sheet',
    );
    const shifted = await fileOf([[CODE, '', '', '1', '1']], ['Mã đơn vị', 'Đơn vị', 'Ghi chú', ...TITLES.slice(2)]);
    expect((await registers.import(clerk(), REGISTER, shifted, wish())).findings[0]).toEqual({
      cell: 'C1',
      message:
        'Cột này phải là “Văn bản trao đổi (văn bản)”, đang là “Ghi chú”. Cột bị lệch hoặc đổi tên; tải lại mẫu và dán số vào đúng cột.',
    });
    expect((await registers.import(clerk(), REGISTER, Buffer.from('a;b'), wish())).findings[0]?.cell).toBe('Cả tệp');
    expect((await registers.get(clerk(), REGISTER, { unitId: commune, periodId: '2026-Q4' })).entered).toBe(0);
  });

  it('filled in beside its columns, or in a line of another unit, or with a line of sums, is told where', async () => {
    const directory = await ctx.ports.directory();
    const named = unitNameOn(directory, neighbour, '2026-11-18');
    const beside = new Workbook();
    await beside.xlsx.load(await fileOf([[CODE, unitNameOn(directory, commune, '2026-11-18'), '1000', '950', '900']]));
    const sheet = beside.worksheets[0];
    if (sheet) sheet.getRow(2).getCell(6).value = 12;
    const told = async (bytes: Uint8Array) =>
      (await registers.import(clerk(), REGISTER, bytes, wish())).findings.map(({ cell, message }) => [cell, message]);
    expect(await told(new Uint8Array(await beside.xlsx.writeBuffer()))).toEqual([
      ['F2', 'Ô này nằm ngoài các cột của mẫu, có thể số bị dán lệch cột. Đưa về đúng cột hoặc xóa.'],
    ]);
    const own = unitNameOn(directory, commune, '2026-11-18');
    expect(await told(await fileOf([[CODE, named.toUpperCase(), '1000', '950', '900']]))).toEqual([
      ['B2', `Mã “${CODE}” là của ${own}, tên ghi ở đây là của đơn vị khác. Sửa mã hoặc tên cho khớp.`],
    ]);
    expect(await told(await fileOf([['', 'Cộng', '1000', '950', '900']]))).toEqual([
      ['A2', 'Chưa ghi mã đơn vị. Nếu đây là dòng cộng thì xóa: hệ thống tự cộng.'],
    ]);
  });

  it('is written as a whole once it was looked at, and a second time changes nothing', async () => {
    const bytes = await fileOf([[CODE, 'tên không quan trọng', '1.000', 950, '900']]);
    const told = await registers.import(clerk(), REGISTER, bytes, wish());
    expect(told).toMatchObject({ rows: 1, fresh: 1, changed: 0, needsReason: false, findings: [], applied: false });
    expect(await registers.import(clerk(), REGISTER, bytes, { ...wish(), seen: told.seen })).toMatchObject({
      applied: true,
      fresh: 1,
    });
    expect(await registers.import(clerk(), REGISTER, bytes, { ...wish(), seen: told.seen })).toMatchObject({
      applied: true,
      fresh: 0,
      same: 1,
    });
    const other = await fileOf([[CODE, '', '1000', '920', '900']]);
    expect(await code(registers.import(clerk(), REGISTER, other, { ...wish(), seen: told.seen }))).toBe('row/stale');
    const page = await registers.get(clerk(), REGISTER, { unitId: commune, periodId: '2026-Q4' });
    expect(page.rows).toMatchObject([{ version: 1, values: { documents: 1000, electronic: 950, signed: 900 } }]);
    const history = await registers.entry(clerk(), page.rows[0]?.entryId ?? '');
    expect(history.versions.map((version) => version.origin)).toEqual(['import']);
  });

  it('goes out with what counts', async () => {
    const { bytes } = await registers.export(chief(), REGISTER, { unitId: province, periodId: '2026-Q4' });
    const read = await readSheet(bytes, { titles: [...TITLES, 'Tình trạng', 'Số ngày trễ'] });
    if (!read.ok) throw new Error(read.code);
    expect(
      read.rows.find((row) => row.cells[0]?.kind === 'text' && row.cells[0].text === CODE)?.cells.slice(2),
    ).toMatchObject([{ number: 1000 }, { number: 950 }, { number: 900 }, { text: 'Được tính' }, { number: 0 }]);
    const trend = await registers.trend(chief(), REGISTER, { unitId: province, measure: 'electronic' });
    expect(trend.periods.at(-1)?.id).toBe('2026-Q4');
    expect(trend.rows[0]?.cells.at(-1)).toMatchObject({ numerator: 950, denominator: 1000, value: 95 });
    expect(trend.rows[0]?.cells[0]).toBeNull();
    // Who reads the province alone sees its figure, not those of the communes one by one.
    const alone = await registers.trend(staff(5, [province]), REGISTER, { unitId: province, measure: 'electronic' });
    expect(alone.rows.map((row) => row.unitId)).toEqual([province]);
    expect(trend.rows.map((row) => row.unitId).toSorted()).toEqual([province, commune, neighbour].toSorted());
  });
});

describe('what others have published and ask for', () => {
  it('stands in the registers of 2023 with its source', async () => {
    await recordPublishedRegisters(demo.system, '2023');
    const directory = await ctx.ports.directory();
    const unit = (gso: string): string => directory.byCode('gso', gso, '2023-07-19')?.unitId ?? '';
    const year = { from: '2023-01-01', to: '2023-12-31' };
    const figure = (register: string, measure: string, gso: string) =>
      registerValue(ctx, { register, measure }, unit(gso), year);
    expect(await figure('de-an-06', 'collected-of-target', '519')).toMatchObject({
      numerator: 16_175,
      denominator: 12_000,
      value: 134.79,
    });
    expect(await figure('de-an-06', 'activated-of-target', '519')).toMatchObject({ value: 107.93 });
    expect(await figure('commendations', 'total', '519')).toMatchObject({ numerator: 14 });
    expect(await figure('mailboxes', 'given', '531')).toMatchObject({ value: 99.2 });
    expect(await figure('one-stop-coverage', 'covered', '531')).toMatchObject({ value: 100 });
    expect(await figure('bhxh', 'told-rate', '512')).toMatchObject({ value: 98 });
    expect(await figure('vneid', 'activated', '512')).toBeNull();
  });

  it('has a measure for every target that names one', () => {
    const folder = path.join(CONTENT_DIR, 'targets');
    const texts = fs.readdirSync(folder).map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));
    const named = texts.flatMap((text) => [...text.matchAll(/register: ([a-z0-9-]+), measure: ([a-z0-9-]+)/g)]);
    expect(named.length).toBeGreaterThan(5);
    const missing = named.filter(
      ([, id = '', measure]) => !findRegister(id)?.measures.some((each) => each.id === measure),
    );
    expect(missing.map(([text]) => text)).toEqual([]);
  });
});

describe('a request sent again with its key', () => {
  it('has one effect and the first reply, also where it would be refused by now', async () => {
    const body = enter({ citizens: 9000, activated: 8100 }, { unitId: neighbour, periodId: '2026-09' });
    const other = staff(9, [neighbour], [neighbour], [neighbour]);
    const save = () => registers.save(other, 'vneid', { ...body, reason: 'Nộp muộn' }, 'khoa-1');
    const replies = await Promise.all([save(), save(), save()]);
    expect(replies).toEqual([replies[0], replies[0], replies[0]]);
    expect((await registers.entry(other, replies[0]?.id ?? '')).versions).toHaveLength(1);
    const values = { citizens: 9000, activated: 8200 };
    expect(await code(registers.save(other, 'vneid', { ...body, values, reason: 'x' }, 'khoa-1'))).toBe(
      'request/repeated-differently',
    );
    const opening = { unitId: neighbour, periodId: '2026-09', untilDay: '2026-12-01', reason: 'Sót' };
    const first = await registers.open(other, 'vneid', opening, 'khoa-2');
    expect(await registers.open(other, 'vneid', opening, 'khoa-2')).toEqual(first);
    const page = await registers.get(other, 'vneid', { unitId: neighbour, periodId: '2026-09' });
    expect(page.openings).toHaveLength(1);
  });
});
