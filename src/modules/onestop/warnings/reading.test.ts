import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instantAt } from '../../../core/time/index.ts';
import { failure } from '../dossiers/testing/failure.ts';
import { ACTOR, GUEST, staff, UNIT, unknownId } from '../dossiers/testing/world.ts';
import type { NewLadderBody } from './contract.ts';
import { createWarnedWorld, type WarnedWorld } from './testing/warned-world.ts';

let world: WarnedWorld;
const dossiers: string[] = [];
const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11)) ?? new Date(Number.NaN);
const editor = staff(9, UNIT.authority, { 'warning.edit': [UNIT.authority, UNIT.office] });
beforeAll(async () => {
  world = await createWarnedWorld();
  for (const when of ['2026-03-02 07:00', '2026-03-02 08:00', '2026-03-02 13:30']) {
    world.clock.set(at(when));
    dossiers.push((await world.receive()).id);
  }
  await world.act(ACTOR.head, dossiers[1] ?? '', { kind: 'assign', staffId: ACTOR.officer.staffId });
  world.clock.set(at('2026-03-02 16:00'));
  await world.settle();
});
afterAll(() => world.drop());

it('lists what stands on a rung, the most urgent first, page by page', async () => {
  const first = await world.warnings.list(ACTOR.head, { limit: 1 });
  expect(first.rows).toMatchObject([
    {
      dossierId: dossiers[0],
      rung: '80',
      subject: 'step',
      colour: 'amber',
      stepName: 'Thẩm tra',
      holderUnitName: 'Tư pháp xã Mẫu Một',
      holderStaffName: null,
      rungText: 'đã dùng 80 % hạn bước',
    },
  ]);
  const rest = await world.warnings.list(ACTOR.head, { cursor: first.nextCursor ?? '', limit: 50 });
  expect(rest.rows.map((row) => [row.dossierId, row.rung])).toEqual([[dossiers[1], '50']]);
  expect(rest.nextCursor).toBeNull();
  expect(JSON.stringify([first, rest])).not.toContain('Đặng');
});

it('filters by person, rung, colour, unit and procedure; a broken page mark begins at the first row', async () => {
  const count = async (query: object) => (await world.warnings.list(ACTOR.head, query)).rows.length;
  expect(await count({ staffId: ACTOR.officer.staffId })).toBe(1);
  expect(await count({ rung: '50' })).toBe(1);
  expect(await count({ colour: 'amber' })).toBe(1);
  expect(await count({ unitId: UNIT.office, procedureCode: '9.000001' })).toBe(2);
  expect(await count({ unitId: UNIT.desk })).toBe(0);
  expect(await count({ cursor: 'bm9uc2Vuc2U' })).toBe(2);
});

it('sums agree with the list', async () => {
  const sums = await world.warnings.sums(ACTOR.head);
  expect(sums).toMatchObject({ total: 2, red: 0, amber: 1 });
  expect(sums.rungs.map((row) => [row.key, row.count])).toEqual([
    ['50', 1],
    ['80', 1],
  ]);
  expect(sums.units).toEqual([{ key: UNIT.office, name: 'Tư pháp xã Mẫu Một', count: 2, red: 0 }]);
  expect(sums.staff.map((row) => [row.name, row.count])).toEqual([['Cán bộ mẫu 2', 1]]);
  expect(sums.procedures.map((row) => row.name)).toEqual(['Cấp giấy xác nhận mẫu']);
});

it('shows nobody what is not theirs', async () => {
  for (const actor of [ACTOR.otherOfficer, GUEST, staff(10, UNIT.office, {})]) {
    expect((await world.warnings.list(actor, {})).rows).toEqual([]);
    expect((await world.warnings.sums(actor)).total).toBe(0);
    expect((await failure(world.warnings.ofDossier(actor, dossiers[0] ?? ''))).code).toBe('row/missing');
  }
  expect((await failure(world.warnings.ofDossier(ACTOR.head, unknownId()))).code).toBe('row/missing');
});

