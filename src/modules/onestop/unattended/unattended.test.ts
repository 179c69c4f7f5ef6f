import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaffActor } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import { checkLog } from '../dossiers/testing/check-log.ts';
import { ACTOR, createWorld, staff, UNIT, type World } from '../dossiers/testing/world.ts';
import { createUnattendedService, type UnattendedPorts, type UnattendedService } from './index.ts';

let world: World;
let service: UnattendedService;
/** Who is away now, and who does their work. */
const away = new Map<string, { reason: 'absent' | 'departed'; covered: boolean }>();
const administrator = staff(41, UNIT.authority, { 'staff.edit': [UNIT.office] });
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  );

function make(): UnattendedService {
  const ports: UnattendedPorts = {
    awayNow: async (ids, at) =>
      new Map(
        ids.flatMap((id) => {
          const one = away.get(id);
          const until = one?.reason === 'absent' ? new Date(at.getTime() + 86_400_000) : null;
          return one ? [[id, { reason: one.reason, until, covers: () => one.covered }] as const] : [];
        }),
      ),
    calendarFor: (unitId, day) => world.ports.calendarFor(unitId, day),
    unitNames: (ids, day) => world.ports.unitNames(ids, day),
    staffNames: (ids) => world.ports.staffNames(ids),
    staffOf: (unitId, permission, day) => world.ports.staffOf(unitId, permission, day),
    recipientFor: async (staffId) => staffId,
    procedureOf: async () => ({ name: 'Thủ tục mẫu', stepNames: new Map() }),
  };
  const { db, clock } = world;
  const log = pino({ level: 'silent' }) as never;
  return createUnattendedService({ db, clock, log, dossiers: world.service, ports, listUrl: '/can-bo/vang-mat' });
}

beforeAll(async () => {
  world = await createWorld();
  service = make();
});
afterAll(() => world.drop());

async function given(to: StaffActor = ACTOR.officer): Promise<string> {
  const { id } = await world.receive();
  await world.act(ACTOR.head, id, { kind: 'assign', staffId: to.staffId });
  return id;
}
async function holderOf(id: string): Promise<string | null> {
  const { rows } = await sql<{
    s: string | null;
  }>`select holder_staff_id s from dossiers.dossier where id = ${id}`.execute(world.db);
  return rows[0]?.s ?? null;
}
const notices = async (): Promise<{ body: string }[]> =>
  (
    await sql<{ body: string }>`select body from notifications.message where template = 'unattended.check'`.execute(
      world.db,
    )
  ).rows;

describe('what lies with nobody', () => {
  test('is named to the head of the unit, and to nobody else', async () => {
    const id = await given();
    expect((await service.list(ACTOR.head, {})).total).toBe(0);
    away.set(ACTOR.officer.staffId, { reason: 'absent', covered: false });
    const list = await service.list(ACTOR.head, {});
    expect(list.rows.map((row) => [row.id, row.reason, row.staffId])).toEqual([[id, 'absent', ACTOR.officer.staffId]]);
    expect((await service.list(ACTOR.colleague, {})).total).toBe(0);
    away.set(ACTOR.officer.staffId, { reason: 'absent', covered: true });
    expect((await service.list(ACTOR.head, {})).total).toBe(0);
  });

  test('each morning once for each unit, by two processes at the same time, never before opening', async () => {
    away.set(ACTOR.officer.staffId, { reason: 'absent', covered: false });
    world.clock.set(new Date('2023-08-21T23:59:00Z'));
    expect(await service.check()).toBe(0);
    world.clock.set(new Date('2023-08-22T00:11:00Z'));
    const done = await Promise.all([service.check(), make().check(), service.check()]);
    expect(done.reduce((a, b) => a + b)).toBe(1);
    expect(await service.check()).toBe(0);
    const told = await notices();
    expect(told).toHaveLength(1);
    expect(told[0]?.body).toContain('1 hồ sơ, vắng đến');
    expect(await world.count('unattended.finding')).toBe(1);
    world.clock.set(new Date('2023-08-23T00:11:00Z'));
    expect(await service.check()).toBe(1);
    // A Sunday.
    world.clock.set(new Date('2023-08-27T03:00:00Z'));
    expect(await service.check()).toBe(0);
  });

  test('is given to another in one go, also while the clock is paused; what moved meanwhile is named', async () => {
    away.clear();
    world.clock.set(new Date('2023-08-28T01:00:00Z'));
    const [first, second] = [await given(), await given()];
    await world.act(ACTOR.officer, first, { kind: 'suspend', reason: 'Chờ cơ quan khác' });
    away.set(ACTOR.officer.staffId, { reason: 'absent', covered: false });
    const dossiers = [
      { id: first, version: await world.versionOf(first) },
      { id: second, version: 1 },
    ];
    const reply = await service.give(ACTOR.head, { dossiers, staffId: ACTOR.colleague.staffId });
    expect(reply).toEqual({ done: 1, failed: [{ id: second, code: 'row/stale' }] });
    expect(await holderOf(first)).toBe(ACTOR.colleague.staffId);
    await world.act(ACTOR.colleague, first, { kind: 'resume' });
    expect(
      await service.give(ACTOR.colleague, { dossiers: [{ id: second, version: 3 }], staffId: null }),
    ).toMatchObject({ done: 0 });
    await checkLog(world.db, first);
  });

  test('of the departed goes back to the unit by a logged action, and the head is told', async () => {
    away.clear();
    const id = await given();
    away.set(ACTOR.officer.staffId, { reason: 'departed', covered: false });
    expect(await service.releaseDeparted()).toBeGreaterThan(0);
    expect(await service.releaseDeparted()).toBe(0);
    expect(await holderOf(id)).toBeNull();
    const { rows } = await sql<{
      kind: string;
      actor: string;
    }>`select kind, actor from dossiers.action where dossier_id = ${id} order by seq desc limit 1`.execute(world.db);
    expect(rows[0]).toEqual({ kind: 'assigned', actor: 'system:unattended' });
    await checkLog(world.db, id);
    world.clock.set(new Date('2023-08-29T01:00:00Z'));
    expect(await service.check()).toBe(1);
    expect((await notices()).at(-1)?.body).toContain('đã trả về đơn vị');
    await world.act(ACTOR.colleague, id, { kind: 'open' });
  });

  test('is handed over when a post ends, by who edits staff there and to who may take it', async () => {
    away.clear();
    const id = await given();
    const from = ACTOR.officer.staffId;
    expect((await service.heldBy(administrator, from)).rows).toMatchObject([{ unitId: UNIT.office, role: 'officer' }]);
    expect((await service.heldBy(ACTOR.head, from)).total).toBe(0);
    const order = { unitId: UNIT.office, role: 'officer' };
    expect(await code(service.handOver(ACTOR.head, from, { ...order, staffId: null }))).toBe('row/missing');
    expect(await code(service.handOver(administrator, from, { ...order, staffId: ACTOR.clerk.staffId }))).toBe(
      'request/invalid',
    );
    const done = await service.handOver(administrator, from, { ...order, staffId: ACTOR.colleague.staffId });
    expect(done.left).toBe(0);
    expect(await holderOf(id)).toBe(ACTOR.colleague.staffId);
    expect((await service.heldBy(administrator, from)).total).toBe(0);
  });
});

