import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import type { TargetTerms } from '../modules/insight/targets/index.ts';
import { MIGRATIONS_DIR } from '../platform/db/migrate.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
/** Communes of one district. */
let units: string[];
const someone = '01890000-0000-7000-8000-000000000700';
const terms = {
  name: 'Hồ sơ trực tuyến',
  source: { number: '12/QĐ-UBND', date: '2026-01-15', text: 'Kế hoạch năm 2026' },
  owner: 'Văn phòng',
  direction: 'up',
  weight: 1,
  value: { metric: 'online-rate' },
  unit: 'percent',
  decimals: 2,
  goal: { atLeast: 60 },
  forecast: 'ratio',
} as const satisfies TargetTerms;

function staff(edit: readonly string[], read = edit): StaffActor {
  return {
    kind: 'staff',
    accountId: someone,
    staffId: someone,
    displayName: 'Cán bộ mẫu',
    homeUnitId: edit[0] ?? someone,
    unitIds: [],
    roles: [],
    unitsByPermission: new Map([
      ['targets.read', new Set(read)],
      ['targets.edit', new Set(edit)],
    ]),
    assurance: 'password',
    address: '203.0.113.9',
  };
}
const add = (unitIds: string[], period: string, wanted: TargetTerms = terms, actor = staff(units)) =>
  demo.system.targets.add(actor, { unitIds, period, terms: wanted });
const refused = (promise: Promise<unknown>): Promise<AppError | undefined> =>
  promise.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    },
  );
