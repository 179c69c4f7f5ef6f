import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { addDays, instantAt } from '../core/time/index.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { insertRandomDossiers, seeded } from '../modules/insight/metrics/testing/random-dossiers.ts';
import { reportCsv } from '../modules/insight/reports/csv.ts';
import { reportDocx } from '../modules/insight/reports/docx.ts';
import {
  type Counts,
  CUTOFFS,
  createReportService,
  type FieldCounts,
  periodOf,
  type ReportPorts,
  type ReportService,
} from '../modules/insight/reports/index.ts';
import { reportPdf } from '../modules/insight/reports/pdf.ts';
import { addCounts, NO_COUNTS } from '../modules/insight/reports/rules/counts.ts';
import { reportXlsx } from '../modules/insight/reports/xlsx.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { POPPLER_MISSING, readPdfText } from '../platform/documents/pdf-inspection.ts';
import { createRenderer } from '../platform/documents/renderer.ts';
import { zipEntry } from '../platform/testing/zip.ts';

import { runCli } from './cli.ts';
import { createReportPorts } from './report-ports.ts';
import { recountForReports } from './testing/report-recount.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let ports: ReportPorts;
let reports: ReportService;
let units: string[];

/** Somebody who reports for the first unit; may she see the dossiers, too? */
function clerk(seesDossiers: boolean): StaffActor {
  const unitId = units[0] ?? '';
  const permissions = ['report.read', 'report.fill', ...(seesDossiers ? ['dossier.read'] : [])];
  return staffWith(1, unitId, Object.fromEntries(permissions.map((permission) => [permission, [unitId]])));
}

async function begin(reportId: string, periodId: string): Promise<string> {
  const { ids } = await reports.assign(clerk(true), { reportId, periodId, unitId: units[0] ?? '' });
  return ids[0] ?? '';
}

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  ports = createReportPorts({ ...system, db: system.readDb });
  reports = createReportService({ db: system.db, clock: system.clock, ports });
  const directory = await system.organisation.directory();
  const commune = directory.byCode('gso', '20779', '2026-08-14');
  const siblings = directory.childrenOn(commune?.parentId ?? '', '2026-08-14').map((unit) => unit.unitId);
  units = [...new Set([commune?.unitId ?? '', ...siblings])];
  const pick = seeded(26);
  await insertRandomDossiers(system.db, units.slice(0, 6), 3000, pick, system.clock.now(), '2026-02-01');
  // A revision that knows the field of its procedure, and answers to some of the late.
  await sql`update dossiers.dossier d set procedure_revision_id = (select r.id from procedures.revision r
    where r.code = d.procedure_code and r.status = 'published' order by r.valid_from desc limit 1)`.execute(system.db);
  await system.apologies.rebuildDuties();
  await system.db.transaction().execute(async (trx) => {
    // Letters of apology that are only counted: without the papers they would stand for.
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`update apologies.duty set apology_id = dossier_id where random() < 0.5`.execute(trx);
  });
  await rebuildMetrics(system.db);
}, 120_000);
afterAll(() => demo.close());

const sorted = (rows: readonly FieldCounts[]) =>
  rows
    .filter(({ counts }) => Object.values(counts).some((count) => count > 0))
    .map(({ unitId, fieldCode, counts }) => ({ unitId, fieldCode, counts: { ...counts } }))
    .toSorted((a, b) => (a.unitId + a.fieldCode < b.unitId + b.fieldCode ? -1 : 1));

const PERIODS = ['2026-03', '2026-06', '2026-11', '2026-12', '2026-Q2', '2026-Q4', '2026-H1', '2026'];

