import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { StaffActor } from '../core/access/actor.ts';
import {
  allRegisters,
  createDesignService,
  createRegisterService,
  type DesignService,
  type RegisterContext,
  type RegisterDefinition,
  type RegisterService,
  registerFigures,
  registersOn,
  registerValue,
} from '../modules/insight/registers/index.ts';
import { createFormService } from '../modules/insight/reports/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { createFixedClock } from '../platform/config/config.ts';
import { readSheet } from '../platform/spreadsheet/read-sheet.ts';
import { writeSheets } from '../platform/spreadsheet/write-sheets.ts';
import { createReportPorts } from './report-ports.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let ctx: RegisterContext;
let province: string;
let communes: readonly string[];
let boss: StaffActor;
let clerk: StaffActor;
const NOW = '2026-11-18';

const contextOn = (day: string): RegisterContext => ({
  ...ctx,
  clock: createFixedClock(new Date(`${day}T10:00:00+07:00`)),
});
const designsOn = (day: string): DesignService => createDesignService(contextOn(day));
const registersAt = (day: string): RegisterService => createRegisterService(contextOn(day));
const fault = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string; details?: { fields?: readonly { path: string; message: string }[] } }) =>
      error.details?.fields && error.details.fields.length > 0
        ? { code: error.code, fields: error.details.fields.map(({ path, message }) => `${path}: ${message}`) }
        : error.code,
  );

const staff = (n: number, permissions: Readonly<Record<string, readonly string[]>>): StaffActor =>
  staffWith(n, province, permissions);

/** A register of its own, published; `change` on what an empty one begins as. */
async function published(
  id: string,
  change: Partial<RegisterDefinition>,
  validFrom: string,
  day = NOW,
): Promise<string> {
  const designs = designsOn(day);
  const made = await designs.create(boss, { as: { id, name: `Sổ ${id}` } });
  const { definition, version } = await designs.get(made.id);
  const saved = await designs.save(boss, made.id, { version, definition: { ...definition, ...change } });
  await designs.publish(boss, made.id, { version: saved.version, validFrom });
  return made.id;
}

beforeAll(async () => {
  demo = await openDemoSystem();
  const { db, clock, organisation, dossierPorts, files } = demo.system;
  ctx = { db, clock, ports: { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files } };
  const directory = await organisation.directory();
  const found = directory.byCode('gso', '20779', NOW);
  if (!found?.parentId) throw new Error('a commune below a province');
  province = found.parentId;
  const neighbour = directory
    .childrenOn(province, NOW)
    .find((unit) => unit.type === 'administrative' && unit.unitId !== found.unitId);
  communes = [found.unitId, neighbour?.unitId ?? ''];
  boss = staff(1, { 'registers.read': [province, ...communes], 'registers.design': [province] });
  clerk = staff(2, { 'registers.read': communes, 'registers.enter': communes });
}, 120_000);
afterAll(() => demo.close());

const enter = (unitId: string, periodId: string, values: Record<string, unknown>) => ({
  unitId,
  periodId,
  version: 0,
  values: values as never,
});

