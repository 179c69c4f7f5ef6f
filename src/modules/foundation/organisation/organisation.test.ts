import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, StaffActor } from '../../../core/access/actor.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { successorsOn } from './rules/succession.ts';
import { createOrganisationService, type OrganisationService } from './service.ts';

const system: Actor = { kind: 'system', name: 'test', assurance: 'system' };
const DATA = path.resolve('../shared/data/units');
const hasData = fs.existsSync(path.join(DATA, 'three-level-2025-06.json'));
if (!hasData) console.warn(`skipped: ${DATA} is not there, the national unit files are not tried`);
const readData = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(DATA, name), 'utf8'));

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let service: OrganisationService;
const clock = createFixedClock(new Date('2023-08-31T02:00:00Z'));
beforeAll(async () => {
  test = await createTestDatabase();
  service = createOrganisationService({ db: test.db, clock });
  await service.loadContent();
});
afterAll(() => test.drop());

const idOf = async (code: string, day: string): Promise<string> => {
  const unit = (await service.directory()).byCode('gso', code, day);
  if (!unit) throw new Error(`no unit ${code} on ${day}`);
  return unit.unitId;
};
const actorOf = async (staffId: string): Promise<StaffActor> => {
  const grants = await service.loadGrants(staffId, clock.now());
  if (!grants) throw new Error('no grants');
  return { kind: 'staff', accountId: 'a', assurance: 'password', address: '127.0.0.1', ...grants };
};

describe('content', () => {
  it('loads once: a second load makes nothing', async () => {
    const again = await service.loadContent();
    expect(again.units.created).toBe(0);
    expect(again.units.refused).toEqual([]);
    expect(again.successions).toBe(0);
  });

  it('can be asked by code and day, with place and path', async () => {
    const id = await idOf('20761', '2023-08-31');
    const detail = await service.getUnitDetail(id);
    expect(detail.unit).toMatchObject({
      name: 'Xã Hiệp Thuận',
      code: '20761',
      place: 'huyện Hiệp Đức, tỉnh Quảng Nam',
    });
    expect(detail.authorityName).toBe('Ủy ban nhân dân xã Hiệp Thuận');
    const later = await service.getUnitDetail(id, '2026-01-01');
    expect(later.unit).toBeNull();
    expect(later.successors.map((s) => s.name)).toEqual(['Xã Hiệp Đức']);
  });

  it('answers the public picker by date, accent-blind', async () => {
    const [quangNam] = await service.pickUnits({ day: '2023-08-31', q: 'quang nam' });
    expect(quangNam?.name).toBe('Tỉnh Quảng Nam');
    const communes = await service.pickUnits({ day: '2023-08-31', parentId: quangNam?.unitId, q: 'hiep thuan' });
    expect(communes).toEqual([
      expect.objectContaining({ name: 'Xã Hiệp Thuận', place: 'huyện Hiệp Đức, tỉnh Quảng Nam' }),
    ]);
    expect(await service.pickUnits({ day: '2026-01-01', parentId: quangNam?.unitId })).toEqual([]);
    expect(await service.pickUnits({ day: '2026-01-01' })).toHaveLength(34);
  });

  it('lists units by name without accents or by code', async () => {
    const byName = await service.listUnits({ q: 'hiep duc', day: '2026-01-01', type: 'administrative' });
    expect(byName.rows.map((r) => r.name)).toEqual(['Xã Hiệp Đức']);
    const byCode = await service.listUnits({ q: '20779', day: '2023-08-31' });
    expect(byCode.rows.map((r) => r.name)).toEqual(['Thị trấn Tân Bình']);
    expect((await service.listUnits({ q: '50%_', day: '2023-08-31' })).total).toBe(0);
  });
});

