import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AppError } from '../../../platform/errors/app-error.ts';
import { checkLog as checkTheLog } from './testing/check-log.ts';
import { failure } from './testing/failure.ts';
import {
  ACTOR,
  CALENDAR_REVISION_ID,
  citizen,
  createWorld,
  GUEST,
  intakeBody,
  START,
  SYSTEM,
  staff,
  TO_DECIDED,
  UNIT,
  unknownId,
  type World,
} from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());
beforeEach(() => {
  world.clock.set(START);
  world.state.closedAfter.clear();
});

const decide = async (more: Parameters<World['receive']>[0] = {}): Promise<string> => {
  const { id } = await world.receive(more);
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
  return id;
};
/** Everything an act may leave behind. */
const traces = async (id: string): Promise<Record<string, number>> => {
  const { rows } = await sql<Record<string, number>>`select
    (select version from dossiers.dossier where id = ${id}) version,
    (select count(*) from dossiers.action where dossier_id = ${id}) actions,
    (select count(*) from dossiers.task where dossier_id = ${id}) tasks,
    (select count(*) from dossiers.clock_segment where dossier_id = ${id}) segments,
    (select count(*) from dossiers.supplement where dossier_id = ${id}) supplements,
    (select count(*) from audit.entry where object_id = ${id}) audit,
    (select count(*) from platform.event where key = ${id}) events`.execute(world.db);
  return rows[0] ?? {};
};
const checkLog = (id: string): Promise<void> => checkTheLog(world.db, id);

describe('a step sent back', () => {
  const sentBack = async (): Promise<string> => {
    const { id } = await world.receive();
    await world.act(ACTOR.colleague, id, { kind: 'open' });
    await world.act(ACTOR.colleague, id, { kind: 'draft-result', result: 'granted', title: 'Giấy', body: 'Xác nhận' });
    await world.act(ACTOR.colleague, id, { kind: 'forward' });
    return id;
  };
  const holder = async (id: string): Promise<string | null> => {
    const { rows } = await sql<{ holder_staff_id: string | null }>`select holder_staff_id from dossiers.dossier
      where id = ${id}`.execute(world.db);
    return rows[0]?.holder_staff_id ?? null;
  };

  test('goes to the person who did it before, though nobody had assigned it', async () => {
    const id = await sentBack();
    await world.act(ACTOR.head, id, { kind: 'return-step', reason: 'Sai tên' });
    expect(await holder(id)).toBe(ACTOR.colleague.staffId);
    expect((await world.service.page(ACTOR.officer, id)).commands.map((command) => command.kind)).not.toContain(
      'forward',
    );
    await checkLog(id);
  });

  test('goes to the unit where that person works there no more', async () => {
    const id = await sentBack();
    world.state.leftUnit.add(ACTOR.colleague.staffId);
    await world.act(ACTOR.head, id, { kind: 'return-step', reason: 'Sai tên' });
    world.state.leftUnit.clear();
    expect(await holder(id)).toBeNull();
    await checkLog(id);
  });
});

