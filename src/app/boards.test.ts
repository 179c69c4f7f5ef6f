import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { BUCKETS } from '../modules/onestop/boards/rules/buckets.ts';
import { UNIT_FIGURES } from '../modules/onestop/boards/rules/unit-figures.ts';
import { type BoardService, createBoardService } from '../modules/onestop/boards/service.ts';
import { failure } from '../modules/onestop/dossiers/testing/failure.ts';
import { ACTOR, createWorld, staff, TO_DECIDED, UNIT, type World } from '../modules/onestop/dossiers/testing/world.ts';
import { createStatisticsSubscriber } from '../modules/onestop/statistics/index.ts';
import { dispatchOnce } from '../platform/events/outbox.ts';
import { createLog } from '../platform/log/log.ts';
import { createBoardPorts } from './board-ports.ts';

const units = [UNIT.authority, UNIT.desk, UNIT.office, UNIT.clerks];
const head: StaffActor = staff(41, UNIT.authority, { 'board.read': units });
const other: StaffActor = staff(42, UNIT.otherOffice, { 'board.read': [UNIT.otherOffice] });

let world: World;
let boards: BoardService;
beforeAll(async () => {
  world = await createWorld();
  const apologies = {
    lateFigures: async () => ({
      total: undefined as never,
      units: [{ unitId: UNIT.authority, without: 2, late: 2, denominator: 8 } as never],
    }),
    lateIds: async () => ({ ids: [], total: 2 }),
  };
  const { db, clock } = world;
  boards = createBoardService({ db, clock, ports: createBoardPorts({ ports: world.ports, apologies }) });
  // Late by now; with the officer; waiting for the citizen; finished; at the desk; fresh with nobody.
  const late = await world.receive();
  await world.act(ACTOR.officer, late.id, { kind: 'open' });
  world.pass(20 * 24 * 60);
  const waiting = await world.receive();
  await world.act(ACTOR.officer, waiting.id, {
    kind: 'request-supplement',
    reason: 'Thiếu',
    items: [{ code: null, name: 'Ảnh', what: '' }],
  });
  const done = await world.receive();
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], done.id, command);
  await world.receive({ forward: false });
  await world.receive();
  while ((await dispatchOnce(db, [createStatisticsSubscriber()], createLog('silent'))) > 0);
});
afterAll(() => world.drop());

test('every number of the board opens exactly so many rows', async () => {
  const board = await boards.desk(head, {});
  expect(board.all).toMatchObject({ open: 4, late: 1, citizen: 1, money: 0, agency: 0 });
  for (const bucket of BUCKETS) {
    expect([bucket, (await boards.deskRows(head, { bucket })).rows.length]).toEqual([bucket, board.all[bucket]]);
    for (const line of board.steps) {
      const step = { stepId: line.key ?? 'none' };
      const found = await boards.deskRows(head, { bucket, unitId: line.unitId, ...step });
      expect([line.name, bucket, found.total]).toEqual([line.name, bucket, line.counts[bucket]]);
    }
    for (const line of board.people) {
      const found = await boards.deskRows(head, { bucket, unitId: line.unitId, staffId: line.key ?? 'none' });
      expect([line.name, bucket, found.total]).toEqual([line.name, bucket, line.counts[bucket]]);
      if (bucket === 'late') expect(line.lateSince).toBe(found.rows[0]?.dueAt ?? null);
      if (bucket === 'at-risk') expect(line.riskDue).toBe(found.rows[0]?.dueAt ?? null);
    }
  }
});

test('lines by step and by person add up to the whole', async () => {
  const { all, steps, people } = await boards.desk(head, {});
  for (const lines of [steps, people]) {
    for (const bucket of BUCKETS) expect(lines.reduce((sum, line) => sum + line.counts[bucket], 0)).toBe(all[bucket]);
  }
});

test('another office sees nothing of it, and cannot ask for the unit', async () => {
  expect((await boards.desk(other, {})).all.open).toBe(0);
  expect((await failure(boards.desk(other, { unitId: UNIT.office }))).code).toBe('row/missing');
  expect((await failure(boards.deskRows(other, { unitId: UNIT.office }))).code).toBe('row/missing');
});

test('the board of units counts what was received, finished, open and owed', async () => {
  const { rows, total } = await boards.units(head, { from: '2023-08-01', to: '2023-12-31' });
  expect(rows).toEqual([
    {
      unitId: UNIT.authority,
      unitName: 'Ủy ban nhân dân xã Mẫu Một',
      received: 5,
      online: 0,
      finished: 1,
      inTime: 1,
      late: 0,
      open: 4,
      openLate: 1,
      apologiesOwed: 2,
      lateOfDue: 2,
      due: 8,
      lateRatePercent: 25,
    },
  ]);
  expect(total).toMatchObject({ received: 5, open: 4 });
  const days = { from: '2023-08-01', to: '2023-12-31' };
  for (const figure of UNIT_FIGURES) {
    for (const unitId of [undefined, UNIT.authority]) {
      const asked = { ...days, figure, ...(unitId ? { unitId } : {}) };
      const found = await boards.unitRows(head, asked);
      expect([figure, found.total]).toEqual([figure, total[figure]]);
    }
    expect((await boards.unitRows(other, { ...days, figure })).rows).toEqual([]);
  }
  const [openLate] = (await boards.unitRows(head, { ...days, figure: 'openLate' })).rows;
  expect(openLate).toMatchObject({ late: true, endedAt: null });
  const [finished] = (await boards.unitRows(head, { ...days, figure: 'finished' })).rows;
  expect(finished?.endedAt).toMatch(/^2023-/);
  expect((await boards.unitRows(head, { from: '2024-01-01', to: '2024-01-31', figure: 'finished' })).total).toBe(0);
  expect((await failure(boards.unitRows(other, { ...days, figure: 'open', unitId: UNIT.authority }))).code).toBe(
    'row/missing',
  );
  expect((await failure(boards.units(head, { from: '2023-08-02', to: '2023-08-01' }))).code).toBe('request/invalid');
});
