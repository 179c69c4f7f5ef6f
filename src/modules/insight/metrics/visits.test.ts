import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor, SystemActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { addDays } from '../../../core/time/index.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { buildUnitDirectory } from '../../foundation/organisation/rules/unit-directory.ts';
import { closeOneDue } from './closing-timer.ts';
import { createMetricsService, type MetricsContext, type MetricsService } from './index.ts';
import { rebuildAll } from './rebuild-store.ts';
import type { ClosingRule } from './rules/closing-plan.ts';
import { insertRandomDossiers, seeded } from './testing/random-dossiers.ts';
import type { VisitAsk } from './visit-service.ts';
import { sumVisits } from './visit-store.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'test', assurance: 'system' };
const id = (n: number): string => uuidv7(new Date(Date.UTC(2021, 0, n)));
const [province, north, south, office] = [id(1), id(2), id(3), id(4)] as const;
const staff = [id(11), id(12), id(13)] as const;
const directory = buildUnitDirectory(
  [province, north, south, office].map((unitId) => ({
    unitId,
    name: unitId,
    level: unitId === province ? 'province' : 'commune',
    type: 'administrative',
    kind: 'xa',
    serves: [],
    parentId: unitId === province ? null : unitId === office ? north : province,
    validFrom: '2020-01-01',
    validTo: null,
  })),
  [],
  [],
);
const clock = createFixedClock(new Date('2023-10-18T10:00:00+07:00'));
const pick = seeded(21);

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
      calendars: async () => new Map(),
      unitNames: async () => new Map(),
      alarm: async () => undefined,
    },
  };
  service = createMetricsService(ctx);
  const ids = await insertRandomDossiers(test.db, [north, south], 400, pick, clock.now());
  const tasks = ids.flatMap((dossier) =>
    Array.from({ length: pick(4) }, (_, seq) => {
      const start = Date.UTC(2023, pick(9), 1 + pick(28), pick(24));
      const end = pick(6) === 0 ? null : start + pick(10) * 86_400_000;
      return {
        dossier,
        seq,
        step: ['tiep-nhan', 'tham-dinh', 'ky-duyet'][pick(3)],
        unit: [office, south][pick(2)],
        staff: pick(3) === 0 ? null : staff[pick(3)],
        started: new Date(start),
        due: pick(5) === 0 ? null : new Date(start + pick(8) * 86_400_000),
        ended: end === null || end > clock.now().getTime() ? null : new Date(end),
        by: pick(2) === 0 ? 'system:x' : `staff:${staff[pick(3)]}`,
      };
    }),
  );
  await sql`insert into dossiers.task (dossier_id, seq, step_id, unit_id, role, staff_id, started_at, due_at, ended_at, ended_by)
    select dossier, seq, step, unit, 'officer', staff, started, due, ended, by
    from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as t(dossier uuid, seq integer, step text, unit uuid, staff uuid, started timestamptz,
      due timestamptz, ended timestamptz, by text)`.execute(test.db);
  await test.db.transaction().execute(rebuildAll);
});
afterAll(() => test.drop());

const ask = (unitId: string, period: string, where?: VisitAsk['where']): VisitAsk => ({
  unitId,
  roll: 'tree',
  period: service.periodOf(period, 'calendar'),
  ...(where ? { where } : {}),
});
const page = { page: 1, pageSize: 5000 };
const PERIODS = ['2023-05', '2023-02-11..2023-08-20', '2023', '2023-09-30..2023-10-18'];

describe('visits to steps', () => {
  it('are as many as their rows, by step, person, unit and procedure, before and after days are added up', async () => {
    const found: unknown[] = [];
    for (const frontier of [undefined, '2023-07-12', '2023-09-15', '2023-10-17']) {
      if (frontier) await test.db.transaction().execute((trx) => sumVisits(trx, frontier));
      const all = [];
      for (const period of PERIODS) {
        for (const by of ['step', 'person', 'unit', 'procedure'] as const) {
          const table = await service.visits(SYSTEM, ask(province, period), by);
          all.push(table);
          for (const row of table) {
            if (by === 'unit' || frontier !== undefined) continue;
            const where = {
              ...(by === 'step' ? { stepId: row.key } : {}),
              ...(by === 'person' ? { staffId: row.key } : {}),
              ...(by === 'procedure' ? { procedureCode: row.key } : {}),
            };
            const rows = await service.visitRows(SYSTEM, ask(province, period, where), false, page);
            const late = await service.visitRows(SYSTEM, ask(province, period, where), true, page);
            expect([rows.total, late.total, rows.rows.length]).toEqual([row.visits, row.late, row.visits]);
          }
        }
      }
      found.push(all);
    }
    expect(found[0]).not.toEqual([]);
    for (const again of found.slice(1)) expect(again).toEqual(found[0]);
  });

  it('of units add up to their superior, and a share of nothing is no data', async () => {
    const sum = (rows: readonly { visits: number }[]): number => rows.reduce((total, row) => total + row.visits, 0);
    const [whole, a, b] = await Promise.all(
      [province, north, south].map((unitId) => service.visits(SYSTEM, ask(unitId, '2023'), 'step')),
    );
    expect(sum(whole ?? [])).toBe(sum(a ?? []) + sum(b ?? []));
    expect(sum(whole ?? [])).toBeGreaterThan(200);
    expect(whole?.[0]?.averageMinutes).toBeNull();
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
    const asked = ask(province, '2023');
    await expect(service.visits(reader('metrics.read'), asked, 'person')).rejects.toThrow('row/missing');
    expect((await service.visits(reader('metrics.read', 'metrics.persons'), asked, 'person')).length).toBe(4);
    const rows = await service.visitRows(reader('metrics.read', 'dossier.read'), asked, false, page);
    expect(rows.rows.every((row) => row.staffId === null)).toBe(true);
  });
});

describe('closing by timer', () => {
  const rules: ClosingRule[] = [
    { cutoff: 'calendar', kinds: ['month'], daysAfter: 5, validFrom: '2023-06-01', source: 'x', verified: false },
  ];

  it('closes what is missing, one period a turn, and nothing twice', async () => {
    const months = [];
    for (let turn = 0; await closeOneDue(ctx, rules); turn++) months.push(turn);
    expect(months.length).toBe(4);
    const closed = await service.closings(SYSTEM, province);
    expect(closed.map((one) => one.period.id)).toEqual(['2023-09', '2023-08', '2023-07', '2023-06']);
    clock.set(new Date(`${addDays('2023-10-31', 5)}T08:00:00+07:00`));
    expect(await closeOneDue(ctx, rules)).toBe(true);
    expect(await closeOneDue(ctx, rules)).toBe(false);
  });
});
