import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDossiers } from '../src/app/volume/generate.ts';
import type { ReportPageType } from '../src/modules/insight/reports/contract.ts';
import { type DemoApp, openDemoApp, type Reply } from './demo-app.ts';
import { UNKNOWN_ID } from './schema-sample.ts';

// What goes out as a file, over HTTP: papers of a report for those who may see it, the public board for everybody.
let demo: DemoApp;
let owner: string;
let above: string;
let report: ReportPageType;
/** A report of the city itself, which its communes may not see. */
let ofTheCity: string;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES = {
  'sheet.csv': 'text/csv; charset=utf-8',
  'sheet.pdf': 'application/pdf',
  'sheet.xlsx': XLSX,
  'sheet.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'template.xlsx': XLSX,
} as const;
const PAPERS = Object.keys(TYPES) as (keyof typeof TYPES)[];

const get = (url: string, cookie?: string): Promise<Reply> => demo.call({ method: 'GET', url, cookie });
const bytesOf = async (url: string, cookie?: string): Promise<Buffer> =>
  (await demo.app.fastify.inject({ method: 'GET', url, headers: cookie ? { cookie } : {} })).rawPayload;
const codeOf = ({ status, text }: Reply): readonly unknown[] => [status, (JSON.parse(text) as { code?: string }).code];

beforeAll(async () => {
  demo = await openDemoApp('2026');
  await generateDossiers(demo.system, 300, { seed: 4 });
  owner = await demo.signIn('chutich.hiepduc');
  above = await demo.signIn('kiemsoat.danang');
  const first = async (reportId: string, cookie: string): Promise<string> => {
    const { rows } = JSON.parse((await get(`/api/reports?side=fill&reportId=${reportId}`, cookie)).text) as {
      rows: readonly { readonly id: string }[];
    };
    return rows[0]?.id ?? '';
  };
  report = JSON.parse((await get(`/api/reports/${await first('II.06a', owner)}`, owner)).text) as ReportPageType;
  ofTheCity = await first('II.06c', above);
});
afterAll(() => demo.close());

describe('the papers of a report', () => {
  it.each(PAPERS)(
    '%s of a version nobody sent is missing; what is no version is refused, never another one given',
    async (paper) => {
      const url = `/api/reports/${report.id}/${paper}`;
      expect(codeOf(await get(`${url}?no=99`, owner))).toEqual([404, 'row/missing']);
      for (const no of ['0', 'abc', '-1', '1.5', '', '1&no=2', '99999'])
        expect([no, ...codeOf(await get(`${url}?no=${no}`, owner))]).toEqual([no, 400, 'request/invalid']);
    },
  );

  it.each(PAPERS)('%s comes with its type and name, to be saved and never kept by caches between', async (paper) => {
    for (const cookie of [owner, above]) {
      const reply = await get(`/api/reports/${report.id}/${paper}`, cookie);
      expect([reply.status, reply.headers['content-type']]).toEqual([200, TYPES[paper]]);
      expect(reply.headers['cache-control']).toBe('private, no-store');
      expect(reply.headers['x-content-type-options']).toBe('nosniff');
      const ending = paper === 'template.xlsx' ? '-nhap-tay.xlsx' : paper.replace('sheet', '');
      expect(reply.headers['content-disposition']).toBe(
        `attachment; filename="${report.reportId}-${report.periodId}${ending}"`,
      );
    }
    const start = (await bytesOf(`/api/reports/${report.id}/${paper}`, owner)).subarray(0, 4).toString('latin1');
    expect(start).toBe(
      paper === 'sheet.csv' ? `\u00EF\u00BB\u00BF${start.slice(3)}` : paper === 'sheet.pdf' ? '%PDF' : 'PK\u0003\u0004',
    );
  });

  it.each(PAPERS)('%s is nobody’s who is not signed in, may not read reports, or is of another unit', async (paper) => {
    const url = `/api/reports/${report.id}/${paper}`;
    expect((await get(url)).status).toBe(401);
    expect((await get(url, await demo.signInCitizen('Nguyễn Thị Công Dân', '999090000001'))).status).toBe(403);
    expect((await get(url, await demo.signIn('motcua.hiepduc'))).status).toBe(403);
    // Somebody who may read the reports of a commune, but not this one: it looks like one that is not there.
    expect((await get(`/api/reports/${ofTheCity}/${paper}`, above)).status).toBe(200);
    const other = await get(`/api/reports/${ofTheCity}/${paper}`, owner);
    const missing = await get(`/api/reports/${UNKNOWN_ID}/${paper}`, owner);
    expect([codeOf(other), codeOf(missing)]).toEqual([
      [404, 'row/missing'],
      [404, 'row/missing'],
    ]);
    expect(other.headers['content-disposition']).toBeUndefined();
    expect(String(other.headers['content-type'])).toContain('application/problem+json');
    for (const wrong of ['khong-phai-ma', '%00', `${report.id}x`])
      expect((await get(`/api/reports/${wrong}/${paper}`, owner)).status).toBe(404);
  });

  it('are of the version asked for; a version nobody sent is missing', async () => {
    const version = report.versions[0]?.no ?? 0;
    expect(version).toBeGreaterThan(0);
    const sent = JSON.parse((await get(`/api/reports/${report.id}?no=${version}`, owner)).text) as ReportPageType;
    const csv = (await get(`/api/reports/${report.id}/sheet.csv?no=${version}`, owner)).text;
    const total = sent.columns.slice(2).map(({ no }) => sent.total?.cells[no]);
    expect(csv).toContain(`;${total.join(';')}`);
    expect(codeOf(await get(`/api/reports/${report.id}/sheet.csv?no=9`, owner))).toEqual([404, 'row/missing']);
  });
});

