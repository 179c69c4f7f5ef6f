import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../src/core/access/actor.ts';
import { addDays, dayOf } from '../src/core/time/index.ts';
import { staffWith } from '../src/modules/onestop/dossiers/testing/staff.ts';
import { dispatchOnce } from '../src/platform/events/outbox.ts';
import { type DemoApp, openDemoApp } from './demo-app.ts';
import { createProvincePuller, type Habits } from './province-puller.ts';

// The system of a province pulls what its communes have sent, over a real socket, and tells what became of it.
let demo: DemoApp;
let base: string;
let province: string;
let communes: string[];
let today: string;

const staff = (n: number, permissions: Readonly<Record<string, readonly string[]>>): StaffActor =>
  staffWith(n, province, permissions);
const clerk = () => staff(1, { 'report.read': communes, 'report.fill': communes });
const receiver = () => staff(2, { 'report.read': [province], 'report.receive': [province] });
const administrator = () => staff(3, { 'system.administer': [province] });

beforeAll(async () => {
  demo = await openDemoApp('2026');
  base = await demo.app.fastify.listen({ port: 0, host: '127.0.0.1' });
  today = dayOf(demo.system.clock.now());
  const directory = await demo.system.organisation.directory();
  const commune = directory.byCode('gso', '20779', today);
  province = commune?.parentId ?? '';
  communes = directory
    .childrenOn(province, today)
    .filter((unit) => unit.type === 'administrative' && unit.level === 'commune')
    .slice(0, 3)
    .map((unit) => unit.unitId);
}, 120_000);
afterAll(() => demo.close());

const dispatch = async (): Promise<void> => {
  while ((await dispatchOnce(demo.system.db, demo.system.subscribers, demo.system.log)) > 0);
};

/** A report of a commune, sent. @returns its id and the version of its row */
async function send(unitId: string, periodId: string, note = ''): Promise<{ id: string; version: number }> {
  const { reports } = demo.system;
  const { ids } = await reports.assign(clerk(), { reportId: 'de-an-06', periodId, unitId });
  const id = ids[0] ?? '';
  const saved = await reports.save(clerk(), id, { version: 1, manual: {}, texts: {}, note });
  const { version } = await reports.submit(clerk(), id, { version: saved.version });
  await dispatch();
  return { id, version };
}

async function newKey(days = 30): Promise<string> {
  const { key } = await demo.system.reportClients.issue(administrator(), {
    name: 'Hệ thống tỉnh (mô phỏng)',
    takes: 'received',
    unitId: province,
    expiresOn: addDays(today, days),
  });
  return key;
}
const puller = async (habits: Habits = {}) => createProvincePuller(base, await newKey(), habits);
const code = (answer: { body: Record<string, unknown> }): unknown => answer.body['code'];
const stateOf = async (id: string): Promise<string> => (await demo.system.reports.get(receiver(), id)).state;

describe('pulling', () => {
  it('gives every version once, in order, page by page, and the same again from the same cursor', async () => {
    const simulator = await puller({ repeats: true });
    // The demo has sent some already.
    await dispatch();
    const before = await simulator.pull();
    const sent = [await send(communes[0] ?? '', '2026-06'), await send(communes[1] ?? '', '2026-06')];
    sent.push(await send(communes[2] ?? '', '2026-06', 'Dấu tiếng Việt – “ngoặc”'));
    const pulled = await simulator.pull();
    expect(pulled.map((one) => one.id)).toEqual(sent.map((one) => one.id));
    expect(pulled.map((one) => one.seq)).toEqual(pulled.map((one) => one.seq).toSorted((a, b) => a - b));
    expect(JSON.parse(pulled[2]?.document ?? '').note).toBe('Dấu tiếng Việt – “ngoặc”');
    expect(await simulator.pull()).toEqual([]);
    simulator.forget();
    expect(await simulator.pull()).toEqual([...before, ...pulled]);
  });

  it('gives the digest that was frozen when the version was sent', async () => {
    const { id } = await send(communes[0] ?? '', '2026-05');
    const [pulled] = (await (await puller()).pull()).filter((one) => one.id === id);
    const page = await demo.system.reports.get(receiver(), id);
    expect(pulled?.digest).toBe(page.versions[0]?.digest);
  });

  it('shows a corrected report as a new version behind the others', async () => {
    const simulator = await puller();
    await simulator.pull();
    const { id, version } = await send(communes[0] ?? '', '2026-04');
    const back = await demo.system.reports.decide(receiver(), id, { version, act: 'return', reason: 'Sai số' });
    await demo.system.reports.submit(clerk(), id, { version: back.version, reason: 'Sửa số' });
    await dispatch();
    const pulled = await simulator.pull();
    expect(pulled.map(({ id: one, no, lastNo }) => [one, no, lastNo])).toEqual([
      [id, 1, 2],
      [id, 2, 2],
    ]);
  });
});

