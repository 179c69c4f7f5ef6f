import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { dayOf, instantAt, timeOf } from '../../../core/time/index.ts';
import { ACTOR, SYSTEM, TO_DECIDED, UNIT, unknownId } from '../dossiers/testing/world.ts';
import { createWarnedWorld, type WarnedWorld } from './testing/warned-world.ts';

let world: WarnedWorld;
beforeAll(async () => {
  world = await createWarnedWorld();
});
afterAll(() => world.drop());
beforeEach(async () => {
  for (const table of ['notice', 'digest', 'watch', 'warning']) {
    await sql`delete from ${sql.table(`warnings.${table}`)}`.execute(world.db);
  }
  await sql`delete from notifications.message`.execute(world.db);
  world.changeable.recipientFor = async (staffId) => staffId;
});

const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11)) ?? new Date(Number.NaN);
const show = (date: Date): string => `${dayOf(date)} ${timeOf(date).slice(0, 5)}`;
/** Everything that runs by itself, at an instant. */
async function tick(when: string): Promise<number> {
  world.clock.set(at(when));
  await world.settle();
  return world.warnings.sendDigests();
}
const keys = async (dossierId: string): Promise<string[]> => (await world.madeFor(dossierId)).map((row) => row.key);
async function receive(when: string): Promise<string> {
  world.clock.set(at(when));
  const { id } = await world.receive();
  await world.settle();
  return id;
}

// Three working days from Mon 2/3 07:00 are over Wed 4/3 17:00, the first office's one day Mon 17:00.
const ALL = [
  ['step/50', '2026-03-02 11:00'],
  ['step/80', '2026-03-02 15:24'],
  ['step/100', '2026-03-02 17:00'],
  ['step/120', '2026-03-03 08:36'],
  ['dossier/50', '2026-03-03 11:00'],
  ['dossier/last-day', '2026-03-04 07:00'],
  ['dossier/80', '2026-03-04 10:12'],
  ['dossier/100', '2026-03-04 17:00'],
  ['dossier/120', '2026-03-05 13:48'],
];

it('makes each warning when its instant has come, once, however often the timer runs', async () => {
  const id = await receive('2026-03-02 07:00');
  expect(await keys(id)).toEqual([]);
  await tick('2026-03-02 15:30');
  await world.settle();
  expect(await keys(id)).toEqual(['step/50', 'step/80']);
  for (const when of ['2026-03-03 09:00', '2026-03-04 08:00', '2026-03-04 17:00', '2026-03-09 08:00']) {
    await tick(when);
    await world.otherWarnings().evaluate();
  }
  const made = await world.madeFor(id);
  expect(made.map((row) => [row.key, show(row.at)])).toEqual(ALL);
});

it('tells listeners each rung that asks for an act, once, without personal data', async () => {
  const id = await receive('2026-03-02 07:00');
  await tick('2026-03-09 08:00');
  await tick('2026-03-09 09:00');
  const events = await world.eventsOf(id);
  expect(events.map((event) => `${event.subject}/${event.rung}`).sort()).toEqual(
    ALL.map(([key]) => key)
      .filter((key) => key !== 'step/50')
      .sort(),
  );
  const due = events.find((event) => event.subject === 'dossier' && event.rung === '100');
  expect(due?.acts).toEqual(['remind', 'tell-head', 'require-cause', 'prepare-apology']);
  expect(due).toMatchObject({ dossierId: id, holderUnitId: UNIT.office, holderStaffId: null });
  expect(JSON.stringify(events)).not.toContain('Đặng');
});

it('two processes at once make what one would make', async () => {
  const ids = [];
  for (let n = 0; n < 12; n++) ids.push(await receive('2026-03-02 07:00'));
  world.clock.set(at('2026-03-09 08:00'));
  const [one, two] = [world.warnings, world.otherWarnings()];
  await Promise.all([one.evaluate(), two.evaluate(), one.evaluate(), two.evaluate()]);
  await Promise.all([one.sendDigests(), two.sendDigests()]);
  for (const id of ids) expect(await keys(id)).toHaveLength(ALL.length);
  const digests = await world.digests();
  expect(digests.map((digest) => digest.lines)).toEqual([12, 12, 12]);
  expect(await world.bodiesFor(ACTOR.officer.staffId)).toHaveLength(1);
});

