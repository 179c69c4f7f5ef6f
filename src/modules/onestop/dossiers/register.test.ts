import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRenderer } from '../../../platform/documents/renderer.ts';
import { renderSlip } from '../slips/index.ts';
import { failure } from './testing/failure.ts';
import { ACTOR, createWorld, staff, TO_DECIDED, UNIT, type World } from './testing/world.ts';

let world: World;
const renderer = createRenderer();
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.state.closedAfter.clear());
afterAll(async () => {
  await renderer.close();
  await world.drop();
});

const AUGUST = { deskId: UNIT.desk, from: '2023-08-21', to: '2023-08-31' };
/** Somebody at the other commune's desk who prints its book. */
const heir = staff(70, UNIT.otherDesk, { 'register.print': [UNIT.otherDesk], 'dossier.read': [UNIT.otherDesk] });

test('the book of a desk that is gone is printed by its successor with all of its rows, and by nobody else', async () => {
  const closed = await world.receive();
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], closed.id, command);
  await world.act(ACTOR.desk, closed.id, { kind: 'hand-over', method: 'desk', receiver: 'Người nhận' });
  const open = await world.receive();
  const before = await world.service.register(ACTOR.desk, AUGUST);
  expect(before.data.rows.map((row) => row.dossierCode)).toEqual([closed.code, open.code]);
  expect((await failure(world.service.register(heir, AUGUST))).code).toBe('row/missing');

  world.clock.set(new Date('2023-09-01T08:00:00+07:00'));
  for (const unitId of [UNIT.desk, UNIT.office, UNIT.clerks, UNIT.authority])
    world.state.closedAfter.set(unitId, '2023-08-31');
  const at = new Date('2023-09-01T00:00:00+07:00');
  await world.db.transaction().execute((trx) =>
    world.service.transferAfterSuccession(
      [
        { fromUnitId: UNIT.desk, toUnitId: UNIT.otherDesk },
        { fromUnitId: UNIT.office, toUnitId: UNIT.otherOffice },
        { fromUnitId: UNIT.authority, toUnitId: UNIT.otherAuthority },
      ],
      at,
      trx,
    ),
  );

  const { data } = await world.service.register(heir, AUGUST);
  expect(data.rows.map((row) => row.dossierCode)).toEqual([closed.code, open.code]);
  expect(data.rows.map((row) => row.note)).toEqual([
    undefined,
    'Chuyển giao cho Bộ phận Một cửa xã Mẫu Hai ngày 01/09/2023',
  ]);
  expect(data).toMatchObject({
    desk: 'Bộ phận Một cửa xã Mẫu Một',
    totals: { rows: 2, ended: 1, takenOver: 0, volumes: 1 },
  });
  expect(await world.service.planRegister(heir, AUGUST)).toMatchObject({
    rows: 2,
    volumes: [{ number: 1, first: 1, last: 2 }],
  });

  // In its own book the successor enters what it took over, on the day it did; the days before are empty.
  const own = { deskId: UNIT.otherDesk, from: '2023-09-01', to: '2023-09-01' };
  const taken = (await world.service.register(heir, own)).data;
  expect(taken.rows.map((row) => [row.dossierCode, row.note])).toEqual([
    [open.code, 'Nhận bàn giao từ Bộ phận Một cửa xã Mẫu Một ngày 01/09/2023'],
  ]);
  expect(taken.totals).toMatchObject({ rows: 1, takenOver: 1 });
  expect((await world.service.planRegister(heir, { ...AUGUST, deskId: UNIT.otherDesk })).rows).toBe(0);

  // Neither who holds the right elsewhere, nor who only reads at the successor, nor who once worked at the desk.
  const elsewhere = staff(71, UNIT.office, { 'register.print': [UNIT.office], 'dossier.read': [UNIT.otherDesk] });
  const reader = staff(72, UNIT.otherDesk, { 'dossier.read': [UNIT.otherDesk] });
  for (const actor of [elsewhere, reader, ACTOR.desk, ACTOR.otherDesk]) {
    expect((await failure(world.service.register(actor, AUGUST))).code).toBe('row/missing');
    expect((await failure(world.service.planRegister(actor, AUGUST))).code).toBe('row/missing');
  }
  expect((await world.service.registerBooks(heir)).rows).toEqual([
    { unitId: UNIT.desk, name: 'Bộ phận Một cửa xã Mẫu Một', closedOn: '2023-08-31' },
    { unitId: UNIT.otherDesk, name: 'Bộ phận Một cửa xã Mẫu Hai', closedOn: null },
  ]);
  expect((await world.service.registerBooks(reader)).rows).toEqual([]);
  // A right to print alone shows no dossier that its holder may not read.
  const printer = staff(73, UNIT.otherDesk, { 'register.print': [UNIT.otherDesk], 'dossier.read': [UNIT.otherClerks] });
  expect((await world.service.planRegister(printer, AUGUST)).rows).toBe(0);
});

test('one whose personal data was erased stays in the book without them', async () => {
  world.clock.set(new Date('2023-09-05T08:00:00+07:00'));
  const { id } = await world.receive();
  await sql`update dossiers.party set snapshot = '{}' where dossier_id = ${id}`.execute(world.db);
  await sql`update dossiers.dossier set erased_at = now() where id = ${id}`.execute(world.db);
  const order = await world.service.register(ACTOR.desk, { deskId: UNIT.desk, from: '2023-09-05', to: '2023-09-05' });
  expect(order.data.rows).toMatchObject([{ partyName: '(đã xóa thông tin cá nhân)' }]);
  expect((await renderSlip(renderer, { kind: 'REGISTER', ...order })).pages).toBe(1);
});

test('a book of more than 1,000 dossiers is printed in volumes with running numbers', async () => {
  world.clock.set(new Date('2023-10-02T08:00:00+07:00'));
  const { id } = await world.receive();
  await sql`insert into dossiers.dossier select (jsonb_populate_record(d, jsonb_build_object('id', overlay(d.id::text placing lpad(to_hex(n), 8, '0') from 29),
      'code', d.code || '.' || n, 'received_at', d.received_at + n * interval '1 second'))).*
    from dossiers.dossier d, generate_series(1, 1203) n where d.id = ${id}`.execute(world.db);
  const october = { deskId: UNIT.desk, from: '2023-10-02', to: '2023-10-02' };
  const plan = await world.service.planRegister(ACTOR.desk, october);
  expect(plan).toMatchObject({ rows: 1204, ended: 0, takenOver: 0 });
  expect(plan.volumes.map((volume) => volume.last)).toEqual([500, 1000, 1204]);
  expect(await failure(world.service.register(ACTOR.desk, october))).toMatchObject({
    code: 'request/invalid',
    details: { fields: [{ path: 'query.volume', message: 'Sổ này có 3 quyển: chọn quyển để in.' }] },
  });
  expect((await failure(world.service.register(ACTOR.desk, october, 4))).code).toBe('row/missing');
  const seen: string[] = [];
  for (const { number, first } of plan.volumes) {
    const { data } = await world.service.register(ACTOR.desk, october, number);
    expect(data).toMatchObject({ book: `${number}/3`, firstNumber: first, totals: { rows: 1204, volumes: 3 } });
    seen.push(...data.rows.map((row) => row.dossierCode));
  }
  expect(new Set(seen).size).toBe(1204);
  const last = await renderSlip(renderer, {
    kind: 'REGISTER',
    ...(await world.service.register(ACTOR.desk, october, 3)),
  });
  expect(last.pages).toBeGreaterThan(10);
});