describe('staff', () => {
  it('get rights through positions and roles, also concurrent ones', async () => {
    const district = await idOf('512', '2023-08-31');
    const units = await service.directory();
    const office = units.officeOn(district, 'tu-phap', '2023-08-31')?.unitId ?? '';
    const staffId = await service.createStaff(system, {
      fullName: '  Lò  Thử Nghiệm ',
      position: { unitId: office, title: 'Chuyên viên', validFrom: '2023-01-01' },
    });
    await service.addPosition(system, staffId, { unitId: district, title: 'Ủy viên', validFrom: '2023-01-01' });
    await service.grantRole(system, staffId, { roleCode: 'officer', unitId: office, validFrom: '2023-01-01' });
    await service.grantRole(system, staffId, {
      roleCode: 'chairman',
      unitId: district,
      validFrom: '2023-01-01',
      validTo: '2023-08-30',
    });
    const grants = await service.loadGrants(staffId, clock.now());
    expect(grants).toMatchObject({ displayName: 'Lò Thử Nghiệm', homeUnitId: office, roles: ['officer'] });
    expect(grants?.unitIds).toHaveLength(2);
    expect([...(grants?.unitsByPermission.get('dossier.process') ?? [])]).toEqual([office]);
    expect(grants?.unitsByPermission.has('dossier.approve')).toBe(false);
    const before = await service.loadGrants(staffId, new Date('2023-08-30T16:59:00Z'));
    expect(before?.unitsByPermission.get('dossier.approve')?.has(office)).toBe(true);
    expect((await service.listStaff(system, { q: 'lo thu', unitId: district })).rows.map((r) => r.id)).toEqual([
      staffId,
    ]);
    const person = { staffId, name: 'Lò Thử Nghiệm', title: 'Chuyên viên' };
    expect(await service.staffOf(office, 'dossier.process', '2023-08-31')).toEqual([person]);
    expect(await service.staffOf(office, 'dossier.approve', '2023-08-31')).toEqual([]);
    expect(await service.staffOf(office, 'dossier.approve', '2023-08-30')).toHaveLength(1);
    expect((await service.staffNames([staffId])).get(staffId)?.title).toBe('Chuyên viên');
    await expect(
      service.grantRole(system, staffId, { roleCode: 'officer', unitId: office, validFrom: '2023-06-01' }),
    ).rejects.toMatchObject({ code: 'row/duplicate' });
  });

  it('without a position or departed get nothing', async () => {
    const unitId = await idOf('20779', '2023-08-31');
    const staffId = await service.createStaff(system, {
      fullName: 'Tạm Thời',
      position: { unitId, title: 'Công chức', validFrom: '2023-01-01', validTo: '2023-08-01' },
    });
    expect(await service.loadGrants(staffId, clock.now())).toBeUndefined();
    expect(await service.loadGrants('00000000-0000-7000-8000-000000000000', clock.now())).toBeUndefined();
    await service.updateStaff(system, staffId, 1, {
      fullName: 'Tạm Thời',
      email: null,
      phone: null,
      endedOn: '2023-08-01',
    });
    await expect(
      service.updateStaff(system, staffId, 1, { fullName: 'Khác', email: null, phone: null, endedOn: null }),
    ).rejects.toMatchObject({ code: 'row/stale' });
  });

  it('cannot be placed at a unit that is closed or unknown', async () => {
    const unitId = await idOf('20779', '2023-08-31');
    await expect(
      service.createStaff(system, { fullName: 'Ai Đó', position: { unitId, title: 'x', validFrom: '2026-01-01' } }),
    ).rejects.toMatchObject({ code: 'unit/closed' });
  });

  it('may be edited only within the editor’s own units, and a foreign one looks missing', async () => {
    const [own, foreign] = [await idOf('20764', '2023-08-31'), await idOf('20767', '2023-08-31')];
    const adminId = await service.createStaff(system, {
      fullName: 'Quản Trị',
      position: { unitId: own, title: 'Văn phòng', validFrom: '2023-01-01' },
    });
    await service.grantRole(system, adminId, { roleCode: 'administrator', unitId: own, validFrom: '2023-01-01' });
    const foreignStaff = await service.createStaff(system, {
      fullName: 'Người Khác',
      position: { unitId: foreign, title: 'x', validFrom: '2023-01-01' },
    });
    const admin = await actorOf(adminId);
    await expect(service.getStaff(admin, foreignStaff)).rejects.toMatchObject({ code: 'row/missing' });
    await expect(service.getStaff(admin, '00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'row/missing',
    });
    await expect(
      service.createStaff(admin, { fullName: 'A', position: { unitId: foreign, title: 'x', validFrom: '2023-01-01' } }),
    ).rejects.toMatchObject({ code: 'row/missing' });
    await expect(
      service.grantRole(admin, adminId, { roleCode: 'officer', unitId: foreign, validFrom: '2023-01-01' }),
    ).rejects.toMatchObject({ code: 'row/missing' });
    const mine = await service.createStaff(admin, {
      fullName: 'B',
      position: { unitId: own, title: 'x', validFrom: '2023-01-01' },
    });
    expect((await service.listStaff(admin, {})).rows.map((r) => r.id).sort()).toEqual([adminId, mine].sort());
    // Gone to another commune: the old one may look back at it, but has no say over the person any more.
    const set = { fullName: 'B', email: null, phone: null, endedOn: '2023-08-31' };
    const moved = await service.createStaff(system, {
      fullName: 'B',
      position: { unitId: own, title: 'x', validFrom: '2023-01-01', validTo: '2023-06-30' },
    });
    await service.addPosition(system, moved, { unitId: foreign, title: 'y', validFrom: '2023-07-01' });
    expect((await service.getStaff(admin, moved)).id).toBe(moved);
    await expect(service.updateStaff(admin, moved, 1, set)).rejects.toMatchObject({ code: 'row/missing' });
    await service.updateStaff(admin, mine, 1, set);
  });
});

