import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../core/access/actor.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import type { AppError } from '../../../platform/errors/app-error.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { readProcedureContent } from './content.ts';
import type { ProcedureDefinition } from './rules/definition.ts';
import { createProceduresService, type ProceduresService } from './service.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../../../shared/data/procedures');
const hasFiles = fs.existsSync(FOLDER);
if (!hasFiles) console.warn(`skipped: ${FOLDER} is not there, the national portal's files are not imported`);

const system: Actor = { kind: 'system', name: 'test', assurance: 'system' };
const staff = (...permissions: string[]): Actor => ({
  kind: 'staff',
  accountId: 'a',
  staffId: '0190a1b2-0000-7000-8000-000000000001',
  displayName: 'Người thử',
  homeUnitId: 'u',
  unitIds: ['u'],
  roles: [],
  unitsByPermission: new Map(permissions.map((one) => [one, new Set(['u'])])),
  assurance: 'password',
  address: '127.0.0.1',
});
const editor = staff('procedure.edit', 'procedure.publish');

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let service: ProceduresService;
beforeAll(async () => {
  test = await createTestDatabase();
  service = createProceduresService({ db: test.db, clock: createFixedClock(new Date('2026-11-22T02:00:00Z')) });
  await service.loadContent();
});
afterAll(() => test.drop());

const MODEL = readProcedureContent().definitions.find(
  (one) => one.code === '1.004873' && !one.validTo,
) as ProcedureDefinition;
const like = (change: Partial<ProcedureDefinition>): ProcedureDefinition => ({ ...structuredClone(MODEL), ...change });
const codeOf = async (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'done',
    (error: AppError) => error.code ?? String(error),
  );

describe('content', () => {
  it('is published once: a second load makes nothing', async () => {
    expect(await service.loadContent()).toEqual({ published: 0, unchanged: 15, changed: [], problems: [] });
  });

  it('answers by code, level and day', async () => {
    const of = async (code: string, level: string | null, day: string) =>
      (await service.findInForce(code, level, day))?.definition.revision;
    expect(await of('1.001612', 'huyen', '2023-08-31')).toBe('2023-01-01');
    expect(await of('1.001612', 'xa', '2023-08-31')).toBeUndefined();
    expect(await of('1.001612', 'xa', '2025-07-01')).toBe('2025-07-01');
    expect(await of('1.001612', 'huyen', '2025-06-30')).toBe('2023-01-01');
    expect(await of('2.000815', null, '2023-08-31')).toBe('2023-01-01');
    expect(await of('1.001612', 'xa', '2019-01-01')).toBeUndefined();
    expect(await of('9.999999', 'xa', '2026-01-01')).toBeUndefined();
  });

  it('comes back from the database as it was written', async () => {
    const found = await service.findInForce('1.004873', 'xa', '2026-11-22');
    expect(found?.definition).toEqual(MODEL);
    expect(found?.form?.id).toBe('xac-nhan-tinh-trang-hon-nhan');
    expect(await service.getRevision(found?.id ?? '')).toBe(await service.getRevision(found?.id ?? ''));
  });
});