describe('a register made in the console', () => {
  it('is entered, added up, exported and measured like one of the content', async () => {
    const made = await designsOn(NOW).create(boss, { as: { id: 'teams', name: 'Tổ lưu động' } });
    const draft = await designsOn(NOW).get(made.id);
    expect(draft).toMatchObject({ state: 'draft', registerId: 'teams', before: null, changedBy: 'Hệ thống' });
    const definition = {
      ...draft.definition,
      fields: [
        { key: 'villages', label: 'Số thôn', type: 'number', unit: 'thôn', required: true, min: 1 },
        { key: 'visited', label: 'Thôn đã đến', type: 'number', required: true },
        { key: 'left', label: 'Còn lại', type: 'number', formula: 'villages - visited' },
      ],
      checks: [{ says: 'Không lớn hơn số thôn', rule: 'visited <= villages', field: 'visited' }],
      measures: [
        {
          id: 'visited',
          name: 'Thôn đã đến',
          unit: 'percent',
          numerator: { field: 'visited' },
          denominator: { field: 'villages' },
        },
      ],
    };
    const saved = await designsOn(NOW).save(boss, made.id, { version: 1, definition });
    // A draft is nowhere yet.
    expect(await fault(registersAt(NOW).get(clerk, 'teams', { unitId: communes[0] ?? '' }))).toBe('registers/unknown');
    await designsOn(NOW).publish(boss, made.id, { version: saved.version, validFrom: '2026-10-01' });

    const registers = registersAt(NOW);
    const [first = '', second = ''] = communes;
    await registers.save(clerk, 'teams', enter(first, '2026-10', { villages: 10, visited: 9 }));
    expect(
      await fault(registers.save(clerk, 'teams', enter(second, '2026-10', { villages: 5, visited: 6 }))),
    ).toMatchObject({ code: 'registers/values' });
    const bytes = (await registers.template(clerk, 'teams', { unitId: second, periodId: '2026-10' })).bytes;
    const titles = ['Mã đơn vị', 'Đơn vị', 'Số thôn (thôn)', 'Thôn đã đến'];
    expect(await readSheet(bytes, { titles })).toMatchObject({ ok: true });
    const code = (await demo.system.organisation.directory()).codeOn(second, 'gso', NOW) ?? '';
    const filled = await writeSheets([
      {
        name: 'Sổ',
        columns: titles.map((title) => ({ title, format: 'text' as const })),
        rows: [[code, '', '30', '21']],
      },
    ]);
    const wish = { unitId: second, periodId: '2026-10', reason: '' };
    const dry = await registers.import(clerk, 'teams', filled, wish);
    expect(dry).toMatchObject({ findings: [], fresh: 1 });
    expect(await registers.import(clerk, 'teams', filled, { ...wish, seen: dry.seen })).toMatchObject({
      applied: true,
    });

    const page = await registers.get(boss, 'teams', { unitId: province, periodId: '2026-10' });
    expect(page.measures).toMatchObject([{ figure: { numerator: 30, denominator: 40, value: 75 } }]);
    expect(page.rows.find((row) => row.unitId === second)?.values).toEqual({ villages: 30, visited: 21, left: 9 });
    expect((await registers.list(boss, { unitId: province })).rows.map((row) => row.id)).toContain('teams');
    const october = { from: '2026-10-01', to: '2026-10-31' };
    expect(await registerValue(ctx, { register: 'teams', measure: 'visited' }, province, october)).toMatchObject({
      value: 75,
      entered: 2,
      measureName: 'Thôn đã đến',
    });
    const forms = createFormService({
      db: demo.system.db,
      clock: demo.system.clock,
      ports: createReportPorts({ ...demo.system }),
    });
    expect((await forms.sources()).rows.find((row) => row.id === 'teams')?.measures).toMatchObject([{ id: 'visited' }]);
  });

  it('measures targets and index sets that name it; one nobody knows is refused', async () => {
    await published('lamps', {}, '2026-10-01');
    const [first = ''] = communes;
    await registersAt(NOW).save(clerk, 'lamps', enter(first, '2026-10', { count: 12 }));
    const lead = staff(3, { 'targets.read': communes, 'targets.edit': communes, 'indices.read': communes });
    const { targets, indices } = demo.system;
    const options = await targets.options(lead);
    expect(options.registers.find((one) => one.register === 'lamps')).toMatchObject({
      measure: 'count',
      unit: 'count',
    });
    const terms = {
      name: 'Đèn đường',
      source: { number: '', text: 'Kế hoạch năm 2026' },
      owner: 'Văn phòng',
      direction: 'up' as const,
      weight: 1,
      value: { register: 'lamps', measure: 'count' },
      unit: 'count' as const,
      decimals: 0,
      goal: { atLeast: 10 },
      forecast: 'none' as const,
    };
    const give = (change: object) =>
      targets.add(lead, { unitIds: [first], period: '2026', terms: { ...terms, ...change } });
    expect(await fault(give({ value: { register: 'lamps', measure: 'nothing' } }))).toEqual({
      code: 'target/invalid',
      fields: ['value/register: Không có chỉ số này của sổ nhập tay; chọn lại trong danh sách.'],
    });
    expect(await fault(give({ unit: 'percent' }))).toMatchObject({ code: 'target/invalid' });
    const { ids } = await give({});
    expect((await targets.get(lead, ids[0] ?? '')).line).toMatchObject({ value: 12, valueFrom: 'register' });
    const [code = ''] = (await indices.sets(lead)).rows.map((row) => row.code);
    // An index set counts in shares: a measure without a denominator is none of its metrics.
    expect((await indices.set(lead, code)).metrics.map((one) => one.id)).toContain('register:teams/visited');
  });

  it('is a list told apart by a field where it is designed so', async () => {
    await published(
      'roads',
      {
        shape: 'list',
        lineName: 'tuyến',
        lineKey: ['road'],
        fields: [
          { key: 'road', label: 'Tuyến đường', type: 'text', required: true },
          {
            key: 'lit',
            label: 'Có đèn',
            type: 'choice',
            required: true,
            choices: [
              { code: 'yes', label: 'Có' },
              { code: 'no', label: 'Không' },
            ],
          },
        ],
        measures: [
          {
            id: 'lit',
            name: 'Tuyến có đèn',
            unit: 'percent',
            numerator: { lines: 'lit == "yes"' },
            denominator: { lines: 'true' },
          },
        ],
      },
      '2026-10-01',
    );
    await published('later', {}, '2026-12-01');
    expect(await fault(registersAt(NOW).get(boss, 'later', { unitId: province }))).toBe('registers/future');
    const [first = ''] = communes;
    const registers = registersAt(NOW);
    await registers.save(clerk, 'roads', enter(first, '2026-10', { road: 'Đường 1', lit: 'yes' }));
    await registers.save(clerk, 'roads', enter(first, '2026-10', { road: 'Đường 2', lit: 'no' }));
    expect(await fault(registers.save(clerk, 'roads', enter(first, '2026-10', { road: 'đường 2', lit: 'no' })))).toBe(
      'registers/line-known',
    );
    const page = await registers.get(boss, 'roads', { unitId: province, periodId: '2026-10' });
    expect(page.measures[0]?.figure?.value).toBe(50);
  });
});

