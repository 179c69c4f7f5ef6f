import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import type { UnitDirectory } from '../modules/foundation/organisation/index.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { createReportService, createReportTimer, type ReportService } from '../modules/insight/reports/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { createReportPorts } from './report-ports.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let reports: ReportService;
let directory: UnitDirectory;
let commune: string;
let province: string;

/** Somebody who fills in for some units and receives for others. */
function staff(n: number, fill: readonly string[], receive: readonly string[] = []): StaffActor {
  const rights = { 'report.read': [...fill, ...receive], 'report.fill': fill, 'report.receive': receive };
  return staffWith(n, commune, rights);
}

beforeAll(async () => {
  demo = await openDemoSystem();
  directory = await demo.system.organisation.directory();
  const found = directory.byCode('gso', '20779', '2026-08-14');
  if (!found?.parentId) throw new Error('a commune below a province');
  commune = found.unitId;
  province = found.parentId;
  const { db, clock } = demo.system;
  await rebuildMetrics(db);
  reports = createReportService({ db, clock, ports: createReportPorts({ ...demo.system, db: demo.system.readDb }) });
}, 120_000);
afterAll(() => demo.close());

const clerk = () => staff(1, [commune]);
const receiver = () => staff(2, [province], [province]);
const begin = async (reportId: string, periodId: string): Promise<string> => {
  const { ids } = await reports.assign(clerk(), { reportId, periodId, unitId: commune });
  return ids[0] ?? '';
};
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