describe('search', () => {
  const codes = async (q: string, day = '2026-11-22', extra: object = {}) =>
    (await service.searchPublished({ q, day, offset: 0, limit: 50, ...extra })).rows.map((row) => row.definition.code);
  it('finds with and without diacritics, by keyword and by code', async () => {
    expect(await codes('hôn nhân')).toEqual(['1.004873']);
    expect(await codes('HON NHAN xac nhan')).toEqual(['1.004873']);
    expect(await codes('Đăng ký hộ kinh doanh')).toEqual(['1.001612']);
    expect(await codes('dang ky ho kinh doanh')).toEqual(['1.001612']);
    expect(await codes('sao y')).toEqual(['2.000815']);
    expect(await codes('1.013225')).toEqual(['1.013225']);
  });
  it('forgives a typing error, and says so', async () => {
    const found = await service.searchPublished({ q: 'giay phep xay dugn', day: '2026-11-22', offset: 0, limit: 10 });
    expect(found.likely).toBe(true);
    expect(found.rows[0]?.definition.code).toBe('1.013225');
  });
  it('takes wildcards for letters', async () => {
    expect(await codes('%')).toEqual([]);
    expect(await codes("' or 1=1 --")).toEqual([]);
  });
  it('goes by day, level and field, and by pages', async () => {
    expect(await codes('', '2023-08-31', { level: 'xa' })).toHaveLength(3);
    expect(await codes('', '2023-08-31', { level: 'huyen' })).toHaveLength(3);
    expect(await codes('', '2026-11-22', { fieldCode: 'G15-TP07' })).toEqual(['1.004873']);
    const first = await service.searchPublished({ q: '', day: '2026-11-22', offset: 0, limit: 2 });
    const second = await service.searchPublished({ q: '', day: '2026-11-22', offset: 2, limit: 2 });
    expect([first.total, first.rows.length, second.rows.length]).toEqual([5, 2, 2]);
    expect(first.rows.map((row) => row.id)).not.toEqual(second.rows.map((row) => row.id));
    expect((await service.listFields('2026-11-22')).map((field) => field.count)).toEqual([1, 1, 1, 1, 1]);
    expect(await service.listInForce('xa', '2026-11-22', 'hôn nhân')).toHaveLength(1);
  });
});

describe('drafts', () => {
  it('are saved one version after another; the slower of two people is told', async () => {
    const id = await service.createDraft(editor, like({ code: '9.000001', revision: 'a' }));
    expect(await service.updateDraft(editor, id, 1, like({ code: '9.000001', revision: 'a', name: 'Tên mới' }))).toBe(
      2,
    );
    expect(await codeOf(service.updateDraft(editor, id, 1, like({ code: '9.000001', revision: 'a' })))).toBe(
      'row/stale',
    );
    expect(await codeOf(service.updateDraft(editor, id, 2, like({ code: '9.000002', revision: 'a' })))).toBe(
      'request/invalid',
    );
    expect((await service.getRevisionDetail(id)).name).toBe('Tên mới');
    expect(await codeOf(service.createDraft(editor, like({ code: '9.000001', revision: 'a' })))).toBe('row/duplicate');
    await service.discardDraft(editor, id, 2);
    expect(await codeOf(service.discardDraft(editor, id, 3))).toBe('row/missing');
  });

  it('of a wrong shape are refused with the place', async () => {
    const wrong = service.createDraft(editor, {
      ...like({ code: '9.000003', revision: 'a' }),
      levels: ['phuong'],
      extra: 1,
    });
    await expect(wrong).rejects.toMatchObject({
      code: 'request/invalid',
      details: { fields: expect.arrayContaining([expect.objectContaining({ path: '/extra' })]) },
    });
    for (const junk of [null, 1, 'x', [], {}])
      expect(await codeOf(service.createDraft(editor, junk))).toBe('request/invalid');
  });

  it('need the permission', async () => {
    expect(await codeOf(service.createDraft(staff('procedure.read'), like({ code: '9.000004' })))).toBe(
      'access/forbidden',
    );
    const id = await service.createDraft(staff('procedure.edit'), like({ code: '9.000004', revision: 'a' }));
    expect(await codeOf(service.publish(staff('procedure.edit'), id, 1))).toBe('access/forbidden');
  });

  it('belong to the units the installation serves: who works on them holds the permission for all', async () => {
    const clock = createFixedClock(new Date('2026-11-22T02:00:00Z'));
    let units = ['u', 'v'];
    const shared = createProceduresService({ db: test.db, clock, catalogueUnits: async () => units });
    const definition = like({ code: '9.000005', revision: 'a' });
    const fee = { feeId: 'x', amountVnd: 1, validFrom: '2026-01-01', decision: 'NQ' };
    expect(await codeOf(shared.createDraft(editor, definition))).toBe('procedure/not-yours');
    expect(await codeOf(shared.setLocalFee(editor, '9.000005', fee))).toBe('procedure/not-yours');
    units = ['u'];
    const id = await shared.createDraft(editor, definition);
    units = ['v'];
    expect(await codeOf(shared.updateDraft(editor, id, 1, definition))).toBe('procedure/not-yours');
    expect(await codeOf(shared.publish(editor, id, 1))).toBe('procedure/not-yours');
    expect(await codeOf(shared.discardDraft(editor, id, 1))).toBe('procedure/not-yours');
    expect(await codeOf(shared.importNational(editor, []))).toBe('procedure/not-yours');
    units = ['u'];
    await shared.discardDraft(editor, id, 1);
  });
});