describe('who acts for an absent colleague', () => {
  const until = new Date('2030-01-01T00:00:00Z');
  const standIn = (rights: Record<string, readonly string[]>): StaffActor => {
    const base = staff(42, UNIT.office, { 'dossier.number': [UNIT.clerks] });
    const lent = new Map(Object.entries(rights).map(([name, units]) => [name, new Set(units)]));
    return {
      ...base,
      unitsByPermission: new Map([...base.unitsByPermission, ...lent]),
      ownUnitsByPermission: base.unitsByPermission,
      actingFor: [
        { absenceId: 'a', staffId: ACTOR.officer.staffId, displayName: 'Cán bộ mẫu 2', until, unitsByPermission: lent },
      ],
    };
  };

  test('does what lies in the absent one’s hands, and log, trail and page say for whom', async () => {
    const id = await given();
    const acting = standIn({ 'dossier.process': [UNIT.office], 'dossier.read': [UNIT.office] });
    const inbox = await world.service.inbox(acting, { view: 'acting' });
    expect(inbox.rows.map((row) => row.id)).toContain(id);
    await world.act(acting, id, { kind: 'open' });
    const { rows } = await sql<{
      actor: string;
      detail: object;
      payload: object;
    }>`select a.actor, a.detail, e.payload from dossiers.action a
      join audit.entry e on e.object_id = a.dossier_id::text and e.action = 'dossier.open'
      where a.dossier_id = ${id} order by a.seq desc limit 1`.execute(world.db);
    expect(rows[0]?.actor).toBe(`staff:${acting.staffId}`);
    expect(rows[0]?.detail).toMatchObject({ onBehalfOf: ACTOR.officer.staffId });
    expect(rows[0]?.payload).toMatchObject({ onBehalfOf: ACTOR.officer.staffId });
    expect((await world.service.page(ACTOR.head, id)).history.at(-1)?.who).toContain('làm thay Cán bộ mẫu 2');
    await checkLog(world.db, id);
  });

  test('outside the scope a colleague’s work stays closed', async () => {
    const id = await given();
    const other = standIn({ 'dossier.process': [UNIT.otherOffice], 'dossier.read': [UNIT.office] });
    expect(await code(world.act(other, id, { kind: 'open' }))).toBe('dossier/illegal-action');
    expect((await world.service.inbox(other, { view: 'acting' })).rows).toEqual([]);
    expect(dayOf(world.clock.now())).toBe('2023-08-29');
  });

  test('own work is own work', async () => {
    const { id } = await world.receive();
    const own = standIn({ 'dossier.read': [UNIT.office] });
    const officer = {
      ...own,
      unitsByPermission: ACTOR.officer.unitsByPermission,
      ownUnitsByPermission: ACTOR.officer.unitsByPermission,
    };
    await world.act(officer, id, { kind: 'open' });
    const { rows } = await sql<{
      detail: object;
    }>`select detail from dossiers.action where dossier_id = ${id} order by seq desc limit 1`.execute(world.db);
    expect(rows[0]?.detail).not.toHaveProperty('onBehalfOf');
  });
});
