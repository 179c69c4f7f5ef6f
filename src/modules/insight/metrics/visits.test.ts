import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor, SystemActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { addDays, dayOf } from '../../../core/time/index.ts';
import { compileCalendar, workingMsBetween } from '../../../core/working-time/index.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { openDb } from '../../../platform/db/open.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { buildUnitDirectory } from '../../foundation/organisation/rules/unit-directory.ts';
import { closeOneDue } from './closing-timer.ts';
import {
  createMetricsService,
  createReadAheadTimer,
  type MetricQuery,
  type MetricsContext,
  type MetricsService,
} from './index.ts';
import { rebuildAll } from './rebuild-store.ts';
import type { ClosingRule } from './rules/closing-plan.ts';
import { factOf } from './rules/facts.ts';
import type { MetricWhere, SplitBy } from './rules/types.ts';
import { CALENDAR_REVISION, insertRandomDossiers, seeded } from './testing/random-dossiers.ts';
import { openVisitBook } from './visit-book.ts';
import { compareVisits, sumVisits } from './visit-sum-store.ts';
import { layOutWorkDays } from './work-day-store.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'test', assurance: 'system' };
const id = (n: number): string => uuidv7(new Date(Date.UTC(2021, 0, n)));
const [province, north, south, office, merged] = [id(1), id(2), id(3), id(4), id(5)] as const;
const staff = [id(11), id(12), id(13)] as const;
const former = { validFrom: '2020-01-01', validTo: '2023-06-30' };
const directory = buildUnitDirectory(
  [
    { unitId: province, parentId: null, validFrom: '2020-01-01', validTo: null },
    { unitId: north, parentId: province, ...former },
    { unitId: office, parentId: north, ...former },
    { unitId: south, parentId: province, ...former },
    { unitId: merged, parentId: province, validFrom: '2023-07-01', validTo: null },
  ].map((one) => ({
    ...one,
    name: one.unitId,
    level: one.unitId === province ? ('province' as const) : ('commune' as const),
    type: 'administrative' as const,
    kind: 'xa',
    serves: [],
  })),
  [],
  [
    {
      id: id(9),
      date: '2023-07-01',
      kind: 'merge',
      partial: false,
      source: '',
      verified: true,
      from: [north, south],
      to: [merged],
    },
  ],
);
const compiled = compileCalendar({
  timeZone: 'Asia/Ho_Chi_Minh',
  week: { mon: [['07:30', '17:00']], tue: [['07:30', '17:00']], wed: [['07:30', '17:00']], thu: [['07:30', '17:00']] },
  exceptions: [],
});
if (!compiled.ok) throw new Error('the calendar of the test compiles');
const calendar = compiled.calendar;
const clock = createFixedClock(new Date('2023-10-18T10:00:00+07:00'));
const pick = seeded(21);