describe('publishing', () => {
  const published = async (change: Partial<ProcedureDefinition>): Promise<string> => {
    const id = await service.createDraft(editor, like(change));
    await service.publish(editor, id, 1);
    return id;
  };

  it('ends the revision before on the day before, and a dossier keeps its own', async () => {
    const old = await published({ code: '9.000010', revision: 'a', validFrom: '2025-07-01' });
    const now = await published({ code: '9.000010', revision: 'b', validFrom: '2026-01-01' });
    expect((await service.findInForce('9.000010', 'xa', '2025-12-31'))?.id).toBe(old);
    expect((await service.findInForce('9.000010', 'xa', '2026-01-01'))?.id).toBe(now);
    expect((await service.getRevision(old)).definition.revision).toBe('a');
    expect((await service.listRevisions('9.000010')).map((row) => [row.revision, row.validTo])).toEqual([
      ['b', null],
      ['a', '2025-12-31'],
    ]);
  });

  it('is noticed at once in this process', async () => {
    expect(await service.findInForce('9.000011', 'xa', '2026-11-22')).toBeUndefined();
    await published({ code: '9.000011', revision: 'a' });
    expect(await service.findInForce('9.000011', 'xa', '2026-11-22')).toBeDefined();
  });

  it('refuses errors of the linter with their names, and days that are taken', async () => {
    const bad = await service.createDraft(editor, like({ code: '9.000012', revision: 'a', legalBases: [] }));
    await expect(service.publish(editor, bad, 1)).rejects.toMatchObject({
      code: 'procedure/invalid',
      details: { fields: [{ path: '/legalBases', code: 'law/missing' }] },
    });
    await published({ code: '9.000013', revision: 'a', validFrom: '2026-01-01' });
    const same = await service.createDraft(editor, like({ code: '9.000013', revision: 'b', validFrom: '2026-01-01' }));
    expect(await codeOf(service.publish(editor, same, 1))).toBe('procedure/invalid');
  });

  it('lets one of ten people win', async () => {
    const id = await service.createDraft(editor, like({ code: '9.000014', revision: 'a' }));
    const results = await Promise.all(Array.from({ length: 10 }, () => codeOf(service.publish(editor, id, 1))));
    expect(results.filter((result) => result === 'done')).toHaveLength(1);
    expect(new Set(results.filter((result) => result !== 'done'))).toEqual(new Set(['row/stale']));
  });

  it('of two revisions for the same days at once lets one win', async () => {
    const ids = await Promise.all(
      ['a', 'b', 'c'].map((revision) => service.createDraft(editor, like({ code: '9.000015', revision }))),
    );
    const results = await Promise.all(ids.map((id) => codeOf(service.publish(editor, id, 1))));
    expect(results.sort()).toEqual(['done', 'procedure/invalid', 'procedure/invalid']);
  });

  it('is for good: not even the database lets the content change', async () => {
    const id = await published({ code: '9.000016', revision: 'a' });
    expect(
      await codeOf(service.updateDraft(editor, id, 2, like({ code: '9.000016', revision: 'a', name: 'Khác' }))),
    ).toBe('row/stale');
    await expect(
      sql`update procedures.revision set definition = '{}' where id = ${id}`.execute(test.db),
    ).rejects.toThrow(/does not change/);
  });

  it('tells others by an event and writes the trail', async () => {
    const id = await published({ code: '9.000017', revision: 'a' });
    const events = await sql<{
      topic: string;
    }>`select topic from platform.event where payload->>'revisionId' = ${id}`.execute(test.db);
    expect(events.rows).toEqual([{ topic: 'procedure.published' }]);
    const trail = await sql<{
      action: string;
    }>`select action from audit.entry where object_id = ${id} order by id`.execute(test.db);
    expect(trail.rows.map((row) => row.action)).toEqual(['procedure.draft', 'procedure.publish']);
  });

  it('begins from a copy and shows what changed', async () => {
    const old = await published({ code: '9.000018', revision: 'a' });
    const copy = await service.copyRevision(editor, old, 'b', '2027-01-01');
    const draft = await service.getRevisionDetail(copy);
    await service.updateDraft(editor, copy, 1, {
      ...draft.definition,
      timeLimits: [{ allow: { unit: 'working-day', amount: 2 }, verified: false }],
    });
    expect((await service.diff(old, copy)).map((change) => change.label)).toEqual(
      expect.arrayContaining(['Thời hạn: “chung”: thời hạn: số lượng']),
    );
    expect((await service.getRevisionDetail(copy)).findings.map((finding) => finding.rule)).toContain('steps/sum');
  });
});

