import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StaffActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dispatchOnce, emit } from '../../../platform/events/outbox.ts';
import { createLog } from '../../../platform/log/log.ts';
import { createLedgerReader } from '../dossiers/index.ts';
import {
  ACTOR,
  createWorld,
  intakeBody,
  START,
  staff,
  TO_DECIDED,
  UNIT,
  type World,
} from '../dossiers/testing/world.ts';
import type { LatenessPartType } from './contract.ts';
import { createLatenessContext, createLatenessService, type LatenessService } from './service.ts';
import { createCauseRequestSubscriber, createLatenessSubscriber } from './subscribers.ts';

let world: World;
let service: LatenessService;
let dispatch: () => Promise<number>;
const log = createLog('silent');

const head: StaffActor = staff(21, UNIT.office, { 'lateness.confirm': [UNIT.office], 'board.read': [UNIT.office] });
const otherHead: StaffActor = staff(22, UNIT.otherOffice, {
  'lateness.confirm': [UNIT.otherOffice],
  'board.read': [UNIT.otherOffice],
});
const chairman: StaffActor = staff(23, UNIT.authority, {
  'lateness.confirm': [UNIT.authority, UNIT.office, UNIT.clerks],
  'board.read': [UNIT.authority, UNIT.office, UNIT.clerks],
});

beforeAll(async () => {
  world = await createWorld();
  const ledgers = createLedgerReader(world.ports, () => world.clock.now());
  const ctx = createLatenessContext({ db: world.db, clock: world.clock, ledgers, ports: world.ports });
  service = createLatenessService(ctx);
  const subscribers = [createLatenessSubscriber(ctx), createCauseRequestSubscriber(ctx)];
  dispatch = async () => {
    let all = 0;
    for (let n = 1; n > 0; all += n) n = await dispatchOnce(world.db, subscribers, log);
    return all;
  };
});
afterAll(() => world.drop());
beforeEach(() => world.clock.set(START));

const DAY = 24 * 60;

/** Received on Monday; the officer sits on it for `days` before the rest is done within minutes. */
async function decidedAfter(days: number): Promise<string> {
  const { id } = await world.receive();
  world.pass(days * DAY);
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
  await dispatch();
  return id;
}
const share = (part: LatenessPartType, causeCode: string, minutes = part.minutes) => ({
  kind: part.kind,
  stepId: part.stepId,
  unitId: part.unitId,
  staffId: part.staffId,
  minutes,
  causeCode,
});
const first = (parts: readonly LatenessPartType[]): LatenessPartType => {
  const [part] = parts;
  if (!part) throw new Error('no part');
  return part;
};

describe('a dossier that ended late', () => {
  test('has parts that add up to the lateness stored with it, put down to the office that sat on it', async () => {
    const id = await decidedAfter(8);
    const { state, latenessMinutes, parts } = await service.ofDossier(head, id);
    const stored = await sql<{
      lateness_minutes: number;
    }>`select lateness_minutes from dossiers.dossier where id = ${id}`.execute(world.db);
    expect(state).toBe('ended');
    expect(latenessMinutes).toBe(stored.rows[0]?.lateness_minutes);
    expect(parts.reduce((sum, part) => sum + part.minutes, 0)).toBe(latenessMinutes);
    expect(parts.map((part) => [part.kind, part.stepId, part.unitName])).toEqual([
      ['step', 'tham-tra', 'Tư pháp xã Mẫu Một'],
    ]);
  });

  test('is counted once, however often the event comes', async () => {
    const id = await decidedAfter(8);
    await sql`update platform.event set pending = true where key = ${id}`.execute(world.db);
    await dispatch();
    const { history, version } = await service.ofDossier(head, id);
    expect(history.map((line) => line.kind)).toEqual(['computed']);
    expect(version).toBe(1);
  });

  test('is counted again with a trace when its end is corrected, and withdrawn when it was not late after all', async () => {
    const id = await decidedAfter(8);
    const touch = async (): Promise<void> => {
      await sql`update platform.event set pending = true where key = ${id} and topic = 'dossier.numbered'`.execute(
        world.db,
      );
      await dispatch();
    };
    await sql`update dossiers.dossier set lateness_minutes = lateness_minutes - 60 where id = ${id}`.execute(world.db);
    await touch();
    expect((await service.ofDossier(head, id)).history.map((line) => line.kind)).toEqual(['computed', 'recomputed']);
    await sql`update dossiers.dossier set lateness_minutes = 0, punctuality = 'on-time' where id = ${id}`.execute(
      world.db,
    );
    await touch();
    const after = await service.ofDossier(head, id);
    expect(after.state).toBe('none');
    expect(after.history.map((line) => line.kind)).toEqual(['computed', 'recomputed', 'withdrawn']);
  });

  test('on time leaves nothing', async () => {
    const id = await decidedAfter(0);
    expect(await service.ofDossier(head, id)).toMatchObject({ state: 'none', parts: [], history: [] });
  });
});

