import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor, SystemActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { compileCalendar, workingMsBetween } from '../../../core/working-time/index.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { openDb } from '../../../platform/db/open.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import type { UnitVersion } from '../../foundation/organisation/index.ts';
import { buildUnitDirectory } from '../../foundation/organisation/rules/unit-directory.ts';
import { createStatisticsService, rebuildStatistics } from '../../onestop/statistics/index.ts';
import { getMetricDefinitions } from './content.ts';
import { countCubeDifferences, countDossiers, findDifferent } from './count-store.ts';
import {
  createMetricsService,
  createMetricsSubscriber,
  type FactRow,
  type MetricQuery,
  type MetricsContext,
  type MetricsService,
  REPORT_COUNTS,
  watchFigures,
} from './index.ts';
import { rebuildAll } from './rebuild-store.ts';
import { factOf } from './rules/facts.ts';
import { CALENDAR_REVISION, insertRandomDossiers, seeded } from './testing/random-dossiers.ts';
import { sumVisits } from './visit-sum-store.ts';
import { layOutWorkDays } from './work-day-store.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'test', assurance: 'system' };
const id = (n: number): string => uuidv7(new Date(Date.UTC(2020, 0, n)));
const [province, district, north, south, merged] = [id(1), id(2), id(3), id(4), id(5)] as const;
const unit = (unitId: string, parentId: string | null, from = '2020-01-01', to: string | null = null): UnitVersion => ({
  unitId,
  name: unitId,
  level: parentId === null ? 'province' : 'commune',
  type: 'administrative',
  kind: 'xa',
  serves: [],
  parentId,
  validFrom: from,
  validTo: to,
});
const directory = buildUnitDirectory(
  [
    unit(province, null),
    unit(district, province, '2020-01-01', '2023-06-30'),
    unit(north, district, '2020-01-01', '2023-06-30'),
    unit(south, district, '2020-01-01', '2023-06-30'),
    unit(merged, province, '2023-07-01'),
  ],
  [],
  [
    {
      id: id(9),
      date: '2023-07-01',
      kind: 'merge',
      partial: false,
      source: '',
      verified: true,
      from: [district, north, south],
      to: [merged],
    },
  ],
);
const compiled = compileCalendar({
  timeZone: 'Asia/Ho_Chi_Minh',
  week: {
    mon: [
      ['07:30', '11:30'],
      ['13:30', '17:00'],
    ],
    tue: [
      ['07:00', '09:00'],
      ['09:30', '11:30'],
      ['13:00', '15:00'],
      ['15:10', '17:00'],
    ],
    wed: [['07:30', '17:00']],
    fri: [
      ['07:30', '11:30'],
      ['13:30', '17:00'],
    ],
    sat: [['07:30', '11:30']],
  },
  exceptions: [{ date: '2023-09-04', kind: 'off' }],
});
if (!compiled.ok) throw new Error('the calendar of the test compiles');
const calendar = compiled.calendar;
const calendars = async () => new Map([[CALENDAR_REVISION, calendar]]);
const clock = createFixedClock(new Date('2023-10-18T10:00:00+07:00'));
const pick = seeded(7);

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let context: MetricsContext;
let service: MetricsService;
let ids: string[];
beforeAll(async () => {
  test = await createTestDatabase();
  context = {
    db: test.db,
    readDb: test.db,
    clock,
    directory: async () => directory,
    ports: {
      fieldsOn: async () =>
        new Map(
          ['1.004873', '1.001612', '2.000815'].map((code) => {
            const field = code === '2.000815' ? 'chứng thực' : 'hộ tịch';
            return [code, { code: field, name: field }];
          }),
        ),
      procedureNames: async () => new Map(),
      calendars,
      stepNames: async () => new Map(),
      staffNames: async () => new Map(),
      unitNames: async () => new Map(),
      alarm: async () => undefined,
    },
  };
  service = createMetricsService(context);
  ids = await insertRandomDossiers(test.db, [north, south, merged], 1200, pick, clock.now());
  // The first build, of nothing: before it there are no figures.
  await test.db.transaction().execute(rebuildAll);
  await test.db.transaction().execute((trx) => sumVisits(trx, '2023-10-17'));
  await test.db.transaction().execute(async (trx) => layOutWorkDays(trx, await calendars(), '2023-10-18'));
  for (let at = 0; at < ids.length; at += 100)
    await test.db.transaction().execute((trx) => countDossiers(trx, ids.slice(at, at + 100)));
});
afterAll(() => test.drop());

