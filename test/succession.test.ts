import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadContent } from '../src/app/content.ts';
import { loadDemoOrganisation } from '../src/app/demo/organisation.ts';
import { openSystem, type System } from '../src/app/system.ts';
import type { StaffActor } from '../src/core/access/actor.ts';
import { createFixedClock, readConfig } from '../src/platform/config/config.ts';
import { createLog } from '../src/platform/log/log.ts';
import { createTestDatabase } from '../src/platform/testing/database.ts';
import { exampleIntake } from './example-intake.ts';

const clock = createFixedClock(new Date('2025-06-27T09:00:00+07:00'));
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-succession-'));
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let system: System;

beforeAll(async () => {
  database = await createTestDatabase();
  const env = { MOTCUA_DEMO: '1', MOTCUA_ERA: '2023', MOTCUA_DATA_DIR: dataDir, DATABASE_URL: database.url };
  system = await openSystem(readConfig(env), createLog('silent'), { clock });
  await loadContent(system);
  await loadDemoOrganisation(system.organisation, '2023');
});
afterAll(async () => {
  await system.close();
  await database.drop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

async function unitNamed(
  column: 'received_by_unit_id' | 'decided_by_unit_id' | 'holder_unit_id',
  id: string,
): Promise<string> {
  const { rows } = await sql<{
    unit: string;
  }>`select ${sql.ref(column)} unit from dossiers.dossier where id = ${id}::uuid`.execute(system.db);
  const unit = rows[0]?.unit ?? '';
  return (await system.dossierPorts.unitNames([unit], '2025-07-02')).get(unit) ?? '';
}

test('an open dossier of a commune abolished on 01/07/2025 goes on at its successor with the same code and due date', async () => {
  const units = await system.organisation.directory();
  const day = '2025-06-27';
  const commune = units.byCode('gso', '20782', day);
  const desk = commune && units.officeOn(commune.unitId, 'mot-cua', day);
  if (!desk) throw new Error('no desk of xã Quế Lưu');
  const clerk: StaffActor = {
    kind: 'staff',
    accountId: desk.unitId,
    staffId: desk.unitId,
    displayName: 'Cán bộ Thử',
    homeUnitId: desk.unitId,
    unitIds: [desk.unitId],
    roles: ['receiver'],
    unitsByPermission: new Map([['dossier.receive', new Set([desk.unitId])]]),
    assurance: 'password',
    address: '127.0.0.1',
  };
  const body = { ...exampleIntake(desk.unitId, '1'), forward: true };
  const made = await system.dossiers.receiveAtDesk(clerk, body as never);

  clock.set(new Date('2025-07-02T08:00:00+07:00'));
  const timer = system.timers.find((one) => one.name === 'dossiers.succession');
  await timer?.run();
  await timer?.run();

  const shown = await system.dossiers.findPublic(made.code);
  expect(shown).toMatchObject({ code: made.code, dueAt: made.dueAt, unitName: 'Ủy ban nhân dân xã Hiệp Đức' });
  expect(await unitNamed('received_by_unit_id', made.id)).toBe('Trung tâm Phục vụ hành chính công xã Hiệp Đức');
  expect(await unitNamed('holder_unit_id', made.id)).toMatch(/xã Hiệp Đức$/);
  const { rows } = await sql<{
    kind: string;
  }>`select kind from dossiers.action where dossier_id = ${made.id}::uuid order by seq`.execute(system.db);
  // Three places moved, each told once; the second run found nothing more.
  expect(rows.filter((row) => row.kind === 'transferred').length).toBeGreaterThan(0);
  expect(rows.filter((row) => row.kind === 'transferred').length).toBeLessThanOrEqual(3);
});
