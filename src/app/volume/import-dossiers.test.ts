import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readHistory } from '../../modules/onestop/dossiers/page-store.ts';
import { replay } from '../../modules/onestop/dossiers/rules/state.ts';
import { stateColumns } from '../../modules/onestop/dossiers/store.ts';
import { createStatisticsService } from '../../modules/onestop/statistics/index.ts';
import { importDossiers } from './import-dossiers.ts';
import { readRecord } from './old-record.ts';
import { openDemoSystem } from './testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-import-'));
beforeAll(async () => {
  demo = await openDemoSystem();
}, 120_000);
afterAll(async () => {
  await demo.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

const good = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  code: 'CU-2026-1',
  procedure: '1.004873',
  unit: { gso: '20779' },
  channel: 'desk',
  receivedAt: '2026-03-02T08:00:00+07:00',
  dueAt: '2026-03-05T08:00:00+07:00',
  finishedAt: '2026-03-04T09:30:00+07:00',
  returnedAt: '2026-03-05T10:00:00+07:00',
  status: 10,
  outcome: 'granted',
  ...more,
});
const fileOf = (lines: readonly unknown[]): string => {
  const file = path.join(dir, `${Math.random()}.ndjson`);
  fs.writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return file;
};
const count = async (): Promise<number> =>
  (await sql<{ n: number }>`select count(*) n from dossiers.dossier`.execute(demo.system.db)).rows[0]?.n ?? -1;

it('tells what is wrong with each line and takes the others', async () => {
  const file = fileOf([
    good(),
    '{"code": "half',
    good({ code: 'CU-2', procedure: '9.999999' }),
    good({ code: 'CU-3', unit: { gso: '00000' } }),
    good({ code: 'CU-4', finishedAt: '2026-03-01T08:00:00+07:00' }),
    good({ code: 'CU-5', dueAt: '2026-02-01T08:00:00+07:00' }),
    good({ code: 'CU-1b', receivedAt: '2026-03-02' }),
    good(),
    '',
    good({ code: 'CU-6', status: 11 }),
    good({ code: 'CU-7', channel: 'fax' }),
    good({ code: 'CU-8', finishedAt: undefined, returnedAt: undefined }),
    good({ code: 'CU-9', outcome: 'withdrawn' }),
    good({ code: 'CU-10', receivedAt: '2030-01-01T08:00:00+07:00' }),
    '[1,2]',
  ]);
  const dry = await importDossiers(demo.system, file, { dryRun: true });
  expect(await count()).toBe(0);
  const report = await importDossiers(demo.system, file);
  expect(report).toEqual(dry);
  expect(report).toEqual({
    read: 14,
    imported: 1,
    skipped: 0,
    errors: [
      { line: 2, field: '', code: 'json' },
      { line: 3, field: 'procedure', code: 'unknown' },
      { line: 4, field: 'unit', code: 'unknown' },
      { line: 5, field: 'finishedAt', code: 'before-received' },
      { line: 6, field: 'dueAt', code: 'before-received' },
      { line: 7, field: 'receivedAt', code: 'invalid' },
      { line: 8, field: 'code', code: 'duplicate' },
      { line: 10, field: 'status', code: 'invalid' },
      { line: 11, field: 'channel', code: 'invalid' },
      { line: 12, field: 'finishedAt', code: 'required' },
      { line: 13, field: 'outcome', code: 'contradicts-status' },
      { line: 14, field: 'receivedAt', code: 'in-future' },
      { line: 15, field: '', code: 'not-object' },
    ],
  });
  expect(await importDossiers(demo.system, fileOf([good()]))).toMatchObject({
    imported: 0,
    errors: [{ line: 1, field: 'code', code: 'duplicate' }],
  });
});

it('finishes an import that was cut short, without doubles', async () => {
  const lines = Array.from({ length: 2500 }, (_, i) => good({ code: `LO-${i}` }));
  const before = await count();
  await importDossiers(demo.system, fileOf(lines.slice(0, 1300)));
  const report = await importDossiers(demo.system, fileOf(lines), { resume: true });
  expect(report).toMatchObject({ read: 2500, imported: 1200, skipped: 1300, errors: [] });
  expect(await count()).toBe(before + 2500);
});