describe('the log replays to the columns', () => {
  test('after the whole way to a returned result', async () => {
    const id = await decide();
    await world.act(ACTOR.desk, id, { kind: 'hand-over', method: 'desk', receiver: 'Người nhận mẫu' });
    await checkLog(id);
    const page = await world.service.page(ACTOR.desk, id);
    expect(page.row).toMatchObject({ status: 'returned', nationalStatus: 10, light: 'none' });
    expect(page.result).toMatchObject({ kind: 'granted', number: expect.stringMatching(/^\d{2,}\/XN-UBND$/) });
    expect([page.punctuality, page.latenessMinutes]).toEqual(['early', 0]);
    expect(page.steps.every((step) => step.state === 'done')).toBe(true);
    expect(page.commands).toEqual([]);
  });

  test('after supplement, finance, suspension, a step back and a take-back', async () => {
    const { id } = await world.receive();
    const items = [{ code: 'anh', name: 'Ảnh chụp', what: 'rõ mặt' }];
    await world.act(ACTOR.officer, id, { kind: 'request-supplement', items, reason: 'Ảnh mờ' });
    await checkLog(id);
    world.pass(600);
    await world.act(ACTOR.desk, id, { kind: 'accept-supplement', note: 'Đã nhận ảnh' });
    await world.act(ACTOR.officer, id, { kind: 'request-finance', reason: 'Lệ phí', amountVnd: 15_000 });
    world.pass(90);
    await world.act(ACTOR.desk, id, { kind: 'settle-finance' });
    await world.act(ACTOR.officer, id, { kind: 'suspend', reason: 'Chờ xác minh' });
    await world.act(ACTOR.officer, id, { kind: 'resume' });
    await world.act(ACTOR.head, id, { kind: 'assign', staffId: ACTOR.colleague.staffId });
    await world.act(ACTOR.colleague, id, { kind: 'draft-result', title: 'GIẤY', body: 'Nội dung' });
    await world.act(ACTOR.colleague, id, { kind: 'forward' });
    await world.act(ACTOR.head, id, { kind: 'return-step', reason: 'Sai tên' });
    await world.act(ACTOR.head, id, { kind: 'take-back', reason: 'Nhầm' });
    await checkLog(id);
    await world.act(ACTOR.head, id, { kind: 'forward' });
    await world.act(ACTOR.chairman, id, { kind: 'approve' });
    await world.act(ACTOR.clerk, id, { kind: 'number' });
    await checkLog(id);
  });

  test.each(['withdraw', 'stop'] as const)('after %s', async (kind) => {
    const { id } = await world.receive();
    await world.act(ACTOR.officer, id, { kind: 'suspend', reason: 'Chờ' });
    await world.act(ACTOR.desk, id, { kind, reason: 'Người nộp yêu cầu' });
    await checkLog(id);
    expect((await world.service.page(ACTOR.desk, id)).row.status).toBe(kind === 'stop' ? 'stopped' : 'withdrawn');
  });

  test('after an electronic hand-over at numbering', async () => {
    const id = await decide({ resultMethod: 'electronic' });
    await checkLog(id);
    expect((await world.service.page(ACTOR.desk, id)).row.status).toBe('returned');
  });
});

describe('fifty people at once', () => {
  test('one wins, the rest are told, and nothing else is written', async () => {
    const { id } = await world.receive();
    const version = await world.versionOf(id);
    const before = await traces(id);
    const others = Array.from({ length: 50 }, (_, n) =>
      staff(100 + n, UNIT.office, { 'dossier.process': [UNIT.office] }),
    );
    const services = [world.service, world.anotherProcess()];
    const outcomes = await Promise.allSettled(
      others.map((actor, n) =>
        services[n % 2]?.command(actor, id, version, { kind: 'suspend', reason: `Chờ cơ quan thứ ${n}` }),
      ),
    );
    const lost = outcomes
      .filter((outcome) => outcome.status === 'rejected')
      .map((outcome) => outcome.reason as AppError);
    expect(lost.length).toBe(49);
    for (const error of lost) {
      expect(error.code).toBe('row/stale');
      expect(error.details.extra).toEqual({ currentVersion: version + 1, currentStatus: 'suspended' });
    }
    const after = await traces(id);
    const added = Object.fromEntries(
      Object.entries(after).map(([name, n]) => [name, Number(n) - Number(before[name])]),
    );
    expect(added).toEqual({ version: 1, actions: 1, tasks: 0, segments: 1, supplements: 0, audit: 1, events: 1 });
    await checkLog(id);
  });

  test('a double click of one person is one effect with one answer', async () => {
    const { id } = await world.receive();
    const version = await world.versionOf(id);
    const replies = await Promise.all(
      Array.from({ length: 10 }, () =>
        world.service.command(
          ACTOR.officer,
          id,
          version,
          { kind: 'suspend', reason: 'Chờ' },
          { idempotencyKey: 'click' },
        ),
      ),
    );
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    expect(await world.versionOf(id)).toBe(version + 1);
    // And much later, when the dossier has moved on.
    await world.act(ACTOR.officer, id, { kind: 'resume' });
    expect(
      await world.service.command(
        ACTOR.officer,
        id,
        version,
        { kind: 'suspend', reason: 'Chờ' },
        { idempotencyKey: 'click' },
      ),
    ).toEqual(replies[0]);
  });

  test('clerks numbering at once get different numbers', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => world.receive().then((made) => made.id)));
    for (const id of ids)
      for (const [who, command] of TO_DECIDED.slice(0, -1)) await world.act(ACTOR[who], id, command);
    const replies = await Promise.all(
      ids.map(async (id) => world.service.command(ACTOR.clerk, id, await world.versionOf(id), { kind: 'number' })),
    );
    expect(new Set(replies.map((reply) => reply.number)).size).toBe(8);
  });

  test('an illegal attempt takes no number from the register', async () => {
    const last = async (): Promise<unknown> =>
      (await sql`select * from dossiers.number_register order by register`.execute(world.db)).rows;
    const id = await decide();
    const before = await last();
    expect(
      (await failure(world.service.command(ACTOR.clerk, id, await world.versionOf(id), { kind: 'number' }))).code,
    ).toBe('dossier/illegal-action');
    expect(await last()).toEqual(before);
  });
});

