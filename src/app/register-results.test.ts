import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { createRegisterService } from '../modules/insight/registers/index.ts';
import { readSheet } from '../platform/spreadsheet/read-sheet.ts';
import { type SheetColumn, writeSheets } from '../platform/spreadsheet/write-sheets.ts';
import { readDemoFile } from './demo/demo-file.ts';
import { demoHolder } from './demo/demo-staff.ts';
import { giveExampleTargets } from './demo/example-targets.ts';
import { commendFirst } from './demo/first-commendation.ts';
import { closeFirstSurvey } from './demo/first-survey.ts';
import { scoreCommunes } from './demo/index-rounds.ts';
import { generateDossiers } from './volume/generate.ts';
import { openDemoSystem } from './volume/testing.ts';

const REGISTER = 'commendations';
const PERIOD = '2026';
const TITLES = [
  'Mã đơn vị',
  'Đơn vị',
  'Quyết định (số, ký hiệu)',
  'Ngày quyết định',
  'Thành tích',
  'Kết quả được khen',
  'Tập thể',
  'Cá nhân (người)',
];
const CODE = '20779';
let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let commune = '';
let neighbour = '';
let province = '';
let homes: readonly string[] = [];

/** Somebody who enters for one commune and reads there what the permissions say. */
function clerk(reads: readonly string[], unitId = commune): StaffActor {
  const units = new Set([unitId]);
  const permissions = ['registers.read', 'registers.enter', ...reads];
  return {
    kind: 'staff',
    accountId: '01890000-0000-7000-8000-000000000501',
    staffId: '01890000-0000-7000-8000-000000000601',
    displayName: 'Cán bộ mẫu',
    homeUnitId: unitId,
    unitIds: [unitId],
    roles: [],
    unitsByPermission: new Map(permissions.map((permission) => [permission, units])),
    assurance: 'password',
    address: '203.0.113.9',
  };
}
const ALL = ['indices.read', 'targets.read', 'surveys.read', 'metrics.read'];
const place = () => ({ unitId: commune, periodId: PERIOD });
const line = (decision: string, result: string | null) => ({
  ...place(),
  version: 0,
  values: { decision, day: '2026-07-19', groups: 5, persons: 9, result },
});
async function choices(actor: StaffActor, q?: string): Promise<readonly { code: string; label: string }[]> {
  const { rows } = await demo.system.registers.results(actor, REGISTER, {
    ...place(),
    ...(q === undefined ? {} : { q }),
  });
  return rows;
}
const kindsOf = (rows: readonly { readonly code: string }[]) =>
  new Set(rows.map(({ code }) => code.slice(0, code.indexOf(':'))));
async function one(actor: StaffActor, q: string, kind: string): Promise<{ code: string; label: string }> {
  const found = (await choices(actor, q)).find(({ code }) => code.startsWith(`${kind}:`));
  if (!found) throw new Error(`${kind}: ${q}`);
  return found;
}
const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string; details?: { fields?: { path: string; message: string }[] } }) =>
      error.details?.fields?.map(({ path, message }) => `${path} ${message}`) ?? error.code,
  );

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  const directory = await system.organisation.directory();
  await generateDossiers(system, 400, { seed: 1 });
  const ids = await system.organisation.unitIdsByKey();
  homes = readDemoFile('2026').home.map((key) => ids.get(key) ?? '');
  commune = directory.byCode('gso', CODE, '2026-11-18')?.unitId ?? '';
  neighbour = homes.find((id) => id !== commune && directory.unitOn(id, '2026-11-18')?.type === 'administrative') ?? '';
  province = directory.unitOn(commune, '2026-11-18')?.parentId ?? '';
  await giveExampleTargets(system, homes);
  await closeFirstSurvey(system, homes);
  await scoreCommunes(system, homes);
  const period = system.metrics.periodOf('2025', 'calendar');
  await system.metrics.close({ kind: 'system', name: 'test', assurance: 'system' }, province, period);
}, 240_000);
afterAll(() => demo.close());