describe('the figures of metrics', () => {
  it.each(PERIODS.flatMap((id) => CUTOFFS.map((cutoff) => [id, cutoff] as const)))(
    'are those of a recount for every column, unit and field: %s by %s',
    async (id, cutoff) => {
      const period = periodOf(id, cutoff);
      if (!period) throw new Error(id);
      const now = demo.system.clock.now();
      const end = instantAt(addDays(period.to, 1), '00:00');
      const span = { from: instantAt(period.from, '00:00'), to: end, asOf: now < end ? now : end };
      const counted = await ports.countsOf(units, period, 'field', true);
      expect(sorted(counted)).toEqual(sorted(await recountForReports(demo.system.db, units, span)));
      expect(counted.length).toBeGreaterThan(5);
      const byUnit = await ports.countsOf(units, period, 'unit', true);
      for (const unitId of units) {
        const add = (rows: readonly FieldCounts[]) =>
          rows.filter((row) => row.unitId === unitId).reduce((sum, row) => addCounts(sum, row.counts), NO_COUNTS);
        expect(add(byUnit)).toEqual(add(counted));
      }
    },
  );

  it('are as many as the dossiers behind them', async () => {
    const period = periodOf('2026-Q2', 'nd09');
    if (!period) throw new Error('period');
    const counted = await ports.countsOf(units, period, 'field', true);
    const actor = { kind: 'system', name: 'test', assurance: 'system' } as const;
    const ids = Object.keys(counted[0]?.counts ?? {}) as (keyof Counts)[];
    for (const { unitId, fieldCode, counts } of counted.slice(0, 4)) {
      for (const id of ids) {
        const found = await ports.rowsOf(
          actor,
          { unitIds: [unitId], period, fieldCode, counts: [id] },
          { page: 1, pageSize: 10 },
        );
        expect([id, found.total]).toEqual([id, counts[id]]);
      }
    }
  });
});

describe('the form of 2026', () => {
  it('is filled from the dossiers where they know: online services, fees; each cell leads to as many', async () => {
    const id = await begin('07a', '2026-Q2');
    const page = await reports.get(clerk(true), id);
    expect(page.rows[0]?.typed).toEqual(['10', '22', '23', '24']);
    expect(page.checks.map((check) => check.ok)).toEqual([true, true, true]);
    const cells = page.total?.cells ?? {};
    expect(Number(cells['8']) + Number(cells['9'])).toBeGreaterThan(0);
    expect(cells['25']).toBe(Number(cells['26']) + Number(cells['27']));
    for (const column of ['8', '9', '25', '26', '27']) {
      if (Number(column) > 24) expect(cells[column]).toBeGreaterThan(0);
      expect((await reports.rows(clerk(true), id, { row: 'total', column })).total).toBe(cells[column]);
    }
  });

  it('says online of what was paid on a platform for it, not of a card or a transfer at the desk', async () => {
    const page = await reports.get(clerk(true), await begin('07a', '2026-Q1'));
    const period = periodOf('2026-Q1', 'nd09');
    const { rows } = await sql<{
      online: number;
      cashless: number;
    }>`select count(*) filter (where payment = 'online')::int online,
        count(*) filter (where payment = 'cashless')::int cashless
      from dossiers.fact where decided_by_unit_id = ${units[0]}::uuid and received_day between ${period?.from}::date and ${period?.to}::date`.execute(
      demo.system.db,
    );
    expect(rows[0]?.cashless).toBeGreaterThan(0);
    expect(page.total?.cells['26']).toBe(rows[0]?.online);
  });
});

describe('a cell', () => {
  it('leads to as many dossiers as it says, and tells how many the reader may not see', async () => {
    const id = await begin('II.06a', '2026-Q2');
    const page = await reports.get(clerk(true), id);
    const counted = page.columns.filter((column) => column.counted).map((column) => column.no);
    expect(counted).toEqual(['3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13']);
    for (const row of [...page.rows, ...(page.total ? [page.total] : [])]) {
      for (const column of counted) {
        const found = await reports.rows(clerk(true), id, { row: row.id, column });
        expect([row.id, column, found.total, found.now, found.hidden]).toEqual([
          row.id,
          column,
          row.cells[column],
          row.cells[column],
          0,
        ]);
        expect(found.rows).toHaveLength(Math.min(found.total, 50));
      }
    }
    expect((await reports.rows(clerk(true), id, { row: 'total', column: '7' })).counts).toEqual([
      'finished-early',
      'finished-on-time',
      'finished-late',
    ]);
    const blind = await reports.rows(clerk(false), id, { row: 'total', column: '3' });
    expect(blind).toMatchObject({ total: page.total?.cells['3'], hidden: page.total?.cells['3'], rows: [] });
  });

  it('that is typed or divided leads nowhere', async () => {
    const id = await begin('II.07b', '2026-Q2');
    for (const column of ['3', '7', '99'])
      await expect(reports.rows(clerk(true), id, { row: 'commune', column })).rejects.toMatchObject({
        code: 'report/no-rows',
      });
  });
});