describe('an upgrade', () => {
  it('gives shipped roles the permissions that are new, and nothing the administrator took away', async () => {
    const held = async (): Promise<unknown> =>
      (
        await sql`select permission_code code from organisation.role_permission where role_code = 'chairman'
          and permission_code in ('metrics.read', 'board.read') order by 1`.execute(test.db)
      ).rows;
    await sql`delete from organisation.role_permission where permission_code = 'metrics.read'
      or (role_code = 'chairman' and permission_code = 'board.read')`.execute(test.db);
    await service.loadNewRoles();
    expect(await held()).toEqual([]);
    await sql`delete from organisation.permission where code = 'metrics.read'`.execute(test.db);
    await service.loadNewRoles();
    expect(await held()).toEqual([{ code: 'metrics.read' }]);
  });
});

describe('who may give a role', () => {
  const personnel = async (unitId: string, reach: 'unit' | 'authority' | 'subtree'): Promise<StaffActor> => {
    await sql`insert into organisation.role (code, name, reach) values ('personnel', 'Tổ chức cán bộ', 'subtree') on conflict do nothing`.execute(
      test.db,
    );
    await sql`insert into organisation.role_permission (role_code, permission_code)
      values ('personnel', 'staff.edit'), ('personnel', 'dossier.read'), ('personnel', 'dossier.search') on conflict do nothing`.execute(
      test.db,
    );
    const id = await service.createStaff(system, {
      fullName: 'Tổ Chức',
      position: { unitId, title: 'Văn phòng', validFrom: '2023-01-01' },
    });
    await service.grantRole(system, id, { roleCode: 'personnel', unitId, reach, validFrom: '2023-01-01' });
    return actorOf(id);
  };

  it('gives only what he holds himself, as far as he holds it', async () => {
    const unitId = await idOf('20773', '2023-08-31');
    const clerk = await personnel(unitId, 'unit');
    const give = (roleCode: string, reach?: 'unit' | 'authority' | 'subtree') =>
      service.grantRole(clerk, clerk.staffId, { roleCode, unitId, reach, validFrom: '2023-08-01' });
    await expect(give('administrator', 'unit')).rejects.toMatchObject({ code: 'grant/beyond-own' });
    await expect(give('chairman', 'unit')).rejects.toMatchObject({ code: 'grant/beyond-own' });
    await expect(give('clerk', 'unit')).rejects.toMatchObject({
      code: 'grant/beyond-own',
      details: { params: { missing: '“Vào sổ, cấp số, đóng dấu kết quả”' } },
    });
    // Nothing lies below the commune yet, but something may tomorrow.
    await expect(give('personnel', 'subtree')).rejects.toMatchObject({ code: 'grant/beyond-own' });
    const wide = await personnel(unitId, 'subtree');
    const colleague = await service.createStaff(wide, {
      fullName: 'Đồng Nghiệp',
      position: { unitId, title: 'x', validFrom: '2023-01-01' },
    });
    await service.grantRole(wide, colleague, {
      roleCode: 'personnel',
      unitId,
      reach: 'authority',
      validFrom: '2023-08-01',
    });
  });

  it('cannot lengthen a role he could not give, nor end one of an administrator', async () => {
    const unitId = await idOf('20776', '2023-08-31');
    const clerk = await personnel(unitId, 'subtree');
    const other = await service.createStaff(system, {
      fullName: 'Người Khác',
      position: { unitId, title: 'x', validFrom: '2023-01-01' },
    });
    const until = { unitId, validFrom: '2023-01-01', validTo: '2023-09-30' };
    const chair = await service.grantRole(system, other, { roleCode: 'chairman', ...until });
    const admin = await service.grantRole(system, other, { roleCode: 'administrator', ...until });
    await expect(service.endGrant(clerk, chair, '2030-01-01')).rejects.toMatchObject({ code: 'grant/beyond-own' });
    await expect(service.endGrant(clerk, admin, '2023-08-30')).rejects.toMatchObject({ code: 'grant/beyond-own' });
    await service.endGrant(clerk, chair, '2023-08-30');
  });
});

