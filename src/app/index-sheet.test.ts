import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { cellTitles } from '../modules/insight/indices/sheet-cells.ts';
import { leagueXlsx, sheetTemplate, sheetXlsx } from '../modules/insight/indices/sheet-xlsx.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { uploadOwner } from '../modules/onestop/dossiers/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { writeSheets } from '../platform/spreadsheet/write-sheets.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let province: string;
let units: string[];
const DAY = '2026-11-18';

/** Somebody who scores some units and runs rounds for others. */
function staff(n: number, score: readonly string[], appraise: readonly string[] = []): StaffActor {
  return staffWith(n, province, {
    'indices.read': [...score, ...appraise],
    'indices.score': score,
    'indices.appraise': appraise,
    'indices.publish': appraise,
  });
}

beforeAll(async () => {
  demo = await openDemoSystem();
  await rebuildMetrics(demo.system.db);
  const directory = await demo.system.organisation.directory();
  province = directory.byCode('gso', '20779', DAY)?.parentId ?? '';
  units = directory
    .childrenOn(province, DAY)
    .filter((unit) => unit.type === 'administrative')
    .map((unit) => unit.unitId);
}, 120_000);
afterAll(() => demo.close());

const indices = () => demo.system.indices;
const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? error,
  );

let next = 0;
/** A sheet of a unit of its own, so that each test has a round to itself. */
async function openSheet(setCode = 'par-index-commune-2026', year = 2026) {
  const unitId = units[next++] ?? '';
  const { id } = await indices().openRound(staff(2, [], [province, unitId]), {
    setCode,
    year,
    unitId,
    unitIds: [unitId],
  });
  const clerk = staff(10 + next, [unitId]);
  const sheetId = (await indices().sheet(clerk, (await indices().round(clerk, id)).mySheetId ?? '')).id;
  return { id, sheetId, clerk, unitId, appraiser: staff(40 + next, [], [unitId]) };
}

const upload = async (actor: StaffActor, name: string): Promise<string> => {
  const { files, db } = demo.system;
  const checked = await files.checkUpload(Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'), {
    name,
    accept: ['pdf'],
  });
  return db
    .transaction()
    .execute(async (trx) => (await files.attach(trx, actor, checked, uploadOwner(actor), 'upload')).id);
};

