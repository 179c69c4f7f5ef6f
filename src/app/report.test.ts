import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeReport, findReport, periodOf, type ReportDefinition } from '../modules/insight/reports/index.ts';
import { runCli } from './cli.ts';
import { createReportPorts } from './report-ports.ts';
import { importDossiers } from './volume/import-dossiers.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-report-'));
const GSO = '20779';
let serial = 0;

/** So many dossiers with these instants; `due` is compared with the end by the rule of the regime (dates). */
function lines(count: number, channel: string, received: string, due: string, finished?: string): object[] {
  return Array.from({ length: count }, () => ({
    code: `BC-${serial++}`,
    procedure: '1.004873',
    unit: { gso: GSO },
    channel,
    receivedAt: `${received}T08:00:00+07:00`,
    dueAt: `${due}T17:00:00+07:00`,
    ...(finished ? { finishedAt: `${finished}T10:00:00+07:00`, status: 9, outcome: 'granted' } : { status: 4 }),
  }));
}

beforeAll(async () => {
  demo = await openDemoSystem();
  // Domain §8.2: 30 carried; 120 received (70 online, 50 at the desk and by post); 90 early, 28 on time, 10 late; 20 + 2 open.
  const all = [
    ...lines(30, 'desk', '2026-07-10', '2026-07-30', '2026-07-20'),
    ...lines(60, 'online', '2026-07-20', '2026-07-30', '2026-07-27'),
    ...lines(10, 'online', '2026-07-15', '2026-07-23', '2026-07-24'),
    ...lines(28, 'desk', '2026-07-20', '2026-07-29', '2026-07-29'),
    ...lines(20, 'post', '2026-08-10', '2026-08-25', '2026-08-20'),
    ...lines(2, 'desk', '2026-08-03', '2026-08-13', '2026-08-18'),
    // Outside: finished before, received after.
    ...lines(5, 'desk', '2026-06-20', '2026-07-10', '2026-07-14'),
    ...lines(4, 'online', '2026-08-15', '2026-08-25', '2026-08-24'),
  ];
  const file = path.join(dir, 'golden.ndjson');
  fs.writeFileSync(file, all.map((line) => JSON.stringify(line)).join('\n'));
  const report = await importDossiers(demo.system, file);
  expect(report.errors).toEqual([]);
}, 120_000);
afterAll(async () => {
  await demo.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

const report = (name: string): ReportDefinition => {
  const found = findReport(name);
  if (!found) throw new Error(name);
  return found;
};

async function compute(name: string, periodId: string, cutoff: 'calendar' | 'nd09', gso = GSO) {
  const { system } = demo;
  const ports = createReportPorts({ ...system, db: system.readDb });
  const period = periodOf(periodId, cutoff);
  const unit = (await ports.directory()).byCode('gso', gso, '2026-08-14');
  if (!period || !unit) throw new Error('period and unit');
  return computeReport({ db: system.db, clock: system.clock, ports }, report(name), unit.unitId, period, {});
}

describe('the golden example of biểu II.06a on real rows', () => {
  it('counts from the 15th to the 14th: 150 = 128 + 22, 7.8125 % late', async () => {
    const { sheet, checks, figures, final } = await compute('II.06a', '2026-08', 'nd09');
    const expected = { 3: 150, 4: 70, 5: 50, 6: 30, 7: 128, 8: 90, 9: 28, 10: 10, 11: 22, 12: 20, 13: 2 };
    expect(sheet.total?.cells).toEqual({ 2: 'Tổng cộng', ...expected });
    expect(sheet.rows).toHaveLength(1);
    expect(sheet.rows[0]?.cells).toMatchObject({ 1: '1', ...expected });
    expect(checks).toEqual([expect.objectContaining({ ok: true })]);
    expect(figures[0]).toMatchObject({ id: 'late-of-finished', numerator: 10, denominator: 128, percent: 7.8125 });
    expect(final).toBe(true);
  });

  it('counts other days by the calendar', async () => {
    const { sheet, checks } = await compute('II.06a', '2026-08', 'calendar');
    expect(sheet.total?.cells).toMatchObject({ 3: 26, 4: 4, 5: 22, 6: 0, 7: 26, 11: 0 });
    expect(checks[0]?.ok).toBe(true);
  });

  it('balances in the form of 2026 and in the totals of the province, which tells who has not sent', async () => {
    const commune = await compute('07a', '2026-08', 'nd09');
    expect(commune.sheet.total?.cells).toMatchObject({ 3: 150, 11: 128, 14: 10, 16: 10, 17: 22, 20: 0, 21: 0 });
    expect(commune.checks.every((check) => check.ok)).toBe(true);
    const directory = await demo.system.organisation.directory();
    const unit = directory.byCode('gso', GSO, '2026-08-14');
    const province = directory.pathOn(unit?.unitId ?? '', '2026-08-14').find((each) => each.level === 'province');
    const gso = directory.codeOn(province?.unitId ?? '', 'gso', '2026-08-14') ?? '';
    const total = await compute('06c', '2026-08', 'nd09', gso);
    expect(total.sheet.total?.cells).toMatchObject({ 3: 150, 7: 128, 11: 22 });
    expect(total.sheet.rows.find((row) => row.id === unit?.unitId)).toMatchObject({ unsent: true });
    expect(total.warnings.map((warning) => warning.code)).toContain('unsent');
  });
});

it('says that a period is not over, has not begun, or that the level is wrong', async () => {
  const running = await compute('II.06a', '2026-12', 'nd09');
  expect(running.final).toBe(false);
  expect(running.warnings.map((warning) => warning.code)).toContain('period-open');
  await expect(compute('II.06a', '2027-06', 'nd09')).rejects.toMatchObject({ code: 'report/future' });
  await expect(compute('II.06c', '2026-08', 'nd09')).rejects.toMatchObject({ code: 'report/level' });
  await expect(compute('II.06b', '2026-08', 'nd09')).rejects.toMatchObject({ code: 'report/not-in-force' });
});

describe('motcua report', () => {
  const run = async (...args: string[]) => {
    const [out, notes]: [string[], string[]] = [[], []];
    const io = {
      out: (line: string) => void out.push(line),
      note: (line: string) => void notes.push(line),
      env: { DATABASE_URL: demo.system.databaseUrl, MOTCUA_DATA_DIR: dir, MOTCUA_LOG_LEVEL: 'silent' },
      path: (typed: string) => typed,
      interactive: false,
    };
    const exit = await runCli(['report', ...args], io);
    return { exit, out, notes: notes.join('\n') };
  };

  it('prints one JSON with the form’s own cut-off, and a table for people', async () => {
    const done = await run('06a', '--unit', GSO, '--period', '2026-08', '--json');
    expect(done.exit).toBe(0);
    const reply = JSON.parse(done.out[0] ?? '');
    expect(reply).toMatchObject({
      report: 'II.06a',
      unit: { code: GSO },
      period: { id: '2026-08', from: '2026-07-15', to: '2026-08-14', cutoff: 'nd09' },
      total: { 3: 150, 7: 128, 11: 22 },
      final: true,
      computedAt: expect.stringMatching(/\+07:00$/),
    });
    const plain = await run('06a', '--unit', GSO, '--period', '2026-08', '--cutoff', 'nd09');
    expect(plain.out.join('\n')).toContain('(3) = (7) + (11): đúng');
    expect(plain.out.join('\n')).toContain('7,81 % (10/128)');
  });

  it('tells wrong usage by 2 and wrong data by 1', async () => {
    expect((await run()).exit).toBe(2);
    expect((await run('06z', '--unit', GSO, '--period', '2026-08')).exit).toBe(2);
    expect((await run('06a', '--period', '2026-08')).exit).toBe(2);
    for (const period of ['2026-13', '9999', '0000-01'])
      expect((await run('06a', '--unit', GSO, '--period', period)).exit).toBe(2);
    expect((await run('06a', '--unit', GSO, '--period', '2026-08', '--cutoff', 'x')).exit).toBe(2);
    expect((await run('06a', '--unit', '99999999', '--period', '2026-08')).exit).toBe(1);
    const ceased = await run('06a', '--unit', '512', '--period', '2026-08');
    expect(ceased).toMatchObject({ exit: 1, notes: expect.stringMatching(/không tồn tại ngày chốt 14\/08\/2026/) });
  });
});