describe('a wrong design', () => {
  it('is read as one of the content is, which nobody made and nobody changes', async () => {
    const designs = designsOn(NOW);
    const shipped = await designs.get('mailboxes');
    expect(shipped).toMatchObject({
      id: null,
      registerId: 'mailboxes',
      state: 'content',
      before: null,
      changedAt: null,
    });
    expect(shipped.definition).toEqual(allRegisters().find((one) => one.id === 'mailboxes'));
    expect(shipped.yaml).toContain('id: mailboxes');
    const { name, bytes } = await designs.template('mailboxes');
    expect([name, bytes.length > 1000]).toEqual(['mau-mailboxes.xlsx', true]);
    expect((await designs.list()).rows.filter((row) => row.registerId === 'mailboxes')).toHaveLength(1);
    for (const id of ['nothing', '01890000-0000-7000-8000-0000000009ff'])
      expect([await fault(designs.get(id)), await fault(designs.template(id))]).toEqual(['row/missing', 'row/missing']);
  });

  it('is refused with every place in words, and nothing is written', async () => {
    const made = await designsOn(NOW).create(boss, { as: { id: 'wrong', name: 'Sổ sai' } });
    const { definition } = await designsOn(NOW).get(made.id);
    const save = (change: object): Promise<unknown> =>
      fault(designsOn(NOW).save(boss, made.id, { version: 1, definition: { ...definition, ...change } }));
    expect(
      await save({
        name: ' ',
        fields: [
          { key: 'count', label: 'Số lượng', type: 'number', min: 5, max: 1 },
          { key: 'sum', label: 'số lượng', type: 'number', formula: 'count + nope' },
          { key: 'kind', label: 'Loại', type: 'choice' },
        ],
        measures: [{ id: 'a', name: 'Tỷ lệ', unit: 'percent', numerator: { field: 'kind' } }],
      }),
    ).toEqual({
      code: 'registers/design',
      fields: [
        'name: Tên sổ: chưa ghi',
        'fields[0].max: Ô thứ 1 “Số lượng”: số lớn nhất nhỏ hơn số nhỏ nhất',
        'fields[1].label: Ô thứ 2 “số lượng”: hai ô cùng tên',
        'fields[1].formula: Ô thứ 2 “số lượng”: không có ô nhập nào mã “nope”',
        'fields[2].choices: Ô thứ 3 “Loại”: ô chọn trong danh sách, và chỉ ô ấy, có danh sách lựa chọn',
        'measures[0].numerator.field: Chỉ số thứ 1 “Tỷ lệ”: kind không phải là ô số của sổ',
        'measures[0].unit: Chỉ số thứ 1 “Tỷ lệ”: chỉ số tỷ lệ có mẫu số hoặc lấy một ô tỷ lệ; chỉ số đếm thì không',
      ],
    });
    expect(await save({ deadlineDays: 'ten', surplus: 1 })).toMatchObject({ code: 'registers/design' });
    expect(await save({ fields: 7 })).toMatchObject({ code: 'registers/design' });
    expect((await designsOn(NOW).get(made.id)).version).toBe(1);
    // A month's register begins with a month.
    expect(await fault(designsOn(NOW).publish(boss, made.id, { version: 1, validFrom: '2026-10-15' }))).toMatchObject({
      code: 'registers/design',
    });
    await designsOn(NOW).discard(boss, made.id, { version: 1 });
    expect(await fault(designsOn(NOW).get(made.id))).toBe('row/missing');
  });

  it('is refused where the id is taken, the version was seen by two, or it is published', async () => {
    const designs = designsOn(NOW);
    expect(await fault(designs.create(boss, { as: { id: 'mailboxes', name: 'Trùng' } }))).toMatchObject({
      code: 'registers/design',
      fields: ['as/id: Mã “mailboxes” đã là mã của sổ khác. Chọn mã khác.'],
    });
    expect(await fault(designs.create(boss, { copyOf: 'nothing' }))).toBe('registers/unknown');
    const body = { copyOf: 'mailboxes', as: { id: 'mail-copy', name: 'Chép' } };
    const made = await designs.create(boss, body, 'key-1');
    expect(await designs.create(boss, body, 'key-1')).toEqual(made);
    const { definition, version } = await designs.get(made.id);
    await designs.save(boss, made.id, { version, definition });
    expect(await fault(designs.save(boss, made.id, { version, definition }))).toBe('row/stale');
    await designs.publish(boss, made.id, { version: 2, validFrom: '2026-10-01' });
    expect(await fault(designs.save(boss, made.id, { version: 3, definition }))).toBe('registers/design-published');
    expect(await fault(designs.discard(boss, made.id, { version: 3 }))).toBe('registers/design-published');
  });
});