describe('a report from commune to province', () => {
  it('is given, filled in, sent, returned, corrected as a new version, accepted, locked and reopened', async () => {
    const given = await reports.assign(receiver(), {
      reportId: 'de-an-06',
      periodId: '2026-10',
      unitId: province,
      below: true,
    });
    expect(given.given).toBeGreaterThan(0);
    expect(
      (await reports.assign(receiver(), { reportId: 'de-an-06', periodId: '2026-10', unitId: province, below: true }))
        .given,
    ).toBe(0);
    const mine = await reports.list(clerk(), { side: 'fill', reportId: 'de-an-06' });
    expect(mine.rows).toEqual([
      expect.objectContaining({ unitId: commune, state: 'assigned', deadline: '2026-10-17' }),
    ]);
    const id = mine.rows[0]?.id ?? '';
    const why = 'Sổ chưa nhập, lấy số công an xã';
    const typed = {
      manual: { accounts: { 3: 12_000, 4: 12_951 } },
      reasons: { accounts: { 3: why, 4: why } },
      texts: {},
      note: 'Số công an xã',
    };
    expect(await reports.save(clerk(), id, { version: 1, ...typed })).toMatchObject({ version: 2, state: 'draft' });
    expect(await reports.submit(clerk(), id, { version: 2 })).toMatchObject({ version: 3, state: 'submitted' });
    // The clock stands on 18/11/2026: a month after the deadline.
    expect(await reports.get(clerk(), id)).toMatchObject({ lateDays: 32, lastNo: 1, no: 1 });
    expect(await code(reports.decide(receiver(), id, { version: 3, act: 'return' }))).toBe('dossier/reason-needed');
    await reports.decide(receiver(), id, { version: 3, act: 'return', reason: 'Thiếu dòng 1' });
    await reports.save(clerk(), id, {
      version: 4,
      ...typed,
      manual: { ...typed.manual, 'id-cards': { 3: 12_000, 4: 16_175 } },
      reasons: { ...typed.reasons, 'id-cards': { 3: why, 4: why } },
    });
    expect(await code(reports.submit(clerk(), id, { version: 5 }))).toBe('dossier/reason-needed');
    expect(await reports.submit(clerk(), id, { version: 5, reason: 'Bổ sung dòng 1' })).toMatchObject({
      state: 'resubmitted',
    });
    await reports.decide(receiver(), id, { version: 6, act: 'accept' });
    await reports.decide(receiver(), id, { version: 7, act: 'lock' });
    expect(await code(reports.save(clerk(), id, { version: 8, ...typed }))).toBe('report/state');
    const first = await reports.get(receiver(), id, 1);
    expect(first.rows[0]?.cells).toMatchObject({ 4: null });
    expect((await reports.get(receiver(), id)).rows[0]?.cells).toMatchObject({ 4: 16_175, 5: 134.79 });
    await reports.decide(receiver(), id, { version: 8, act: 'reopen', reason: 'Sót số liệu' });
    const page = await reports.get(clerk(), id);
    expect(page.acts).toEqual(['save', 'submit']);
    expect(page.versions.map((each) => each.no)).toEqual([2, 1]);
    expect(page.history.map((each) => each.act)).toEqual([
      'assign',
      'save',
      'submit',
      'return',
      'save',
      'submit',
      'accept',
      'lock',
      'reopen',
    ]);
    await expect(sql`update reports.version set reason = 'x'`.execute(demo.system.db)).rejects.toThrow(/append-only/);
    // Sent back is work: who drafts is told at once, with the reason; what only moves on is told to nobody.
    const { rows: told } = await sql<{ subject: string; body: string; people: number }>`
      select subject, body, count(*)::int people from notifications.message
      where template = 'report-sent-back' group by 1, 2 order by min(id::text)`.execute(demo.system.db);
    expect(told).toMatchObject([
      { subject: 'Báo cáo Đề án 06 bị trả lại', body: expect.stringContaining('Thiếu dòng 1') },
      { subject: 'Báo cáo Đề án 06 được mở lại', body: expect.stringContaining('Sót số liệu') },
    ]);
    expect(told[0]?.body).toContain('Tháng 10 năm 2026');
    expect(told[0]?.people).toBeGreaterThan(0);
  });

  it('lets one of two people win and changes nothing for the other', async () => {
    const id = await begin('II.07b', '2026-Q3');
    const body = { version: 1, manual: {}, texts: {} };
    const done = await Promise.all(
      ['một', 'hai', 'ba', 'bốn'].map((note) => code(reports.save(clerk(), id, { ...body, note }))),
    );
    expect(done.toSorted()).toEqual(['done', 'row/stale', 'row/stale', 'row/stale']);
    expect(await reports.get(clerk(), id)).toMatchObject({ version: 2, history: [{ act: 'assign' }, { act: 'save' }] });
  });

  it('is saved and sent once, however often the same request comes', async () => {
    const id = await begin('II.07b', '2026-Q2');
    const body = { version: 1, manual: {}, texts: {}, note: 'một' };
    const saved = await Promise.all([1, 2, 3].map(() => reports.save(clerk(), id, body, 'khoa-1')));
    expect(saved.map((one) => one.version)).toEqual([2, 2, 2]);
    expect(await code(reports.save(clerk(), id, { ...body, note: 'hai' }, 'khoa-1'))).toBe(
      'request/repeated-differently',
    );
    const sent = await reports.submit(clerk(), id, { version: 2 }, 'khoa-2');
    expect(await reports.submit(clerk(), id, { version: 2 }, 'khoa-2')).toEqual(sent);
    expect(await reports.get(clerk(), id)).toMatchObject({ version: 3, lastNo: 1, state: 'submitted' });
  });

  it('is refused while the period runs, with wrong cells, out of balance, or before it begins', async () => {
    const running = await begin('II.06a', '2026-12');
    expect(await code(reports.submit(clerk(), running, { version: 1 }))).toBe('report/period-open');
    const typed = await begin('II.07b', '2026-H1');
    const body = { version: 1, texts: {}, note: '' };
    expect(await code(reports.save(clerk(), typed, { ...body, manual: { commune: { 3: -1 } } }))).toBe('report/cells');
    expect(await code(reports.save(clerk(), typed, { ...body, manual: { commune: { 7: 1 } } }))).toBe('report/cells');
    expect(await code(reports.save(clerk(), typed, { ...body, manual: {}, texts: { steering: 'x' } }))).toBe(
      'report/cells',
    );
    await reports.save(clerk(), typed, { ...body, manual: { commune: { 3: 10, 4: 11, 5: 1, 6: 1 } } });
    expect(await code(reports.submit(clerk(), typed, { version: 2 }))).toBe('report/unbalanced');
    expect((await reports.get(clerk(), typed)).checks[0]).toMatchObject({
      ok: false,
      failures: [{ rowId: 'commune' }],
    });
    expect(await code(begin('II.06a', '2027-06'))).toBe('report/future');
    expect(await code(begin('II.06c', '2026-Q3'))).toBe('report/level');
    const toNobody = { reportId: 'II.06a', periodId: '2026-10', unitId: commune, below: true };
    expect(await code(reports.assign(staff(5, [commune], [commune]), toNobody))).toBe('report/none-below');
    expect(await code(begin('de-an-06', '2026-Q3'))).toBe('report/frequency');
    expect(await code(begin('II.06z', '2026-Q3'))).toBe('report/unknown');
    for (const period of ['9999', '9999-Q4', '0000-01'])
      expect(await code(begin('II.06a', period))).toBe('report/period');
  });

  it('is offered for the periods its form is in force in, and where there is none not at all', async () => {
    const { rows } = await reports.regimes(clerk());
    const offered = (id: string) => rows.find((row) => row.id === id)?.periods.map((period) => period.id) ?? [];
    expect(offered('07a-BTP')).toContain('2026-Q3');
    expect(offered('07a-BTP')).not.toContain('2025');
    expect(offered('II.06a')).toContain('2025');
    const of2023 = createReportService({
      db: demo.system.db,
      clock: { now: () => new Date('2023-08-31T08:00:00+07:00') },
      ports: createReportPorts({ ...demo.system, db: demo.system.readDb }),
    });
    const ids = (await of2023.regimes(clerk())).rows.map((row) => row.id);
    expect(ids).toContain('II.06b');
    expect(ids).not.toContain('07a-BTP');
  });

  it('shows nobody what is not theirs', async () => {
    const id = await begin('cchc', '2026-Q3');
    const other = staff(3, [
      directory.childrenOn(province, '2026-08-14').find((unit) => unit.unitId !== commune)?.unitId ?? '',
    ]);
    expect(await code(reports.get(other, id))).toBe('row/missing');
    expect(await code(reports.submit(other, id, { version: 1 }))).toBe('row/missing');
    expect((await reports.list(other, { side: 'fill', reportId: 'cchc' })).total).toBe(0);
    expect(await code(reports.decide(clerk(), id, { version: 1, act: 'accept' }))).toBe('row/missing');
    expect(await code(reports.assign(other, { reportId: 'cchc', periodId: '2026-Q3', unitId: commune }))).toBe(
      'row/missing',
    );
  });
});