/** One entry of a ZIP. */

describe('one report', () => {
  it('says the same figures on the page, as CSV, XLSX, DOCX and PDF, and on the command line', async () => {
    const id = await begin('II.06a', '2026-Q2');
    const { version } = await reports.get(clerk(true), id);
    await reports.submit(clerk(true), id, { version });
    const page = await reports.get(clerk(true), id);
    const numbers = page.columns.filter((column) => column.counted).map((column) => column.no);
    const lines = [...page.rows, ...(page.total ? [page.total] : [])].map((row) => ({
      label: row.label,
      figures: numbers.map((no) => row.cells[no] as number),
    }));
    expect(lines.length).toBeGreaterThan(2);
    const shown = (value: number): string => value.toLocaleString('vi-VN');

    const csv = reportCsv(page);
    const docx = zipEntry(await reportDocx(page), 'word/document.xml').replaceAll(/<[^>]+>/g, ' ');
    const renderer = createRenderer({ timeoutMs: 60_000 });
    const pdf = POPPLER_MISSING === undefined ? readPdfText(await reportPdf(renderer, page), true) : undefined;
    await renderer.close();
    const workbook = new Workbook();
    await workbook.xlsx.load(await reportXlsx(page));
    const inSheet: (number | null)[][] = [];
    workbook.worksheets[0]?.eachRow((row) =>
      inSheet.push(
        page.columns
          .slice(2)
          .map((_, at) => (typeof row.getCell(at + 3).value === 'number' ? Number(row.getCell(at + 3).value) : null)),
      ),
    );
    for (const { label, figures } of lines) {
      expect(csv).toContain(`${label};${figures.join(';')}`);
      expect(inSheet).toContainEqual(figures);
      const spaced = new RegExp(figures.map((figure) => shown(figure).replaceAll('.', '\\.')).join('\\s+'));
      expect(docx).toMatch(spaced);
      if (pdf !== undefined) expect(pdf).toMatch(spaced);
    }
    for (const { percent } of page.figures) {
      const text = `${(percent ?? 0).toLocaleString('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} %`;
      for (const paper of [csv, docx, ...(pdf === undefined ? [] : [pdf])]) expect(paper).toContain(text);
    }

    const gso = (await ports.directory()).codeOn(units[0] ?? '', 'gso', '2026-06-14') ?? '';
    const out: string[] = [];
    await runCli(['report', 'II.06a', '--unit', gso, '--period', '2026-Q2', '--json'], {
      out: (line: string) => void out.push(line),
      note: (line: string) => void out.push(line),
      env: {
        DATABASE_URL: demo.system.databaseUrl,
        MOTCUA_LOG_LEVEL: 'silent',
        MOTCUA_DATA_DIR: fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-figures-')),
      },
      path: (typed: string) => typed,
      interactive: false,
    });
    expect(out[0]).toContain('"total"');
    const told = JSON.parse(out[0] ?? '') as {
      rows: { cells: Record<string, number> }[];
      total: Record<string, number>;
    };
    expect([...told.rows.map((row) => row.cells), told.total].map((cells) => numbers.map((no) => cells[no]))).toEqual(
      lines.map(({ figures }) => figures),
    );
  }, 60_000);
});