describe('what is refused changes nothing', () => {
  test.each([
    ['an old version', ACTOR.officer, 1, { kind: 'open' }, 'row/stale'],
    ['what is not legal now', ACTOR.officer, 0, { kind: 'approve' }, 'dossier/illegal-action'],
    ['a request without items', ACTOR.officer, 0, { kind: 'request-supplement', reason: 'Thiếu' }, 'request/invalid'],
    ['a pause without a reason', ACTOR.officer, 0, { kind: 'suspend', reason: ' ' }, 'dossier/reason-needed'],
    ['an unknown command', ACTOR.officer, 0, { kind: 'constructor' }, 'request/invalid'],
    [
      'a deadline that is no day',
      ACTOR.officer,
      0,
      { kind: 'request-supplement', reason: 'x', items: [{ code: null, name: 'a', what: '' }], deadline: '2023-02-31' },
      'request/invalid',
    ],
    [
      'a deadline in the past',
      ACTOR.officer,
      0,
      { kind: 'request-supplement', reason: 'x', items: [{ code: null, name: 'a', what: '' }], deadline: '2023-08-20' },
      'request/invalid',
    ],
    [
      'work given to somebody of another unit',
      ACTOR.head,
      0,
      { kind: 'assign', staffId: ACTOR.otherOfficer.staffId },
      'request/invalid',
    ],
    ['text that cannot be kept', ACTOR.officer, 0, { kind: 'suspend', reason: 'a\u0000b' }, 'request/invalid'],
    ['a foreign dossier', ACTOR.otherOfficer, 0, { kind: 'open' }, 'row/missing'],
    ['a guest', GUEST, 0, { kind: 'withdraw', reason: 'x' }, 'row/missing'],
    ['another citizen', citizen(9), 0, { kind: 'withdraw', reason: 'x' }, 'row/missing'],
  ] as const)('%s', async (_, actor, back, command, code) => {
    const { id } = await world.receive();
    const before = await traces(id);
    const version = (await world.versionOf(id)) - back;
    expect((await failure(world.service.command(actor, id, version, command as never))).code).toBe(code);
    expect(await traces(id)).toEqual(before);
  });

  test('the next step cannot be forced on somebody who may not do it', async () => {
    const { id } = await world.receive();
    await world.act(ACTOR.officer, id, { kind: 'draft-result', title: 'GIẤY', body: 'Nội dung' });
    const version = await world.versionOf(id);
    const error = await failure(
      world.service.command(ACTOR.officer, id, version, { kind: 'forward', staffId: ACTOR.colleague.staffId }),
    );
    expect(error.code).toBe('request/invalid');
    const reply = await world.service.command(ACTOR.officer, id, version, {
      kind: 'forward',
      staffId: ACTOR.head.staffId,
    });
    expect(reply.version).toBe(version + 1);
  });
});