const code = async (promise: Promise<unknown>): Promise<string> => (await refused(promise))?.code ?? 'done';
const countOf = async (unitId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from targets.target
    where unit_id = ${unitId}::uuid and ended_at is null`.execute(demo.system.db);
  return rows[0]?.n ?? 0;
};
const at = (n: number): string => units[n] ?? '';

beforeAll(async () => {
  demo = await openDemoSystem();
  const directory = await demo.system.organisation.directory();
  units = directory.levelOn('commune', '2026-11-18').map((unit) => unit.unitId);
  expect(units.length).toBeGreaterThan(2);
}, 120_000);
afterAll(() => demo.close());

describe('a unit that has a target', () => {
  it('is not given the same one again, whatever it is called; where it stands is told, to readers with its id', async () => {
    const { ids } = await add([at(0)], '2026');
    const again = await refused(
      add([at(1), at(0)], '2026-01-01..2026-12-31', { ...terms, name: 'Nộp trực tuyến', goal: { above: 70 } }),
    );
    expect([again?.code, again?.status]).toEqual(['target/equal', 409]);
    expect(again?.details.fields?.map((field) => field.message)).toEqual([
      expect.stringMatching(/ đã có “Hồ sơ trực tuyến”, từ 01\/01\/2026 đến 31\/12\/2026$/),
    ]);
    expect(again?.details.extra?.existing).toEqual([expect.objectContaining({ id: ids[0], name: terms.name })]);
    // All or none: the other unit got nothing either.
    expect(await countOf(at(1))).toBe(0);
    const blind = await refused(add([at(0)], '2026', terms, staff([at(0)], [])));
    expect([blind?.code, blind?.details.extra?.existing]).toEqual(['target/equal', []]);
  });

  it.each([
    ['of days that do not meet', '2025', {}],
    ['for half a year, a milestone of the same decision', '2026-H1', { goal: { atLeast: 40 } }],
    ['for nine months of it', '2026-01-01..2026-09-30', { goal: { atLeast: 50 } }],
    ['for ten months, beside the nine', '2026-01-01..2026-10-31', { goal: { atLeast: 55 } }],
    ['for some days within the nine months', '2026-05-11..2026-08-20', {}],
    ['for days that begin one later', '2026-05-12..2026-08-20', {}],
    ['for days that end one later', '2026-05-11..2026-08-21', {}],
    [
      'for the same days by another decision',
      '2026-05-11..2026-08-20',
      { source: { ...terms.source, number: '14/QĐ-UBND' } },
    ],
    [
      'for the same days, decided on another day',
      '2026-05-11..2026-08-20',
      { source: { ...terms.source, date: '2026-05-04' } },
    ],
    ['for the same days, of another figure', '2026-05-11..2026-08-20', { value: { metric: 'steps-late-rate' } }],
    ['for a quarter', '2026-Q1', {}],
    ['for a month', '2026-03', {}],
    ['by another decision', '2026', { source: { ...terms.source, number: '13/QĐ-UBND' } }],
    ['compared with others', '2026', { goal: { notBelow: { of: 'parent' as const } } }],
    ['of another figure', '2026', { value: { metric: 'steps-late-rate' } }],
    ['of its own counts alone', '2026', { value: { metric: 'online-rate', roll: 'own' as const } }],
    ['entered by hand', '2026', { value: { manual: true as const } }],
    ['entered by hand and told in dossiers', '2026', { value: { manual: true as const }, unit: 'count' as const }],
    ['entered by hand under another name', '2026', { value: { manual: true as const }, name: 'Hồ sơ nộp qua mạng' }],
  ])('is given one %s', async (_what, period, change) => {
    expect(await code(add([at(0)], period, { ...terms, ...change }))).toBe('done');
  });

  it('knows the same entered by hand by its name, and the same decision however it is typed', async () => {
    const typed = { ...terms, value: { manual: true as const }, name: ' hồ sơ  trực tuyến' };
    expect(await code(add([at(0)], '2026', typed))).toBe('target/equal');
    const number = { ...terms, source: { ...terms.source, number: '12/qđ-ubnd ' } };
    expect(await code(add([at(0)], '2026', number))).toBe('target/equal');
    const spelled = { ...terms, value: { metric: 'online-rate', roll: 'tree' as const, authority: false } };
    expect(await code(add([at(0)], '2026', spelled))).toBe('target/equal');
  });

  it.each([
    ['the half year', '2026-H1'],
    ['the half year as days', '2026-01-01..2026-06-30'],
    ['the half year as it is cut off for reports', '2025-12-15..2026-06-14'],
    ['nine months', '2026-01-01..2026-09-30'],
    ['nine months as they are cut off for reports', '2025-12-15..2026-09-14'],
    ['a campaign, from one day to another', '2026-05-11..2026-08-20'],
    ['the month as days', '2026-03-01..2026-03-31'],
  ])('has %s already, and is not given it twice', async (_what, period) => {
    const again = await refused(add([at(0)], period, { ...terms, goal: { atLeast: 45 } }));
    expect([again?.code, again?.details.extra?.existing]).toEqual(['target/equal', [expect.anything()]]);
  });

  it('gets it again once the first has ended, and the first is not taken up beside it', async () => {
    const [first = ''] = (await add([at(2)], '2026')).ids;
    await demo.system.targets.end(staff(units), first, { version: 1, act: 'end', reason: 'Giao lại' });
    const [second = ''] = (await add([at(2)], '2026')).ids;
    const resume = { version: 2, act: 'resume' as const, reason: 'Theo dõi lại' };
    expect(await code(demo.system.targets.end(staff(units), first, resume))).toBe('target/equal');
    expect(await countOf(at(2))).toBe(1);
    await demo.system.targets.end(staff(units), second, { version: 1, act: 'end', reason: 'Thôi' });
    expect(await code(demo.system.targets.end(staff(units), first, resume))).toBe('done');
    // Its goal is changed in peace; it does not become what the unit has already.
    const [other = ''] = (await add([at(2)], '2026', { ...terms, value: { metric: 'steps-late-rate' } })).ids;
    const edit = (version: number, changed: TargetTerms) =>
      code(demo.system.targets.edit(staff(units), other, { version, terms: changed, reason: 'Sửa' }));
    expect(await edit(1, { ...terms, value: { metric: 'steps-late-rate' }, goal: { atLeast: 90 } })).toBe('done');
    expect(await edit(2, terms)).toBe('target/equal');
  });

  it('is given one of two that are given at the same moment', async () => {
    const wanted = { ...terms, value: { metric: 'late-of-finished' }, direction: 'down' as const, goal: { atMost: 2 } };
    const before = await countOf(at(1));
    const both = await Promise.all([
      code(add([at(1), at(2)], '2026', wanted)),
      code(add([at(2), at(1)], '2026', wanted)),
    ]);
    expect(both.sort()).toEqual(['done', 'target/equal']);
    expect(await countOf(at(1))).toBe(before + 1);
  });
});

describe('targets of content', () => {
  const running = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*)::int n from targets.target where from_content`.execute(
      demo.system.db,
    );
    return rows[0]?.n ?? 0;
  };

  it('are not given to a unit that has the same already, and are given once by two at the same moment', async () => {
    const { system } = demo;
    const directory = await system.organisation.directory();
    const district = directory.byCode('gso', '052', '2023-12-31')?.unitId ?? '';
    const talk = {
      number: '',
      date: '2023-06-09',
      text: 'Hội nghị nâng cao chỉ số cải cách hành chính năm 2023 của huyện Nguyên Bình',
    };
    await add([district], '2023', { ...terms, source: talk }, staff([district]));
    const given = await Promise.all([system.targets.adopt(), system.targets.adopt()]);
    expect(given[0] + given[1]).toBe(26);
    expect(await running()).toBe(26);
    expect(await system.targets.adopt()).toBe(0);
  });
});

