import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppError } from '../../../platform/errors/app-error.ts';
import { failure } from './testing/failure.ts';
import { ACTOR, createWorld, staff, UNIT, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const money = (kind: 'paid' | 'refunded', amountVnd: number, feeId = 'le-phi') =>
  ({ kind, feeId, amountVnd, method: 'cash' }) as const;
const paidOf = async (id: string): Promise<number | undefined> =>
  (await world.service.page(ACTOR.desk, id)).fees[0]?.paidVnd;

test('what is paid in parts adds up, and never above what is owed', async () => {
  const { id } = await world.receive();
  expect((await world.service.addMoney(ACTOR.desk, id, money('paid', 10_000))).paidVnd).toBe(10_000);
  expect((await failure(world.service.addMoney(ACTOR.desk, id, money('paid', 5_001)))).code).toBe('request/invalid');
  expect((await world.service.addMoney(ACTOR.desk, id, money('paid', 5_000))).paidVnd).toBe(15_000);
  expect(await paidOf(id)).toBe(15_000);
});

test('no more is given back than was paid', async () => {
  const { id } = await world.receive();
  expect((await failure(world.service.addMoney(ACTOR.desk, id, money('refunded', 1)))).code).toBe('request/invalid');
  await world.service.addMoney(ACTOR.desk, id, money('paid', 15_000));
  await world.service.addMoney(ACTOR.desk, id, money('refunded', 15_000));
  expect((await failure(world.service.addMoney(ACTOR.desk, id, money('refunded', 1)))).code).toBe('request/invalid');
  expect(await paidOf(id)).toBe(0);
  expect(await world.count('dossiers.money_entry', id)).toBe(2);
});

test('of two clerks collecting the whole at once one is refused', async () => {
  const { id } = await world.receive();
  const both = await Promise.allSettled(
    [world.service, world.anotherProcess()].map((service) => service.addMoney(ACTOR.desk, id, money('paid', 15_000))),
  );
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  const lost = both.find((one) => one.status === 'rejected');
  expect((lost?.reason as AppError | undefined)?.code).toBe('request/invalid');
  expect(await paidOf(id)).toBe(15_000);
});

test('what was paid online names the platform and its transaction, the rest neither', async () => {
  const { id } = await world.receive();
  const online = {
    ...money('paid', 5_000),
    method: 'online',
    platform: 'national',
    reference: ' G22.99-0017 ',
  } as const;
  const wrong = [
    { ...money('paid', 5_000), method: 'online', reference: 'G22.99-0017' },
    { ...online, reference: '  ' },
    { ...money('paid', 5_000), method: 'card', platform: 'own' },
    { ...money('paid', 5_000), method: 'transfer', reference: 'G22.99-0017' },
  ] as const;
  for (const body of wrong)
    expect(await failure(world.service.addMoney(ACTOR.desk, id, body))).toMatchObject({ code: 'request/invalid' });
  expect(await paidOf(id)).toBe(0);
  expect((await world.service.addMoney(ACTOR.desk, id, online)).paidVnd).toBe(5_000);
  const [fee] = (await world.service.page(ACTOR.desk, id)).fees;
  expect(fee?.entries).toMatchObject([
    { kind: 'paid', amountVnd: 5_000, method: 'online', platform: 'national', reference: 'G22.99-0017' },
  ]);
});

test('a double click pays once', async () => {
  const { id } = await world.receive();
  const clicks = await Promise.all(
    [1, 2, 3].map(() => world.service.addMoney(ACTOR.desk, id, money('paid', 5_000), 'click')),
  );
  for (const reply of clicks) expect(reply).toEqual(clicks[0]);
  expect(await paidOf(id)).toBe(5_000);
});

test('each line tells who counts payments, once', async () => {
  const { id } = await world.receive();
  await world.service.addMoney(ACTOR.desk, id, money('paid', 5_000), 'told');
  await world.service.addMoney(ACTOR.desk, id, money('paid', 5_000), 'told');
  await world.service.addMoney(ACTOR.desk, id, money('refunded', 1_000));
  await failure(world.service.addMoney(ACTOR.desk, id, money('paid', 99_000)));
  const { rows } = await sql<{ topic: string; named: boolean }>`select topic, payload->>'dossierId' = key named
    from platform.event where key = ${id} and topic in ('dossier.paid', 'dossier.refunded') order by id`.execute(
    world.db,
  );
  expect(rows).toEqual([
    { topic: 'dossier.paid', named: true },
    { topic: 'dossier.refunded', named: true },
  ]);
});

test('an unknown fee, a foreign dossier and somebody who does not collect are refused', async () => {
  const { id } = await world.receive();
  expect((await failure(world.service.addMoney(ACTOR.desk, id, money('paid', 1, 'khac')))).code).toBe(
    'request/invalid',
  );
  expect((await failure(world.service.addMoney(ACTOR.otherDesk, id, money('paid', 1)))).code).toBe('row/missing');
  expect((await failure(world.service.addMoney(ACTOR.officer, id, money('paid', 1)))).code).toBe('access/forbidden');
  const elsewhere = staff(50, UNIT.office, {
    'dossier.process': [UNIT.office],
    'dossier.collect-fee': [UNIT.otherDesk],
  });
  expect((await failure(world.service.addMoney(elsewhere, id, money('paid', 1)))).code).toBe('access/forbidden');
  expect(await world.count('dossiers.money_entry', id)).toBe(0);
});
