import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import { createDossierReader } from './reader.ts';
import { dossierScope } from './scope.ts';
import { failure } from './testing/failure.ts';
import {
  ACTOR,
  citizen,
  createWorld,
  GUEST,
  intakeBody,
  SYSTEM,
  staff,
  TO_DECIDED,
  UNIT,
  unknownId,
  type World,
} from './testing/world.ts';

let world: World;
/** Dossiers of both communes, at several steps, of several owners. */
const ids: string[] = [];

beforeAll(async () => {
  world = await createWorld();
  for (const [desk, unitId] of [
    [ACTOR.desk, UNIT.desk],
    [ACTOR.otherDesk, UNIT.otherDesk],
  ] as const) {
    for (const forward of [true, false]) {
      ids.push((await world.service.receiveAtDesk(desk, intakeBody({ unitId, forward }))).id);
    }
    for (const n of [1, 2]) {
      ids.push((await world.service.fileOnline(citizen(n), intakeBody({ unitId, channel: 'online' }))).id);
    }
  }
  const { id } = await world.receive();
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
  ids.push(id);
  const supported = (await world.receive({ forward: false })).id;
  await sql`insert into dossiers.supporting_unit (dossier_id, unit_id, purpose) values (${supported}, ${UNIT.otherOffice}, 'lấy ý kiến')`.execute(
    world.db,
  );
  ids.push(supported);
});
afterAll(() => world.drop());

/** The rule in plain words, over the rows themselves: the oracle that the SQL scope is held against. */
async function visibleTo(actor: Actor): Promise<string[]> {
  type Row = { id: string; owner: string | null; units: string[] };
  const { rows } =
    await sql<Row>`select d.id, d.citizen_account_id as owner, array_remove(array[d.received_by_unit_id, d.decided_by_unit_id, d.holder_unit_id]
      || array(select unit_id from dossiers.supporting_unit s where s.dossier_id = d.id) || array(select unit_id from dossiers.task t where t.dossier_id = d.id), null) units
    from dossiers.dossier d`.execute(world.db);
  const held = unitsFor(actor, 'dossier.read');
  const former = actor.kind === 'staff' ? [...(actor.formerUnits ?? [])] : [];
  const mine = [...held, ...former.flatMap(([unit, gone]) => (held.includes(unit) ? gone : []))];
  return rows
    .filter((row): boolean => {
      switch (actor.kind) {
        case 'system':
          return true;
        case 'guest':
          return false;
        case 'citizen':
          return row.owner === actor.accountId;
        default:
          return row.units.some((unit) => mine.includes(unit));
      }
    })
    .map((row) => row.id)
    .sort();
}

const units = fc.subarray(Object.values(UNIT), { maxLength: 3 });
/** Units that stand as if they were no more and read at another. */
const former = fc.array(fc.tuple(fc.constantFrom(...Object.values(UNIT)), units), { maxLength: 2 });
/** Anybody: staff with random rights at random units, citizens with and without dossiers, guests, the installation. */
const anybody: fc.Arbitrary<Actor> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.nat(50), units, units, units, former).map(([n, read, receive, collect, gone]): Actor => {
      const actor = staff(200 + n, UNIT.office, { 'dossier.receive': receive, 'dossier.collect-fee': collect });
      const unitsByPermission = new Map([...actor.unitsByPermission, ['dossier.read', new Set(read)]]);
      return { ...actor, unitsByPermission, formerUnits: new Map(gone) };
    }),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }).map((n): Actor => citizen(n)) },
  { weight: 1, arbitrary: fc.constantFrom<Actor>(GUEST, SYSTEM) },
);

test('everybody opens exactly the dossiers they may see; the others are missing', async () => {
  await fc.assert(
    fc.asyncProperty(anybody, async (actor) => {
      const opened: string[] = [];
      for (const id of ids) {
        const seen = await world.service.page(actor, id).then(
          () => true,
          (error: { code: string }) => {
            expect(error.code).toBe('row/missing');
            return false;
          },
        );
        if (seen) opened.push(id);
      }
      expect(opened.sort()).toEqual(await visibleTo(actor));
    }),
    { numRuns: 25 },
  );
});

