import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrganisationService, type OrganisationService } from '../modules/foundation/organisation/index.ts';
import { createFixedClock } from '../platform/config/config.ts';
import { createTestDatabase } from '../platform/testing/database.ts';
import { homeUnitsOn } from './installation.ts';

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let organisation: OrganisationService;
beforeAll(async () => {
  test = await createTestDatabase();
  organisation = createOrganisationService({ db: test.db, clock: createFixedClock(new Date('2023-08-31T02:00:00Z')) });
  await organisation.loadContent();
});
afterAll(() => test.drop());

it('an installation follows its unit into the successor, from the day of the succession', async () => {
  const units = await organisation.directory();
  const home = units.byCode('gso', '20761', '2023-08-31')?.unitId ?? '';
  const names = (day: string): (string | undefined)[] =>
    homeUnitsOn(units, { settings: { homeUnitIds: [home] } }, day).map((id) => units.unitOn(id, day)?.name);
  expect(names('2023-08-31')).toEqual(['Xã Hiệp Thuận']);
  expect(names('2024-12-31')).toEqual(['Xã Hiệp Thuận']);
  expect(names('2025-03-01')).toEqual(['Xã Quế Tân']);
  expect(names('2026-01-01')).toEqual(['Xã Hiệp Đức']);
});

it('two units that went into one have one home, and an installation that names none has none', async () => {
  const units = await organisation.directory();
  const ids = ['20761', '20779'].map((code) => units.byCode('gso', code, '2023-08-31')?.unitId ?? '');
  expect(homeUnitsOn(units, { settings: { homeUnitIds: ids } }, '2026-01-01')).toHaveLength(1);
  expect(homeUnitsOn(units, { settings: {} }, '2026-01-01')).toEqual([]);
  expect(homeUnitsOn(units, undefined, '2026-01-01')).toEqual([]);
});
