import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, StaffActor } from '../../../core/access/actor.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { createOrganisationService, type OrganisationService } from '../organisation/index.ts';
import { type AbsenceService, createAbsenceService } from './index.ts';

const system: Actor = { kind: 'system', name: 'test', assurance: 'system' };
/** Monday 16/11/2026, 08:00 in Vietnam. */
const START = new Date('2026-11-16T01:00:00Z');
const clock = createFixedClock(START);
const vn = (text: string): Date => new Date(`${text}+07:00`);

let test_: Awaited<ReturnType<typeof createTestDatabase>>;
let organisation: OrganisationService;
let absence: AbsenceService;
let unit: Record<'authority' | 'office' | 'desk' | 'other', string>;
const people: Record<string, string> = {};

async function unitId(key: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from organisation.unit where content_key = ${key}`.execute(
    test_.db,
  );
  const id = rows[0]?.id;
  if (!id) throw new Error(`no unit ${key}`);
  return id;
}
async function hire(key: string, at: string, title: string, role: string, roleAt = at): Promise<void> {
  const from = { validFrom: '2026-01-01' };
  const id = await organisation.createStaff(system, {
    fullName: `Cán bộ ${key}`,
    position: { unitId: at, title, ...from },
  });
  await organisation.grantRole(system, id, { roleCode: role, unitId: roleAt, ...from });
  people[key] = id;
}
const id = (key: string): string => people[key] ?? '';
async function actor(key: string): Promise<StaffActor> {
  const grants = await absence.loadGrants(id(key), clock.now());
  if (!grants) throw new Error(`no grants of ${key}`);
  return { kind: 'staff', accountId: 'a', assurance: 'password', address: '127.0.0.1', ...grants };
}
const may = async (key: string, permission: string, at: string): Promise<boolean> =>
  (await absence.loadGrants(id(key), clock.now()))?.unitsByPermission.get(permission)?.has(at) ?? false;
const away = (who: string, acting: readonly object[] = [], over: object = {}) =>
  ({ staffId: id(who), kind: 'leave', from: '2026-11-17', to: '2026-11-19', acting, ...over }) as never;
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  );

beforeAll(async () => {
  test_ = await createTestDatabase();
  organisation = createOrganisationService({ db: test_.db, clock });
  await organisation.loadContent();
  absence = createAbsenceService({ db: test_.db, clock, organisation });
  unit = {
    authority: await unitId('20779-hiep-duc-2025'),
    office: await unitId('20779-hiep-duc-2025/van-phong'),
    desk: await unitId('20779-hiep-duc-2025/mot-cua'),
    other: await unitId('20767-viet-an-2025/mot-cua'),
  };
  await hire('officer', unit.office, 'Chuyên viên', 'officer');
  await hire('colleague', unit.office, 'Văn thư', 'clerk');
  await hire('head', unit.office, 'Chánh Văn phòng', 'head-of-office');
  await hire('chairman', unit.authority, 'Chủ tịch UBND xã', 'chairman');
  await hire('deputy', unit.authority, 'Phó Chủ tịch UBND xã', 'inspector');
  await hire('stranger', unit.other, 'Công chức tiếp nhận', 'receiver');
  await hire('desk', unit.desk, 'Công chức tiếp nhận', 'receiver');
});
afterAll(() => test_.drop());
beforeEach(async () => {
  clock.set(START);
  await sql`delete from absence.acting`.execute(test_.db);
  await sql`delete from absence.absence`.execute(test_.db);
});

describe('who acts gains exactly what was lent', () => {
  test('from the first second of the first day to the last of the last, not before and not after', async () => {
    await absence.record(await actor('officer'), away('officer', [{ staffId: id('desk') }]));
    const seen: boolean[] = [];
    for (const now of ['2026-11-16T23:59:59', '2026-11-17T00:00:00', '2026-11-19T23:59:59', '2026-11-20T00:00:00']) {
      clock.set(vn(now));
      seen.push(await may('desk', 'dossier.process', unit.office));
    }
    expect(seen).toEqual([false, true, true, false]);
  });

  test('a time of day counts as well, and the next change is told', async () => {
    await absence.record(
      await actor('officer'),
      away('officer', [{ staffId: id('desk') }], { fromTime: '13:30', toTime: '11:00' }),
    );
    expect((await absence.loadGrants(id('desk'), START))?.changesAt).toEqual(vn('2026-11-17T13:30:00'));
    clock.set(vn('2026-11-17T13:30:00'));
    const grants = await absence.loadGrants(id('desk'), clock.now());
    expect(grants?.changesAt).toEqual(vn('2026-11-19T11:00:00'));
    expect(grants?.actingFor?.map((one) => one.staffId)).toEqual([id('officer')]);
    expect(grants?.ownUnitsByPermission?.has('dossier.process')).toBe(false);
  });

  test('only the listed permissions, and never what is handed over to nobody', async () => {
    await absence.record(await actor('head'), away('head', [{ staffId: id('desk'), permissions: ['dossier.review'] }]));
    clock.set(vn('2026-11-18T09:00:00'));
    expect(await may('desk', 'dossier.review', unit.office)).toBe(true);
    expect(await may('desk', 'dossier.process', unit.office)).toBe(false);
    expect(await may('desk', 'absence.manage', unit.office)).toBe(false);
  });

  test('signing is lent to a deputy by a numbered decision alone', async () => {
    const chairman = await actor('chairman');
    const acting = { staffId: id('deputy'), signing: true };
    expect(await code(absence.record(chairman, away('chairman', [acting])))).toBe('absence/decision');
    const byHead = { ...acting, staffId: id('head'), decisionNumber: '15/QĐ-UBND' };
    expect(await code(absence.record(chairman, away('chairman', [byHead])))).toBe('absence/deputy');
    const first = await absence.record(chairman, away('chairman', [{ staffId: id('deputy') }]));
    clock.set(vn('2026-11-18T09:00:00'));
    expect(await may('deputy', 'dossier.reassign', unit.office)).toBe(true);
    expect(await may('deputy', 'dossier.approve', unit.authority)).toBe(false);
    await absence.changeActing(await actor('chairman'), first.id, {
      version: 1,
      acting: [{ ...acting, decisionNumber: '15/QĐ-UBND' }],
    });
    expect(await may('deputy', 'dossier.approve', unit.authority)).toBe(true);
  });

  test('it is not handed on: who acts for an acting person gains nothing of the first', async () => {
    await absence.record(await actor('officer'), away('officer', [{ staffId: id('colleague') }], { to: '2026-11-17' }));
    clock.set(vn('2026-11-17T09:00:00'));
    await absence.record(
      await actor('colleague'),
      away('colleague', [{ staffId: id('desk') }], { from: '2026-11-17', to: '2026-11-17' }),
    );
    expect(await may('desk', 'dossier.number', unit.office)).toBe(true);
    expect(await may('desk', 'dossier.process', unit.office)).toBe(false);
    // The acting person is away: nobody stands in.
    const found = (await absence.attendance([id('officer')], clock.now())).get(id('officer'));
    expect(found).toMatchObject({ kind: 'absent', standIns: [] });
    expect(await absence.recipientFor(id('officer'), unit.office)).toBe(id('officer'));
  });

  test('back early, cancelled, and given to another: from that second on', async () => {
    const made = await absence.record(await actor('officer'), away('officer', [{ staffId: id('desk') }]));
    clock.set(vn('2026-11-18T09:00:00'));
    await absence.changeActing(await actor('head'), made.id, {
      version: 1,
      acting: [{ staffId: id('colleague'), unitId: unit.office }],
    });
    expect([
      await may('desk', 'dossier.process', unit.office),
      await may('colleague', 'dossier.process', unit.office),
    ]).toEqual([false, true]);
    expect(await absence.recipientFor(id('officer'), unit.office)).toBe(id('colleague'));
    await absence.end(await actor('officer'), made.id, 2);
    expect(await may('colleague', 'dossier.process', unit.office)).toBe(false);
    expect(await code(absence.cancel(await actor('officer'), made.id, { version: 3, reason: 'x' }))).toBe(
      'absence/state',
    );
  });
});

describe('who may record', () => {
  test('oneself and the head, nobody else; a stranger’s looks missing', async () => {
    expect(await code(absence.record(await actor('colleague'), away('officer')))).toBe('row/missing');
    expect(await code(absence.record(await actor('head'), away('stranger')))).toBe('row/missing');
    const made = await absence.record(await actor('head'), away('officer'));
    expect(await code(absence.end(await actor('desk'), made.id, 1))).toBe('row/missing');
    expect((await absence.list(await actor('desk'), {})).total).toBe(0);
    expect((await absence.list(await actor('head'), {})).rows[0]).toMatchObject({ status: 'planned', mayChange: true });
    expect((await absence.list(await actor('officer'), { own: 'yes' })).total).toBe(1);
  });

  test('somebody of another authority is refused with a name', async () => {
    const error = await absence
      .record(await actor('officer'), away('officer', [{ staffId: id('stranger') }]))
      .catch((failure: { code: string; params: unknown }) => failure);
    expect(error).toMatchObject({ code: 'absence/other-authority' });
  });

  test('of two that would act for each other at the same moment one is refused', async () => {
    const [officer, colleague] = [await actor('officer'), await actor('colleague')];
    const answers = await Promise.all([
      code(absence.record(officer, away('officer', [{ staffId: id('colleague') }]))),
      code(absence.record(colleague, away('colleague', [{ staffId: id('officer') }]))),
    ]);
    expect(answers.sort()).toEqual(['absence/circular', 'ok']);
  });

  test('a repeat with the key is the same absence; the second of two editors is told', async () => {
    const officer = await actor('officer');
    const first = await absence.record(officer, away('officer'), 'key-1');
    expect(await absence.record(officer, away('officer'), 'key-1')).toEqual(first);
    await absence.changeActing(officer, first.id, { version: 1, acting: [{ staffId: id('desk') }] });
    expect(await code(absence.cancel(officer, first.id, { version: 1, reason: 'nhầm' }))).toBe('row/stale');
    await absence.cancel(officer, first.id, { version: 2, reason: 'nhầm' }, 'khoa');
    await absence.cancel(officer, first.id, { version: 2, reason: 'nhầm' }, 'khoa');
    expect(await code(absence.cancel(officer, first.id, { version: 2, reason: 'khác' }, 'khoa'))).toBe(
      'request/repeated-differently',
    );
    const { rows } = await sql<{
      action: string;
    }>`select action from audit.entry where object_id = ${first.id} order by id`.execute(test_.db);
    expect(rows.map((row) => row.action)).toEqual(['absence.record', 'absence.change-acting', 'absence.cancel']);
  });

  test('back at noon and away again: from then on; a time said within an absence that is over is refused', async () => {
    clock.set(vn('2026-11-17T09:00:00'));
    const first = await absence.record(await actor('officer'), away('officer'));
    clock.set(vn('2026-11-17T12:00:00'));
    await absence.end(await actor('officer'), first.id, 1);
    clock.set(vn('2026-11-17T14:00:00'));
    const officer = await actor('officer');
    expect(await code(absence.record(officer, away('officer', [], { fromTime: '10:00' })))).toBe('absence/overlap');
    await absence.record(officer, away('officer'));
    expect((await absence.list(officer, { own: 'yes' })).rows[0]?.startsAt).toBe('2026-11-17T12:00:00+07:00');
  });

  test('candidates are of the same authority and in office', async () => {
    const found = await absence.people(await actor('officer'), { for: id('officer'), q: 'can bo' });
    expect(found.rows.map((row) => row.name).sort()).toEqual(
      ['chairman', 'colleague', 'deputy', 'desk', 'head'].map((key) => `Cán bộ ${key}`),
    );
    const choices = await absence.choices(await actor('chairman'), id('chairman'));
    expect(choices.permissions.filter((one) => one.signing).map((one) => one.code)).toContain('dossier.approve');
    expect(choices.permissions.map((one) => one.code)).not.toContain('data.erase');
  });
});