describe('an installation that has a target twice', () => {
  const run = (file: string) => demo.system.db.raw.query(fs.readFileSync(path.join(MIGRATIONS_DIR, file), 'utf8'));
  const copy = async (of: string, id: string, period: { id: string; to: string }) =>
    sql`insert into targets.target (id, series, unit_id, period_id, cutoff, from_day, to_day, terms, created_at, created_by)
      select ${id}::uuid, ${id}, unit_id, ${period.id}, cutoff, '2027-01-01', ${period.to}::date, terms, created_at, created_by
      from targets.target where id = ${of}::uuid`.execute(demo.system.db);

  it('keeps both through the migrations, may change and end either, and gets no third; a quarter beside a year is none', async () => {
    const { db } = demo.system;
    const [first = ''] = (await add([at(0)], '2027')).ids;
    await add([at(0)], '2027-01-01..2027-10-31');
    const [nine = ''] = (await add([at(0)], '2027-01-01..2027-09-30')).ids;
    const [second, quarter] = ['01890000-0000-7000-8000-000000000701', '01890000-0000-7000-8000-000000000702'];
    await sql`alter table targets.target drop constraint target_once, drop column likeness, drop column doubled`.execute(
      db,
    );
    await sql`drop function targets.likeness(jsonb), targets.period_kind(date, date)`.execute(db);
    await copy(first, second, { id: '2027-01-01..2027-12-31', to: '2027-12-31' });
    await copy(first, quarter, { id: '2027-Q1', to: '2027-03-31' });
    const doubled = async () =>
      (await sql<{ id: string }>`select id from targets.target where doubled order by id`.execute(db)).rows.map(
        (row) => row.id,
      );
    await run('0107_target_likeness.sql');
    // With the milestones of the tests above, which were told apart as well.
    expect(await doubled()).toEqual(expect.arrayContaining([quarter, first]));
    await run('0114_target_milestones.sql');
    // Ids of the test stand before those made now: the copies came first, of the year one is told apart. So are overlapping days.
    expect(await doubled()).toEqual(expect.arrayContaining([first, nine]));
    await run('0118_target_spans.sql');
    expect(await doubled()).toEqual([first]);
    const edit = { version: 1, terms: { ...terms, goal: { atLeast: 65 } }, reason: 'Sửa mức' };
    const { targets } = demo.system;
    expect(await code(targets.edit(staff(units), first, edit))).toBe('done');
    expect(await code(add([at(0)], '2027'))).toBe('target/equal');
    expect(await code(add([at(0)], '2027-Q1'))).toBe('target/equal');
    await targets.end(staff(units), first, { version: 2, act: 'end', reason: 'Giao trùng' });
    const resume = { version: 3, act: 'resume' as const, reason: 'Theo dõi lại' };
    expect(await code(targets.end(staff(units), first, resume))).toBe('target/equal');
  });
});