describe('telling the status', () => {
  it('notes that it was received, and takes or returns it in the name of the receiver', async () => {
    const simulator = await puller();
    await simulator.pull();
    const [a, b] = [await send(communes[0] ?? '', '2026-03'), await send(communes[1] ?? '', '2026-03')];
    const { told } = await simulator.round((one) =>
      one.id === a.id ? { status: 'accepted' } : { status: 'returned', reason: 'Thiếu dòng 1' },
    );
    expect(told.map(({ status, body }) => [status, body['state']])).toEqual([
      [200, 'submitted'],
      [200, 'accepted'],
      [200, 'submitted'],
      [200, 'returned'],
    ]);
    const page = await demo.system.reports.get(clerk(), b.id, 1);
    expect(page.told.map(({ status, reason }) => [status, reason])).toEqual([
      ['received', ''],
      ['returned', 'Thiếu dòng 1'],
    ]);
    expect(page.history.at(-1)).toMatchObject({ act: 'return', reason: 'Thiếu dòng 1', by: 'Hệ thống cấp trên' });
    expect(page.acts).toContain('submit');
  });

  it.each<[string, Habits]>([
    ['that repeats everything', { repeats: true }],
    ['that hangs up before it hears the answer', { hangsUp: true }],
  ])('counts once for a system %s', async (name, habits) => {
    const simulator = await puller(habits);
    await simulator.pull();
    const period = name.includes('repeats') ? '2026-02' : '2026-01';
    const { id } = await send(communes[0] ?? '', period);
    const { told } = await simulator.round(() => ({ status: 'accepted' }));
    expect(told.at(-1)).toMatchObject({ status: 200, body: { state: 'accepted', repeated: true } });
    const page = await demo.system.reports.get(receiver(), id);
    expect(page.told.map((one) => one.status)).toEqual(['received', 'accepted']);
    expect(page.history.filter((one) => one.act === 'accept')).toHaveLength(1);
  });

  it('refuses a system that speaks of what it has not read', async () => {
    const simulator = await puller({ lies: true });
    await simulator.pull();
    const { id } = await send(communes[1] ?? '', '2026-02');
    const { told } = await simulator.round(() => ({ status: 'accepted' }));
    expect(told.map((one) => [one.status, code(one)])).toEqual([
      [422, 'exchange/digest'],
      [422, 'exchange/digest'],
    ]);
    expect(await stateOf(id)).toBe('submitted');
  });

  it('refuses a decision that comes too late: a newer version, or decided by people already', async () => {
    const simulator = await puller({ delayMs: 20 });
    await simulator.pull();
    const { id, version } = await send(communes[2] ?? '', '2026-02');
    const [first] = await simulator.pull();
    if (!first) throw new Error('nothing pulled');
    const back = await demo.system.reports.decide(receiver(), id, { version, act: 'return', reason: 'Sai số' });
    expect(code(await simulator.tell(first, { status: 'accepted' }))).toBe('report/state');
    const again = await demo.system.reports.submit(clerk(), id, { version: back.version, reason: 'Sửa số' });
    await dispatch();
    expect(code(await simulator.tell(first, { status: 'accepted' }))).toBe('exchange/not-last');
    expect(await simulator.tell(first, { status: 'received' })).toMatchObject({ status: 200 });
    const accepted = await demo.system.reports.decide(receiver(), id, { version: again.version, act: 'accept' });
    await demo.system.reports.decide(receiver(), id, { version: accepted.version, act: 'lock' });
    const [second] = await simulator.pull();
    if (!second) throw new Error('nothing pulled');
    expect(code(await simulator.tell(second, { status: 'returned', reason: 'Muộn' }))).toBe('report/state');
    expect(await simulator.tell(second, { status: 'accepted' })).toMatchObject({
      status: 200,
      body: { state: 'locked' },
    });
    expect(code(await simulator.tell(first, { status: 'accepted' }))).toBe('exchange/not-last');
    expect(await stateOf(id)).toBe('locked');
  });

  it('lets one of twenty at once decide, and asks why something is returned', async () => {
    const simulator = await puller();
    await simulator.pull();
    const { id } = await send(communes[1] ?? '', '2026-01');
    const [one] = await simulator.pull();
    if (!one) throw new Error('nothing pulled');
    expect(code(await simulator.tell(one, { status: 'returned', reason: '  ' }))).toBe('dossier/reason-needed');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        simulator.tell(one, at % 2 ? { status: 'accepted' } : { status: 'returned', reason: `Lý do ${at}` }),
      ),
    );
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const page = await demo.system.reports.get(receiver(), id, 1);
    const decided = page.history.filter((act) => act.act === 'accept' || act.act === 'return');
    const effective = answers.filter(({ status, body }) => status === 200 && body['repeated'] === false);
    expect(decided).toHaveLength(effective.length);
  });
});

