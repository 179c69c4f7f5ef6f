import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import type { ReportService } from '../modules/insight/reports/index.ts';
import { openReportDesk, type ReportDesk, reportStaff } from './testing/report-desk.ts';

// A report rolled up from what units below have sent: every number leads to the versions it was added up from, and from
// there to the dossiers.
let desk: ReportDesk;
let reports: ReportService;
let province: string;
let communes: string[];

/** Fills in for the province, receives for it, and sees the dossiers of all communes. */
const above = (): StaffActor => reportStaff(1, [province, ...communes], [province]);
/** Fills in for the province and may not see the reports of the units below. */
const blind = (): StaffActor => reportStaff(2, [province]);
const PERIOD = '2026-Q2';
const SYSTEM = { kind: 'system', name: 'test', assurance: 'system' } as const;

async function send(unitId: string, reportId = 'II.06a'): Promise<string> {
  const clerk = reportStaff(4, [unitId]);
  const { ids } = await reports.assign(clerk, { reportId, periodId: PERIOD, unitId });
  const id = ids[0] ?? '';
  const { version, lastNo } = await reports.get(clerk, id);
  await reports.submit(clerk, id, { version, ...(lastNo > 0 ? { reason: 'Số mới' } : {}) });
  return id;
}

beforeAll(async () => {
  desk = await openReportDesk((directory) => {
    province = directory.byCode('gso', '20779', '2026-06-14')?.parentId ?? '';
    const below = directory.childrenOn(province, '2026-06-14').filter((unit) => unit.level === 'commune');
    communes = below.slice(0, 4).map((unit) => unit.unitId);
    return [{ unitIds: [province, ...communes], count: 1500, seed: 7, from: '2026-02-01' }];
  });
  reports = desk.reports;
}, 120_000);
afterAll(() => desk.close());

