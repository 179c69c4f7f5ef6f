import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StaffActor } from '../../../core/access/actor.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import type { SystemProbe } from './ports.ts';
import { createOperationService, recordRun } from './service.ts';

const NOW = new Date('2026-11-22T03:00:00Z');
const UNIT = '01900000-0000-7000-8000-00000000000a';
const staff = (permission: string): StaffActor => ({
  kind: 'staff',
  accountId: UNIT,
  staffId: UNIT,
  displayName: 'Quản trị Mẫu',
  homeUnitId: UNIT,
  unitIds: [UNIT],
  roles: [],
  unitsByPermission: new Map([[permission, new Set([UNIT])]]),
  assurance: 'password+totp',
  address: '10.0.0.1',
});
const ADMINISTRATOR = staff('system.administer');

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let looked: number;
const clock = createFixedClock(NOW);
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(() => {
  looked = 0;
  clock.set(NOW);
});

/** What stands outside: the machine and the mail server. */
function serviceWith(mail: Awaited<ReturnType<SystemProbe['sendTestMail']>>) {
  const probe: SystemProbe = {
    findings: async () => {
      looked++;
      return [{ id: 'disk.free', status: 'warning', text: 'Đĩa còn 3 GiB', advice: 'Thêm đĩa.' }];
    },
    timers: () => [],
    settings: () => [{ name: 'MOTCUA_SMTP_URL', value: 'smtp://mail' }],
    versions: async () => [],
    retryDeliveries: async () => 3,
    sendTestMail: async () => mail,
  };
  return createOperationService({ db: test.db, clock, realClock: clock, probe });
}
const actions = async () =>
  (await test.db.selectFrom('audit.entry').select('action').orderBy('recorded_at').orderBy('id').execute()).map(
    (row) => row.action,
  );

describe('the system page', () => {
  it('tells what was found, by part, with the last backup and verification', async () => {
    await recordRun(test.db, { kind: 'backup', endedAt: new Date('2026-11-10T19:00:00Z'), ok: true, detail: 'cũ' });
    await recordRun(test.db, { kind: 'backup', endedAt: new Date('2026-11-21T19:00:00Z'), ok: true, detail: '9 tệp' });
    const status = await serviceWith(undefined).getStatus(ADMINISTRATOR);
    expect(status.findings.map(({ id, part, status: s }) => [id, part, s])).toEqual([
      ['disk.free', 'files', 'warning'],
      ['backup.last', 'backup', 'ok'],
      ['audit.verified', 'audit', 'warning'],
    ]);
    expect(status.findings[1]?.text).toBe('Bản sao lưu gần nhất: 8 giờ trước (9 tệp)');
    expect(status.runs).toMatchObject([{ kind: 'backup', detail: '9 tệp' }]);
  });

  it('looks at the machine twice a minute at most, however often it is asked', async () => {
    const service = serviceWith(undefined);
    await Promise.all([1, 2, 3].map(() => service.getStatus(ADMINISTRATOR)));
    clock.set(new Date(NOW.getTime() + 29_000));
    await service.getStatus(ADMINISTRATOR);
    expect(looked).toBe(1);
    clock.set(new Date(NOW.getTime() + 30_000));
    await service.getStatus(ADMINISTRATOR);
    expect(looked).toBe(2);
  });

  it('is for administrators of the system alone', async () => {
    const service = serviceWith(undefined);
    for (const actor of [staff('staff.edit'), { kind: 'guest', assurance: 'none', address: '' } as const]) {
      await expect(service.getStatus(actor)).rejects.toMatchObject({ code: 'access/forbidden' });
      await expect(service.sendTestMail(actor, 'a@b.vn')).rejects.toMatchObject({ code: 'access/forbidden' });
      await expect(service.retryDeliveries(actor)).rejects.toMatchObject({ code: 'access/forbidden' });
    }
  });

  it('sends a test mail, keeps what the server said, and records the act', async () => {
    const refused = serviceWith({ ok: false, detail: '535 authentication failed' });
    expect(await refused.sendTestMail(ADMINISTRATOR, 'thu@example.vn')).toMatchObject({ ok: false });
    const { runs } = await refused.getStatus(ADMINISTRATOR);
    expect(runs.find(({ kind }) => kind === 'test-mail')).toMatchObject({
      ok: false,
      detail: '535 authentication failed',
    });
    expect(await refused.retryDeliveries(ADMINISTRATOR)).toBe(3);
    expect(await actions()).toEqual(['operation.test-mail', 'operation.retry-deliveries']);
    await expect(serviceWith(undefined).sendTestMail(ADMINISTRATOR, 'a@b.vn')).rejects.toMatchObject({
      code: 'mail/not-set',
    });
  });
});