describe('requests for papers', () => {
  const items = [{ code: 'anh', name: 'Ảnh chụp', what: 'rõ mặt' }];

  test('give the applicant the days of the regime, inclusive, and only then may the desk stop', async () => {
    const { id } = await world.receive();
    await world.act(ACTOR.officer, id, { kind: 'request-supplement', items, reason: 'Ảnh mờ' });
    const page = await world.service.page(ACTOR.desk, id);
    // 15 working days from Monday 21/8.
    expect(page.supplements).toMatchObject([{ stage: 'processing', deadline: '2023-09-11', answeredAt: null }]);
    expect(page.commands.map((command) => command.kind)).not.toContain('stop');
    world.clock.set(new Date('2023-09-11T16:59:00+07:00'));
    const early = await failure(
      world.service.command(ACTOR.desk, id, await world.versionOf(id), { kind: 'stop', reason: 'Quá hạn' }),
    );
    expect(early.code).toBe('dossier/illegal-action');
    world.clock.set(new Date('2023-09-12T00:00:00+07:00'));
    await world.act(SYSTEM, id, { kind: 'stop', reason: 'Quá hạn bổ sung' });
    await checkLog(id);
  });

  test('before reception are made once; the owner answers and the desk receives', async () => {
    const made = await world.service.fileOnline(citizen(2), intakeBody({ channel: 'online' }));
    await world.act(ACTOR.desk, made.id, { kind: 'request-completion', items, reason: 'Thiếu ảnh' });
    await world.act(citizen(2), made.id, { kind: 'complete' });
    const version = await world.versionOf(made.id);
    const again = await failure(
      world.service.command(ACTOR.desk, made.id, version, { kind: 'request-completion', items, reason: 'Lại thiếu' }),
    );
    expect(again.code).toBe('dossier/second-request');
    await world.act(ACTOR.desk, made.id, { kind: 'receive', forward: true });
    await checkLog(made.id);
    const { rows } = await sql<{
      calendar_revision_id: string | null;
    }>`select calendar_revision_id from dossiers.clock_segment where dossier_id = ${made.id}`.execute(world.db);
    expect(rows.every((row) => row.calendar_revision_id !== null)).toBe(true);
  });

  test('are stopped by the timer the day after their last day, each once', async () => {
    const [late, waiting] = [(await world.receive()).id, (await world.receive()).id];
    await world.act(ACTOR.officer, late, {
      kind: 'request-supplement',
      items,
      reason: 'Ảnh mờ',
      deadline: '2023-08-25',
    });
    await world.act(ACTOR.officer, waiting, {
      kind: 'request-supplement',
      items,
      reason: 'Ảnh mờ',
      deadline: '2023-08-28',
    });
    world.clock.set(new Date('2023-08-26T00:10:00+07:00'));
    expect(await world.service.stopUnanswered()).toBe(1);
    expect(await world.service.stopUnanswered()).toBe(0);
    const status = async (id: string): Promise<string> => (await world.service.page(ACTOR.desk, id)).row.status;
    expect([await status(late), await status(waiting)]).toEqual(['stopped', 'supplement']);
    await checkLog(late);
  });

  test('one dossier that cannot be stopped keeps no other from it, and is told', async () => {
    world.clock.set(new Date('2023-08-28T08:00:00+07:00'));
    const stuck = (await world.service.receiveAtDesk(ACTOR.otherDesk, intakeBody({ unitId: UNIT.otherDesk }))).id;
    const fine = (await world.receive()).id;
    const ask = { kind: 'request-supplement', items, reason: 'Ảnh mờ', deadline: '2023-08-29' } as const;
    await world.act(ACTOR.otherOfficer, stuck, ask);
    await world.act(ACTOR.officer, fine, ask);
    // A calendar nobody has any more: its clock cannot be counted.
    await sql`update dossiers.dossier set calendar_revision_id = ${unknownId()}::uuid where id = ${stuck}::uuid`.execute(
      world.db,
    );
    world.clock.set(new Date('2023-08-30T00:10:00+07:00'));
    expect(await world.service.stopUnanswered()).toBeGreaterThan(0);
    expect((await world.service.page(ACTOR.desk, fine)).row.status).toBe('stopped');
    expect((await failure(world.service.stopUnanswered())).code).toBe('calendar/missing');
    await sql`update dossiers.dossier set calendar_revision_id = ${CALENDAR_REVISION_ID}::uuid where id = ${stuck}::uuid`.execute(
      world.db,
    );
  });
});

test('a dossier of a desk that is gone can still be read', async () => {
  const id = await decide();
  await world.act(ACTOR.desk, id, { kind: 'hand-over', method: 'desk' });
  for (const unitId of Object.values(UNIT)) world.state.closedAfter.set(unitId, '2023-08-21');
  world.clock.set(new Date('2026-01-05T08:00:00+07:00'));
  expect((await world.service.page(ACTOR.desk, id)).row.status).toBe('returned');
});

test('a missing dossier is missing', async () => {
  expect((await failure(world.service.command(ACTOR.desk, unknownId(), 1, { kind: 'open' }))).code).toBe('row/missing');
});
