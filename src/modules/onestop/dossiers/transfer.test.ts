import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkLog } from './testing/check-log.ts';
import { failure } from './testing/failure.ts';
import {
  ACTOR,
  citizen,
  createWorld,
  intakeBody,
  SYSTEM,
  staff,
  TO_DECIDED,
  UNIT,
  type World,
} from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

/** Commune one goes into commune two: desks and offices before the authority. */
const PAIRS = [
  { fromUnitId: UNIT.desk, toUnitId: UNIT.otherDesk },
  { fromUnitId: UNIT.office, toUnitId: UNIT.otherOffice },
  { fromUnitId: UNIT.clerks, toUnitId: UNIT.otherClerks },
  { fromUnitId: UNIT.authority, toUnitId: UNIT.otherAuthority },
];

test('open dossiers move with their code and due dates, go on at the successor, and closed ones stay', async () => {
  const processing = (await world.receive()).id;
  const paused = (await world.receive()).id;
  await world.act(ACTOR.officer, paused, { kind: 'suspend', reason: 'Chờ xác minh' });
  const filed = (await world.service.fileOnline(citizen(1), intakeBody({ channel: 'online' }))).id;
  const decided = (await world.receive()).id;
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], decided, command);
  const closed = (await world.receive()).id;
  await world.act(ACTOR.desk, closed, { kind: 'withdraw', reason: 'Người nộp rút' });
  const open = [processing, paused, filed, decided];
  type Facts = { code: string; due_original: Date | null; due_current: Date | null; step_due_at: Date | null };
  const facts = async (id: string): Promise<Facts | undefined> =>
    (
      await sql<Facts>`select code, due_original, due_current, step_due_at from dossiers.dossier where id = ${id}`.execute(
        world.db,
      )
    ).rows[0];
  const before = await Promise.all(open.map(facts));

  world.pass(60);
  const at = world.clock.now();
  const moved = await world.db.transaction().execute((trx) => world.service.transferAfterSuccession(PAIRS, at, trx));
  expect(moved).toBe(4 + 2 + 4);
  expect(await Promise.all(open.map(facts))).toEqual(before);
  for (const id of [...open, closed]) await checkLog(world.db, id);
  expect((await world.service.page(ACTOR.desk, closed)).receivedBy.id).toBe(UNIT.desk);

  const page = await world.service.page(ACTOR.otherOfficer, processing);
  expect([page.receivedBy.id, page.decidedBy.id, page.row.holderUnitId]).toEqual([
    UNIT.otherDesk,
    UNIT.otherAuthority,
    UNIT.otherOffice,
  ]);
  expect(page.history.filter((line) => line.kind === 'transferred').length).toBe(3);
  expect((await world.service.search(ACTOR.otherDesk, { q: '0900123456' })).rows.map((row) => row.id)).toContain(
    processing,
  );

  // Work goes on where it was.
  await world.act(ACTOR.otherOfficer, processing, { kind: 'draft-result', title: 'GIẤY', body: 'Nội dung' });
  await world.act(ACTOR.otherOfficer, paused, { kind: 'resume' });
  await world.act(ACTOR.otherDesk, filed, { kind: 'receive', forward: true });
  await world.act(ACTOR.otherDesk, decided, { kind: 'hand-over', method: 'desk' });
  for (const id of open) await checkLog(world.db, id);
});

test('a repeat moves nothing, and every move is in audit and outbox', async () => {
  const { id } = await world.receive();
  const [pair] = PAIRS;
  if (!pair) throw new Error('no pair');
  expect(await world.service.transfer(SYSTEM, pair, world.clock.now())).toBe(1);
  expect(await world.service.transfer(SYSTEM, pair, world.clock.now())).toBe(0);
  const { rows } = await sql<{
    n: number;
  }>`select (select count(*) from audit.entry where object_id = ${id} and action = 'dossier.transfer')
    + (select count(*) from platform.event where key = ${id} and topic = 'dossier.transferred') n`.execute(world.db);
  expect(Number(rows[0]?.n)).toBe(2);
});

test('only the installation or an editor of the organisation moves dossiers, never ahead of time', async () => {
  const [pair] = PAIRS;
  if (!pair) throw new Error('no pair');
  const now = world.clock.now();
  expect((await failure(world.service.transfer(ACTOR.desk, pair, now))).code).toBe('access/forbidden');
  expect((await failure(world.service.transfer(citizen(1), pair, now))).code).toBe('access/forbidden');
  const editor = staff(60, UNIT.authority, { 'organisation.edit': [UNIT.authority] });
  expect(await world.service.transfer(editor, pair, now)).toBe(0);
  const tomorrow = new Date(now.getTime() + 86_400_000);
  expect((await failure(world.service.transfer(SYSTEM, pair, tomorrow))).code).toBe('request/invalid');
  const itself = { fromUnitId: UNIT.desk, toUnitId: UNIT.desk };
  expect((await failure(world.service.transfer(SYSTEM, itself, now))).code).toBe('request/invalid');
});