it('after a server was down over a week-end and Tết every due warning is made once, late ones say so', async () => {
  const id = await receive('2026-02-12 15:00');
  // Down from Friday morning to Monday ten days later, 09:05.
  await tick('2026-02-23 09:05');
  expect((await world.madeFor(id)).map((row) => [row.key, show(row.at), row.late])).toEqual([
    ['step/50', '2026-02-13 09:00', true],
    ['step/80', '2026-02-13 11:24', true],
    ['step/100', '2026-02-13 15:00', true],
    ['step/120', '2026-02-13 16:36', true],
    ['dossier/50', '2026-02-23 09:00', false],
  ]);
  expect(await world.digests()).toEqual([
    { staff: ACTOR.officer.staffId, day: '2026-02-23', lines: 1, late: 1 },
    { staff: ACTOR.colleague.staffId, day: '2026-02-23', lines: 1, late: 1 },
    { staff: ACTOR.head.staffId, day: '2026-02-23', lines: 1, late: 1 },
  ]);
  const [body = ''] = await world.bodiesFor(ACTOR.officer.staffId);
  expect(body).toContain('(báo muộn)');
  expect(body).toContain('1 hồ sơ được báo muộn');
  await tick('2026-02-23 09:06');
  expect(await world.bodiesFor(ACTOR.officer.staffId)).toHaveLength(1);
});

it('nobody is told outside working hours, nor in the first minutes of the day', async () => {
  await receive('2026-02-12 15:00');
  for (const when of [
    '2026-02-13 17:00',
    '2026-02-18 10:00',
    '2026-02-22 08:00',
    '2026-02-23 06:59',
    '2026-02-23 07:09',
  ]) {
    expect(await tick(when), when).toBe(0);
  }
  expect(await tick('2026-02-23 07:10')).toBe(3);
});

it('one digest a person a day: what comes later waits for the next working day', async () => {
  await receive('2026-03-06 07:00');
  expect(await tick('2026-03-06 15:30')).toBe(3);
  await receive('2026-03-06 15:31');
  await tick('2026-03-06 16:59');
  expect(await tick('2026-03-06 16:59')).toBe(0);
  expect(await tick('2026-03-07 10:00')).toBe(0);
  expect(await tick('2026-03-09 08:00')).toBe(3);
  expect((await world.digests()).map((digest) => digest.day)).toEqual([
    ...Array(3).fill('2026-03-06'),
    ...Array(3).fill('2026-03-09'),
  ]);
});

it('a clock put back or forward doubles nothing and loses nothing', async () => {
  const id = await receive('2026-03-02 07:00');
  await tick('2026-03-03 09:00');
  const before = await keys(id);
  await tick('2026-03-02 08:00');
  await tick('2026-02-20 08:00');
  expect(await keys(id)).toEqual(before);
  await tick('2026-03-03 09:01');
  expect(await keys(id)).toEqual(before);
  // Forward by a year and back: everything has been said, nothing is said again.
  await tick('2027-03-03 09:00');
  for (const when of ['2026-03-03 09:05', '2026-03-04 08:00', '2026-03-05 08:00', '2026-03-06 08:00']) await tick(when);
  expect((await keys(id)).sort()).toEqual(ALL.map(([key]) => key).sort());
  const days = (await world.digests()).filter((d) => d.staff === ACTOR.officer.staffId).map((d) => d.day);
  expect(new Set(days).size).toBe(days.length);
});

it('a pause keeps back what has not been reached and moves it', async () => {
  const id = await receive('2026-03-02 07:00');
  world.clock.set(at('2026-03-02 08:59'));
  await world.act(ACTOR.officer, id, {
    kind: 'request-supplement',
    items: [{ code: 'anh', name: 'Ảnh', what: 'nộp thêm' }],
    reason: 'Thiếu ảnh',
  });
  await tick('2026-03-06 08:00');
  expect(await keys(id)).toEqual([]);
  world.clock.set(at('2026-03-09 08:59'));
  await world.act(ACTOR.desk, id, { kind: 'accept-supplement', note: 'Đã nhận ảnh' });
  await tick('2026-03-09 11:01');
  expect((await world.madeFor(id)).map((row) => [row.key, show(row.at), row.late])).toEqual([
    ['step/50', '2026-03-09 11:00', false],
  ]);
});

it('the rungs of a step left behind are not made; a new step has its own', async () => {
  const id = await receive('2026-03-02 07:00');
  world.clock.set(at('2026-03-02 07:56'));
  for (const [who, command] of TO_DECIDED.slice(0, 3)) await world.act(ACTOR[who], id, command);
  // At 07:59 the head of the office has half a day: until 11:59 worked, that is 13:59.
  await tick('2026-03-02 16:59');
  expect((await world.madeFor(id)).map((row) => [row.key, show(row.at)])).toEqual([
    ['step/50', '2026-03-02 09:59'],
    ['step/80', '2026-03-02 11:11'],
    ['step/100', '2026-03-02 13:59'],
    ['step/120', '2026-03-02 14:47'],
  ]);
});

it('a dossier that ends before a rung is never warned of and no longer watched', async () => {
  const id = await receive('2026-03-02 07:00');
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
  await tick('2026-04-02 08:00');
  expect(await keys(id)).toEqual([]);
  expect(await world.count('warnings.watch', id)).toBe(0);
});