it('classes ended dossiers, lets open ones be worked on, and shows them on the board and by code', async () => {
  const file = fileOf([
    good({ code: 'TR-LATE', finishedAt: '2026-03-09T09:30:00+07:00', returnedAt: '2026-03-09T10:00:00+07:00' }),
    good({
      code: 'TR-OPEN',
      status: 4,
      finishedAt: undefined,
      returnedAt: undefined,
      outcome: undefined,
      receivedAt: '2026-11-17T08:00:00+07:00',
      dueAt: '2026-11-20T08:00:00+07:00',
    }),
    good({ code: 'TR-PAUSED', status: 5, finishedAt: undefined, returnedAt: undefined, outcome: undefined }),
    good({ code: 'TR-OUT', status: 7, returnedAt: undefined, outcome: undefined }),
    good({ code: 'TR-NEW', status: 1, finishedAt: undefined, returnedAt: undefined, outcome: undefined }),
    good({
      code: 'TR-2023',
      unit: { gso: '20779' },
      receivedAt: '2024-03-04T08:00:00+07:00',
      dueAt: '2024-03-07T08:00:00+07:00',
      finishedAt: '2024-03-06T08:00:00+07:00',
      returnedAt: '2024-03-06T09:00:00+07:00',
    }),
  ]);
  expect(await importDossiers(demo.system, file)).toMatchObject({ imported: 6, errors: [] });
  const { rows } = await sql<
    Record<string, unknown> & { id: string; code: string }
  >`select * from dossiers.dossier where code like 'TR-%'`.execute(demo.system.db);
  const of = new Map(rows.map((row) => [row.code, row]));
  expect(of.get('TR-LATE')).toMatchObject({ punctuality: 'late', status: 'returned', imported: true });
  expect(of.get('TR-LATE')?.['lateness_minutes']).toBeGreaterThan(0);
  expect(of.get('TR-OPEN')).toMatchObject({ status: 'processing', clock_status: 'running', step_id: 'tham-tra' });
  expect(of.get('TR-PAUSED')).toMatchObject({ status: 'supplement', clock_status: 'paused' });
  expect(of.get('TR-OUT')).toMatchObject({ status: 'withdrawn', outcome: 'withdrawn', punctuality: 'early' });
  expect(of.get('TR-NEW')).toMatchObject({ status: 'submitted', received_at: null });
  expect(of.get('TR-2023')?.['received_by_unit_id']).not.toBe(of.get('TR-OPEN')?.['received_by_unit_id']);
  for (const row of rows) {
    const columns = stateColumns(replay((await readHistory(demo.system.db, row.id)) as never));
    for (const [name, value] of Object.entries(columns))
      expect(JSON.parse(JSON.stringify(row[name])), `${row.code} ${name}`).toEqual(JSON.parse(JSON.stringify(value)));
  }
  const board = await createStatisticsService({ db: demo.system.db, clock: demo.system.clock }).boardOf(
    undefined,
    '2026-03',
  );
  expect(board.reduce((sum, row) => sum + row.late, 0)).toBe(1);
  expect(board.reduce((sum, row) => sum + row.open, 0)).toBe(2);
  expect(await demo.system.dossiers.findPublic('TR-LATE')).toMatchObject({ punctuality: 'late' });
});

it('reads lines strictly', () => {
  const now = new Date('2026-11-18T10:00:00+07:00');
  expect(readRecord(JSON.stringify(good({ unit: { gso: '20779', code: 'H17' } })), now)).toMatchObject({
    ok: false,
    problem: { field: 'unit' },
  });
  expect(readRecord(JSON.stringify(good({ code: 'x\u0000y' })), now)).toMatchObject({
    ok: false,
    problem: { field: 'code', code: 'invalid' },
  });
  expect(readRecord(JSON.stringify(good({ returnedAt: '2026-03-03T10:00:00+07:00' })), now)).toMatchObject({
    ok: false,
    problem: { field: 'returnedAt', code: 'before-finished' },
  });
  expect(readRecord(JSON.stringify(good()), now)).toMatchObject({ ok: true });
});
