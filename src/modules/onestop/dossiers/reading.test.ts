import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from './testing/failure.ts';
import { ACTOR, citizen, createWorld, GUEST, intakeBody, TO_DECIDED, UNIT, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const audited = async (
  action: string,
): Promise<{ object_id: string; address: string | null; chain_id: string; payload: unknown }[]> =>
  (
    await sql<{
      object_id: string;
      address: string | null;
      chain_id: string;
      payload: unknown;
    }>`select object_id, address, chain_id, payload from audit.entry where action = ${action} order by id`.execute(
      world.db,
    )
  ).rows;
const owner = (fullName: string, more: object = {}) =>
  ({ role: 'owner', snapshot: { fullName, subjectType: 'citizen', ...more } }) as const;

test('who opens a dossier is recorded', async () => {
  const { id } = await world.receive();
  await world.service.page(ACTOR.officer, id);
  expect((await audited('dossier.read')).filter((row) => row.object_id === id).length).toBe(1);
});

describe('search, right after writing', () => {
  test.each([
    ['the code', async (code: string) => ({ q: code.toLowerCase(), by: 'code' })],
    ['the name without accents', async () => ({ q: 'nguyen van thu nghiem', by: 'name' })],
    ['the last two syllables', async () => ({ q: 'Thử Nghiệm', by: 'name' })],
    ['a name with a typing error', async () => ({ q: 'nguyn van thu nghiem', by: 'similar-name' })],
    ['the phone with its country code', async () => ({ q: '+84 911 222 333', by: 'phone' })],
    ['the ID number with a reason', async () => ({ q: '999 090 000 111', reason: 'Đối chiếu', by: 'id-number' })],
    ['an old ID number that begins with 0', async () => ({ q: '012345678', reason: 'Đối chiếu', by: 'id-number' })],
    ['a word of the content', async () => ({ q: 'vượn cáo', by: 'content' })],
  ] as const)('finds by %s', async (name, query) => {
    const made = await world.receive({
      subject: 'Nuôi vượn cáo',
      parties: [
        owner('Nguyễn Văn Thử Nghiệm', {
          phone: '0911222333',
          idNumber: name.startsWith('an old') ? '012345678' : '999090000111',
        }),
      ],
    });
    const { by, ...body } = await query(made.code);
    const found = await world.service.search(ACTOR.desk, body);
    expect([found.matchedBy, found.rows[0]?.id]).toEqual([by, made.id]);
    expect((await world.service.search(ACTOR.otherDesk, body)).rows).toEqual([]);
  });

  test('by ID number asks for a reason and is recorded without the number', async () => {
    expect((await failure(world.service.search(ACTOR.desk, { q: '999090000111' }))).code).toBe('request/invalid');
    await world.service.search(ACTOR.desk, { q: '999090000111', reason: 'Đối chiếu nhân thân' });
    const last = (await audited('dossier.search-identity')).at(-1);
    expect(last).toMatchObject({ chain_id: UNIT.authority, payload: { reason: 'Đối chiếu nhân thân' } });
    expect(JSON.stringify(last)).not.toContain('999090000111');
  });

  test.each(['%', '\u0000', '   ', '💥', "'; drop table", '(((', '_'])('survives %j', async (q) => {
    const found = await world.service.search(ACTOR.desk, { q }).catch((error: { code: string }) => error.code);
    expect(found === 'request/invalid' || typeof found === 'object').toBe(true);
  });
});

describe('following with a code and a second fact', () => {
  test.each(['0017', '999190000017', '3456', '0900123456', '1990'])('%s is right', async (fact) => {
    const { code, id } = await world.receive();
    const shown = await world.service.follow(GUEST, ` ${code.toLowerCase()} `, fact);
    expect(shown).toMatchObject({ id, code, status: 'processing', holderUnitName: 'Tư pháp xã Mẫu Một' });
    // No name in any form is shown to who follows.
    expect(JSON.stringify(shown)).not.toMatch(/Ánh|Cán bộ|999190000017/);
    expect((await audited('dossier.follow')).at(-1)).toMatchObject({ object_id: id, address: GUEST.address });
  });

  test('a wrong fact and an unknown code look the same', async () => {
    const { code } = await world.receive();
    const wrong = await failure(world.service.follow(GUEST, code, '0000'));
    for (const other of ['000.01.33.H47-230821-9999', 'Ổ', '\u0000', '']) {
      const unknown = await failure(world.service.follow(GUEST, other, '0017'));
      expect([unknown.code, unknown.details]).toEqual([wrong.code, wrong.details]);
    }
    expect(wrong.code).toBe('row/missing');
  });

  test('without a fact the public page tells no name', async () => {
    const { code } = await world.receive();
    const shown = await world.service.findPublic(code);
    expect(shown).toMatchObject({ code, unitName: 'Ủy ban nhân dân xã Mẫu Một', nationalStatus: 4 });
    expect(JSON.stringify(shown)).not.toMatch(/Ánh|9991|0900|Vay vốn/);
    expect(await world.service.findPublic('000.01.33.H47-230821-9999')).toBeUndefined();
  });
});

describe('slips', () => {
  const kinds = async (id: string, actor: Parameters<World['service']['page']>[0] = ACTOR.desk): Promise<string[]> =>
    (await world.service.page(actor, id)).slips.map((slip) => slip.kind);

  test('follow the state of the dossier', async () => {
    const made = await world.service.fileOnline(citizen(1), intakeBody({ channel: 'online' }));
    expect(await kinds(made.id)).toEqual([]);
    await world.act(ACTOR.desk, made.id, { kind: 'receive', forward: true });
    expect(await kinds(made.id)).toEqual(['RECEIPT', 'CONTROL']);
    await world.act(ACTOR.officer, made.id, {
      kind: 'request-supplement',
      reason: 'Thiếu',
      items: [{ code: null, name: 'Ảnh', what: '' }],
    });
    expect(await kinds(made.id)).toContain('SUPPLEMENT');
    await world.act(ACTOR.desk, made.id, { kind: 'accept-supplement' });
    expect(await kinds(made.id)).toContain('SUPPLEMENT');
    for (const [who, command] of TO_DECIDED.slice(1, 2)) await world.act(ACTOR[who], made.id, command);
    // The draft is the offices' own.
    expect(await kinds(made.id)).toContain('RESULT');
    expect(await kinds(made.id, citizen(1))).toEqual(['RECEIPT', 'SUPPLEMENT']);
    expect((await world.service.page(citizen(1), made.id)).result).toBeNull();
    expect((await failure(world.service.slip(citizen(1), made.id, 'RESULT', 'http://localhost'))).code).toBe(
      'row/missing',
    );
    for (const [who, command] of TO_DECIDED.slice(2)) await world.act(ACTOR[who], made.id, command);
    expect(await kinds(made.id, citizen(1))).toContain('RESULT');
  });

  test('a refused filing has the refusal alone', async () => {
    const made = await world.service.fileOnline(citizen(1), intakeBody({ channel: 'online' }));
    await world.act(ACTOR.desk, made.id, { kind: 'refuse', reason: 'Không thuộc thẩm quyền' });
    expect(await kinds(made.id)).toEqual(['REFUSAL']);
    const order = await world.service.slip(ACTOR.desk, made.id, 'REFUSAL', 'http://localhost');
    expect(order.data).toMatchObject({ reason: 'Không thuộc thẩm quyền', dossierCode: made.code });
    expect((await failure(world.service.slip(ACTOR.desk, made.id, 'RECEIPT', 'http://localhost'))).code).toBe(
      'row/missing',
    );
  });

  test('the control sheet notes each pause with its reason and its length', async () => {
    const { id } = await world.receive();
    await world.act(ACTOR.officer, id, { kind: 'suspend', reason: 'Chờ xác minh' });
    await world.act(ACTOR.officer, id, { kind: 'resume' });
    await world.act(ACTOR.officer, id, { kind: 'suspend', reason: 'Chờ xác minh lần hai' });
    const { data } = await world.service.slip(ACTOR.officer, id, 'CONTROL', 'http://localhost');
    const notes = (data as { steps: { note?: string }[] }).steps.map((step) => step.note);
    expect(notes).toEqual([
      undefined,
      expect.stringMatching(
        /^Tạm dừng chờ cơ quan khác từ \d\d:\d\d ngày [\d/]{10} đến \d\d:\d\d ngày [\d/]{10}\.\nTạm dừng chờ cơ quan khác từ .*, chưa tiếp tục\.$/,
      ),
    ]);
  });

  test('printing one is recorded', async () => {
    const { id } = await world.receive();
    const order = await world.service.slip(ACTOR.desk, id, 'RECEIPT', 'http://localhost');
    expect(order.data).toMatchObject({ dueAt: expect.stringMatching(/^2023-08-2/), sets: 1 });
    expect((await audited('dossier.print')).at(-1)).toMatchObject({ object_id: id, payload: { kind: 'RECEIPT' } });
  });

  test('a turn that was paused is measured against the date its pause moved it to', async () => {
    world.clock.set(new Date('2023-09-18T08:00:00+07:00'));
    const { id } = await world.receive();
    await world.act(ACTOR.officer, id, { kind: 'suspend', reason: 'Chờ xác minh' });
    world.clock.set(new Date('2023-09-25T08:00:00+07:00'));
    await world.act(ACTOR.officer, id, { kind: 'resume' });
    await world.act(ACTOR.officer, id, { kind: 'draft-result', result: 'granted', title: 'GIẤY', body: 'Nội dung.' });
    await world.act(ACTOR.officer, id, { kind: 'forward' });
    const { data } = await world.service.slip(ACTOR.officer, id, 'CONTROL', 'http://localhost');
    expect((data as { steps: { outcome: string | null }[] }).steps.map((step) => step.outcome)).not.toContain('late');
  });
});

test('the register lists what a desk received between two days, in order', async () => {
  world.clock.set(new Date('2023-09-06T08:00:00+07:00'));
  const [one, two] = [await world.receive(), await world.receive()];
  world.clock.set(new Date('2023-09-07T08:00:00+07:00'));
  const three = await world.receive();
  const codes = async (from: string, to: string): Promise<string[]> =>
    (await world.service.register(ACTOR.desk, { deskId: UNIT.desk, from, to })).data.rows.map((row) => row.dossierCode);
  expect(await codes('2023-09-06', '2023-09-06')).toEqual([one.code, two.code]);
  expect(await codes('2023-09-06', '2023-09-07')).toEqual([one.code, two.code, three.code]);
  expect(
    (await failure(world.service.register(ACTOR.desk, { deskId: UNIT.desk, from: '2023-09-07', to: '2023-09-06' })))
      .code,
  ).toBe('request/invalid');
});

test('the register goes by the day of reception, not of filing', async () => {
  world.clock.set(new Date('2023-09-11T16:00:00+07:00'));
  const filed = await world.service.fileOnline(citizen(5), intakeBody({ channel: 'online' }));
  world.clock.set(new Date('2023-09-12T08:00:00+07:00'));
  await world.act(ACTOR.desk, filed.id, { kind: 'receive', forward: true });
  const codes = async (day: string): Promise<string[]> =>
    (await world.service.register(ACTOR.desk, { deskId: UNIT.desk, from: day, to: day })).data.rows.map(
      (row) => row.dossierCode,
    );
  expect(await codes('2023-09-11')).toEqual([]);
  expect(await codes('2023-09-12')).toEqual([filed.code]);
});

describe('lists', () => {
  test('page through everything once, newest first', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.service.list(ACTOR.desk, { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(await world.count('dossiers.dossier'));
  });

  test('a day that is none is told, a cursor that is none begins anew', async () => {
    for (const query of [{ from: '2023-02-30' }, { to: '2023-13-01' }]) {
      expect((await failure(world.service.list(ACTOR.desk, query))).code).toBe('request/invalid');
    }
    const strange = Buffer.from('["x"]').toString('base64url');
    const first = await world.service.list(ACTOR.desk, { limit: 3 });
    expect((await world.service.list(ACTOR.desk, { limit: 3, cursor: strange })).rows).toEqual(first.rows);
    expect(
      (await world.service.inbox(ACTOR.desk, { view: 'unit', cursor: strange })).rows.length,
    ).toBeGreaterThanOrEqual(0);
  });
});
