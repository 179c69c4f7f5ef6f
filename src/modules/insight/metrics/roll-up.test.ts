import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SystemActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import type { UnitVersion } from '../../foundation/organisation/index.ts';
import { buildUnitDirectory } from '../../foundation/organisation/rules/unit-directory.ts';
import { createMetricsService, type MetricsService } from './index.ts';
import { rebuildAll } from './rebuild-store.ts';
import { insertRandomDossiers, seeded } from './testing/random-dossiers.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'test', assurance: 'system' };
const id = (n: number): string => uuidv7(new Date(Date.UTC(2020, 0, n)));
const unit = (unitId: string, parentId: string | null, to: string | null = null, from = '2020-01-01'): UnitVersion => ({
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
/** Two districts of 2023 with six and five communes, abolished with them on 01/07/2025: one commune takes all of one over. */
const [province, first, second, merged] = [id(1), id(2), id(3), id(4)] as const;
const communesOf = (base: number, count: number): string[] => Array.from({ length: count }, (_, n) => id(base + n));
const [firstCommunes, secondCommunes] = [communesOf(10, 6), communesOf(20, 5)];
const LAST = '2025-06-30';
const directory = buildUnitDirectory(
  [
    unit(province, null),
    unit(first, province, LAST),
    unit(second, province, LAST),
    ...firstCommunes.map((each) => unit(each, first, LAST)),
    ...secondCommunes.map((each) => unit(each, second, LAST)),
    unit(merged, province, null, '2025-07-01'),
  ],
  [],
  [
    {
      id: id(5),
      date: '2025-07-01',
      kind: 'merge',
      partial: false,
      source: '',
      verified: true,
      from: [first, ...firstCommunes],
      to: [merged],
    },
  ],
);

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let service: MetricsService;
beforeAll(async () => {
  test = await createTestDatabase();
  const clock = createFixedClock(new Date('2026-11-18T10:00:00+07:00'));
  const nobody = async () => new Map();
  service = createMetricsService({
    db: test.db,
    readDb: test.db,
    clock,
    directory: async () => directory,
    ports: {
      fieldsOn: nobody,
      procedureNames: nobody,
      calendars: nobody,
      stepNames: nobody,
      staffNames: nobody,
      unitNames: nobody,
      alarm: async () => undefined,
    },
  });
  const pick = seeded(11);
  for (const [units, count] of [
    [[first], 622],
    [firstCommunes, 2612],
    [[second], 395],
    [secondCommunes, 1963],
  ] as const)
    await insertRandomDossiers(test.db, units, count, pick, clock.now());
  // All of them received in the first half of 2023, whatever happened to them later.
  await sql`update dossiers.dossier d set received_at = timestamptz '2023-01-02 08:00+07' + (t.n % 179) * interval '1 day'
    from (select id, row_number() over (order by id) n from dossiers.dossier) t where t.id = d.id`.execute(test.db);
  await test.db.transaction().execute(rebuildAll);
});
afterAll(() => test.drop());

const received = async (unitId: string, periodId: string, roll: 'own' | 'tree' = 'tree') => {
  const [value] = await service.values(SYSTEM, [
    { metricId: 'received', unitId, roll, period: service.periodOf(periodId, 'calendar') },
  ]);
  return value?.value;
};

describe('the first half of 2023 in two districts', () => {
  it.each([
    ['622 of the district and 2,612 of its communes are 3,234', first, firstCommunes, [622, 2612, 3234], 19.23],
    ['395 of the district and 1,963 of its communes are 2,358', second, secondCommunes, [395, 1963, 2358], 16.75],
  ] as const)('%s', async (_, district, communes, [own, below, whole], percent) => {
    expect(await received(district, '2023-H1')).toBe(whole);
    expect(await received(district, '2023-H1', 'own')).toBe(own);
    const asked = { metricId: 'received', unitId: district, roll: 'tree' as const };
    const period = service.periodOf('2023-H1', 'calendar');
    const lines = await service.byUnit(SYSTEM, { ...asked, period });
    expect(lines.map((line) => line.unitId)).toEqual([district, ...communes]);
    const [itself, ...children] = lines.map((line) => line.value ?? 0);
    expect(itself).toBe(own);
    expect(children.reduce((sum, value) => sum + value, 0)).toBe(below);
    expect(Math.round((own / whole) * 10_000) / 100).toBe(percent);
    const rows = await service.rows(SYSTEM, { ...asked, period }, 'numerator', { page: 1, pageSize: 5000 });
    expect(rows.rows.length).toBe(whole);
  });

  it('is that of the tree of its time, also now that the districts are gone', async () => {
    expect(await received(province, '2023-H1')).toBe(3234 + 2358);
    const quarters = [await received(first, '2023-Q1'), await received(first, '2023-Q2')];
    expect((quarters[0] ?? 0) + (quarters[1] ?? 0)).toBe(3234);
    expect(await received(first, '2025-H2')).toBeNull();
    expect(await received(merged, '2023-H1')).toBeNull();
  });
});