test('lists, inboxes and searches show nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(anybody, async (actor) => {
      const visible = new Set(await visibleTo(actor));
      const shown = [
        ...(await world.service.list(actor, {})).rows,
        ...(await world.service.list(actor, { basis: 'decided' })).rows,
        ...(await world.service.search(actor, { q: 'dang thi thu anh' })).rows,
        ...(await world.service.search(actor, { q: '999190000017', reason: 'Đối chiếu' })).rows,
        ...(await world.service.search(actor, { q: '0900123456' })).rows,
        ...(await world.service.inbox(actor, { view: 'unit' })).rows,
      ];
      for (const row of shown) expect(visible.has(row.id)).toBe(true);
      for (const view of ['role', 'desk', 'return', 'mine'] as const) {
        const { rows } = await world.service.inbox(actor, { view });
        if (actor.kind !== 'staff') expect(rows).toEqual([]);
      }
    }),
    { numRuns: 25 },
  );
});

test('readings of many people at one moment travel together, each within its own scope', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anybody, { minLength: 2, maxLength: 6 }), async (actors) => {
      const find = createDossierReader(world.db);
      const asked = actors.flatMap((actor) => [...ids, unknownId()].map((id) => ({ actor, id })));
      const found = await Promise.all(asked.map(({ actor, id }) => find(dossierScope(actor), id)));
      const visible = new Map(await Promise.all(actors.map(async (a) => [a, new Set(await visibleTo(a))] as const)));
      expect(found.map((dossier) => dossier?.id)).toEqual(
        asked.map(({ actor, id }) => (visible.get(actor)?.has(id) ? id : undefined)),
      );
    }),
    { numRuns: 15 },
  );
});

describe('a foreign dossier is answered as a missing one', () => {
  const ask: Readonly<Record<string, (actor: Actor, id: string) => Promise<unknown>>> = {
    page: (actor, id) => world.service.page(actor, id),
    command: (actor, id) => world.service.command(actor, id, 1, { kind: 'withdraw', reason: 'x' }),
    addMoney: (actor, id) =>
      world.service.addMoney(actor, id, { kind: 'paid', feeId: 'le-phi', amountVnd: 1, method: 'cash' }),
    slip: (actor, id) => world.service.slip(actor, id, 'RECEIPT', 'http://localhost'),
    checkReadable: (actor, id) => world.service.checkReadable(actor, id, unknownId()),
    rate: (actor, id) => world.service.rate(actor, id, 5, null),
  };
  test.each(Object.keys(ask))('%s', async (name) => {
    const audited = async (id: string): Promise<unknown> =>
      (await sql`select count(*) n from audit.entry where object_id = ${id}`.execute(world.db)).rows;
    for (const actor of [ACTOR.otherDesk, citizen(3), GUEST]) {
      const id = ids[0] ?? '';
      const before = await audited(id);
      const foreign = await failure(ask[name]?.(actor, id) ?? Promise.resolve());
      const missing = await failure(ask[name]?.(actor, unknownId()) ?? Promise.resolve());
      expect([foreign.code, foreign.details]).toEqual([missing.code, missing.details]);
      expect(foreign.code).toBe('row/missing');
      expect(await audited(id)).toEqual(before);
    }
  });
});

test('the register of a desk outside the reader’s units is missing', async () => {
  expect(
    (
      await failure(
        world.service.register(ACTOR.otherDesk, { deskId: UNIT.desk, from: '2023-08-21', to: '2023-08-21' }),
      )
    ).code,
  ).toBe('row/missing');
});

test('to print a register is a right of its own, held for that desk', async () => {
  const reader = staff(70, UNIT.otherDesk, { 'dossier.read': [UNIT.desk], 'register.print': [UNIT.otherDesk] });
  expect(
    (await failure(world.service.register(reader, { deskId: UNIT.desk, from: '2023-08-21', to: '2023-08-21' }))).code,
  ).toBe('row/missing');
});

test('people of another desk’s dossiers are not found', async () => {
  const receiver = staff(71, UNIT.desk, { 'dossier.receive': [UNIT.desk], 'dossier.read-personal': [UNIT.desk] });
  expect((await world.service.findPeople(receiver, 'Đặng Thị', UNIT.desk)).rows.length).toBeGreaterThan(0);
  // Who need not read personal data has the paper in hand, or nothing.
  expect((await world.service.findPeople(ACTOR.desk, 'Đặng Thị', UNIT.desk)).rows).toEqual([]);
  expect((await world.service.findPeople(ACTOR.desk, '0900123456', UNIT.desk)).rows).toEqual([]);
  expect((await world.service.findPeople(ACTOR.desk, '999190000017', UNIT.desk)).rows.length).toBe(1);
  expect((await failure(world.service.findPeople(ACTOR.desk, 'Đặng Thị', UNIT.otherDesk))).code).toBe('row/missing');
});