const query = (metricId: string, unitId: string, periodId: string, more: Partial<MetricQuery> = {}): MetricQuery => ({
  metricId,
  unitId,
  roll: 'tree',
  period: service.periodOf(periodId, 'calendar'),
  ...more,
});
const number = async (one: MetricQuery) => (await service.values(SYSTEM, [one]))[0];
const cube = async () => [
  ...(await sql`select * from metrics.cell where n <> 0 or minutes <> 0 order by 1, 2, 3, 4, 5, 6, 7`.execute(test.db))
    .rows,
  ...(await sql`select * from metrics.total where n <> 0 or minutes <> 0 order by 1, 2, 3, 4`.execute(test.db)).rows,
];

describe('counting', () => {
  it('counts the same again, changed dossiers and a rebuild alike', async () => {
    const before = await cube();
    expect(before.length).toBeGreaterThan(1000);
    await test.db.transaction().execute((trx) => countDossiers(trx, ids.slice(0, 50)));
    expect(await cube()).toEqual(before);
    await sql`update dossiers.dossier set ended_at = null, punctuality = null, lateness_minutes = null, decided_by_unit_id = ${merged}
      where id = any(${ids.slice(0, 200)}::uuid[])`.execute(test.db);
    expect((await findDifferent(test.db, null, 1000)).length).toBeGreaterThan(100);
    await test.db.transaction().execute((trx) => countDossiers(trx, ids.slice(0, 200)));
    expect(await findDifferent(test.db, null, 1000)).toEqual([]);
    expect(await countCubeDifferences(test.db)).toBe(0);
    const kept = await cube();
    expect(kept).not.toEqual(before);
    expect(await test.db.transaction().execute(rebuildAll)).toBe(1200);
    expect(await cube()).toEqual(kept);
  });

  it('sees a cell that somebody changed', async () => {
    await sql`update metrics.total set n = n + 1 where bucket = 'received' and start = '2023-02-01' and unit_id = ${north}`.execute(
      test.db,
    );
    expect(await countCubeDifferences(test.db)).toBeGreaterThan(0);
    await test.db.transaction().execute(rebuildAll);
    expect(await countCubeDifferences(test.db)).toBe(0);
  });
});

describe('working time', () => {
  it('of every dossier is that of the calendar without the stops of its clock', async () => {
    const { rows } = await sql<{
      received: Date;
      ended: Date;
      events: readonly { at: string }[];
      minutes: number | null;
    }>`select d.received_at received, d.ended_at ended, d.clock_events events, f.work_minutes minutes
      from dossiers.dossier d join metrics.fact f on f.dossier_id = d.id where d.ended_at is not null`.execute(test.db);
    expect(rows.filter((row) => row.events.length === 2).length).toBeGreaterThan(20);
    const whole = rows.map(({ received, ended, events: [stop, go] }) => {
      const between = (from: Date, to: Date): number => workingMsBetween(calendar, from, to);
      const stopped = stop && go ? between(new Date(stop.at), new Date(go.at)) : 0;
      return Math.floor((between(received, ended) - stopped) / 60_000);
    });
    expect(rows.map((row) => row.minutes)).toEqual(whole);
  });
});

