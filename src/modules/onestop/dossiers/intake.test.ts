import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failure } from './testing/failure.ts';
import { FIXTURE_PROCEDURE } from './testing/fixture-procedure.ts';
import {
  ACTOR,
  CALENDAR_REVISION_ID,
  citizen,
  createWorld,
  intakeBody,
  START,
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

const rowsOf = async (table: string, dossierId: string): Promise<Record<string, unknown>[]> => {
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from ${sql.table(table)} where dossier_id = ${dossierId}`.execute(world.db);
  return rows;
};

describe('an intake at the desk', () => {
  test('writes the dossier with all its parts', async () => {
    const made = await world.receive();
    expect(made).toMatchObject({ status: 'processing', version: 3, dueAt: '2023-08-24T08:00:00+07:00' });
    expect(made.code).toMatch(/^000\.01\.33\.H47-230821-\d{4}$/);
    const { rows } = await sql<Record<string, unknown>>`select * from dossiers.dossier where id = ${made.id}`.execute(
      world.db,
    );
    expect(rows[0]).toMatchObject({
      code: made.code,
      version: 3,
      status: 'processing',
      received_by_unit_id: UNIT.desk,
      decided_by_unit_id: UNIT.authority,
      holder_unit_id: UNIT.office,
      holder_role: 'officer',
      step_id: 'tham-tra',
      step_from: 'tiep-nhan',
      clock_status: 'running',
      calendar_revision_id: CALENDAR_REVISION_ID,
      retention_code: '20 năm',
      subject: 'Cấp giấy xác nhận mẫu',
    });
    expect((await rowsOf('dossiers.action', made.id)).map((row) => row['kind'])).toEqual([
      'submitted',
      'received',
      'forwarded',
    ]);
    expect((await rowsOf('dossiers.task', made.id)).map((row) => [row['seq'], row['ended_at'] !== null])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect((await rowsOf('dossiers.clock_segment', made.id)).map((row) => row['kind'])).toEqual(['run', 'run']);
    expect((await rowsOf('dossiers.party', made.id)).map((row) => row['role'])).toEqual(['owner']);
    expect(
      (await rowsOf('dossiers.component', made.id)).map((row) => [row['code'], row['provided'], row['originals']]),
    ).toEqual([
      ['giay-to', true, 1],
      ['anh', false, 0],
    ]);
    expect(await world.count('dossiers.search_key', made.id)).toBeGreaterThan(3);
    const { rows: audit } = await sql<{
      action: string;
      chain_id: string;
    }>`select action, chain_id from audit.entry where object_id = ${made.id}`.execute(world.db);
    expect(audit).toEqual([{ action: 'dossier.receive', chain_id: UNIT.authority }]);
    const { rows: events } = await sql<{
      topic: string;
      payload: object;
    }>`select topic, payload from platform.event where key = ${made.id} order by id`.execute(world.db);
    expect(events.map((event) => event.topic)).toEqual(['dossier.received', 'dossier.forwarded']);
    // Events carry no personal data.
    expect(JSON.stringify(events)).not.toMatch(/Ánh|999190000017|0900123456/);
  });

  test('knows a person of an earlier dossier again by the ID number', async () => {
    const [one, two] = [await world.receive(), await world.receive()];
    const person = async (dossierId: string): Promise<unknown> =>
      (await rowsOf('dossiers.party', dossierId))[0]?.['person_id'];
    expect(await person(one.id)).toBe(await person(two.id));
  });

  test('of a paper that came earlier keeps both times', async () => {
    world.pass(120);
    const made = await world.service.receiveAtDesk(ACTOR.desk, intakeBody(), { occurredAt: START });
    expect(made.receivedAt).toBe('2023-08-21T08:00:00+07:00');
    const [action] = await rowsOf('dossiers.action', made.id);
    expect([action?.['occurred_at'], action?.['recorded_at']]).toEqual([START, world.clock.now()]);
  });

  test('cannot be dated into the future', async () => {
    const tomorrow = new Date(START.getTime() + 86_400_000);
    const error = await failure(world.service.receiveAtDesk(ACTOR.desk, intakeBody(), { occurredAt: tomorrow }));
    expect(error.code).toBe('request/invalid');
  });
});

describe('one request, one effect', () => {
  test('the same key twice gives the same dossier', async () => {
    const [one, two] = [
      await world.service.receiveAtDesk(ACTOR.desk, intakeBody(), { idempotencyKey: 'twice' }),
      await world.service.receiveAtDesk(ACTOR.desk, intakeBody(), { idempotencyKey: 'twice' }),
    ];
    expect(two).toEqual(one);
  });

  test('twenty at once with one key make one dossier', async () => {
    const before = await world.count('dossiers.dossier');
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.service.receiveAtDesk(ACTOR.desk, intakeBody(), { idempotencyKey: 'at-once' }),
      ),
    );
    expect(new Set(replies.map((reply) => reply.id)).size).toBe(1);
    expect(await world.count('dossiers.dossier')).toBe(before + 1);
  });

  test('a key used for another content is refused', async () => {
    await world.service.receiveAtDesk(ACTOR.desk, intakeBody(), { idempotencyKey: 'other' });
    const error = await failure(
      world.service.receiveAtDesk(ACTOR.desk, intakeBody({ copies: 2 }), { idempotencyKey: 'other' }),
    );
    expect([error.code, error.status]).toEqual(['request/repeated-differently', 409]);
  });

  test('a key of one person is not a key of another', async () => {
    const mine = await world.service.receiveAtDesk(ACTOR.desk, intakeBody(), { idempotencyKey: 'mine' });
    const theirs = await world.service.receiveAtDesk(ACTOR.otherDesk, intakeBody({ unitId: UNIT.otherDesk }), {
      idempotencyKey: 'mine',
    });
    expect(theirs.id).not.toBe(mine.id);
  });

  test('a repeat with files that have changed hands meanwhile gets the first reply', async () => {
    const fileId = unknownId();
    world.state.uploads.add(fileId);
    const body = intakeBody({ components: [{ code: 'giay-to', provided: true, fileIds: [fileId] }] });
    const one = await world.service.receiveAtDesk(ACTOR.desk, body, { idempotencyKey: 'files' });
    expect(await world.service.receiveAtDesk(ACTOR.desk, body, { idempotencyKey: 'files' })).toEqual(one);
    expect((await rowsOf('dossiers.component', one.id))[0]?.['file_references']).toEqual([
      { id: fileId, name: 'giay-to.pdf' },
    ]);
  });

  test('a repeat after the unit was closed still gets the first reply', async () => {
    const one = await world.service.receiveAtDesk(ACTOR.desk, intakeBody(), { idempotencyKey: 'closed' });
    world.state.closedAfter.set(UNIT.desk, '2023-08-20');
    expect(await world.service.receiveAtDesk(ACTOR.desk, intakeBody(), { idempotencyKey: 'closed' })).toEqual(one);
  });
});

describe('codes', () => {
  test('are unique over processes that receive at once', async () => {
    const services = [world.service, world.anotherProcess(), world.anotherProcess()];
    const made = await Promise.all(
      Array.from({ length: 90 }, (_, n) => services[n % 3]?.receiveAtDesk(ACTOR.desk, intakeBody())),
    );
    expect(new Set(made.map((reply) => reply?.code)).size).toBe(90);
  });

  test('begin anew each day and are counted by unit', async () => {
    world.clock.set(new Date('2023-08-22T01:00:00Z'));
    expect((await world.receive()).code).toBe('000.01.33.H47-230822-0001');
    const other = await world.service.receiveAtDesk(ACTOR.otherDesk, intakeBody({ unitId: UNIT.otherDesk }));
    expect(other.code).toBe('000.02.33.H47-230822-0001');
  });
});

describe('what an intake refuses', () => {
  test('errors of the form, told by field', async () => {
    const error = await failure(world.receive({ formValues: { sheets: 99 } }));
    expect(error.code).toBe('dossier/form-invalid');
    expect(error.details.fields?.map((field) => field.path).sort()).toEqual([
      'formValues.purpose',
      'formValues.sheets',
    ]);
  });

  test('missing papers, told by name', async () => {
    const error = await failure(world.receive({ components: [] }));
    expect([error.code, error.details.params?.['names']]).toEqual(['dossier/components-missing', 'Giấy tờ tùy thân']);
    expect(error.details.fields?.map((field) => field.path)).toEqual(['components.giay-to']);
  });

  test.each([
    ['a channel the procedure does not take', { channel: 'post' }, 'dossier/channel-closed'],
    ['a procedure that is not in force', { procedureCode: '9.999999' }, 'procedure/missing'],
    ['text the database cannot keep', { subject: 'Nội\u0000dung' }, 'request/invalid'],
    ['half a character', { formValues: { purpose: 'Vay \ud800', sheets: 1 } }, 'request/invalid'],
  ] as const)('%s', async (_, more, code) => {
    const before = await world.count('dossiers.dossier');
    expect((await failure(world.receive(more as never))).code).toBe(code);
    expect(await world.count('dossiers.dossier')).toBe(before);
  });

  test('a fee that cannot be computed, told by name: it never becomes no fee', async () => {
    const [fee] = FIXTURE_PROCEDURE.fees;
    if (!fee) throw new Error('the fixture has a fee');
    const { amountVnd: _none, ...withoutAmount } = fee;
    world.state.definition = { ...FIXTURE_PROCEDURE, fees: [withoutAmount] };
    const error = await failure(world.receive());
    const online = await failure(world.service.fileOnline(citizen(1), intakeBody({ channel: 'online' })));
    world.state.definition = FIXTURE_PROCEDURE;
    expect([error.code, online.code]).toEqual(['dossier/fee-unknown', 'dossier/fee-unknown']);
    expect(error.details.fields).toEqual([expect.objectContaining({ path: 'fees.le-phi', code: 'fee/no-amount' })]);
  });

  test('a person somebody cannot know', async () => {
    const [known] = intakeBody().parties;
    if (!known) throw new Error('the body has a party');
    const party = { ...known, snapshot: { ...known.snapshot, idNumber: '999190000055' } };
    const { id } = await world.receive({ parties: [party] });
    const personId = String((await rowsOf('dossiers.party', id))[0]?.['person_id']);
    const stranger = { ...party.snapshot, idNumber: '999190000099', fullName: 'Người Khác' };
    const body = (unitId: string, snapshot: typeof stranger, linked = personId) =>
      intakeBody({ unitId, parties: [{ role: 'owner', personId: linked, snapshot }] });
    // At the desk that received it before, whatever the number of today's paper.
    await world.service.receiveAtDesk(ACTOR.desk, body(UNIT.desk, stranger));
    const foreign = await failure(world.service.receiveAtDesk(ACTOR.otherDesk, body(UNIT.otherDesk, stranger)));
    const missing = await failure(
      world.service.receiveAtDesk(ACTOR.otherDesk, body(UNIT.otherDesk, stranger, unknownId())),
    );
    expect([foreign.code, foreign.details]).toEqual(['row/missing', missing.details]);
    expect(missing.code).toBe('row/missing');
    // Who has the paper in hand knows the person.
    await world.service.receiveAtDesk(ACTOR.otherDesk, body(UNIT.otherDesk, { ...stranger, idNumber: '999190000055' }));
    const applicant = await failure(
      world.service.fileOnline(citizen(1), { ...body(UNIT.desk, stranger), channel: 'online' }),
    );
    expect(applicant.code).toBe('row/missing');
  });

  test('a unit closed yesterday', async () => {
    world.state.closedAfter.set(UNIT.desk, '2023-08-20');
    expect((await failure(world.receive())).code).toBe('unit/closed');
  });

  test('a procedure whose office is gone', async () => {
    world.state.closedAfter.set(UNIT.office, '2023-08-20');
    expect((await failure(world.receive())).code).toBe('procedure/invalid');
  });

  test('the desk of others looks like one that does not exist', async () => {
    const theirs = await failure(world.service.receiveAtDesk(ACTOR.otherDesk, intakeBody()));
    const none = await failure(world.service.receiveAtDesk(ACTOR.otherDesk, intakeBody({ unitId: unknownId() })));
    expect([theirs.code, none.code]).toEqual(['row/missing', 'row/missing']);
  });

  test('a backslash before “u0000” is ordinary text', async () => {
    const made = await world.receive({ subject: 'Đường dẫn C:\\u0000' });
    expect(made.status).toBe('processing');
  });
});

test('what rides along is written with the dossier or not at all', async () => {
  await sql`create table platform.note_of_test (id uuid primary key)`.execute(world.db);
  const note = (id: string) => [
    {
      name: 'also_note',
      insert: (guard: RawBuilder<unknown>) =>
        sql`insert into platform.note_of_test (id) select ${id}::uuid where ${guard}`,
    },
  ];
  const body = intakeBody({ channel: 'online' });
  const made = await world.service.fileOnline(citizen(1), body, { also: ({ id }) => note(id) });
  const { rows } = await sql<{ id: string }>`select id from platform.note_of_test`.execute(world.db);
  expect(rows).toEqual([{ id: made.id }]);
  const before = await world.count('dossiers.dossier');
  await expect(world.service.fileOnline(citizen(1), body, { also: () => note(made.id) })).rejects.toThrow(
    'note_of_test',
  );
  expect(await world.count('dossiers.dossier')).toBe(before);
});

test('filed online, a dossier waits at the desk without a promise', async () => {
  const made = await world.service.fileOnline(citizen(1), intakeBody({ channel: 'online' }));
  expect(made).toMatchObject({ status: 'submitted', version: 1, receivedAt: null, dueAt: null });
  const desk = await world.service.inbox(ACTOR.desk, { view: 'desk' });
  expect(desk.rows.map((row) => row.id)).toContain(made.id);
  const reply = await world.service.command(ACTOR.desk, made.id, 1, { kind: 'receive' });
  expect(reply.status).toBe('received');
});

test('a preview tells due date, fees and what is missing, and writes nothing', async () => {
  const before = await world.count('dossiers.dossier');
  const shown = await world.service.preview(ACTOR.desk, intakeBody({ components: [], formValues: {} }));
  expect(shown.dueAt).toBe('2023-08-24T08:00:00+07:00');
  expect(shown.fees).toMatchObject([{ id: 'le-phi', amountVnd: 15_000 }]);
  expect(shown.missingComponents).toEqual([{ code: 'giay-to', name: 'Giấy tờ tùy thân' }]);
  expect(shown.errors.map((error) => error.path)).toEqual(['purpose']);
  expect(await world.count('dossiers.dossier')).toBe(before);
});
