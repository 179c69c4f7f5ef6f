import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countPersonalData, erasePersonalData, findEnded, findKeeping, findOfSamePeople } from './erase-store.ts';
import { checkLog } from './testing/check-log.ts';
import { ACTOR, createWorld, intakeBody, START, TO_DECIDED, UNIT, type World } from './testing/world.ts';

let world: World;
let id: string;
let sibling: string;
const OWNER = 'Đặng Thị Thử Ánh';
const PERSONAL = [
  OWNER,
  'thu anh',
  '999190000017',
  '0900123456',
  'Thôn Một',
  'Vay vốn sản xuất',
  'người nhận hộ',
  'G22.99-0017',
];

/** Every text of every table of the module that keys on the dossier. */
async function everything(dossierId: string): Promise<string> {
  const tables = ['party', 'component', 'action', 'supplement', 'money_entry', 'slip', 'rating', 'search_key', 'task'];
  const parts = await Promise.all(
    tables.map((name) =>
      sql<{ t: string | null }>`select string_agg(to_jsonb(x)::text, ' ') t from ${sql.table(`dossiers.${name}`)} x
        where x.dossier_id = ${dossierId}::uuid`.execute(world.db),
    ),
  );
  const own = await sql<{
    t: string;
  }>`select to_jsonb(x)::text t from dossiers.dossier x where id = ${dossierId}::uuid`.execute(world.db);
  return [...parts, own].map((part) => part.rows[0]?.t ?? '').join('\n');
}

beforeAll(async () => {
  world = await createWorld();
  sibling = (await world.receive({ subject: 'Việc khác' })).id;
  id = (await world.receive({ subject: `Việc của ${OWNER}` })).id;
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
  await world.act(ACTOR.desk, id, { kind: 'hand-over', method: 'desk', receiver: 'người nhận hộ' });
  const fee = { kind: 'paid', feeId: 'le-phi', amountVnd: 15_000 } as const;
  await world.service.addMoney(ACTOR.desk, id, { ...fee, method: 'online', platform: 'own', reference: 'G22.99-0017' });
});
afterAll(() => world.drop());

test('before an erasure the dossier is full of personal data', async () => {
  const text = await everything(id);
  for (const word of PERSONAL) expect(text).toContain(word);
  expect(await countPersonalData(world.db, [id])).toMatchObject({ parties: 1, notes: 6 });
});

test('people of a dossier lead to their other dossiers', async () => {
  expect(await findOfSamePeople(world.db, id)).toEqual([sibling, id].sort());
});

test('erasure leaves nothing personal, and the log still replays to the columns', async () => {
  const at = new Date(START.getTime() + 86_400_000);
  await world.db.transaction().execute((trx) => erasePersonalData(trx, id, at));
  const text = await everything(id);
  for (const word of PERSONAL) expect(text).not.toContain(word);
  const [facts] = await findKeeping(world.db, [id]);
  expect(facts).toMatchObject({ id, status: 'returned', decidedByUnitId: UNIT.authority, erasedAt: at });
  await checkLog(world.db, id);
});

test('the page of an erased dossier opens without names, form or papers to print', async () => {
  const page = await world.service.page(ACTOR.head, id);
  expect(page.row.ownerName).toBe('');
  expect(page.formLines).toEqual([]);
  expect(page.slips).toEqual([]);
  expect(page.history.length).toBeGreaterThan(5);
});

test('a person of another dossier stays, with the name it is found by', async () => {
  const found = await world.service.search(ACTOR.desk, { q: OWNER });
  expect(found.rows.map((row) => row.id)).toEqual([sibling]);
  const { rows } = await sql<{ n: number }>`select count(*)::int n from dossiers.person`.execute(world.db);
  expect(rows[0]?.n).toBe(1);
});

test('after the last dossier of a person the person is gone too', async () => {
  await world.db.transaction().execute((trx) => erasePersonalData(trx, sibling, START));
  const { rows } = await sql<{ n: number }>`select (select count(*) from dossiers.person)::int
    + (select count(*) from dossiers.person_identity)::int + (select count(*) from dossiers.search_name)::int n`.execute(
    world.db,
  );
  expect(rows[0]?.n).toBe(0);
});

test('outside an erasure the log still lets nothing be changed', async () => {
  await expect(sql`update dossiers.action set note = 'x' where dossier_id = ${id}`.execute(world.db)).rejects.toThrow(
    /append-only/,
  );
});

test('ended dossiers are found by day of filing, without open and erased ones', async () => {
  const open = await world.receive(intakeBody({ subject: 'Còn mở' }));
  const later = new Date(START.getTime() + 400 * 86_400_000);
  const { rows } = await findEnded(world.db, later, null, 100);
  expect(rows.map((row) => row.id)).not.toContain(open.id);
  expect(rows.map((row) => row.id)).not.toContain(id);
});