describe('a number rolled up from what was sent', () => {
  it('leads to the versions it was added up from, their sum, and from each to as many dossiers as it says', async () => {
    const sent = new Map<string, string>();
    for (const unitId of communes.slice(0, 2)) sent.set(unitId, await send(unitId));
    const { ids } = await reports.assign(above(), { reportId: 'II.06c', periodId: PERIOD, unitId: province });
    const id = ids[0] ?? '';
    const page = await reports.get(above(), id);
    expect(page.total).toMatchObject({ taken: true });
    expect(page.rows.filter((row) => row.taken).map((row) => [row.id, row.reportId, row.reportNo])).toEqual(
      expect.arrayContaining([...sent].map(([unitId, report]) => [unitId, report, 1])),
    );
    const counted = page.columns.filter((column) => column.counted).map((column) => column.no);
    expect(counted).toHaveLength(11);
    let looked = 0;
    for (const row of [...page.rows.filter((one) => one.taken), ...(page.total ? [page.total] : [])]) {
      for (const column of counted) {
        const { parts, value } = await reports.parts(above(), id, { row: row.id, column });
        expect([row.id, column, value]).toEqual([row.id, column, row.cells[column]]);
        expect(parts.reduce((sum, part) => sum + (part.value ?? 0), 0)).toBe(value);
        for (const part of parts.filter((one) => one.how === 'sent')) {
          const below = await reports.get(above(), part.report?.id ?? '', part.no ?? 0);
          expect([part.unitName, part.value]).toEqual([below.unitName, below.total?.cells[column]]);
          const rows = await reports.rows(above(), below.id, { row: 'total', column, no: below.no });
          expect([rows.total, rows.hidden]).toEqual([part.value, 0]);
          looked += part.value ?? 0;
        }
        for (const part of parts.filter((one) => one.how === 'dossiers')) {
          const rows = await reports.rows(above(), id, { row: part.rowId, column });
          expect(rows.total).toBe(part.value);
        }
      }
    }
    expect(looked).toBeGreaterThan(500);
    expect((await reports.parts(above(), id, { row: 'total', column: '3' })).parts).toHaveLength(page.rows.length);
  }, 60_000);

  it('keeps leading to the version it was made of after a newer one was sent, and tells that there is a newer one', async () => {
    const { ids } = await reports.assign(above(), { reportId: 'II.06c', periodId: PERIOD, unitId: province });
    const id = ids[0] ?? '';
    const { version } = await reports.get(above(), id);
    await reports.submit(above(), id, { version });
    const [corrected = '', , third = ''] = communes;
    const first = await send(third);
    const old = (await reports.list(above(), { side: 'receive', reportId: 'II.06a', unitId: corrected })).rows[0];
    await reports.decide(above(), old?.id ?? '', { version: old?.version ?? 0, act: 'return', reason: 'Kiểm tra lại' });
    await send(corrected);

    const page = await reports.get(above(), id, 1);
    const { parts, value } = await reports.parts(above(), id, { row: 'total', column: '3', no: 1 });
    expect(value).toBe(page.total?.cells['3']);
    expect(parts.find((part) => part.rowId === corrected)).toMatchObject({
      how: 'sent',
      no: 1,
      report: { id: old?.id, code: '06a/VPCP/KSTT', lastNo: 2 },
    });
    // The third had sent nothing then: its number is of dossiers, and still leads to them.
    const counted = parts.find((part) => part.rowId === third);
    expect(counted).toMatchObject({ how: 'dossiers', no: null, report: null });
    expect((await reports.rows(above(), id, { row: third, column: '3', no: 1 })).total).toBe(counted?.value);
    await expect(reports.parts(above(), id, { row: third, column: '3', no: 1 })).rejects.toMatchObject({
      code: 'report/no-rows',
    });
    expect(first).not.toBe('');
  });

  it('of a version that was sent before versions were kept with the rows leads to what was sent last', async () => {
    const { ids } = await reports.assign(above(), { reportId: 'II.06c', periodId: PERIOD, unitId: province });
    const id = ids[0] ?? '';
    await desk.system.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`update reports.version set content = jsonb_set(content, '{sheet,rows}',
        (select jsonb_agg(r - 'from') from jsonb_array_elements(content->'sheet'->'rows') r))
        where assignment_id = ${id}::uuid`.execute(trx);
    });
    const { parts } = await reports.parts(above(), id, { row: 'total', column: '3', no: 1 });
    expect(parts.find((part) => part.rowId === communes[0])).toMatchObject({ how: 'sent', no: 2 });
  });

  it('names the version but opens no report the reader may not see; what is no sum leads nowhere', async () => {
    const { ids } = await reports.assign(blind(), { reportId: 'II.06c', periodId: PERIOD, unitId: province });
    const id = ids[0] ?? '';
    const { parts } = await reports.parts(blind(), id, { row: 'total', column: '3', no: 1 });
    expect(parts.filter((part) => part.how === 'sent').map(({ no, report }) => [no, report])).toEqual([
      [2, null],
      [1, null],
    ]);
    const stranger = reportStaff(3, communes.slice(0, 1));
    await expect(reports.parts(stranger, id, { row: 'total', column: '3' })).rejects.toMatchObject({
      code: 'row/missing',
    });
    for (const [row, column] of [
      ['total', '1'],
      ['total', '99'],
      ['nobody', '3'],
      [province, '3'],
    ])
      await expect(reports.parts(above(), id, { row: row ?? '', column: column ?? '' })).rejects.toMatchObject({
        code: 'report/no-rows',
      });
    const fields = (await reports.list(above(), { side: 'receive', reportId: 'II.06a' })).rows[0];
    await expect(reports.parts(above(), fields?.id ?? '', { row: 'total', column: '3' })).rejects.toMatchObject({
      code: 'report/no-rows',
    });
  });
});

describe('a form of fixed rows that speaks of the unit with everything below it', () => {
  it.each([
    ['cchc', 'received', '3', PERIOD],
    ['cchc', 'finished', '3', PERIOD],
    ['cchc', 'open', '3', PERIOD],
    ['de-an-06', 'received', '4', '2026-06'],
  ])(
    '%s counts the dossiers of the tree in row %s, as its registers and metrics do, and leads to them',
    async (reportId, rowId, column, periodId) => {
      const { ids } = await reports.assign(above(), { reportId, periodId, unitId: province });
      const id = ids[0] ?? '';
      const page = await reports.get(above(), id);
      const shown = page.rows.find((row) => row.id === rowId)?.cells[column];
      const wished = { unitId: province, period: periodId, cutoff: 'nd09' as const };
      const metric = { finished: 'finished', received: 'received', open: 'open' }[rowId] ?? '';
      const [figure] = await desk.system.metrics.values(SYSTEM, [
        {
          metricId: metric,
          unitId: province,
          roll: 'tree' as const,
          period: desk.system.metrics.periodOf(wished.period, wished.cutoff),
        },
      ]);
      expect(shown).toBe(figure?.numerator);
      expect(shown).toBeGreaterThan(50);
      const rows = await reports.rows(above(), id, { row: rowId, column });
      expect([rows.total, rows.now]).toEqual([shown, shown]);
    },
  );
});