type Task = {
  dossier: string;
  seq: number;
  step: string;
  unit: string;
  staff: string | null;
  started: Date;
  due: Date | null;
  ended: Date | null;
  by: string;
  back: 'step-returned' | 'taken-back' | null;
};
let tasks: Task[];
let test: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: MetricsContext;
let service: MetricsService;
beforeAll(async () => {
  test = await createTestDatabase();
  ctx = {
    db: test.db,
    readDb: test.db,
    clock,
    directory: async () => directory,
    ports: {
      fieldsOn: async () => new Map([['1.004873', { code: 'hộ tịch', name: 'Hộ tịch' }]]),
      procedureNames: async () => new Map(),
      stepNames: async () => new Map(),
      staffNames: async () => new Map(),
      calendars: async () => new Map([[CALENDAR_REVISION, calendar]]),
      unitNames: async () => new Map(),
      alarm: async () => undefined,
    },
  };
  service = createMetricsService(ctx);
  const ids = await insertRandomDossiers(test.db, [north, south], 400, pick, clock.now());
  await test.db.transaction().execute(async (trx) => layOutWorkDays(trx, await ctx.ports.calendars(), '2023-10-18'));
  tasks = ids.flatMap((dossier) =>
    Array.from({ length: pick(5) }, (_, seq): Task => {
      const start = Date.UTC(2023, pick(10), 1 + pick(28), pick(24), pick(60), seq);
      const end = pick(6) === 0 ? null : start + pick(10 * 24 * 60) * 60_000;
      const ended = end === null || end > clock.now().getTime() ? null : new Date(end);
      return {
        dossier,
        seq,
        step: ['tiep-nhan', 'tham-dinh', 'ky-duyet'][pick(3)] ?? '',
        unit: [office, south, merged][pick(3)] ?? '',
        staff: pick(3) === 0 ? null : (staff[pick(3)] ?? null),
        started: new Date(start),
        due: pick(5) === 0 ? null : new Date(start + (pick(8) - 1) * 86_400_000),
        ended,
        by: pick(2) === 0 ? 'system:x' : `staff:${staff[pick(3)]}`,
        back:
          ended === null ? null : (([null, null, null, null, 'step-returned', 'taken-back'] as const)[pick(6)] ?? null),
      };
    }),
  );
  await sql`insert into dossiers.task (dossier_id, seq, step_id, unit_id, role, staff_id, started_at, due_at, ended_at, ended_by)
    select dossier, seq, step, unit, 'officer', staff, started, due, ended, by
    from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as t(dossier uuid, seq integer, step text, unit uuid, staff uuid, started timestamptz,
      due timestamptz, ended timestamptz, by text)`.execute(test.db);
  await sql`insert into dossiers.action (dossier_id, seq, kind, occurred_at, recorded_at, actor, assurance, change)
    select dossier, seq + 1, coalesce(back, 'forwarded'), ended, ended, 'x', 'none', '{}'
    from jsonb_to_recordset(${JSON.stringify(tasks.filter((one) => one.ended))}::jsonb) as t(dossier uuid, seq integer, ended timestamptz, back text)`.execute(
    test.db,
  );
  await test.db.transaction().execute(rebuildAll);
  await sql`analyze`.execute(test.db);
  await expect(values(ask(province, '2023-05'))).rejects.toThrow('metrics/building');
  await test.db.transaction().execute((trx) => sumVisits(trx, '2023-05-20'));
});
afterAll(() => test.drop());

const METRICS = [
  'steps-left',
  'steps-late',
  'steps-returned',
  'steps-on-time-rate',
  'steps-late-rate',
  'steps-returned-rate',
  'step-average-time',
];
const ask = (unitId: string, period: string, where?: MetricWhere): Omit<MetricQuery, 'metricId'> => ({
  unitId,
  roll: 'tree',
  period: service.periodOf(period.replace('nd09 ', ''), period.startsWith('nd09') ? 'nd09' : 'calendar'),
  ...(where ? { where } : {}),
});
const values = (query: Omit<MetricQuery, 'metricId'>) =>
  service.values(
    SYSTEM,
    METRICS.map((metricId) => ({ ...query, metricId })),
  );
const page = { page: 1, pageSize: 5000 };
const PERIODS = ['2023-05', 'nd09 2023-06', 'nd09 2023-H1', '2023-02-11..2023-08-20', '2023', '2023-09-30..2023-10-18'];
const BYS: readonly SplitBy[] = ['step', 'person', 'unit', 'procedure', 'field', 'channel'];