describe('the public board as a file', () => {
  it('says in both forms what the page says, for everybody', async () => {
    const page = (await get('/tinh-hinh?xep=name')).text;
    const csv = await get('/tinh-hinh.csv?xep=name');
    expect([csv.status, csv.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(csv.headers['content-disposition']).toMatch(/^attachment; filename="tinh-hinh-\d{4}-\d{2}\.csv"$/);
    const lines = csv.text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(lines[0]).toEqual([
      '\uFEFFTháng',
      'Đơn vị',
      'Tỷ lệ trước và đúng hạn (%)',
      'Tỷ lệ trước hạn (%)',
      'Tỷ lệ quá hạn trong số đã giải quyết (%)',
      'Tỷ lệ quá hạn trong số đang giải quyết (%)',
    ]);
    expect(lines.length).toBeGreaterThan(2);
    const shown = (cell: string): string =>
      cell === ''
        ? '—'
        : cell === 'ít hồ sơ'
          ? cell
          : `${Number(cell).toLocaleString('vi-VN', { minimumFractionDigits: 1 })}\u00a0%`;
    const table = [...page.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)]
      .map(([, row = '']) =>
        [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, '')),
      )
      .slice(1);
    expect(lines.slice(1).map(([, unit, ...rates]) => [unit, ...rates.map(shown)])).toEqual(table);

    const workbook = new Workbook();
    const xlsx = await get('/tinh-hinh.xlsx?xep=name');
    expect([xlsx.status, xlsx.headers['content-type']]).toEqual([200, XLSX]);
    await workbook.xlsx.load(new Uint8Array(await bytesOf('/tinh-hinh.xlsx?xep=name')));
    const rows: string[][] = [];
    workbook.worksheets[0]?.eachRow((row) =>
      rows.push([1, 2, 3, 4, 5].map((at) => String(row.getCell(at).value ?? ''))),
    );
    expect(rows.slice(-table.length)).toEqual(lines.slice(1).map(([, ...cells]) => cells));
  });

  it('takes the month and the order of the page, and what is no month as this one', async () => {
    const month = new Date(demo.system.clock.now().getTime() + 7 * 3_600_000).toISOString().slice(0, 7);
    const wrong = await get('/tinh-hinh.csv?thang=9999-99&xep=%00');
    expect(wrong.headers['content-disposition']).toBe(`attachment; filename="tinh-hinh-${month}.csv"`);
  });
});
