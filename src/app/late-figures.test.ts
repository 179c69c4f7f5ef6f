import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBoardService } from '../modules/onestop/boards/index.ts';
import { ACTOR, staff, TO_DECIDED, UNIT } from '../modules/onestop/dossiers/testing/world.ts';
import { createStatisticsService } from '../modules/onestop/statistics/index.ts';
import { createBoardPorts } from './board-ports.ts';
import { type ApologyWorld, createApologyWorld, WHO } from './testing/apology-world.ts';

let world: ApologyWorld;
beforeAll(async () => {
  world = await createApologyWorld();
});
afterAll(() => world.drop());

/** The same stream of numbers in 0…n−1 for the same seed. */
function chance(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * n);
  };
}

it('public board, boards, apologies and lists call the same open dossiers late, also paused ones', async () => {
  const pick = chance(20_230_821);
  const open: string[] = [];
  const paused = new Set<string>();
  const start = new Date('2023-08-21T08:00:00+07:00').getTime();
  // Nine working days of intake, pauses, resumes, re-appointments and endings at random.
  for (let hour = 0; hour < 9 * 24; hour += 3) {
    world.clock.set(new Date(start + hour * 3_600_000));
    if (pick(3) > 0) open.push((await world.receiveFor()).id);
    const id = open[pick(open.length)];
    if (id === undefined) continue;
    const what = pick(5);
    if (paused.has(id)) {
      if (what < 2) await world.act(ACTOR.officer, id, { kind: 'resume' });
      if (what < 2) paused.delete(id);
    } else if (what < 2) {
      await world.act(ACTOR.officer, id, { kind: 'suspend', reason: 'Chờ xác minh' });
      paused.add(id);
    } else if (what === 2) {
      await world.apologies
        .propose(WHO.officer, {
          dossierId: id,
          reasonCode: 'xac-minh',
          reason: 'Chờ xác minh',
          newDueDay: '2023-08-31',
        })
        .then((made) => world.apologies.approve(WHO.chairman, made.id, made.version))
        .catch(() => undefined);
    } else if (what === 3 && pick(2) === 0) {
      for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
      open.splice(open.indexOf(id), 1);
    }
  }
  await world.settle();
  const day = '2023-08-30';
  world.clock.set(new Date(`${day}T15:00:00+07:00`));
  await world.apologies.takeUpLate();
  const now = world.clock.now();
  const board = createStatisticsService({ db: world.db, clock: world.clock });
  const chief = staff(30, UNIT.authority, { 'board.read': [UNIT.authority, UNIT.desk, UNIT.office, UNIT.clerks] });
  const boards = createBoardService({
    db: world.db,
    clock: world.clock,
    ports: createBoardPorts({ ports: world.ports, apologies: world.apologies }),
  });
  const period = { from: '2023-08-21', to: day };
  const publicOpenLate = (await board.boardOf(undefined, '2023-08')).reduce((sum, row) => sum + row.openLate, 0);
  const figures = (await world.apologies.lateFigures(undefined, period)).total;
  const units = (await boards.units(chief, period)).total;
  const { all } = await boards.desk(chief, {});
  const owed = await boards.unitRows(chief, { ...period, figure: 'lateOfDue', limit: 200 });
  expect([owed.total, owed.rows.length]).toEqual([units.lateOfDue, units.lateOfDue]);
  const listed = await world.service.list(chief, { late: true, limit: 200 });
  // Paused in time, and past the date by now: what the definitions once differed in.
  const [{ n: pausedInTime = 0 } = {}] = (await world.rows(
    `select count(*)::int n from dossiers.dossier where clock_status = 'paused' and due_current < '${now.toISOString()}'
       and (clock_events->-1->>'at')::timestamptz <= due_current`,
  )) as { n?: number }[];
  expect(pausedInTime).toBeGreaterThan(0);
  expect(publicOpenLate).toBeGreaterThan(0);
  expect({
    units: units.openLate,
    desk: all.late,
    apologies: figures.lateOpen,
    list: listed.rows.filter((row) => row.status !== 'decided').length,
  }).toEqual({
    units: publicOpenLate,
    desk: publicOpenLate,
    apologies: publicOpenLate,
    list: publicOpenLate,
  });
}, 60_000);