describe('the results a commendation may be for', () => {
  it('are of every kind, of the unit alone, and found by words without accents', async () => {
    const all = await choices(clerk(ALL));
    expect(kindsOf(all)).toEqual(new Set(['index', 'target', 'survey', 'metric']));
    expect(all.every(({ code }) => code.startsWith('target:') || code.includes(commune))).toBe(true);
    const online = await choices(clerk(ALL), 'nop truc tuyen 2026');
    expect(kindsOf(online)).toEqual(new Set(['target']));
    expect(online.map(({ label }) => label)).toContain('Chỉ tiêu Hồ sơ nộp trực tuyến, năm 2026, Xã Hiệp Đức');
    expect((await one(clerk(ALL), 'hai long', 'survey')).label).toMatch(/^Khảo sát .*, Xã Hiệp Đức: \d+,\d\d\u00a0%$/);
    expect((await one(clerk(ALL), '766 2025', 'index')).label).toMatch(/năm 2025, Xã Hiệp Đức: .*hạng \d\/3$/);
    expect((await one(clerk(ALL), 'nam 2025', 'metric')).label).toContain('năm 2025, Xã Hiệp Đức: ');
    expect(await choices(clerk(ALL), 'không có gì như thế')).toEqual([]);
  });

  it.each([
    ['indices.read', 'index'],
    ['targets.read', 'target'],
    ['surveys.read', 'survey'],
    ['metrics.read', 'metric'],
  ])('need %s', async (permission, kind) => {
    expect(kindsOf(await choices(clerk([permission])))).toEqual(new Set([kind]));
    const { code } = await one(clerk(ALL), '', kind);
    const without = clerk(ALL.filter((each) => each !== permission));
    expect(await refusal(demo.system.registers.save(without, REGISTER, line(`1/${kind}`, code)))).toEqual([
      'values/result Kết quả được khen: không có kết quả này hoặc bạn không được xem. Chọn trong danh sách.',
    ]);
  });

  it('are told to nobody who enters nothing there', async () => {
    expect(await refusal(choices(clerk(ALL, neighbour)))).toBe('row/missing');
  });

  it('are not those of a neighbour, though published to all', async () => {
    const { rows } = await demo.system.registers.results(clerk(ALL, neighbour), REGISTER, {
      unitId: neighbour,
      periodId: PERIOD,
      q: '766 2025',
    });
    const theirs = rows.find(({ code }) => code.startsWith('index:'));
    expect(await refusal(demo.system.registers.save(clerk(ALL), REGISTER, line('2/QĐ', theirs?.code ?? '')))).toEqual([
      `values/result Kết quả được khen: “${theirs?.label}” không phải kết quả của đơn vị này hay cấp dưới.`,
    ]);
  });
});