describe('metrics of visits to steps', () => {
  it('are those of the content, over one fact', () => {
    const found = service.definitions().filter((one) => factOf(one) === 'visit');
    expect(found.map((one) => one.id)).toEqual(METRICS);
  });

  it('are what a plain count of the tasks says', async () => {
    const { rows: stops } = await sql<{
      id: string;
      events: readonly { kind: string; at: string }[];
    }>`select id, clock_events events from dossiers.dossier`.execute(test.db);
    const eventsOf = new Map(stops.map((one) => [one.id, one.events]));
    for (const period of PERIODS) {
      const { from, to } = ask(province, period).period;
      const left = tasks.flatMap((task) => {
        if (!task.ended || task.back === 'taken-back' || dayOf(task.ended) < from || dayOf(task.ended) > to) return [];
        const [stop, go] = eventsOf.get(task.dossier) ?? [];
        const stopped = stop && !go ? new Date(stop.at) : undefined;
        const judged = stopped && stopped < task.ended ? stopped : task.ended;
        const timed = task.due !== null && task.due > task.started;
        const late = timed && task.due !== null && judged > task.due;
        const clip = (at: Date, ended: Date): Date => (at < task.started ? task.started : at > ended ? ended : at);
        const held = workingMsBetween(calendar, task.started, task.ended);
        const stood = stop
          ? workingMsBetween(
              calendar,
              clip(new Date(stop.at), task.ended),
              clip(go ? new Date(go.at) : task.ended, task.ended),
            )
          : 0;
        return [{ timed, late, returned: task.back !== null, minutes: Math.floor((held - stood) / 60_000) }];
      });
      const count = (of: (one: (typeof left)[number]) => boolean) => left.filter(of).length;
      const late = count((one) => one.late);
      const timed = count((one) => one.timed);
      const returned = count((one) => one.returned);
      const minutes = left.reduce((sum, one) => sum + one.minutes, 0);
      const found = await values(ask(province, period));
      expect(found.map((one) => [one.numerator, one.denominator])).toEqual([
        [left.length, null],
        [late, null],
        [returned, null],
        [timed - late, timed],
        [late, timed],
        [returned, left.length],
        [minutes, left.length],
      ]);
      expect(late).toBeGreaterThan(3);
      expect(returned).toBeGreaterThan(3);
    }
  });

  it('add up however they are told apart, the same before and after days are added up', async () => {
    const found: unknown[] = [];
    for (const frontier of [undefined, '2023-06-14', '2023-07-12', '2023-09-15', '2023-10-17']) {
      if (frontier) await test.db.transaction().execute((trx) => sumVisits(trx, frontier));
      expect(await compareVisits(test.db)).toEqual({ cells: 0, grown: false });
      const all = [];
      for (const period of PERIODS) {
        const whole = await values(ask(province, period));
        all.push(whole.map(({ computedAt: _, ...one }) => one));
        for (const by of BYS) {
          const parts = await service.split(SYSTEM, ask(province, period), by, METRICS);
          all.push(parts);
          for (const [nth, { numerator, denominator }] of whole.entries()) {
            const sum = (of: 'numerator' | 'denominator') =>
              parts.reduce((total, part) => total + (part.values[nth]?.[of] ?? 0), 0);
            expect([by, nth, sum('numerator'), sum('denominator')]).toEqual([by, nth, numerator, denominator ?? 0]);
          }
        }
      }
      found.push(all);
    }
    for (const again of found.slice(1)) expect(again).toEqual(found[0]);
  }, 60_000);

  it('are the same for who opened the book before days were added up', async () => {
    await test.db.transaction().execute((trx) => sumVisits(trx, '2023-07-12', true));
    const before = await openVisitBook(ctx);
    await test.db.transaction().execute((trx) => sumVisits(trx, '2023-10-17'));
    const after = await openVisitBook(ctx);
    expect([before.frontier, after.frontier]).toEqual(['2023-07-12', '2023-10-17']);
    for (const period of [...PERIODS, '2023-07', 'nd09 2023-07', '2023-07-03..2023-07-10', '2023-07-10..2023-07-31']) {
      const left = await Promise.all(
        [before, after].map(async (book) => {
          const [cells = []] = await book.sums([ask(province, period)], {});
          return [cells.reduce((sum, one) => sum + one.n, 0), cells.reduce((sum, one) => sum + one.minutes, 0)];
        }),
      );
      expect([period, left[0]]).toEqual([period, left[1]]);
      expect(left[0]?.[0]).toBeGreaterThan(0);
    }
  });

  it('are as many as the rows of each part', async () => {
    for (const period of ['2023-09-30..2023-10-18']) {
      for (const by of ['step', 'person', 'procedure', 'channel', 'unit'] as const) {
        for (const part of await service.split(SYSTEM, ask(province, period), by, METRICS)) {
          const key = { step: 'stepId', person: 'staffId', procedure: 'procedureCode', channel: 'channel' } as const;
          const narrow: Omit<MetricQuery, 'metricId'> =
            by === 'unit'
              ? { ...ask(part.key, period), roll: 'own' }
              : { ...ask(province, period), where: { [key[by]]: part.key } };
          expect((await values(narrow)).map((one) => one.numerator)).toEqual(part.values.map((one) => one.numerator));
          for (const [nth, metricId] of METRICS.entries()) {
            const rows = await service.rows(SYSTEM, { ...narrow, metricId }, 'numerator', page);
            if (rows.fact !== 'visit') throw new Error('rows of a metric of visits are visits');
            const number =
              metricId === 'step-average-time'
                ? rows.rows.reduce((sum, row) => sum + (row.minutes ?? 0), 0)
                : rows.total;
            expect([metricId, number, rows.rows.length]).toEqual([metricId, part.values[nth]?.numerator, rows.total]);
            const below = part.values[nth]?.denominator;
            if (below === null || below === undefined) continue;
            const all = await service.rows(SYSTEM, { ...narrow, metricId }, 'denominator', { page: 1, pageSize: 1 });
            expect([metricId, all.total]).toEqual([metricId, below]);
          }
        }
      }
    }
  }, 60_000);

  it('of units add up to their superior before and after a merger, and a share of nothing is no data', async () => {
    for (const period of ['2023-05', 'nd09 2023-H1', '2023-08', '2023']) {
      for (const [nth, whole] of (await values(ask(province, period))).entries()) {
        const parts = await service.byUnit(SYSTEM, { ...ask(province, period), metricId: METRICS[nth] ?? '' });
        expect(parts.reduce((sum, one) => sum + (one.numerator ?? 0), 0)).toBe(whole.numerator);
        expect(whole.numerator).toBeGreaterThan(0);
      }
    }
    const one = { ...ask(merged, '2023'), metricId: 'steps-left' };
    expect((await service.values(SYSTEM, [one]))[0]?.warnings).toContain('units-changed');
    expect((await service.values(SYSTEM, [{ ...one, ...ask(north, '2023-08') }]))[0]).toMatchObject({
      value: null,
      warnings: ['unit-closed'],
    });
    expect((await values(ask(province, '2020')))[3]).toMatchObject({ numerator: 0, denominator: 0, value: null });
  });

  it('have a trend, and each of its figures is that of its period', async () => {
    const trend = await service.trend(SYSTEM, { ...ask(province, '2023-09'), metricId: 'steps-late-rate' }, 6);
    expect(trend.map((one) => one.period.id)).toEqual([
      '2023-04',
      '2023-05',
      '2023-06',
      '2023-07',
      '2023-08',
      '2023-09',
    ]);
    for (const one of trend)
      expect((await values(ask(province, one.period.id)))[4]).toMatchObject({
        numerator: one.numerator,
        denominator: one.denominator,
      });
  });

  it('are refused a dimension their fact has not', async () => {
    const asked = { ...ask(province, '2023', { receivedUnitId: north }), metricId: 'steps-left' };
    await expect(service.values(SYSTEM, [asked])).rejects.toThrow('metrics/no-dimension');
    await expect(service.rows(SYSTEM, asked, 'numerator', page)).rejects.toThrow('metrics/no-dimension');
    await expect(service.split(SYSTEM, ask(province, '2023'), 'step', ['steps-left', 'received'])).rejects.toThrow(
      'metrics/no-dimension',
    );
  });

  it('tell of persons only whoever may know them', async () => {
    const reader = (...permissions: readonly string[]): StaffActor => ({
      kind: 'staff',
      accountId: id(50),
      staffId: id(51),
      displayName: '',
      homeUnitId: province,
      unitIds: [province],
      roles: [],
      unitsByPermission: new Map(permissions.map((one) => [one, new Set([province, north, south])])),
      assurance: 'password',
      address: '',
    });
    const asked = { ...ask(province, '2023'), metricId: 'steps-left' };
    const plain = reader('metrics.read', 'dossier.read');
    await expect(service.split(plain, asked, 'person', ['steps-left'])).rejects.toThrow('row/missing');
    const ofOne = { ...asked, where: { staffId: staff[0] } };
    await expect(service.values(plain, [ofOne])).rejects.toThrow('row/missing');
    await expect(service.rows(plain, ofOne, 'numerator', page)).rejects.toThrow('row/missing');
    const head = reader('metrics.read', 'metrics.persons');
    expect((await service.split(head, asked, 'person', ['steps-left'])).length).toBe(4);
    const rows = await service.rows(plain, asked, 'numerator', page);
    expect(rows.fact === 'visit' && rows.rows.every((row) => row.staffId === null)).toBe(true);
    await expect(service.values(reader(), [asked])).rejects.toThrow('row/missing');
  });
});