it('what ended before the digest is not told; what moved on is told to who holds it now', async () => {
  const [ended, moved] = [await receive('2026-03-02 07:00'), await receive('2026-03-02 07:00')];
  // Both have reached 80 % of the step by the evening, nobody has been told.
  world.clock.set(at('2026-03-02 17:30'));
  await world.settle();
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], ended, command);
  await world.act(ACTOR.head, moved, { kind: 'assign', staffId: ACTOR.colleague.staffId });
  expect(await tick('2026-03-03 07:20')).toBeGreaterThan(0);
  await world.warnings.sendDigests();
  const told = (await world.digests()).map((digest) => [digest.staff, digest.lines]);
  expect(told).toEqual([[ACTOR.colleague.staffId, 1]]);
  const [body = ''] = await world.bodiesFor(ACTOR.colleague.staffId);
  expect(body).not.toContain('Đặng');
});

it('the digest of an absent person goes to whoever acts for them, in one with their own', async () => {
  world.changeable.recipientFor = async (staffId) =>
    staffId === ACTOR.colleague.staffId ? ACTOR.officer.staffId : staffId;
  await receive('2026-03-02 07:00');
  await tick('2026-03-02 15:30');
  expect((await world.digests()).map((digest) => digest.staff)).toEqual([ACTOR.officer.staffId, ACTOR.head.staffId]);
});

it('the head reads sums by step and person; the officer has the list also by mail', async () => {
  const id = await receive('2026-03-02 07:00');
  await world.act(ACTOR.head, id, { kind: 'assign', staffId: ACTOR.officer.staffId });
  await tick('2026-03-04 17:00');
  await tick('2026-03-05 07:30');
  const [head = ''] = await world.bodiesFor(ACTOR.head.staffId);
  expect(head).toContain('Hồ sơ của đơn vị (1)');
  expect(head).toContain('- Thẩm tra – Cán bộ mẫu 2: 1 hồ sơ, 1 quá hạn');
  const [officer = ''] = await world.bodiesFor(ACTOR.officer.staffId);
  expect(officer).toContain('Cấp giấy xác nhận mẫu – Thẩm tra: hết hạn hồ sơ, hạn 17:00 ngày 04/03/2026');
  expect(officer).toContain('https://example.vn/can-bo/canh-bao');
  const { rows } = await sql<{
    to_address: string;
  }>`select to_address from notifications.message where channel = 'email'`.execute(world.db);
  expect(rows).toEqual([{ to_address: 'can.bo@example.vn' }]);
});

it('open dossiers nobody told of are found and watched', async () => {
  const id = await receive('2026-03-02 07:00');
  await sql`delete from warnings.watch`.execute(world.db);
  world.clock.set(at('2026-03-02 15:30'));
  expect(await world.warnings.adopt()).toBeGreaterThan(0);
  expect(await world.warnings.adopt()).toBe(0);
  await world.settle();
  expect(await keys(id)).toEqual(['step/50', 'step/80']);
});

it('a re-appointed dossier is warned of by its new date, in a round of its own', async () => {
  const id = await receive('2026-03-02 07:00');
  await tick('2026-03-04 09:00');
  expect((await keys(id)).filter((key) => key.startsWith('dossier'))).toEqual(['dossier/50', 'dossier/last-day']);
  await world.service.reappoint(SYSTEM, {
    dossierId: id,
    newDueAt: at('2026-03-06 17:00'),
    reason: 'Cần xác minh thêm',
    apologyId: id,
  });
  await tick('2026-03-06 17:00');
  const all = await world.madeFor(id);
  expect(all.filter((row) => row.key.startsWith('step'))).toHaveLength(4);
  const made = all.filter((row) => row.key.startsWith('dossier'));
  expect(made.map((row) => [row.key, show(row.at)])).toEqual([
    ['dossier/50', '2026-03-03 11:00'],
    ['dossier/last-day', '2026-03-04 07:00'],
    ['dossier/50', '2026-03-04 11:00'],
    ['dossier/day-before', '2026-03-05 07:00'],
    ['dossier/80', '2026-03-05 17:00'],
    ['dossier/last-day', '2026-03-06 07:00'],
    ['dossier/100', '2026-03-06 17:00'],
  ]);
});

it('a dossier that cannot be looked at does not hold up the others', async () => {
  const [id, broken] = [await receive('2026-03-02 07:00'), await receive('2026-03-02 07:00')];
  const { calendarRevision } = world.ports;
  const lost = unknownId();
  await sql`update dossiers.dossier set calendar_revision_id = ${lost}::uuid where id = ${broken}::uuid`.execute(
    world.db,
  );
  world.ports.calendarRevision = async (revisionId) => {
    if (revisionId === lost) throw new Error('no calendar');
    return calendarRevision(revisionId);
  };
  await tick('2026-03-02 15:30');
  expect(await keys(id)).toEqual(['step/50', 'step/80']);
  expect(await keys(broken)).toEqual([]);
  world.ports.calendarRevision = calendarRevision;
  await tick('2026-03-02 16:30');
  expect(await keys(broken)).toEqual(['step/50', 'step/80']);
});