describe('how dossiers were served', () => {
  const all = async (metricId: string) => number(query(metricId, province, '2023'));
  const straight = async (where: string) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int n from dossiers.dossier d
      join procedures.revision r on r.id = d.procedure_revision_id where ${sql.raw(where)}`.execute(test.db);
    return rows[0]?.n ?? 0;
  };
  const paid = (method: string) =>
    `exists (select 1 from dossiers.money_entry m where m.dossier_id = d.id and kind = 'paid' and method ${method})
      and not exists (select 1 from dossiers.money_entry m where m.dossier_id = d.id and kind = 'refunded')`;
  const owes = `d.fees @> '[{"amountVnd": 15000}]'`;
  const filed = `exists (select 1 from dossiers.component c where c.dossier_id = d.id and provided and source in`;

  it.each([
    ['online-full-share', `channel = 'online' and online_level = 'full'`, `online_level = 'full'`],
    ['partial-service-share', `channel = 'online' and online_level = 'partial'`, 'true'],
    ['digital-papers-share', `${filed} ('file', 'reused'))`, 'true'],
    ['reused-papers-share', `${filed} ('reused'))`, 'true'],
    ['cashless-share', paid(`<> 'cash'`), owes],
    ['online-payment-share', paid(`= 'online'`), owes],
    ['electronic-results-766', `result->'handOver'->>'method' = 'electronic'`, 'true'],
    ['digitised-dossiers', `${filed} ('file', 'reused')) and result->'handOver'->>'method' = 'electronic'`, 'true'],
    ['population-data-share', `assurance = 'loa2'`, 'true'],
    [
      'electronic-result-share',
      `result->'handOver'->>'method' = 'electronic'`,
      `result->'handOver'->>'method' is not null`,
    ],
    ['online-with-electronic-result', `channel = 'online' and result->'handOver'->>'method' = 'electronic'`, 'true'],
  ])('%s is what the tables of the modules say', async (metricId, above, below) => {
    const { numerator, denominator } = (await all(metricId)) ?? {};
    expect([numerator, denominator]).toEqual([await straight(above), await straight(below)]);
    expect(numerator).toBeGreaterThan(20);
  });

  it('counts a fee as paid once it is', async () => {
    const before = (await all('fee-paid'))?.numerator ?? 0;
    const { rows } = await sql<{ id: string }>`select dossier_id id from metrics.fact where payment = 'unpaid'
      and unit_id <> ${merged} limit 3`.execute(test.db);
    await sql`insert into dossiers.money_entry (id, dossier_id, kind, fee_id, amount_vnd, method, occurred_at, actor)
      select gen_random_uuid(), id, 'paid', 'le-phi', 15000, 'cash', now(), 'x' from unnest(${rows.map((row) => row.id)}::uuid[]) id`.execute(
      test.db,
    );
    const subscriber = createMetricsSubscriber();
    expect(subscriber.topics).toContain('dossier.paid');
    if (!('handleMany' in subscriber)) throw new Error('takes many events');
    const events = rows.map(({ id: dossierId }) => ({
      id: dossierId,
      topic: 'dossier.paid',
      key: dossierId,
      payload: { dossierId },
      occurredAt: clock.now(),
    }));
    await test.db.transaction().execute((trx) => subscriber.handleMany(events, trx));
    expect((await all('fee-paid'))?.numerator).toBe(before + 3);
    expect(await countCubeDifferences(test.db)).toBe(0);
  });
});

describe('figures', () => {
  const PERIODS = [
    '2023-03',
    '2023-Q2',
    '2023-H1',
    '2023',
    '2023-10',
    '2023-03-11..2023-04-09',
    '2023-10-18..2023-10-18',
  ];

  const DEFINITIONS = getMetricDefinitions().filter((one) => factOf(one) === 'dossier');

  it('asked for by many at one moment are those asked for alone', async () => {
    const asks = PERIODS.flatMap((periodId) =>
      [province, north, south, merged].flatMap((unitId) =>
        DEFINITIONS.slice(0, 9).map((one) => query(one.id, unitId, periodId, pick(2) === 0 ? {} : { roll: 'own' })),
      ),
    );
    // A pool of its own has nothing kept yet.
    const alone = new Map<MetricQuery, unknown>();
    for (const one of asks) alone.set(one, await number(one));
    const fresh = openDb(test.url, 4);
    try {
      const together = createMetricsService({ ...context, db: fresh, readDb: fresh });
      const found = await Promise.all(asks.map((one) => together.values(SYSTEM, [one])));
      expect(found.map(([one]) => one)).toEqual(asks.map((one) => alone.get(one)));
      const of = (one: MetricQuery) => together.trendAndUnits(SYSTEM, { ...one, roll: 'tree' }, 5);
      for (const one of asks.filter((_, nth) => nth % 40 === 0)) {
        const tree = { ...one, roll: 'tree' as const };
        expect(await of(one)).toEqual({
          trend: await service.trend(SYSTEM, tree, 5),
          units: await service.byUnit(SYSTEM, tree),
        });
      }
    } finally {
      await fresh.raw.end();
    }
  });

  it('told apart by field, procedure, channel and unit add up to the whole, with as many rows', async () => {
    for (const [at, periodId] of PERIODS.entries()) {
      const where = at % 2 === 0 ? {} : { channel: 'online' };
      const { metricId: _, ...asked } = query('', province, periodId, { where });
      const ids = DEFINITIONS.map((one) => one.id);
      const whole = await service.values(
        SYSTEM,
        ids.map((metricId) => ({ ...asked, metricId })),
      );
      for (const by of ['field', 'procedure', 'channel', 'unit'] as const) {
        const parts = await service.split(SYSTEM, asked, by, ids);
        for (const [nth, { metricId, numerator, denominator }] of whole.entries()) {
          const sum = (of: 'numerator' | 'denominator') =>
            parts.reduce((total, { values }) => total + (values[nth]?.[of] ?? 0), 0);
          expect([by, periodId, metricId, sum('numerator'), sum('denominator')]).toEqual([
            by,
            periodId,
            metricId,
            numerator,
            denominator ?? 0,
          ]);
        }
        for (const part of parts.slice(0, 2)) {
          const narrow = { field: 'field', procedure: 'procedureCode', channel: 'channel' } as const;
          const one: MetricQuery =
            by === 'unit'
              ? { ...asked, metricId: 'late', unitId: part.key, roll: 'own' }
              : { ...asked, metricId: 'late', where: { ...where, [narrow[by]]: part.key } };
          const rows = await service.rows(SYSTEM, one, 'numerator', { page: 1, pageSize: 2000 });
          expect(rows.rows.length).toBe(part.values[ids.indexOf('late')]?.numerator);
        }
      }
    }
  });

  it('are not told apart by what their fact has not', async () => {
    const asked = query('received', province, '2023-05');
    for (const by of ['step', 'person'] as const)
      await expect(service.split(SYSTEM, asked, by, ['received'])).rejects.toThrow('metrics/no-dimension');
    await expect(service.values(SYSTEM, [{ ...asked, where: { stepId: 'x' } }])).rejects.toThrow(
      'metrics/no-dimension',
    );
  });

  it('are as many as their rows, of every metric, for units, periods, fields and channels', async () => {
    const wheres = [
      undefined,
      { field: 'hộ tịch' },
      { channel: 'online' },
      { field: 'hộ tịch', procedureCode: '2.000815' },
    ];
    for (const [at, periodId] of PERIODS.entries()) {
      const where = wheres[at % wheres.length];
      const ask = (metricId: string): MetricQuery => query(metricId, province, periodId, where && { where });
      const values = await service.values(
        SYSTEM,
        DEFINITIONS.map((one) => ask(one.id)),
      );
      for (const [nth, { id: metricId, numerator, denominator }] of DEFINITIONS.entries()) {
        const asked = ask(metricId);
        const value = values[nth];
        const rows = await service.rows(SYSTEM, asked, 'numerator', { page: 1, pageSize: 2000 });
        const add = (value: (row: FactRow) => number | null): number =>
          rows.fact === 'dossier' ? rows.rows.reduce((sum, row) => sum + (value(row) ?? 0), 0) : 0;
        const above =
          numerator.measure === 'lateness-minutes'
            ? add((row) => row.latenessMinutes)
            : numerator.measure === 'work-minutes'
              ? add((row) => row.workMinutes)
              : rows.total;
        expect(`${metricId} ${periodId} ${value?.numerator}`).toBe(`${metricId} ${periodId} ${above}`);
        expect(rows.rows.length).toBe(rows.total);
        if (!denominator) continue;
        const below = await service.rows(SYSTEM, asked, 'denominator', { page: 1, pageSize: 2000 });
        expect(`${metricId} ${periodId} ${value?.denominator}`).toBe(`${metricId} ${periodId} ${below.total}`);
        expect(below.rows.length).toBe(below.total);
      }
    }
  });

  it('balance: carried over and received are finished and open', async () => {
    for (const periodId of PERIODS) {
      const [all, finished, open, late, inTime] = await service.values(
        SYSTEM,
        ['to-resolve', 'finished', 'open', 'open-late', 'open-in-time'].map((m) => query(m, province, periodId)),
      );
      expect(all?.value).toBe((finished?.value ?? 0) + (open?.value ?? 0));
      expect(open?.value).toBe((late?.value ?? 0) + (inTime?.value ?? 0));
    }
  });

  it('agree with the public board of statistics', async () => {
    await rebuildStatistics(test.db);
    const board = createStatisticsService({ db: test.db, clock });
    for (const month of ['2023-02', '2023-05', '2023-09']) {
      for (const row of await board.boardOf(undefined, month)) {
        const where = directory.unitOn(row.unitId, `${month}-28`) ? row.unitId : undefined;
        if (!where) continue;
        const own = await sql<{
          n: number;
          e: number;
        }>`select (count(*) filter (where to_char(received_day, 'YYYY-MM') = ${month}))::int n,
          (count(*) filter (where to_char(ended_day, 'YYYY-MM') = ${month}))::int e from metrics.fact where unit_id = ${row.unitId}`.execute(
          test.db,
        );
        expect([row.received, row.resolved]).toEqual([own.rows[0]?.n, own.rows[0]?.e]);
      }
      const total = (await board.boardOf(undefined, month)).reduce((sum, row) => sum + row.late, 0);
      expect((await number(query('finished-late', province, month)))?.value).toBe(total);
    }
  });

  it('have no data where nothing is below the line, which is neither 0 nor 100', async () => {
    const value = await number(query('late-of-finished', province, '2020'));
    expect(value).toMatchObject({ numerator: 0, denominator: 0, value: null, rounded: null });
    expect((await number(query('received', province, '2020')))?.value).toBe(0);
    // What is open today is not open in a year that has not begun, and nothing received there is not 0.
    for (const metricId of ['open', 'received', 'to-resolve'])
      expect(await number(query(metricId, province, '2024'))).toMatchObject({ numerator: null, value: null });
    expect((await number(query('open', province, '2023-10-18..2023-10-31')))?.value).toBeGreaterThan(0);
  });

  it('of the example of form 06a are 7.81 per cent', async () => {
    const own = id(40);
    const other = buildUnitDirectory([unit(own, null)], [], []);
    const make = createMetricsService({
      db: test.db,
      readDb: test.db,
      clock,
      directory: async () => other,
      ports: {
        fieldsOn: async () => new Map(),
        procedureNames: async () => new Map(),
        calendars,
        stepNames: async () => new Map(),
        staffNames: async () => new Map(),
        unitNames: async () => new Map(),
        alarm: async () => undefined,
      },
    });
    await sql`insert into metrics.total select ${own}::uuid, half::date, b, 'desk', n, 0, 0, 0
      from (values ('2023-06-01', 'ended/early/granted/', 90), ('2023-06-01', 'ended/on-time/granted/', 28),
        ('2023-06-01', 'ended/late/granted/none', 10), ('2023-06-01', 'received', 120), ('2022-06-01', 'received', 30)) v(half, b, n)`.execute(
      test.db,
    );
    const told = () => sql`insert into metrics.change (from_day) values ('-infinity')`.execute(test.db);
    await told();
    const period = make.periodOf('2023', 'calendar');
    const values = await make.values(
      SYSTEM,
      ['late-of-finished', 'to-resolve', 'open', 'carried-over'].map((metricId) => ({
        metricId,
        unitId: own,
        roll: 'own',
        period,
      })),
    );
    expect(values.map((one) => one.rounded)).toEqual([7.81, 150, 22, 30]);
    expect(values[0]?.value).toBe(7.8125);
    await sql`delete from metrics.total where unit_id = ${own}`.execute(test.db);
    await told();
  });
});

describe('tables of counts', () => {
  const all = { page: 1, pageSize: 2000 };

  it('have in every cell the number of its rows, by unit, field and procedure, of deciding and receiving units', async () => {
    await sql`update dossiers.dossier set received_by_unit_id = ${south} where id = any(${ids.slice(300, 500)}::uuid[])`.execute(
      test.db,
    );
    await test.db.transaction().execute((trx) => countDossiers(trx, ids.slice(300, 500)));
    for (const [periodId, by, role] of [
      ['2023-Q2', 'field', 'decided'],
      ['2023-03-11..2023-10-02', 'procedure', 'received'],
      ['2023-10', 'unit', 'received'],
      ['2023', 'field', 'received'],
    ] as const) {
      const period = service.periodOf(periodId, 'calendar');
      const ask = { unitIds: [north, south, merged], period, role };
      const table = await service.counts({ ...ask, by, columns: REPORT_COUNTS });
      expect(table.length).toBe({ unit: 3, field: 6, procedure: 9 }[by]);
      for (const { unitId, key, counts } of table) {
        for (const [id, terms] of Object.entries(REPORT_COUNTS)) {
          const where = by === 'unit' ? {} : { where: by === 'field' ? { field: key } : { procedureCode: key } };
          const rows = await service.countedRows(SYSTEM, { ...ask, unitIds: [unitId], terms, ...where }, all);
          expect(`${periodId} ${unitId} ${key} ${id} ${counts[id as keyof typeof counts]}`).toBe(
            `${periodId} ${unitId} ${key} ${id} ${rows.rows.length}`,
          );
        }
        const sum = (...names: (keyof typeof counts)[]) => names.reduce((total, name) => total + counts[name], 0);
        expect(sum('carried', 'received-online', 'received-desk', 'received-post')).toBe(
          sum('finished-early', 'finished-on-time', 'finished-late', 'open-in-time', 'open-late'),
        );
      }
    }
  });

  it('agree with the figures of the same units', async () => {
    const period = service.periodOf('2023-H1', 'nd09');
    const [row] = await service.counts({ unitIds: [south], period, by: 'unit', columns: REPORT_COUNTS });
    const value = await number({ metricId: 'open-late', unitId: south, roll: 'own', period });
    expect(row?.counts['open-late']).toBe(value?.value);
  });
});

describe('units', () => {
  it('stand in one place: children and the unit itself add up to the tree, before and after a merger', async () => {
    for (const periodId of ['2023-05', '2023-H1', '2023-08', '2023-Q3']) {
      const asked = query('received', province, periodId);
      const whole = await number(asked);
      const parts = await service.byUnit(SYSTEM, asked);
      expect(parts.reduce((sum, one) => sum + (one.value ?? 0), 0)).toBe(whole?.value);
      expect(whole?.value).toBeGreaterThan(0);
    }
  });

  it('that merged carry a warning where it matters, and those closed have no figure', async () => {
    expect((await number(query('received', north, '2023-05')))?.warnings).toEqual([]);
    // The period spans the change, or the one it is compared with lies before it or spans it; afterwards nothing is said.
    for (const [periodId, told] of [
      ['2023-06', []],
      ['2023-07', ['units-changed']],
      ['2023-08', []],
      ['2023-Q3', ['units-changed']],
      ['2023-Q4', []],
      ['2023', ['units-changed']],
      ['2024', ['units-changed']],
      ['2025-Q1', []],
    ] as const) {
      const value = await number(query('received', province, periodId));
      expect([periodId, value?.warnings.filter((one) => one === 'units-changed')]).toEqual([periodId, told]);
    }
    const closed = await number(query('received', north, '2023-08'));
    expect(closed).toMatchObject({ value: null, warnings: ['unit-closed'] });
  });
});

describe('readers', () => {
  const reader = (read: readonly string[], dossiers: readonly string[]): StaffActor => ({
    kind: 'staff',
    accountId: id(50),
    staffId: id(51),
    displayName: '',
    homeUnitId: merged,
    unitIds: [merged],
    roles: [],
    unitsByPermission: new Map([
      ['metrics.read', new Set(read)],
      ['dossier.read', new Set(dossiers)],
    ]),
    assurance: 'password',
    address: '',
  });

  it('are told how many rows they may not see', async () => {
    const asked = query('received', province, '2023-05');
    const own = await service.rows(reader([province], [north]), asked, 'numerator', { page: 1, pageSize: 2000 });
    expect(own.total).toBe((await number(asked))?.value);
    expect(own.hidden).toBeGreaterThan(0);
    expect(own.rows.length).toBe(own.total - own.hidden);
  });

  it('who see every dossier of the units are shown what the installation itself is, page by page', async () => {
    const asked = query('received', province, '2023-05');
    const all = await service.rows(SYSTEM, asked, 'numerator', { page: 1, pageSize: 2000 });
    const units = [...new Set(all.fact === 'dossier' ? all.rows.map((row) => row.unitId) : [])];
    const seer = reader([province], [...units, province, north, south, merged]);
    expect(units.length).toBeGreaterThan(1);
    expect(await service.rows(seer, asked, 'numerator', { page: 1, pageSize: 2000 })).toEqual({ ...all, hidden: 0 });
    const second = await service.rows(seer, asked, 'numerator', { page: 2, pageSize: 7 });
    expect(second).toMatchObject({ total: all.total, rows: all.rows.slice(7, 14) });
  });

  it('without the permission find nothing', async () => {
    const asked = query('received', province, '2023-05');
    await expect(service.values(reader([north], [north]), [asked])).rejects.toThrow('row/missing');
    await expect(service.rows(reader([north], [north]), asked, 'numerator', { page: 1, pageSize: 10 })).rejects.toThrow(
      'row/missing',
    );
  });
});

describe('closed periods', () => {
  it('answer as frozen, byte for byte as computed again; corrections are told beside', async () => {
    const period = service.periodOf('2023-08', 'calendar');
    const live = await number(query('finished-late', province, '2023-08'));
    const closing = await service.close(SYSTEM, province, period);
    const again = await service.values(SYSTEM, [query('finished-late', province, '2023-08')]);
    expect(again[0]).toMatchObject({ numerator: live?.numerator, frozenAt: closing.closedAt });
    await expect(service.close(SYSTEM, province, period)).rejects.toThrow('metrics/closed');
    await expect(service.close(SYSTEM, province, service.periodOf('2023-10', 'calendar'))).rejects.toThrow(
      'metrics/period-open',
    );
    expect(await service.corrections(SYSTEM, province, period)).toEqual([]);
    // Every figure of every unit is read as it was frozen, none computed anew.
    const frozen = closing.document
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line): readonly [string, 'own' | 'tree', string, ...unknown[]] => JSON.parse(line));
    const asked = frozen.map(([unitId, roll, id]) => ({ metricId: id.replace(/@.*/, ''), unitId, roll, period }));
    expect(asked.length).toBeGreaterThan(100);
    const read = await service.values(SYSTEM, asked);
    expect(
      read.map((one, n) => [
        one.unitId,
        asked[n]?.roll,
        one.definitionId,
        one.numerator,
        one.denominator,
        one.warnings,
      ]),
    ).toEqual(frozen);
    expect(read.map((one) => one.frozenAt)).toEqual(read.map(() => closing.closedAt));
    const other = await service.close(SYSTEM, merged, period);
    const lines = closing.document.split('\n');
    expect(
      other.document
        .split('\n')
        .slice(1)
        .every((line) => lines.includes(line)),
    ).toBe(true);
    await test.db.deleteFrom('metrics.frozen').execute();
    await test.db.deleteFrom('metrics.closing').execute();
    expect((await service.close(SYSTEM, province, period)).document).toBe(closing.document);

    const { rows } = await sql<{
      id: string;
    }>`select dossier_id id from metrics.fact where class = 'late' and ended_day between '2023-08-01' and '2023-08-31' limit 1`.execute(
      test.db,
    );
    const changed = rows[0]?.id ?? '';
    await sql`update dossiers.dossier set punctuality = 'on-time', lateness_minutes = 0 where id = ${changed}`.execute(
      test.db,
    );
    await test.db.transaction().execute((trx) => countDossiers(trx, [changed]));
    expect((await number(query('finished-late', province, '2023-08')))?.numerator).toBe(live?.numerator);
    const beside = await service.corrections(SYSTEM, province, period);
    const late = beside.find((one) => one.frozen.metricId === 'finished-late' && one.frozen.unitId === province);
    expect(late?.now.numerator).toBe((live?.numerator ?? 0) - 1);
    // Closed later by itself, a unit below keeps the figure it was closed with first.
    const first = await number(query('finished-late', merged, '2023-08'));
    clock.set(new Date(clock.now().getTime() + 60_000));
    await service.close(SYSTEM, merged, period);
    expect(await number(query('finished-late', merged, '2023-08'))).toEqual({ ...first, frozenAt: closing.closedAt });
    expect(beside.some((one) => one.frozen.metricId === 'finished-late' && one.frozen.unitId === merged)).toBe(true);
  });
});

describe('readings', () => {
  it('taken while dossiers are counted are, once they are, those another process takes', async () => {
    const asks = ['received', 'finished-late', 'open', 'open-late', 'average-work-time', 'online-full'].flatMap(
      (metricId) =>
        ['2023-02', '2023-Q3', '2023'].flatMap((periodId) =>
          [{}, { where: { field: 'hộ tịch' } }, { where: { procedureCode: '2.000815' } }].map((more) =>
            query(metricId, province, periodId, more),
          ),
        ),
    );
    const parts = (by: MetricsService) =>
      Promise.all(
        (['procedure', 'field', 'channel'] as const).flatMap((way) =>
          ['2023-Q3', '2023'].map((periodId) => {
            const { metricId: _, ...asked } = query('finished-late', province, periodId);
            return by.split(SYSTEM, asked, way, ['finished-late', 'open-late', 'average-work-time']);
          }),
        ),
      );
    const ask = async () => [...(await Promise.all(asks.map(number))), ...(await parts(service))];
    const before = await ask();
    const back = `update dossiers.dossier set ended_at = ended_at - interval '20 days' where ended_at is not null and id = any`;
    for (let turn = 0; turn < 4; turn++) {
      const some = ids.slice(700 + turn * 20, 720 + turn * 20);
      await sql`${sql.raw(back)}(${some}::uuid[])`.execute(test.db);
      const counted = test.db.transaction().execute((trx) => countDossiers(trx, some));
      await Promise.all([ask(), counted, ask()]);
    }
    const after = await ask();
    expect(after).not.toEqual(before);
    const fresh = openDb(test.url, 2);
    try {
      const other = createMetricsService({ ...context, db: fresh, readDb: fresh });
      expect(after).toEqual([...(await other.values(SYSTEM, asks)), ...(await parts(other))]);
    } finally {
      await fresh.raw.end();
    }
  });
});

describe('the watch', () => {
  it('builds once, checks each night, and alarms only where a second look confirms', async () => {
    const alarms: unknown[] = [];
    const at = createFixedClock(new Date('2023-10-19T01:00:00+07:00'));
    const ctx: MetricsContext = {
      db: test.db,
      readDb: test.db,
      clock: at,
      directory: async () => directory,
      ports: {
        fieldsOn: async () => new Map(),
        procedureNames: async () => new Map(),
        calendars,
        stepNames: async () => new Map(),
        staffNames: async () => new Map(),
        unitNames: async () => new Map(),
        alarm: async (_trx, differences) => void alarms.push(differences),
      },
    };
    expect(await watchFigures(ctx)).toBe('built');
    at.set(new Date('2023-10-20T02:30:00+07:00'));
    expect(await watchFigures(ctx)).toBe('checked');
    expect(await watchFigures(ctx)).toBe('nothing');
    const [lost = '', onItsWay = ''] = ids.slice(500);
    await sql`update dossiers.dossier set channel = case channel when 'desk' then 'post' else 'desk' end where id = any(${[lost, onItsWay]}::uuid[])`.execute(
      test.db,
    );
    at.set(new Date('2023-10-21T02:30:00+07:00'));
    expect(await watchFigures(ctx)).toBe('checked');
    await test.db.transaction().execute((trx) => countDossiers(trx, [onItsWay]));
    at.set(new Date('2023-10-21T02:40:00+07:00'));
    expect(await watchFigures(ctx)).toBe('alarmed');
    expect(alarms).toMatchObject([{ cells: 0, dossiers: 1 }]);
    expect(await findDifferent(test.db, null, 10)).toEqual([]);
    expect(await watchFigures(ctx)).toBe('nothing');
    // As many countings as a busy day has.
    await sql`insert into metrics.change (from_day) select '2023-10-21'::date from generate_series(1, 3000)`.execute(
      test.db,
    );
    at.set(new Date('2023-10-22T02:30:00+07:00'));
    expect(await watchFigures(ctx)).toBe('checked');
    const { rows } = await sql<{ n: number }>`select count(*) n from metrics.change`.execute(test.db);
    expect(rows[0]?.n).toBeLessThan(1100);
  });
});