describe('keys', () => {
  it('open nothing when missing, wrong, expired or revoked', async () => {
    for (const key of ['', 'x'.repeat(40), `mcx_${'A'.repeat(43)}`]) {
      const answer = await createProvincePuller(base, key).ask('GET', '/api/exchange/reports');
      expect([answer.status, code(answer)]).toEqual([401, 'exchange/key']);
    }
    const key = await newKey();
    const simulator = createProvincePuller(base, key);
    expect((await simulator.ask('GET', '/api/exchange/reports')).status).toBe(200);
    const { rows } = await demo.system.reportClients.list(administrator());
    const mine = rows.find((row) => key.startsWith(row.keyHint));
    expect(mine).toMatchObject({ live: true, lastUsedAt: expect.any(String) });
    await demo.system.reportClients.revoke(administrator(), mine?.id ?? '');
    expect((await simulator.ask('GET', '/api/exchange/reports')).status).toBe(401);
    const { rows: kept } = await sql<{ text: string }>`select c::text "text" from reports.exchange_client c`.execute(
      demo.system.db,
    );
    expect(kept.some(({ text }) => text.includes(key))).toBe(false);
  });

  it('are given only by who administers the unit, to a day ahead', async () => {
    const issue = (unitId: string, expiresOn: string) =>
      demo.system.reportClients
        .issue(administrator(), { name: 'Thử', takes: 'received', unitId, expiresOn })
        .catch((error: { code?: string }) => error.code);
    expect(await issue(communes[0] ?? '', addDays(today, 9))).toBe('row/missing');
    expect(await issue(province, today)).toBe('exchange/expired');
  });

  it('are given once, though the answer was lost: another key in the place of the one nobody saw, until it is used', async () => {
    const body = { name: 'Cấp một lần', takes: 'received', unitId: province, expiresOn: addDays(today, 9) } as const;
    const { reportClients } = demo.system;
    const first = await reportClients.issue(administrator(), body, 'khoa-1');
    const again = await reportClients.issue(administrator(), body, 'khoa-1');
    expect(again.id).toBe(first.id);
    const { rows } = await reportClients.list(administrator());
    expect(rows.filter((row) => row.name === body.name).map((row) => row.keyHint)).toEqual([again.key.slice(0, 10)]);
    const ask = (key: string) => createProvincePuller(base, key).ask('GET', '/api/exchange/reports');
    expect([(await ask(first.key)).status, (await ask(again.key)).status]).toEqual([401, 200]);
    const refused = (promise: Promise<unknown>) => promise.catch((error: { code?: string }) => error.code);
    expect(await refused(reportClients.issue(administrator(), body, 'khoa-1'))).toBe('exchange/key-known');
    const other = { ...body, name: 'Khác' };
    expect(await refused(reportClients.issue(administrator(), other, 'khoa-1'))).toBe('request/repeated-differently');
    expect((await ask(again.key)).status).toBe(200);
    const { rows: remembered } = await sql<{ text: string }>`select i::text "text" from platform.idempotency i
      where key like 'report-key-issue|%'`.execute(demo.system.db);
    expect(remembered.filter(({ text }) => text.includes(first.id) && !text.includes('mcx_'))).toHaveLength(1);
    const revoke = () => reportClients.revoke(administrator(), first.id, 'khoa-2');
    expect([await revoke(), await revoke()]).toEqual([{ id: first.id }, { id: first.id }]);
    expect(await refused(reportClients.issue(administrator(), body, 'khoa-1'))).toBe('exchange/key-known');
    expect((await ask(again.key)).status).toBe(401);
  });

  it('open no draft: of a report that is filled in, or corrected, there is what was sent', async () => {
    const { reports } = demo.system;
    const unitId = communes[1] ?? '';
    const { ids } = await reports.assign(clerk(), { reportId: 'de-an-06', periodId: '2025-09', unitId });
    const id = ids[0] ?? '';
    const draft = { manual: {}, texts: {}, note: 'Bản nháp riêng' };
    await reports.save(clerk(), id, { version: 1, ...draft });
    await dispatch();
    const simulator = await puller();
    expect((await simulator.pull()).some((one) => one.id === id)).toBe(false);
    const version = (no: number) => simulator.ask('GET', `/api/exchange/reports/${id}/versions/${no}`);
    for (const no of [1, 2]) expect((await version(no)).status).toBe(404);
    await reports.submit(clerk(), id, { version: 2 });
    await reports.decide(receiver(), id, { version: 3, act: 'return', reason: 'Kiểm tra lại' });
    await reports.save(clerk(), id, { version: 4, ...draft, note: 'Đang sửa riêng' });
    await dispatch();
    const sent = await version(1);
    expect([sent.status, JSON.stringify(sent.body).includes('Đang sửa riêng')]).toEqual([200, false]);
    expect((await version(2)).status).toBe(404);
  });

  it('show nothing of other receivers', async () => {
    const { key } = await demo.system.reportClients.issue(administrator(), {
      name: 'Bộ (mô phỏng)',
      takes: 'sent-out',
      unitId: province,
      expiresOn: addDays(today, 9),
    });
    const { id } = await send(communes[2] ?? '', '2026-01');
    const simulator = createProvincePuller(base, key);
    expect(await simulator.pull()).toEqual([]);
    expect((await simulator.ask('GET', `/api/exchange/reports/${id}/versions/1`)).status).toBe(404);
  });

  it('are slowed down', async () => {
    const simulator = await puller();
    let last = 200;
    for (let calls = 0; calls < 700 && last === 200; calls += 1)
      last = (await simulator.ask('GET', '/api/exchange/reports?after=999999')).status;
    expect(last).toBe(429);
  });
});