describe('the limit of a step', () => {
  it('moves with a pause: a visit is judged by the last one, and by when the clock stopped for good', async () => {
    const at = (text: string) => new Date(`2022-03-${text}:00+07:00`);
    const [resumed = '', standing = ''] = await insertRandomDossiers(test.db, [south], 2, pick, clock.now());
    const events = [
      { kind: 'pause', at: at('02T09:00') },
      { kind: 'resume', at: at('08T09:00') },
    ];
    await sql`update dossiers.dossier set clock_events = case id when ${resumed} then ${JSON.stringify(events)}::jsonb
      else ${JSON.stringify(events.slice(0, 1))}::jsonb end where id = any(${[resumed, standing]}::uuid[])`.execute(
      test.db,
    );
    await sql`insert into dossiers.task (dossier_id, seq, step_id, unit_id, role, started_at, due_at, ended_at, ended_by)
      select d::uuid, 901, 'tham-dinh', ${south}::uuid, 'officer', ${at('01T08:00')}, ${at('04T17:00')}, ${at('09T16:00')}, 'system:x'
      from unnest(${[resumed, standing]}::text[]) d`.execute(test.db);
    await sql`insert into dossiers.action (dossier_id, seq, kind, occurred_at, recorded_at, actor, assurance, change)
      values (${resumed}, 902, 'resumed', ${at('08T09:00')}, ${at('08T09:00')}, 'x', 'none',
        ${JSON.stringify({ step: { seq: 901, dueAt: at('10T17:00') } })}::jsonb)`.execute(test.db);
    await test.db.transaction().execute((trx) => sumVisits(trx, '2023-10-17', true));
    const query = { ...ask(province, '2022-03'), metricId: 'steps-left' };
    const rows = await service.rows(SYSTEM, query, 'numerator', page);
    if (rows.fact !== 'visit') throw new Error('rows of a metric of visits are visits');
    const dueOf = new Map(rows.rows.map((row) => [row.dossierId, [row.class, row.dueAt]]));
    expect(dueOf.get(resumed)).toEqual(['on-time', at('10T17:00')]);
    expect(dueOf.get(standing)).toEqual(['on-time', at('04T17:00')]);
  });
});

