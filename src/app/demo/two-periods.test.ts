import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixedClock, readConfig } from '../../platform/config/config.ts';
import { createLog } from '../../platform/log/log.ts';
import { createTestDatabase } from '../../platform/testing/database.ts';
import { openSystem, type System } from '../system.ts';
import { loadDemo } from './load.ts';

let system: System;
let drop: () => Promise<void>;
let unitIds: readonly string[];
const YEAR_2022 = { from: '2022-01-01', to: '2022-12-31' } as const;
const MONTHS_2023 = { from: '2023-01-01', to: '2023-08-31' } as const;

beforeAll(async () => {
  const test = await createTestDatabase();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-2023-'));
  const config = readConfig({
    MOTCUA_DEMO: '1',
    MOTCUA_ERA: '2023',
    MOTCUA_DATA_DIR: dir,
    DATABASE_URL: test.url,
    MOTCUA_LOG_LEVEL: 'silent',
  });
  const clock = createFixedClock(new Date('2023-08-31T08:30:00+07:00'));
  system = await openSystem(config, createLog('silent'), { clock });
  await loadDemo(system);
  const ids = await system.organisation.unitIdsByKey();
  unitIds = (await system.organisation.directory()).reachOn(ids.get('512-hiep-duc') ?? '', 'subtree', '2023-08-31');
  drop = async () => {
    await system.close();
    await test.drop();
    fs.rmSync(dir, { recursive: true, force: true });
  };
}, 120_000);
afterAll(() => drop());

describe('Hiệp Đức in the demo of 2023', () => {
  it('is late with 28.72 % in 2022 and 7.83 % in the first eight months of 2023', async () => {
    const before = (await system.apologies.lateFigures(unitIds, YEAR_2022)).total;
    expect(before).toMatchObject({
      finished: 372,
      lateFinished: 104,
      lateOpen: 4,
      denominator: 376,
      ratePercent: 28.72,
    });
    // Nobody apologised in 2022.
    expect(before).toMatchObject({ late: 108, withApology: 0, without: 108 });
    const after = (await system.apologies.lateFigures(unitIds, MONTHS_2023)).total;
    expect(after).toMatchObject({ finished: 454, lateFinished: 30, lateOpen: 6, denominator: 460, ratePercent: 7.83 });
    expect(after).toMatchObject({ late: 36, withApology: 12, without: 24 });
  });

  it('received nothing online in 2022 and 57.7 % in 2023, nothing at Hiệp Thuận and Quế Lưu', async () => {
    const { rows } = await sql<{ year: number; received: number; online: number }>`
      select extract(year from received_at at time zone 'Asia/Ho_Chi_Minh')::int "year", count(*)::int received,
        count(*) filter (where channel = 'online')::int online
      from dossiers.dossier where received_by_unit_id = any(${[...unitIds]}::uuid[]) group by 1 order by 1`.execute(
      system.db,
    );
    expect(rows).toEqual([
      { year: 2022, received: 376, online: 0 },
      { year: 2023, received: 494, online: 285 },
    ]);
    const units = await system.organisation.directory();
    const byUnit = await sql<{ id: string; online: number }>`select received_by_unit_id id,
        count(*) filter (where channel = 'online')::int online from dossiers.dossier
      where received_by_unit_id = any(${[...unitIds]}::uuid[]) and received_at >= '2023-01-01+07' group by 1`.execute(
      system.db,
    );
    const offline = byUnit.rows
      .filter((row) => row.online === 0)
      .map((row) => units.authorityOn(row.id, '2023-08-31')?.name);
    expect(offline.sort()).toEqual(['Xã Hiệp Thuận', 'Xã Quế Lưu']);
    expect(byUnit.rows).toHaveLength(12);
  });
});