describe('evidence', () => {
  it('attached by mistake is taken back with a reason: read from the history, evidence no more', async () => {
    const { sheetId, clerk, appraiser } = await openSheet();
    const criterionId = 'discipline';
    const [wrong, right] = [await upload(clerk, 'nham.pdf'), await upload(clerk, 'dung.pdf')];
    for (const fileId of [wrong, right]) await indices().attach(clerk, sheetId, { criterionId, fileId });
    const at = { id: sheetId, fileId: wrong };
    const taken = { criterionId, reason: 'Gắn nhầm hồ sơ của đơn vị khác' };
    expect(await refusal(indices().takeBack(clerk, at, { criterionId, reason: '  ' }))).toBe('dossier/reason-needed');
    expect(await refusal(indices().takeBack(appraiser, at, taken))).toBe('row/missing');
    expect(await refusal(indices().takeBack(clerk, at, { ...taken, criterionId: 'structure' }))).toBe('row/missing');
    await indices().takeBack(clerk, at, taken);
    expect(await refusal(indices().takeBack(clerk, at, taken))).toBe('row/missing');
    for (const actor of [clerk, appraiser]) {
      const page = await indices().sheet(actor, sheetId);
      expect(page.criteria.find((each) => each.id === criterionId)?.files.map((file) => file.name)).toEqual([
        'dung.pdf',
      ]);
      expect(page.history[0]).toMatchObject({
        act: 'detach',
        detail: 'nham.pdf. Gắn nhầm hồ sơ của đơn vị khác',
        fileId: wrong,
      });
      expect(page.may.takeBack).toBe(actor === clerk);
      // The file itself can still be read by whoever sees the sheet.
      const { owner } = await demo.system.files.getReference(wrong);
      await indices().checkEvidence(actor, sheetId, owner);
    }
    const { rows } = await sql<{ n: number }>`select count(*)::int n from audit.entry
      where action = 'index.detach' and object_id = ${sheetId}`.execute(demo.system.db);
    expect(rows[0]?.n).toBe(1);
  });

  it('is not taken back once the sheet is settled or the round frozen', async () => {
    const { id, sheetId, clerk, appraiser } = await openSheet('de-an-06-2023', 2025);
    const fileId = await upload(clerk, 'so-ho-tich.pdf');
    const { criteria } = await indices().sheet(clerk, sheetId);
    const criterionId = criteria[0]?.id ?? '';
    await indices().attach(clerk, sheetId, { criterionId, fileId });
    await indices().scoreMany(
      clerk,
      sheetId,
      criteria.map((each) => ({ criterionId: each.id, points: each.max, note: '' })),
    );
    await indices().decideSheet(clerk, sheetId, { version: 1, act: 'submit' });
    expect((await indices().sheet(clerk, sheetId)).may).toMatchObject({ score: false, takeBack: true });
    await indices().accept(appraiser, sheetId, { version: 2 });
    await indices().decideSheet(appraiser, sheetId, { version: 2, act: 'send' });
    await indices().decideSheet(appraiser, sheetId, { version: 3, act: 'settle', reason: 'Không có ý kiến' });
    const wish = () => indices().takeBack(clerk, { id: sheetId, fileId }, { criterionId, reason: 'Nhầm' });
    expect(await refusal(wish())).toBe('indices/state');
    await indices().decideRound(appraiser, id, { version: 1, act: 'freeze' });
    expect(await refusal(wish())).toBe('indices/state');
    expect((await indices().sheet(clerk, sheetId)).may.takeBack).toBe(false);
  });
});

/** Cells of the first sheet of a workbook, row by row. */
async function cellsOf(bytes: Uint8Array): Promise<unknown[][]> {
  const { Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes);
  const found: unknown[][] = [];
  workbook.worksheets[0]?.eachRow((row) => {
    found.push((row.values as unknown[]).slice(1));
  });
  return found;
}