describe('a later version', () => {
  it('leaves what was entered as it was, and holds from its first period on', async () => {
    await published('water', {}, '2026-10-01');
    const [first = ''] = communes;
    const now = registersAt(NOW);
    const october = await now.save(clerk, 'water', enter(first, '2026-10', { count: 7 }));
    const draft = await designsOn(NOW).create(boss, { copyOf: 'water' });
    const { definition, before } = await designsOn(NOW).get(draft.id);
    expect(before).toMatchObject({ id: 'water', validFrom: '2026-10-01' });
    const save = (version: number, change: object) =>
      designsOn(NOW).save(boss, draft.id, { version, definition: { ...definition, ...change } });
    expect(await fault(save(1, { frequency: 'quarter', measures: [] }))).toMatchObject({ code: 'registers/design' });
    expect(
      await fault(
        save(1, {
          frequency: 'quarter',
          fields: [{ key: 'count', label: 'Số lượng', type: 'text' }],
          measures: [{ id: 'other', name: 'Khác', unit: 'count', numerator: { lines: 'true' } }],
        }),
      ),
    ).toEqual({
      code: 'registers/design',
      fields: [
        'frequency: Kỳ nhập: bản sau không đổi được, vì số đã nhập theo cách cũ; muốn khác thì lập sổ mới',
        'fields[0].type: Ô thứ 1 “Số lượng”: ô đã có số nhập theo loại cũ; thêm ô mới với mã khác',
        'measures: Chỉ số: chỉ số “Số lượng” (mã count) phải còn, vì chỉ tiêu, báo cáo, bộ chỉ số có thể đang dùng',
      ],
    });
    const fields = [
      { key: 'count', label: 'Số giếng', type: 'number', required: true, max: 100 },
      { key: 'clean', label: 'Giếng sạch', type: 'number', required: true },
    ];
    await save(1, { fields, deadlineDays: 10 });
    const publish = (validFrom: string) => fault(designsOn(NOW).publish(boss, draft.id, { version: 2, validFrom }));
    expect(await publish('2026-10-01')).toEqual({
      code: 'registers/design',
      fields: ['validFrom: Sổ đã có bản áp dụng từ 01/10/2026. Bản mới áp dụng sau ngày ấy.'],
    });
    await now.save(clerk, 'water', enter(first, '2026-11', { count: 8 }));
    expect(await publish('2026-11-01')).toEqual({
      code: 'registers/design',
      fields: ['validFrom: Tháng 11/2026 đã có đơn vị nhập theo bản đang dùng. Chọn ngày bắt đầu của kỳ sau.'],
    });
    expect(await publish('2026-12-01')).toBe('done');

    const later = registersAt('2027-01-03');
    const page = (periodId: string) => later.get(boss, 'water', { unitId: province, periodId });
    expect((await page('2026-11')).fields.map((field) => field.label)).toEqual(['Số lượng']);
    expect(await page('2026-12')).toMatchObject({
      period: { deadline: '2027-01-10' },
      fields: [{ label: 'Số giếng' }, { label: 'Giếng sạch' }],
    });
    expect((await page('2026-11')).period.deadline).toBe('2026-12-05');
    expect(await fault(later.save(clerk, 'water', enter(first, '2026-12', { count: 5 })))).toMatchObject({
      code: 'registers/values',
    });
    await later.save(clerk, 'water', enter(first, '2026-12', { count: 9, clean: 4 }));
    const trend = await later.trend(boss, 'water', { unitId: first });
    expect(trend.rows[0]?.cells.map((cell) => cell?.numerator)).toEqual([7, 8, 9, undefined]);
    expect((await later.entry(boss, october.id)).versions[0]?.values).toEqual({ count: 7 });
    const year = { from: '2026-01-01', to: '2026-12-31' };
    const asked = { register: 'water', measure: 'count' };
    expect(await registerValue(contextOn('2027-01-03'), asked, province, year)).toMatchObject({ numerator: 24 });
    // Until its first day the version is not there.
    expect((await registersOn(ctx.db, '2026-11-30')).find((one) => one.id === 'water')?.fields).toHaveLength(1);
  });

  it('measures its own periods: figures over several take each by the version it had, none where it had none', async () => {
    const field = (key: string) => ({ key, label: key, type: 'number' as const, required: true });
    const share = { id: 'share', name: 'Tỷ lệ sạch', unit: 'percent' as const, denominator: { field: 'wells' } };
    await published(
      'wells',
      {
        fields: [field('wells'), field('seen')],
        measures: [{ ...share, numerator: { field: 'seen' } }],
      },
      '2026-10-01',
    );
    const [first = '', second = ''] = communes;
    await registersAt(NOW).save(clerk, 'wells', enter(first, '2026-10', { wells: 10, seen: 9 }));
    await registersAt(NOW).save(clerk, 'wells', enter(second, '2026-10', { wells: 20, seen: 5 }));
    const draft = await designsOn(NOW).create(boss, { copyOf: 'wells' });
    const { definition } = await designsOn(NOW).get(draft.id);
    await designsOn(NOW).save(boss, draft.id, {
      version: 1,
      definition: {
        ...definition,
        fields: [field('wells'), field('seen'), field('tested')],
        measures: [
          { ...share, numerator: { field: 'tested' } },
          { id: 'seen', name: 'Giếng đã xem', unit: 'count', numerator: { field: 'seen' } },
        ],
      },
    });
    await designsOn(NOW).publish(boss, draft.id, { version: 2, validFrom: '2026-11-01' });
    const later = contextOn('2026-12-05');
    await createRegisterService(later).save(clerk, 'wells', enter(first, '2026-11', { wells: 10, seen: 8, tested: 1 }));

    const ends = { from: '2026-10-01', to: '2026-11-30' };
    const of = (measure: string, unitId: string) => registerValue(later, { register: 'wells', measure }, unitId, ends);
    // In October what was clean by the eye, in November what was tested.
    expect(await of('share', first)).toMatchObject({ numerator: 10, denominator: 20, entered: 1, upTo: '2026-11-30' });
    expect(await of('share', province)).toMatchObject({ numerator: 15, denominator: 40, entered: 2 });
    // Nobody counted that in October.
    expect(await of('seen', first)).toMatchObject({ numerator: 8, entered: 1, upTo: '2026-11-30' });
    expect(await of('seen', second)).toBeNull();
    expect(await of('seen', province)).toMatchObject({ numerator: 8, entered: 1 });
    const asked = (measure: string, unitId: string) =>
      ({ register: 'wells', measure, unitIds: [unitId], reach: 'tree', ends }) as const;
    const answers = await registerFigures(later, [
      asked('share', province),
      asked('seen', province),
      asked('seen', second),
    ]);
    expect(answers.map(({ periods, numerator, entered }) => [periods.map(({ id }) => id), numerator, entered])).toEqual(
      [
        [['2026-10', '2026-11'], 15, 2],
        [['2026-11'], 8, 1],
        [['2026-11'], null, 0],
      ],
    );
  });

  it('may follow a register of the content', async () => {
    const draft = await designsOn(NOW).create(boss, { copyOf: 'e-documents' });
    const { definition } = await designsOn(NOW).get(draft.id);
    const fields = [...(definition['fields'] as object[]), { key: 'late', label: 'Văn bản trễ', type: 'number' }];
    await designsOn(NOW).save(boss, draft.id, { version: 1, definition: { ...definition, fields } });
    await designsOn(NOW).publish(boss, draft.id, { version: 2, validFrom: '2027-01-01' });
    const register = (await registersOn(ctx.db, '2027-01-01')).find((one) => one.id === 'e-documents');
    expect([register?.fields.length, register?.earlier?.[0]?.fields.length]).toEqual([4, 3]);
    expect((await registersOn(ctx.db, '2026-12-31')).find((one) => one.id === 'e-documents')?.fields).toHaveLength(3);
  });
});