it('rolls up what was sent: the parent takes the sent figures, also where the dossiers say otherwise later', async () => {
  const id = await begin('II.06a', '2026-Q3');
  await reports.submit(clerk(), id, { version: 1 });
  const { ids } = await reports.assign(receiver(), { reportId: 'II.06c', periodId: '2026-Q3', unitId: province });
  const page = await reports.get(receiver(), ids[0] ?? '');
  const row = page.rows.find((each) => each.id === commune);
  // One click to what the unit has sent; of the others there is nothing to open.
  expect(row).toMatchObject({ unsent: false, reportId: id, cells: { 3: 0, 7: 0, 11: 0 } });
  expect(page.rows.filter((each) => each.reportId !== null)).toHaveLength(1);
  expect(page.rows.filter((each) => each.unsent).length).toBeGreaterThan(0);
  expect(page.warnings.map((warning) => warning.code)).toContain('unsent');
});

it('reminds those who fill in of what is not sent, once a day', async () => {
  await begin('II.06a', '2026-11');
  const ctx = {
    db: demo.system.db,
    clock: demo.system.clock,
    ports: createReportPorts({ ...demo.system, db: demo.system.readDb }),
  };
  const count = async (): Promise<number> =>
    (
      await sql<{
        n: number;
      }>`select count(*)::int n from notifications.message where template = 'report' and body like '%06a/VPCP/KSTT%Tháng 11 năm 2026%'`.execute(
        demo.system.db,
      )
    ).rows[0]?.n ?? 0;
  await createReportTimer(ctx).run();
  const told = await count();
  expect(told).toBeGreaterThan(0);
  await createReportTimer(ctx).run();
  expect(await count()).toBe(told);
});