describe.skipIf(!hasFiles)('the 91 files of the national portal', () => {
  const files = hasFiles
    ? fs
        .readdirSync(FOLDER)
        .sort()
        .map((name) => ({ name, text: fs.readFileSync(path.join(FOLDER, name), 'utf8') }))
    : [];

  it('become drafts with nothing lost, once', async () => {
    const reports = await service.importNational(system, files);
    expect(reports.filter((report) => !report.ok)).toEqual([]);
    const sums = { steps: 0, methods: 0, fees: 0, cases: 0, components: 0, legalBases: 0 };
    for (const report of reports) {
      if (!report.ok) continue;
      expect(report.state).toBe('created');
      for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += report.counts[key];
    }
    expect(sums).toEqual({ steps: 108, methods: 248, fees: 228, cases: 120, components: 926, legalBases: 680 });
    const again = await service.importNational(system, files);
    expect(new Set(again.map((report) => report.ok && report.state))).toEqual(new Set(['unchanged']));
  });

  it('are kept to the letter, and do not touch what is in force', async () => {
    const [report] = await service.importNational(
      system,
      files.filter((file) => file.name === '1.004873.json'),
    );
    if (!report?.ok) throw new Error('not imported');
    expect((await service.getSource(report.revisionId)).raw).toBe(
      files.find((file) => file.name === '1.004873.json')?.text,
    );
    expect((await service.findInForce('1.004873', 'xa', '2026-11-22'))?.definition.revision).toBe('2025-07-01');
    expect((await service.searchCatalogue({ q: 'tạm trú', offset: 0, limit: 10 })).total).toBeGreaterThanOrEqual(2);
  });

  it('a changed file is a new draft, a broken one is told without stopping the rest', async () => {
    const text = files.find((file) => file.name === '1.001193.json')?.text ?? '';
    const reports = await service.importNational(system, [
      { name: 'a.json', text: text.slice(0, 500) },
      { name: 'b.json', text: '{"x":1}' },
      { name: 'c.json', text: text.replace('đăng ký khai sinh', 'ĐĂNG KÝ KHAI SINH') },
    ]);
    expect(reports.map((report) => (report.ok ? report.state : report.error.code))).toEqual([
      'import/not-json',
      'national/not-a-procedure',
      'created',
    ]);
  });
});