describe('histories read ahead', () => {
  it('answer what is narrowed by one thing or told apart without the tables of sums', async () => {
    const whole = ['2023-02', '2023-Q1', 'nd09 2023-Q1'];
    const steps = [{}, { stepId: 'tham-dinh' }, { field: 'hộ tịch' }, { channel: 'desk' as const }];
    const dossiers = [{}, { field: 'hộ tịch' }, { procedureCode: '1.004873', channel: 'post' as const }];
    const finished = ['finished-late', 'late-of-finished', 'average-work-time', 'open', 'dossiers-on-time-766'];
    const of = (
      by: MetricsService,
      metricIds: readonly string[],
      wheres: readonly MetricWhere[],
      ways: readonly SplitBy[],
    ) =>
      [province, south].flatMap((unitId) =>
        whole.flatMap((period) => [
          ...wheres.map((where) =>
            by.values(
              SYSTEM,
              metricIds.map((metricId) => ({ ...ask(unitId, period, where), metricId })),
            ),
          ),
          ...ways.map((way) => by.split(SYSTEM, ask(unitId, period), way, metricIds)),
        ]),
      );
    const answers = (by: MetricsService) =>
      Promise.all([
        ...of(by, METRICS, steps, ['unit', 'step', 'procedure', 'field', 'channel']),
        ...of(by, finished, dossiers, ['unit', 'procedure', 'field', 'channel']),
      ]);
    const expected = await answers(service);
    // Whoever waits for a table fails.
    const reader = openDb(`${test.url}?options=-c%20lock_timeout%3D500`, 2);
    try {
      const other = { ...ctx, db: reader, readDb: reader };
      const timer = createReadAheadTimer(other);
      while (await timer.run());
      await test.db.transaction().execute(async (trx) => {
        await sql`lock metrics.cell, metrics.total, metrics.visit_cell, metrics.visit_total in access exclusive mode`.execute(
          trx,
        );
        expect(await answers(createMetricsService(other))).toEqual(expected);
      });
    } finally {
      await reader.raw.end();
    }
  });
});