test('an open dossier past due is counted as of now', async () => {
  const { id } = await world.receive();
  world.pass(8 * DAY);
  const before = await service.ofDossier(head, id);
  expect(before.state).toBe('open');
  world.pass(60);
  const after = await service.ofDossier(head, id);
  expect(after.latenessMinutes - before.latenessMinutes).toBe(60);
  expect(after.parts.reduce((sum, part) => sum + part.minutes, 0)).toBe(after.latenessMinutes);
  const list = await service.list(head, { state: 'open' });
  expect(list.rows.find((row) => row.dossierId === id)?.latenessMinutes).toBe(after.latenessMinutes);
});

test('a dossier of strangers is missing, in the page and in the lists', async () => {
  const id = await decidedAfter(8);
  await expect(service.ofDossier(otherHead, id)).rejects.toMatchObject({ code: 'row/missing' });
  expect((await service.list(otherHead, {})).rows).toEqual([]);
  expect((await service.list(otherHead, { state: 'open' })).rows).toEqual([]);
  expect((await service.totals(otherHead, {})).minutes).toBe(0);
});

describe('the head’s word', () => {
  test('confirms a part with a cause, audited, with an event that tells whether all of it is excusable', async () => {
    const id = await decidedAfter(8);
    const page = await service.ofDossier(head, id);
    const part = first(page.parts);
    await service.decidePart(head, id, part.seq, { version: page.version, shares: [share(part, 'system-outage')] });
    const after = await service.ofDossier(head, id);
    expect(first(after.parts)).toMatchObject({ causeCode: 'system-outage', minutes: part.minutes });
    expect(first(after.parts).confirmedAt).not.toBeNull();
    expect(after.history.map((line) => line.kind)).toEqual(['computed', 'confirmed']);
    const audit = await sql<{
      action: string;
    }>`select action from audit.entry where object_id = ${id} and action like 'lateness.%'`.execute(world.db);
    expect(audit.rows).toEqual([{ action: 'lateness.confirm' }]);
    const events = await sql<{
      payload: unknown;
    }>`select payload from platform.event where key = ${id} and topic = 'lateness.cause-confirmed'`.execute(world.db);
    expect(events.rows).toMatchObject([{ payload: { allExcusable: true, causeCodes: ['system-outage'] } }]);
  });

  test('never changes the sum, needs a reason to blame others, and leaves them to their own head', async () => {
    const id = await decidedAfter(8);
    const { parts, version, holders } = await service.ofDossier(head, id);
    const part = first(parts);
    const ky = holders.find((holder) => holder.stepId === 'ky');
    if (!ky) throw new Error('the signer held it');
    const theirs = { ...part, ...ky };
    const shares = [share(part, 'overload', part.minutes - 100), share(theirs, 'signer-absent', 100)];
    await expect(
      service.decidePart(head, id, part.seq, { version, shares: [share(part, 'overload', part.minutes - 1)] }),
    ).rejects.toMatchObject({ code: 'lateness/sum-changed' });
    await expect(service.decidePart(head, id, part.seq, { version, shares })).rejects.toMatchObject({
      code: 'dossier/reason-needed',
    });
    await service.decidePart(head, id, part.seq, { version, shares, reason: 'Trình ký nhưng không có người ký' });
    const after = await service.ofDossier(chairman, id);
    expect(after.parts.reduce((sum, one) => sum + one.minutes, 0)).toBe(after.latenessMinutes);
    expect(after.parts.map((one) => [one.stepId, one.confirmedAt !== null, one.mayConfirm])).toEqual([
      ['tham-tra', true, true],
      ['ky', false, true],
    ]);
    expect(
      (await service.list(chairman, { confirmed: false, stepId: 'ky' })).rows.map((row) => row.dossierId),
    ).toContain(id);
  });

  test('of two heads at once one wins and the other is told', async () => {
    const id = await decidedAfter(8);
    const { parts, version } = await service.ofDossier(head, id);
    const part = first(parts);
    const results = await Promise.allSettled([
      service.decidePart(head, id, part.seq, { version, shares: [share(part, 'overload')] }),
      service.decidePart(chairman, id, part.seq, { version, shares: [share(part, 'neglect')] }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'row/stale' } });
    expect((await service.ofDossier(head, id)).history.map((line) => line.kind)).toEqual(['computed', 'confirmed']);
  });

  test('is only for the unit’s own head', async () => {
    const id = await decidedAfter(8);
    const { parts, version } = await service.ofDossier(ACTOR.head, id);
    const part = first(parts);
    expect(part.mayConfirm).toBe(false);
    await expect(
      service.decidePart(ACTOR.head, id, part.seq, { version, shares: [share(part, 'overload')] }),
    ).rejects.toMatchObject({ code: 'access/forbidden' });
  });

  test('stays in a history that cannot be changed', async () => {
    await expect(sql`update lateness.decision set reason = 'khác'`.execute(world.db)).rejects.toThrow(/append-only/);
    await expect(sql`delete from lateness.decision`.execute(world.db)).rejects.toThrow(/append-only/);
  });
});

