import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegisterTimer, type RegisterContext, recordPublished } from '../modules/insight/registers/index.ts';
import { createFixedClock } from '../platform/config/config.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let context: RegisterContext;
let commune: string;
const SYSTEM = { kind: 'system', name: 'test', assurance: 'system' } as const;

beforeAll(async () => {
  demo = await openDemoSystem();
  const { db, clock, organisation, dossierPorts, files } = demo.system;
  const directory = await organisation.directory();
  commune = directory.byCode('gso', '20779', '2026-08-14')?.unitId ?? '';
  const ports = { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files };
  context = { db, clock, ports };
}, 120_000);
afterAll(() => demo.close());

/** Runs the timer on a day. */
async function runOn(day: string): Promise<void> {
  const clock = createFixedClock(new Date(`${day}T09:00:00+07:00`));
  const staffOf = demo.system.dossierPorts.staffOf;
  await createRegisterTimer({ ...context, clock, staffOf }).run();
}
type Notice = { readonly recipient: string; readonly subject: string; readonly body: string; readonly key: string };
async function notices(day: string): Promise<Notice[]> {
  const { rows } = await sql<Notice>`select recipient, subject, body, dedupe_key key from notifications.message
    where template = 'register' and dedupe_key like ${`register:%:${day}:%`} order by dedupe_key`.execute(
    demo.system.db,
  );
  return rows;
}
/** What people of the commune were told on a day of a period. */
async function toldTo(day: string, periodId: string): Promise<Notice[]> {
  const people = await demo.system.dossierPorts.staffOf(commune, 'registers.enter', day);
  const recipients = new Set(people.map(({ staffId }) => `staff:${staffId}`));
  return (await notices(day)).filter((one) => recipients.has(one.recipient) && one.key.includes(`:${periodId}:`));
}

describe('those who enter figures', () => {
  it('are told nothing long before the deadline', async () => {
    await runOn('2026-11-01');
    expect(await notices('2026-11-01')).toEqual([]);
  });

  it('are told three days before it of everything they owe of the period, in one notice each', async () => {
    await runOn('2026-11-02');
    const told = await toldTo('2026-11-02', '2026-10');
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told.map((one) => one.recipient)).size).toBe(told.length);
    const [first] = told;
    for (const name of ['Đề án 06', 'VNeID', 'BHXH']) expect(first?.body).toContain(name);
    expect(first?.subject).toMatch(/^Sổ nhập tay Tháng 10\/2026: còn \d+ phần chưa nhập$/);
    expect(first?.body).toContain('Sắp đến hạn:');
    expect(first?.body).toContain('hạn 05/11/2026');
    expect(first?.body).not.toContain('Đã quá hạn');
    expect(first?.body).not.toContain('{{');
  });

  it('are not told twice, by however many processes, nor before the days have gone by', async () => {
    const before = await notices('2026-11-02');
    await Promise.all([runOn('2026-11-02'), runOn('2026-11-02'), runOn('2026-11-02')]);
    expect(await notices('2026-11-02')).toEqual(before);
    await runOn('2026-11-04');
    expect(await toldTo('2026-11-04', '2026-10')).toEqual([]);
  });

  it('are told only of what is still missing', async () => {
    await recordPublished(context, SYSTEM, {
      registerId: 'de-an-06',
      unitId: commune,
      periodId: '2026-10',
      values: { target: 12_000, collected: 9000, activated: 8000 },
      evidence: '',
      reason: '',
      at: new Date('2026-11-04T09:00:00+07:00'),
    });
    await runOn('2026-11-05');
    const [last] = await toldTo('2026-11-05', '2026-10');
    expect(last?.body).toContain('VNeID');
    expect(last?.body).not.toContain('căn cước, định danh điện tử');
  });

  it('are told after the deadline with the days late and the closing, and no more once it is closed', async () => {
    await runOn('2026-11-08');
    const [late] = await toldTo('2026-11-08', '2026-10');
    expect(late?.body).toContain('Đã quá hạn');
    expect(late?.body).toContain('hạn 05/11/2026, trễ 3 ngày, khóa hết ngày 20/11/2026');
    await runOn('2026-11-20');
    expect((await toldTo('2026-11-20', '2026-10')).length).toBeGreaterThan(0);
    await runOn('2026-11-23');
    expect(await toldTo('2026-11-23', '2026-10')).toEqual([]);
  });
});