describe('two who make all sums anew at once', () => {
  it('follow each other: a bulk load and the watch, say', async () => {
    const made = (): Promise<unknown> => test.db.transaction().execute((trx) => sumVisits(trx, '2023-10-17', true));
    expect(await Promise.all([made(), made(), made()])).toEqual(['2023-10-17', '2023-10-17', '2023-10-17']);
  });
});

describe('the nightly comparison', () => {
  it('finds sums that say something else than the visits, and tells old visits that came later from a fault', async () => {
    for (const table of ['visit_cell', 'visit_day', 'visit_total']) {
      await sql`update ${sql.table(`metrics.${table}`)} s set minutes = minutes + 1
        where ctid = (select min(ctid) from ${sql.table(`metrics.${table}`)})`.execute(test.db);
      const { cells, grown } = await compareVisits(test.db);
      expect([table, cells > 0, grown]).toEqual([table, true, false]);
      await test.db.transaction().execute((trx) => sumVisits(trx, '2023-10-17', true));
      expect(await compareVisits(test.db)).toEqual({ cells: 0, grown: false });
    }
    await test.db.transaction().execute((trx) => sumVisits(trx, '2023-12-31', true));
    expect(await test.db.transaction().execute((trx) => sumVisits(trx, '2023-10-17'))).toBe('2023-10-17');
    expect(await test.db.transaction().execute((trx) => sumVisits(trx, '2023-10-17'))).toBeUndefined();
    const [late = ''] = await insertRandomDossiers(test.db, [south], 1, pick, clock.now());
    await sql`insert into dossiers.task (dossier_id, seq, step_id, unit_id, role, started_at, ended_at, ended_by)
      values (${late}, 0, 'tham-dinh', ${south}, 'officer', '2022-02-01', '2022-02-02', 'system:x')`.execute(test.db);
    expect(await compareVisits(test.db)).toMatchObject({ grown: true });
    await test.db.transaction().execute((trx) => sumVisits(trx, '2023-10-17', true));
    expect(await compareVisits(test.db)).toEqual({ cells: 0, grown: false });
  });
});

describe('closing by timer', () => {
  const rules: ClosingRule[] = [
    { cutoff: 'calendar', kinds: ['month'], daysAfter: 5, validFrom: '2023-06-01', source: 'x', verified: false },
  ];

  it('closes what is missing, one period a turn, and nothing twice; steps with the rest', async () => {
    const before = (await values(ask(province, '2023-09'))).map((one) => one.numerator);
    const months = [];
    for (let turn = 0; await closeOneDue(ctx, rules); turn++) months.push(turn);
    expect(months.length).toBe(4);
    const closed = await service.closings(SYSTEM, province);
    expect(closed.map((one) => one.period.id)).toEqual(['2023-09', '2023-08', '2023-07', '2023-06']);
    const frozen = await values(ask(province, '2023-09'));
    expect(frozen.map((one) => one.numerator)).toEqual(before);
    expect(frozen.every((one) => one.frozenAt !== null)).toBe(true);
    expect(await service.corrections(SYSTEM, province, ask(province, '2023-09').period)).toEqual([]);
    clock.set(new Date(`${addDays('2023-10-31', 5)}T08:00:00+07:00`));
    expect(await closeOneDue(ctx, rules)).toBe(true);
    expect(await closeOneDue(ctx, rules)).toBe(false);
  });
});