describe('a register that ends', () => {
  it('keeps what was entered, is asked for no more, and may be used again', async () => {
    await published('ends', {}, '2026-09-01');
    const [first = ''] = communes;
    const now = registersAt(NOW);
    await now.save(clerk, 'ends', enter(first, '2026-10', { count: 3 }));
    const end = (lastDay: string | null, reason = 'Số này lấy từ hệ thống khác') =>
      fault(designsOn(NOW).end(boss, { registerId: 'ends', lastDay, reason }));
    expect(await end('2026-10-31', ' ')).toBe('dossier/reason-needed');
    expect(await end('2026-09-30')).toEqual({
      code: 'registers/design',
      fields: ['lastDay: Tháng 10/2026 đã có đơn vị nhập. Chọn ngày cuối không sớm hơn kỳ ấy.'],
    });
    expect(await end('2026-08-01')).toMatchObject({ code: 'registers/design' });
    expect(await end('2026-10-31')).toBe('done');
    const ids = async (day: string) =>
      (await registersAt(day).list(boss, { unitId: province })).rows.map((row) => row.id);
    // October is still entered until it is closed.
    expect(await ids(NOW)).toContain('ends');
    expect(await ids('2026-12-10')).not.toContain('ends');
    expect(await fault(registersAt('2026-12-10').save(clerk, 'ends', enter(first, '2026-11', { count: 3 })))).toBe(
      'registers/period',
    );
    const page = await registersAt('2026-12-10').get(boss, 'ends', { unitId: first, periodId: '2026-10' });
    expect(page.rows[0]?.values).toEqual({ count: 3 });
    expect(await end(null)).toBe('done');
    expect(await ids('2026-12-10')).toContain('ends');
  });
});

it('a design goes out and comes in as the file it would be in the content', async () => {
  const designs = designsOn(NOW);
  const made = await designs.create(boss, { copyOf: 'community-teams' });
  const { yaml, definition } = await designs.get(made.id);
  const again = await designs.read(boss, { yaml });
  expect((await designs.get(again.id)).definition).toEqual(definition);
  for (const register of allRegisters()) {
    const read = await designs.read(boss, { yaml: stringify(register) });
    await designs.discard(boss, read.id, { version: 1 });
  }
  expect(await fault(designs.read(boss, { yaml: 'id: [' }))).toMatchObject({ code: 'registers/design' });
  expect(await fault(designs.read(boss, { yaml: 'id: x' }))).toMatchObject({ code: 'registers/design' });
  expect((await designs.template(made.id)).bytes.length).toBeGreaterThan(1000);
});