describe('a commendation for a result', () => {
  it('keeps the words of the result, leads to it for who may read it, and is told there', async () => {
    const { registers } = demo.system;
    const place766 = await one(clerk(ALL), '766 2025', 'index');
    // The label a client sends is not taken for the result's.
    const saved = await registers.save(clerk(ALL), REGISTER, line('11/QĐ-UBND', `${place766.code} Hạng nhất cả nước`));
    const held = `${place766.code} ${place766.label}`;
    const rowOf = async (actor: StaffActor) => {
      const page = await registers.get(actor, REGISTER, { ...place(), q: '11/qd-ubnd' });
      return { results: page.results, value: page.rows[0]?.values?.['result'] };
    };
    expect(await rowOf(clerk(ALL))).toEqual({ results: [place766.code], value: held });
    expect(await rowOf(clerk(['targets.read']))).toEqual({ results: [], value: held });
    expect((await registers.entry(clerk(ALL), saved.id)).results).toEqual([place766.code]);
    expect((await registers.entry(clerk([]), saved.id)).results).toEqual([]);

    const told = {
      entryId: saved.id,
      registerId: REGISTER,
      periodId: PERIOD,
      unitId: commune,
      unitName: 'Xã Hiệp Đức',
      line: '11/QĐ-UBND',
      code: place766.code,
      label: place766.label,
      name: 'Khen thưởng',
      text: '11/QĐ-UBND ngày 19/07/2026 (5 tập thể, 9 cá nhân)',
    };
    const roundOf = place766.code.slice(0, place766.code.lastIndexOf(':') + 1);
    for (const of of ['index:', roundOf, place766.code])
      expect((await registers.mentions(clerk([]), { of })).rows).toEqual([told]);
    expect((await registers.mentions(clerk(ALL), { of: 'target:' })).rows).toEqual([]);
    expect((await registers.mentions(clerk(ALL, neighbour), { of: 'index:' })).rows).toEqual([]);
  });

  it('stays as it is while other fields change, also by somebody who may not read the result, and goes when it is taken out', async () => {
    const { registers } = demo.system;
    const target = await one(clerk(ALL), 'nop truc tuyen', 'target');
    const { id } = await registers.save(clerk(ALL), REGISTER, line('13/QĐ-UBND', target.code));
    const change = { ...line('13/QĐ-UBND', target.code), entryId: id, version: 1 };
    const more = { ...change, values: { ...change.values, persons: 10 } };
    expect(await registers.save(clerk([]), REGISTER, more)).toMatchObject({ version: 2 });
    const page = await registers.entry(clerk(ALL), id);
    expect(page.versions.map(({ values }) => values?.['result'])).toEqual(
      Array(2).fill(`${target.code} ${target.label}`),
    );
    const texts = async () => (await registers.mentions(clerk([]), { of: target.code })).rows.map(({ text }) => text);
    expect(await texts()).toEqual(['13/QĐ-UBND ngày 19/07/2026 (5 tập thể, 10 cá nhân)']);
    await registers.save(clerk([]), REGISTER, { ...place(), entryId: id, version: 2, values: null });
    expect(await texts()).toEqual([]);
  });

  it('keeps its label and has no link once the result is gone', async () => {
    const { registers } = demo.system;
    const survey = await one(clerk(ALL), 'hai long', 'survey');
    const gone = `survey:01890000-0000-7000-8000-00000000dead:${commune}`;
    expect(await refusal(registers.save(clerk(ALL), REGISTER, line('14/QĐ', gone)))).toHaveLength(1);
    await registers.save(clerk(ALL), REGISTER, line('14/QĐ-UBND', survey.code));
    const { db, clock, organisation, dossierPorts, files } = demo.system;
    const ports = { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files };
    const nothing = { choices: async () => [], find: async () => new Map() };
    for (const results of [{ results: nothing }, {}]) {
      const later = createRegisterService({ db, clock, ports: { ...ports, ...results } });
      const page = await later.get(clerk(ALL), REGISTER, { ...place(), q: '14/QĐ-UBND' });
      expect(page.results).toEqual([]);
      expect(page.rows[0]?.values?.['result']).toBe(`${survey.code} ${survey.label}`);
      const { entryId, version } = page.rows[0] ?? {};
      const again = { ...line('14/QĐ-UBND', survey.code), entryId: entryId ?? '', version: version ?? 0 };
      expect(await later.save(clerk(ALL), REGISTER, again)).toMatchObject({ counted: true });
      expect(await refusal(later.save(clerk(ALL), REGISTER, line('18/QĐ', survey.code)))).toHaveLength(1);
    }
  });

  it('goes out as a workbook and comes back by its code; wrong codes are named by cell', async () => {
    const { registers } = demo.system;
    const figure = await one(clerk(ALL), 'nam 2025', 'metric');
    await registers.save(clerk(ALL), REGISTER, line('15/QĐ-UBND', figure.code));
    const template = await readSheet((await registers.template(clerk(ALL), REGISTER, place())).bytes, {
      titles: TITLES,
    });
    if (!template.ok) throw new Error(template.code);
    const texts = template.rows.map(({ cells }) => cells.map((cell) => (cell.kind === 'text' ? cell.text : '')));
    expect(texts.find((cells) => cells[2] === '15/QĐ-UBND')?.[5]).toBe(`${figure.label} [${figure.code}]`);

    const columns = TITLES.map((title): SheetColumn => ({ title, format: 'text' }));
    const send = async (actor: StaffActor, rows: readonly (readonly [string, string])[], seen?: string) => {
      const cells = rows.map(([decision, result]) => [CODE, '', decision, '19/07/2026', '', result, '5', '9']);
      const bytes = await writeSheets([{ name: 'Sổ', columns, rows: cells }]);
      return registers.import(actor, REGISTER, bytes, { ...place(), reason: '', seen });
    };
    // What was exported says what is there already, also for somebody who may not read the result.
    const known = ['15/QĐ-UBND', `${figure.label} [${figure.code}]`] as const;
    expect(await send(clerk([]), [known])).toMatchObject({ rows: 1, same: 1, fresh: 0, changed: 0, findings: [] });
    const target = await one(clerk(ALL), 'nop truc tuyen', 'target');
    const wrong = [known, ['16/QĐ-UBND', 'Chỉ tiêu A'], ['17/QĐ-UBND', `Tên khác [${target.code}]`]] as const;
    expect((await send(clerk([]), wrong)).findings).toEqual([
      { cell: 'F3', message: expect.stringContaining('“Chỉ tiêu A” không có mã kết quả') },
      { cell: 'F4', message: expect.stringContaining('không có kết quả này hoặc bạn không được xem') },
    ]);
    const right = [known, ['17/QĐ-UBND', `Tên khác [${target.code}]`]] as const;
    const { seen } = await send(clerk(ALL), right);
    expect(await send(clerk(ALL), right, seen)).toMatchObject({ applied: true, fresh: 1, same: 1 });
    const { rows } = await registers.mentions(clerk([]), { of: target.code });
    expect(rows).toMatchObject([{ line: '17/QĐ-UBND', label: target.label }]);
  });

  it('stands in the demo, for the best place of the index that is published there', async () => {
    const { registers } = demo.system;
    await commendFirst(demo.system, homes);
    const office = await demoHolder(demo.system, province, 'registers.read');
    const { rows } = await registers.mentions(office, { of: 'index:' });
    const ours = rows.filter(({ text }) => text === '12/QĐ-UBND ngày 29/10/2026 (5 tập thể, 9 cá nhân)');
    expect(ours).toMatchObject([{ name: 'Khen thưởng', registerId: REGISTER }]);
    expect(ours[0]?.label).toMatch(/số liệu giả định của bản trình diễn.*, hạng 1\/3$/);
    expect(
      (await registers.get(office, REGISTER, { unitId: ours[0]?.unitId ?? '', periodId: PERIOD })).results,
    ).toContain(ours[0]?.code);
  });
});