describe('a sheet as a workbook', () => {
  const columns = () => cellTitles().map((title) => ({ title, format: 'number' as const }));
  const fileOf = async (rows: readonly (readonly unknown[])[]): Promise<string> =>
    Buffer.from(await writeSheets([{ name: 'Phiếu', columns: columns(), rows }])).toString('base64');

  it('goes out as a template and comes back: all of it or nothing, and not over what somebody wrote meanwhile', async () => {
    const { sheetId, clerk } = await openSheet();
    await indices().score(clerk, sheetId, { criterionId: 'structure', version: 0, points: 2, note: 'Giữ nguyên' });
    const page = await indices().sheet(clerk, sheetId);
    const template = await sheetTemplate(page);
    // What was not touched changes nothing.
    const same = await indices().importSheet(clerk, sheetId, {
      apply: false,
      file: Buffer.from(template).toString('base64'),
    });
    expect(same).toMatchObject({ findings: [], changes: 0, unnamed: false, written: null });
    const another = await sheetTemplate({ ...page, unitName: 'Xã Thử' });
    const ofAnother = { apply: false, file: Buffer.from(another).toString('base64') };
    expect((await indices().importSheet(clerk, sheetId, ofAnother)).findings).toEqual([
      { cell: 'A3', message: expect.stringContaining('Xã Thử') },
    ]);
    const of = (id: string) => page.criteria.find((each) => each.id === id);
    const line = (id: string, ...rest: unknown[]) => [id, of(id)?.name, of(id)?.max, ...rest];
    const good = [line('plan-done', 9, 12, null, 'Chín việc'), line('discipline', null, null, 3.5, '')];
    const wrong = await indices().importSheet(clerk, sheetId, {
      apply: true,
      file: await fileOf([...good, line('work-rules', null, null, 4.5), ['la', 'Lạ', 1, 1, 1]]),
    });
    expect(wrong).toEqual({
      findings: [
        { cell: 'A5', message: 'Phiếu không có tiêu chí mã “la”.' },
        { cell: 'F4', message: 'Tối đa 4 điểm.' },
      ],
      changes: 2,
      unnamed: true,
      seen: wrong.seen,
      written: null,
    });
    expect((await indices().sheet(clerk, sheetId)).history).toHaveLength(1);
    const file = await fileOf(good);
    const look = await indices().importSheet(clerk, sheetId, { apply: false, file });
    expect(look).toMatchObject({ findings: [], changes: 2 });
    await indices().score(clerk, sheetId, { criterionId: 'discipline', version: 0, points: 1, note: 'người khác' });
    expect(await refusal(indices().importSheet(clerk, sheetId, { apply: true, file, seen: look.seen }))).toBe(
      'row/stale',
    );
    const again = await indices().importSheet(clerk, sheetId, { apply: false, file });
    expect(await indices().importSheet(clerk, sheetId, { apply: true, file, seen: again.seen })).toMatchObject({
      written: 2,
    });
    const after = await indices().sheet(clerk, sheetId);
    expect(after.criteria.find((each) => each.id === 'plan-done')).toMatchObject({
      selfPoints: 2,
      numerator: 9,
      denominator: 12,
      selfNote: 'Chín việc',
    });
    expect(after.criteria.find((each) => each.id === 'discipline')?.selfPoints).toBe(3.5);
    expect(after.history[0]).toMatchObject({ act: 'score-many', detail: '2 tiêu chí, từ tệp Excel' });
    // The workbook says what the page says.
    const rows = await cellsOf(await sheetXlsx(after));
    for (const each of after.criteria)
      expect(rows).toContainEqual(
        expect.arrayContaining([each.id, each.name, each.max, ...(each.selfPoints === null ? [] : [each.selfPoints])]),
      );
  });

  it('of the league has every published table with its places, derived totals marked', async () => {
    const { tables } = await indices().league({ family: 'par-index', year: 2021 });
    const rows = await cellsOf(await leagueXlsx(tables.map((table) => ({ ...table, state: '' }))));
    const line = rows.find((row) => row.includes('Huyện Nông Sơn'));
    expect(line).toEqual(expect.arrayContaining(['Huyện Nông Sơn', 80.17, 'suy ra']));
    expect(rows.flat()).toContain('Thẩm định (suy ra)');
    // 70 and 30 were never published: every reader of the totals is told.
    expect(tables[0]).toMatchObject({
      derivedBands: true,
      weights: [
        { percent: 70, derived: true },
        { percent: 30, derived: true },
      ],
    });
  });
});

describe('what more would bring', () => {
  it('is told of formulas, with the total of the index then, for as many points as are asked', async () => {
    const { sheetId, clerk } = await openSheet();
    const { criteria } = await indices().sheet(clerk, sheetId);
    await indices().scoreMany(
      clerk,
      sheetId,
      criteria
        .filter(({ live }) => !live)
        .map(({ id, max }) =>
          id === 'digitised'
            ? { criterionId: id, numerator: 500, denominator: 1000, note: '' }
            : { criterionId: id, points: max, note: '' },
        ),
    );
    const find = async (more?: number) =>
      (await indices().whatIf(clerk, sheetId, more === undefined ? {} : { more })).rows.filter(
        (row) => row.criterionId === 'digitised',
      );
    expect(await find()).toMatchObject([
      // 5 × 0,5 ÷ 0,8 = 3,125; the survey is not there, so there is no total.
      {
        now: 3.125,
        goal: 'point',
        points: 4.13,
        total: null,
        ways: [
          { way: 'turned', least: 160 },
          { way: 'added', least: 471 },
        ],
      },
      {
        goal: 'full',
        points: 5,
        ways: [
          { way: 'turned', least: 300 },
          { way: 'added', least: 1500 },
        ],
      },
    ]);
    expect((await find(0.5))[0]).toMatchObject({ points: 3.63, ways: [{ least: 80 }, { least: 191 }] });
  });
});