describe('changing units', () => {
  it('keeps the history of a new name and refuses to end a unit with open offices', async () => {
    const district = await idOf('531', '2023-08-31');
    await service.createOffices(system, district, 'district-2018', '2023-01-01');
    const units = await service.directory();
    const office = units.officeOn(district, 'noi-vu', '2023-08-31');
    expect(office?.name).toBe('Phòng Nội vụ huyện Minh Long');
    const officeId = office?.unitId ?? '';
    await service.reviseUnit(system, officeId, {
      from: '2024-01-01',
      name: 'Phòng Nội vụ và Lao động huyện Minh Long',
      serves: ['lao-dong'],
    });
    const detail = await service.getUnitDetail(officeId, '2024-06-01');
    expect(detail.versions.map((v) => [v.name, v.validTo])).toEqual([
      ['Phòng Nội vụ huyện Minh Long', '2023-12-31'],
      ['Phòng Nội vụ và Lao động huyện Minh Long', '2025-06-30'],
    ]);
    await expect(service.endUnit(system, district, '2024-12-31')).rejects.toMatchObject({ code: 'unit/has-children' });
    expect(await service.createOffices(system, district, 'district-2018', '2023-01-01')).toEqual([]);
    await expect(
      service.reviseUnit(system, district, { from: '2024-01-01', parentId: officeId }),
    ).rejects.toMatchObject({ code: 'request/invalid' });
  });

  it('records a merger once, and only after the former unit has ended', async () => {
    const parentId = await idOf('510', '2023-08-31');
    const make = (name: string, validFrom: string) =>
      service.createUnit(system, { name, level: 'hamlet', type: 'hamlet', kind: 'thon', parentId, validFrom });
    const [a, b, c] = [
      await make('Thôn A', '2023-01-01'),
      await make('Thôn B', '2023-01-01'),
      await make('Thôn AB', '2024-01-01'),
    ];
    const merger = { date: '2024-01-01', kind: 'merge' as const, from: [a, b], to: [c], source: 'Nghị quyết thử' };
    await expect(service.recordSuccession(system, merger)).rejects.toMatchObject({ code: 'unit/still-open' });
    await service.endUnit(system, a, '2023-12-31');
    await service.endUnit(system, b, '2023-12-31');
    await service.recordSuccession(system, merger);
    await expect(service.recordSuccession(system, { ...merger, from: [b, a] })).rejects.toMatchObject({
      code: 'row/duplicate',
    });
    expect(successorsOn(await service.directory(), a, '2024-02-01').map((u) => u.name)).toEqual(['Thôn AB']);
  });

  it('previews an abolition with its offices, heirs, dossiers and people, and then does just that', async () => {
    const at = { level: 'commune', validFrom: '2023-01-01' } as const;
    const parentId = await idOf('510', '2023-08-31');
    const unit = (name: string, type: 'administrative' | 'professional', kind: string, under = parentId) =>
      service.createUnit(system, { ...at, name, type, kind, parentId: under });
    const [old, next] = [await unit('Xã Cũ', 'administrative', 'xa'), await unit('Xã Nối', 'administrative', 'xa')];
    const desk = await unit('Một cửa Xã Cũ', 'professional', 'mot-cua', old);
    const heir = await unit('Một cửa Xã Nối', 'professional', 'mot-cua', next);
    const post = { unitId: desk, title: 'Chuyên viên', validFrom: '2023-01-01' };
    const person = await service.createStaff(system, { fullName: 'Người Ở Lại', position: post });
    const counted = createOrganisationService({
      db: test.db,
      clock,
      countOpenDossiers: async () => new Map([[desk, 7]]),
    });
    const draft = { date: '2024-05-01', kind: 'merge' as const, from: [old], to: [next], endFrom: true };
    const seen = await counted.previewSuccession(system, draft);
    expect(seen.problems).toEqual([]);
    expect(seen.units).toEqual([
      { unitId: old, name: 'Xã Cũ', heirName: 'Xã Nối', openDossiers: 0 },
      { unitId: desk, name: 'Một cửa Xã Cũ', heirName: 'Một cửa Xã Nối', openDossiers: 7 },
    ]);
    expect(seen.staff).toEqual([
      { staffId: person, name: 'Người Ở Lại', positions: ['Chuyên viên, Một cửa Xã Cũ'], grants: [] },
    ]);
    await service.recordSuccession(system, { ...draft, source: 'Nghị quyết thử' });
    const units = await service.directory();
    expect([old, desk, next, heir].map((id) => units.unitOn(id, '2024-05-01') !== undefined)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(units.unitOn(desk, '2024-04-30')).toBeDefined();
    for (const id of [heir, next]) await service.endUnit(system, id, '2024-12-31');
  });

  it('renames on a day, and tells every reason why it cannot', async () => {
    const parentId = await idOf('510', '2023-08-31');
    const make = (name: string) =>
      service.createUnit(system, {
        name,
        level: 'hamlet',
        type: 'hamlet',
        kind: 'thon',
        parentId,
        validFrom: '2023-01-01',
      });
    const [a, b] = [await make('Thôn Một'), await make('Thôn Hai')];
    const codes = async (change: object) =>
      (
        await service.previewSuccession(system, {
          ...{ date: '2024-05-01', kind: 'merge', from: [a], to: [b], endFrom: true },
          ...change,
        } as never)
      ).problems.map(({ code }) => code);
    expect(await codes({})).toEqual([]);
    expect(await codes({ endFrom: false })).toEqual(['still-open']);
    expect(await codes({ to: [] })).toEqual(['needs-one']);
    expect(await codes({ kind: 'split' })).toEqual(['needs-two']);
    expect(await codes({ kind: 'rename', to: [] })).toEqual(['name-missing']);
    expect(await codes({ kind: 'rename', from: [a, b], to: [], newName: 'Thôn Ba' })).toEqual(['one-to-one']);
    expect(await codes({ date: '2022-01-01' })).toEqual(['from-missing', 'to-missing']);
    const rename = {
      date: '2024-05-01',
      kind: 'rename' as const,
      from: [a],
      to: [],
      newName: 'Thôn Mới',
      source: 'NQ',
    };
    await service.recordSuccession(system, rename);
    const units = await service.directory();
    expect([units.unitOn(a, '2024-04-30')?.name, units.unitOn(a, '2024-05-01')?.name]).toEqual([
      'Thôn Một',
      'Thôn Mới',
    ]);
    await expect(service.recordSuccession(system, rename)).rejects.toMatchObject({ code: 'succession/refused' });
  });

  it('are seen by another process within moments, by this one at once', async () => {
    const other = createOrganisationService({ db: test.db, clock });
    const parentId = await idOf('510', '2023-08-31');
    const id = await other.createUnit(system, {
      name: 'Thôn Mới',
      level: 'hamlet',
      type: 'hamlet',
      kind: 'thon',
      parentId,
      validFrom: '2023-01-01',
    });
    expect((await other.directory()).unitOn(id, '2023-08-31')?.name).toBe('Thôn Mới');
    await expect
      .poll(async () => (await service.directory()).unitOn(id, '2023-08-31')?.name, { timeout: 10_000 })
      .toBe('Thôn Mới');
  });
});

describe.skipIf(!hasData)('the national files', () => {
  it('both come in after content, idempotently, with every code found on its day', async () => {
    const three = await service.importUnits(system, readData('three-level-2025-06.json'), {
      validFrom: '2025-03-01',
      validTo: '2025-06-30',
    });
    expect(three.errors).toEqual([]);
    expect(three.read).toBe(63 + 696 + 10_035);
    const two = await service.importUnits(system, readData('two-level-2026-07.json'), { validFrom: '2025-07-01' });
    expect(two.read).toBe(34 + 3321);
    expect(two.errors).toEqual([]);
    const units = await service.directory();
    expect(units.levelOn('commune', '2025-07-01')).toHaveLength(3321);
    expect(units.byCode('gso', '20656', '2025-04-01')?.name).toBe('Thị trấn Trung Phước');
    expect(units.byCode('gso', '20656', '2026-07-01')?.name).toBe('Xã Nông Sơn');
    const again = await service.importUnits(system, readData('two-level-2026-07.json'), { validFrom: '2025-07-01' });
    expect(again).toMatchObject({ created: 0, updated: 0, skipped: two.read });
  });

  it('come into an empty database, open-ended first: the later file ends what goes on under another name', async () => {
    const empty = await createTestDatabase();
    try {
      const bare = createOrganisationService({ db: empty.db, clock });
      const first = await bare.importUnits(system, readData('three-level-2025-06.json'), { validFrom: '2023-01-01' });
      expect(first).toMatchObject({ read: 10_794, created: 10_794, updated: 0, skipped: 0, errors: [] });
      const second = await bare.importUnits(system, readData('two-level-2026-07.json'), { validFrom: '2025-07-01' });
      expect(second.errors).toEqual([]);
      const units = await bare.directory();
      expect(units.byCode('gso', '20779', '2025-06-30')?.name).toBe('Thị trấn Tân Bình');
      expect(units.byCode('gso', '20779', '2025-07-01')?.name).toBe('Xã Hiệp Đức');
      expect(
        units.pathOn(units.byCode('gso', '20779', '2025-07-01')?.unitId ?? '', '2025-07-01').map((u) => u.name),
      ).toEqual(['Xã Hiệp Đức', 'Thành phố Đà Nẵng']);
      const again = await bare.importUnits(system, readData('two-level-2026-07.json'), { validFrom: '2025-07-01' });
      expect(again).toMatchObject({ created: 0, updated: 0, skipped: 3355, errors: [] });
      const dry = await bare.importUnits(system, readData('three-level-2025-06.json'), {
        validFrom: '2023-01-01',
        dryRun: true,
      });
      expect(dry.created).toBe(0);
      // What the three-level file had beside it goes on until somebody says that the later file is the whole country.
      const all = { validFrom: '2025-07-01', closeMissing: 'country' as const };
      const listed = await bare.importUnits(system, readData('two-level-2026-07.json'), { ...all, dryRun: true });
      expect((await bare.directory()).levelOn('district', '2025-07-01').length).toBeGreaterThan(600);
      const closing = await bare.importUnits(system, readData('two-level-2026-07.json'), all);
      expect(closing.errors).toEqual([]);
      expect(closing.closed).toEqual(listed.closed);
      const ended = await bare.directory();
      expect(ended.levelOn('district', '2025-07-01')).toEqual([]);
      expect(ended.levelOn('commune', '2025-07-01')).toHaveLength(3321);
      expect(ended.levelOn('province', '2025-07-01')).toHaveLength(34);
      expect(ended.levelOn('district', '2025-06-30')).toHaveLength(696);
    } finally {
      await empty.drop();
    }
  });
});

it('a file of another shape is refused with the reason', async () => {
  await expect(service.importUnits(system, { a: 1 }, { validFrom: '2025-01-01' })).rejects.toMatchObject({
    code: 'import/invalid',
  });
  await expect(service.importUnits(system, [], { validFrom: '2025-02-30' })).rejects.toMatchObject({
    code: 'import/invalid',
  });
  const report = await service.importUnits(
    system,
    [
      {
        Code: '99',
        FullName: 'Tỉnh Thử',
        Wards: [{ Code: '1', FullName: 'Xã A' }, { Code: '99999', FullName: 'Làng B' }, 7],
      },
    ],
    { validFrom: '2025-01-01', dryRun: true },
  );
  expect(report).toMatchObject({ read: 4, created: 1 });
  expect(report.errors.map((e) => e.code)).toEqual(['units/bad-code', 'units/unknown-kind', 'units/not-an-object']);
});