it('a dossier shows what was warned and what is to come', async () => {
  const shown = await world.warnings.ofDossier(ACTOR.officer, dossiers[0] ?? '');
  expect(shown.made.map((row) => [row.text, row.stepName, row.late])).toEqual([
    ['đã dùng 50 % hạn bước', 'Thẩm tra', true],
    ['đã dùng 80 % hạn bước', 'Thẩm tra', false],
  ]);
  expect(shown.ahead[0]).toMatchObject({ subject: 'step', rung: '100', at: '2026-03-02T17:00:00+07:00' });
  expect(shown.ahead.map((row) => row.rung)).toContain('last-day');
});

const own = (more: Partial<NewLadderBody> = {}): NewLadderBody => ({
  name: 'Thang của xã',
  procedureCode: null,
  unitId: UNIT.authority,
  validFrom: '2026-03-03',
  source: 'Quyết định nội bộ 01',
  definition: { dossier: [{ id: '30', share: 30, colour: 'amber', acts: ['remind'] }], step: [] },
  seen: null,
  ...more,
});

it('refuses a ladder that cannot be, that begins in the past, or of a unit not one’s own', async () => {
  const bad = { dossier: [{ id: 'a', share: 50, colour: 'red' as const, acts: ['require-cause' as const] }], step: [] };
  for (const body of [own({ definition: bad }), own({ validFrom: '2026-03-01' }), own({ validFrom: '2026-02-31' })]) {
    expect((await failure(world.warnings.publish(editor, body))).code).toBe('warning/ladder-invalid');
  }
  for (const [actor, body] of [
    [editor, own({ unitId: UNIT.otherAuthority })],
    [ACTOR.head, own()],
    [ACTOR.head, own({ unitId: null })],
  ] as const) {
    expect((await failure(world.warnings.publish(actor, body))).code).toBe('row/missing');
  }
});

it('of two people who publish at once one wins, the other is told; the new ladder counts from its day', async () => {
  const settled = await Promise.allSettled([
    world.warnings.publish(editor, own()),
    world.warnings.publish(editor, own()),
  ]);
  expect(settled.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  const lost = settled.find((one) => one.status === 'rejected');
  expect(lost?.reason).toMatchObject({ code: 'row/stale' });
  expect((await world.warnings.ladders(editor)).rows.map((row) => [row.name, row.builtIn])).toEqual([
    ['Thang của xã', false],
    ['Thang cảnh báo chung', true],
  ]);
  const { rows } = await sql<{
    n: number;
  }>`select count(*) n from audit.entry where action = 'warning.publish-ladder'`.execute(world.db);
  expect(rows[0]?.n).toBe(1);
  world.clock.set(at('2026-03-03 09:00'));
  await world.settle();
  // 30 % of three days was reached on Monday, before the ladder: not made up afterwards.
  const keys = (await world.madeFor(dossiers[0] ?? '')).map((row) => row.key);
  expect(keys).toEqual(['step/50', 'step/80']);
  // The third was received Mon 13:30: 7.2 hours later it is Tue 10:42.
  world.clock.set(at('2026-03-03 10:42'));
  await world.settle();
  expect((await world.madeFor(dossiers[2] ?? '')).map((row) => row.key)).toContain('dossier/30');
});

it('goes back to the wider ladder, and tries a ladder on a sample without saving it', async () => {
  const seen = (await world.warnings.ladders(editor)).rows[0]?.id ?? null;
  await world.warnings.publish(editor, own({ definition: null, seen }));
  const shown = await world.warnings.ofDossier(ACTOR.head, dossiers[2] ?? '');
  expect(shown.ahead.map((row) => row.rung)).toContain('last-day');
  const tried = await world.warnings.preview(editor, {
    definition: own().definition ?? { dossier: [], step: [] },
    receivedAt: '2026-02-12T15:00',
    limitDays: 3,
  });
  expect(tried).toMatchObject({
    dueAt: '2026-02-24T15:00:00+07:00',
    faults: [],
    rungs: [{ rung: '30', at: '2026-02-13T14:12:00+07:00' }],
  });
  expect(await world.count('warnings.ladder')).toBe(2);
});
