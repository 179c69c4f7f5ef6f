import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { IntakeBodyType } from './contract.ts';
import { checkLog } from './testing/check-log.ts';
import { ACTOR, createWorld, intakeBody, START, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());
beforeEach(() => world.clock.set(START));

const receive = (body: IntakeBodyType, key?: string) =>
  world.service.receiveAtDesk(ACTOR.desk, body, key === undefined ? {} : { idempotencyKey: key });
const ownedBy = (idNumber: string, fullName = 'Hồ Văn Thử'): IntakeBodyType =>
  intakeBody({
    parties: [{ role: 'owner', snapshot: { fullName, subjectType: 'citizen', idType: 'cccd', idNumber } }],
  });
const transactions = async (ids: readonly string[]): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`select count(distinct xmin::text)::int n from dossiers.dossier where id = any(${[...ids]}::uuid[])`.execute(
    world.db,
  );
  return rows[0]?.n ?? 0;
};

describe('dossiers that come at the same moment', () => {
  test('travel in a few statements, and each is whole', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, (_, n) => receive(ownedBy(`9991900010${10 + n}`))));
    expect(new Set(made.map((each) => each.code)).size).toBe(40);
    expect(await transactions(made.map((each) => each.id))).toBeLessThan(20);
    for (const { id } of made) {
      await checkLog(world.db, id);
      const counts = await Promise.all(
        ['party', 'component', 'action', 'task', 'clock_segment'].map((table) => world.count(`dossiers.${table}`, id)),
      );
      expect(counts).toEqual([1, 2, 3, 2, 2]);
      const { rows } = await sql<{ audit: number; events: number }>`select
        (select count(*)::int from audit.entry where object_id = ${id}) audit,
        (select count(*)::int from platform.event where key = ${id}) events`.execute(world.db);
      expect(rows).toEqual([{ audit: 1, events: 2 }]);
    }
  });

  test('make one person of one new identity number', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => receive(ownedBy('999190002099'))));
    const { rows } = await sql<{ people: number }>`select count(distinct person_id)::int people
      from dossiers.party where dossier_id = any(${made.map((each) => each.id)}::uuid[])`.execute(world.db);
    // Those that travelled in different statements at once may have met as strangers: two statements leave at a time.
    expect(rows[0]?.people).toBeLessThanOrEqual(6);
    const after = await receive(ownedBy('999190002099'));
    const known = await sql<{
      same: boolean;
    }>`select p.person_id = i.person_id same from dossiers.party p, dossiers.person_identity i
      where p.dossier_id = ${after.id} and i.number = '999190002099'`.execute(world.db);
    expect(known.rows).toEqual([{ same: true }]);
  });

  test('do not fail with the one among them that does', async () => {
    await receive(ownedBy('999190003001'), 'the-same-key');
    const replies = await Promise.allSettled([
      ...Array.from({ length: 8 }, (_, n) => receive(ownedBy(`9991900031${10 + n}`))),
      // Another content under a known key: the statement it travels in is refused, and written again one by one.
      receive(ownedBy('999190003002'), 'the-same-key'),
      ...Array.from({ length: 8 }, (_, n) => receive(ownedBy(`9991900032${10 + n}`))),
    ]);
    expect(replies.filter((reply) => reply.status === 'rejected')).toHaveLength(1);
    const made = replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value.id] : []));
    expect(new Set(made).size).toBe(16);
    for (const id of made) expect(await world.count('dossiers.dossier', id)).toBe(1);
  });

  test('have one effect per key, however often they are sent', async () => {
    const before = await world.count('dossiers.dossier');
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => receive(ownedBy('999190004001'), `k${n % 4}`)),
    );
    expect(new Set(replies.map((reply) => reply.id)).size).toBe(4);
    expect((await world.count('dossiers.dossier')) - before).toBe(4);
  });
});

describe('commands that come at the same moment', () => {
  test('on many dossiers travel together; on one of them a single one wins', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, (_, n) => receive(ownedBy(`9991900050${10 + n}`))));
    const open = made.flatMap(({ id, version }) =>
      Array.from({ length: 3 }, () => world.service.command(ACTOR.officer, id, version, { kind: 'open' })),
    );
    const replies = await Promise.allSettled(open);
    expect(replies.filter((reply) => reply.status === 'fulfilled')).toHaveLength(10);
    for (const { id, version } of made) {
      await checkLog(world.db, id);
      expect(await world.versionOf(id)).toBe(version + 1);
      expect(await world.count('dossiers.action', id)).toBe(version + 1);
    }
  });
});