test('totals by step, unit, person and cause agree with the parts', async () => {
  const { rows } = await service.list(chairman, { limit: 200 });
  const minutes = rows.flatMap((row) => row.parts).reduce((sum, part) => sum + part.minutes, 0);
  const totals = await service.totals(chairman, {});
  expect(totals.minutes).toBe(minutes);
  expect(totals.dossiers).toBe(rows.length);
  for (const set of [totals.decided, totals.step, totals.unit, totals.staff, totals.cause, totals.kind]) {
    expect(set.reduce((sum, line) => sum + line.minutes, 0)).toBe(minutes);
  }
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<LatenessService['list']>> = await service.list(chairman, {
      limit: 1,
      ...(cursor ? { cursor } : {}),
    });
    paged.push(...page.rows.map((row) => row.dossierId));
    cursor = page.nextCursor;
  } while (cursor);
  expect(paged).toEqual(rows.map((row) => row.dossierId));
});

test('narrowed to a deciding unit it lists as many dossiers as its line says, ended and open', async () => {
  const both: StaffActor = staff(24, UNIT.authority, { 'board.read': [UNIT.authority, UNIT.otherAuthority] });
  const theirs = await world.service.receiveAtDesk(ACTOR.otherDesk, intakeBody({ unitId: UNIT.otherDesk }));
  const ours = await world.receive();
  world.pass(8 * DAY);
  await decidedAfter(8);
  const given = await decidedAfter(8);
  const decidedBy = (unitId: string) =>
    sql`update lateness.attribution set decided_by_unit_id = ${unitId} where dossier_id = ${given}::uuid`.execute(
      world.db,
    );
  await decidedBy(UNIT.otherAuthority);
  for (const state of ['open', 'ended'] as const) {
    const all = await service.totals(both, { state });
    expect(all.decided.reduce((sum, line) => sum + line.minutes, 0)).toBe(all.minutes);
    expect(all.decided.map((line) => line.key).toSorted()).toEqual([UNIT.authority, UNIT.otherAuthority].toSorted());
    expect(all.decided.map((line) => line.name)).toContain('Ủy ban nhân dân xã Mẫu Một');
    for (const { key: decidedByUnitId, minutes, dossiers } of all.decided) {
      const { rows } = await service.list(both, { state, decidedByUnitId, limit: 200 });
      expect(rows).toHaveLength(dossiers);
      expect(await service.totals(both, { state, decidedByUnitId })).toMatchObject({ minutes, dossiers });
    }
  }
  const idsOf = async (decidedByUnitId: string): Promise<string[]> =>
    (await service.list(both, { state: 'open', decidedByUnitId })).rows.map((row) => row.dossierId);
  expect(await idsOf(UNIT.otherAuthority)).toEqual([theirs.id]);
  expect(await idsOf(UNIT.authority)).toContain(ours.id);
  await decidedBy(UNIT.authority);
});

describe('a warning that demands a cause', () => {
  const warn = async (id: string, rung = '120', acts = ['remind', 'require-cause']): Promise<void> => {
    const at = world.clock.now();
    const payload = {
      dossierId: id,
      rung,
      subject: 'dossier',
      acts,
      holderUnitId: UNIT.office,
      holderStaffId: null,
      at: at.toISOString(),
    };
    await emit(world.db, [{ id: uuidv7(at), topic: 'warning.reached', key: id, payload, occurredAt: at }]);
    await dispatch();
  };

  test('asks the head once, with a deadline, and the answer is offered when the dossier ends', async () => {
    const { id } = await world.receive();
    world.pass(8 * DAY);
    await warn(id);
    await warn(id);
    await warn(id, '80', ['remind']);
    await warn(id, '150');
    const { rows } = await service.requests(head);
    const mine = rows.filter((row) => row.dossierId === id);
    expect(mine).toHaveLength(1);
    const [request] = mine;
    if (!request) throw new Error('no request');
    expect(new Date(request.deadline) > world.clock.now()).toBe(true);
    await expect(service.answer(otherHead, request.id, { causeCode: 'overload' })).rejects.toMatchObject({
      code: 'row/missing',
    });
    await service.answer(head, request.id, { causeCode: 'overload', note: 'Hai người nghỉ ốm' });
    await expect(service.answer(head, request.id, { causeCode: 'neglect' })).rejects.toMatchObject({
      code: 'row/stale',
    });
    for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
    await dispatch();
    expect(first((await service.ofDossier(head, id)).parts)).toMatchObject({
      causeCode: 'overload',
      note: 'Hai người nghỉ ốm',
      confirmedAt: null,
    });
  });
});

test('a rebuild after a bulk load finds what no event told', async () => {
  const id = await decidedAfter(9);
  await sql`delete from lateness.attribution where dossier_id = ${id}`.execute(world.db);
  expect(await service.rebuild(START)).toBe(1);
  expect(await service.rebuild(START)).toBe(0);
  expect((await service.ofDossier(head, id)).state).toBe('ended');
});
