import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import type { UnitDirectory } from '../modules/foundation/organisation/index.ts';
import { publishedCsv, publishedIndices } from '../modules/insight/indices/index.ts';
import { leagueXlsx, tableOfRound } from '../modules/insight/indices/sheet-xlsx.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { readSheet } from '../platform/spreadsheet/read-sheet.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let directory: UnitDirectory;
let commune: string;
let province: string;
const DAY = '2026-11-18';

/** Somebody who scores some units and runs rounds for others. */
function staff(n: number, score: readonly string[], appraise: readonly string[] = []): StaffActor {
  return staffWith(n, commune, {
    'indices.read': [...score, ...appraise],
    'indices.score': score,
    'indices.appraise': appraise,
    'indices.publish': appraise,
    'indices.edit': appraise,
  });
}

beforeAll(async () => {
  demo = await openDemoSystem();
  await rebuildMetrics(demo.system.db);
  directory = await demo.system.organisation.directory();
  const found = directory.byCode('gso', '20779', DAY);
  if (!found?.parentId) throw new Error('a commune below a province');
  commune = found.unitId;
  province = found.parentId;
}, 120_000);
afterAll(() => demo.close());

const indices = () => demo.system.indices;
const clerk = () => staff(1, [commune]);
const office = () => staff(2, [], [province]);
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? error,
  );
const SET = 'par-index-commune-2026';

/** A round of the year with the first communes below the province. */
async function open(year: number, setCode = SET, count = 3): Promise<{ id: string; sheets: string[] }> {
  const units = [commune, ...directory.childrenOn(province, DAY).map((unit) => unit.unitId)];
  const unitIds = [...new Set(units)].slice(0, count);
  const { id } = await indices().openRound(office(), { setCode, year, unitId: province, unitIds });
  const page = await indices().round(office(), id);
  const sheets = unitIds.map((unitId) => page.rows.find((row) => row.unitId === unitId)?.sheetId ?? '');
  return { id, sheets };
}

/** Gives every criterion a share of its maximum; automatic ones keep their metric. */
async function scoreAll(actor: StaffActor, sheetId: string, share: number): Promise<void> {
  const { criteria } = await indices().sheet(actor, sheetId);
  for (const { id, version, max, live } of criteria) {
    if (live) continue;
    await indices().score(actor, sheetId, { criterionId: id, version, points: max * share, note: '' });
  }
}

async function toSettled(sheetId: string, share: number): Promise<void> {
  const page = await indices().sheet(office(), sheetId);
  const unit = staff(9, [page.unitId]);
  await scoreAll(unit, sheetId, share);
  await indices().decideSheet(unit, sheetId, { version: 1, act: 'submit' });
  await indices().accept(office(), sheetId, { version: 2 });
  await indices().decideSheet(office(), sheetId, { version: 2, act: 'send' });
  await indices().decideSheet(unit, sheetId, { version: 3, act: 'answer' });
  await indices().decideSheet(office(), sheetId, { version: 4, act: 'settle' });
}

describe('an index from self-score to publication', () => {
  it('keeps both sides’ points, ranks with ties, freezes byte for byte and compares with the year before', async () => {
    // The year before: of a year that runs the figures still move.
    const { id, sheets } = await open(2025);
    const [mine = '', second = '', third = ''] = sheets;
    await scoreAll(clerk(), mine, 0.8);
    const before = await indices().sheet(clerk(), mine);
    expect(before.missing).toEqual([]);
    // Nobody has finished a dossier in this demo: the metric has no ratio, so the unit typed its points.
    expect(before.criteria.find((each) => each.id === 'on-time')).toMatchObject({ max: 14, selfPoints: 11.2 });
    await indices().decideSheet(clerk(), mine, { version: 1, act: 'submit' });
    const submitted = await indices().sheet(office(), mine);
    const on = submitted.criteria.find((each) => each.id === 'discipline');
    const wish = { criterionId: 'discipline', version: on?.version ?? 0, points: 2 };
    expect(await code(indices().appraise(office(), mine, { ...wish, reason: ' ' }))).toBe('indices/reason');
    await indices().appraise(office(), mine, { ...wish, reason: 'Một công chức bị nhắc nhở' });
    await indices().accept(office(), mine, { version: 2 });
    await indices().decideSheet(office(), mine, { version: 2, act: 'send' });
    const explaining = await indices().sheet(clerk(), mine);
    const told = explaining.criteria.find((each) => each.id === 'discipline');
    expect(told).toMatchObject({
      selfPoints: 3.2,
      appraisedPoints: 2,
      lost: 2,
      appraisedReason: 'Một công chức bị nhắc nhở',
    });
    await indices().explain(clerk(), mine, {
      criterionId: 'discipline',
      version: told?.version ?? 0,
      text: 'Đã khắc phục',
    });
    await indices().decideSheet(clerk(), mine, { version: 3, act: 'answer' });
    // The chairman of the commune is told of what the office sent, the city's office of what the commune answered.
    const { rows: notices } = await sql<{ body: string }>`select body from notifications.message
      where template = 'index-sheet' order by body`.execute(demo.system.db);
    expect(new Set(notices.map((one) => one.body.split('. ')[1]))).toEqual(
      new Set(['Phiếu chờ thẩm định', 'Xem điểm thẩm định và giải trình', 'Đơn vị đã giải trình, chờ quyết định']),
    );
    await indices().decideSheet(office(), mine, { version: 4, act: 'settle' });
    await toSettled(second, 0.9);
    await toSettled(third, 0.9);
    const round = await indices().round(office(), id);
    expect(await code(indices().decideRound(office(), id, { version: round.version, act: 'freeze' }))).toBe(
      'indices/unsettled',
    );
    const names = round.rows.map((row) => row.unitName);
    const rows = names.map((unit) => ({ unit, percent: 90 }));
    const survey = { partId: 'survey', source: 'Điều tra thử' };
    expect(
      await code(
        indices().importParts(office(), id, { ...survey, rows: [...rows, { unit: 'Xã Không Có', percent: 1 }] }),
      ),
    ).toBe('indices/import');
    expect((await indices().round(office(), id)).rows.every((row) => row.total === null)).toBe(true);
    expect(await indices().importParts(office(), id, { ...survey, rows })).toEqual({ written: 3 });
    const [imported] = (await indices().sheet(office(), mine)).history;
    expect(imported?.detail).toBe('Điều tra xã hội học: 90 %. Điều tra thử');
    const frozen = await indices().decideRound(office(), id, { version: round.version, act: 'freeze' });
    await indices().decideRound(office(), id, { version: round.version + 1, act: 'reopen', reason: 'Kiểm tra lại' });
    const again = await indices().decideRound(office(), id, { version: round.version + 2, act: 'freeze' });
    expect(again.digest).toBe(frozen.digest);
    const { rows: texts } = await sql<{ document: string }>`select document from indices.result
      where round_id = ${id}::uuid order by no`.execute(demo.system.db);
    expect(texts[0]?.document).toBe(texts[1]?.document);
    // Until it is published a unit sees its own line alone.
    expect((await indices().round(clerk(), id)).rows.map((row) => row.unitId)).toEqual([commune]);
    await indices().decideRound(office(), id, { version: round.version + 3, act: 'publish' });
    const published = await indices().round(clerk(), id);
    expect(published.rows.map((row) => [row.total, row.rank, row.band])).toEqual([
      // Nothing was late, so all points for apologies: 0,9 × 100 + 0,1 × 4 × 0,7; of the third 0,56 more than 82,16.
      [90.28, 1, 'Xuất sắc'],
      [90.28, 1, 'Xuất sắc'],
      [82.72, 3, 'Tốt'],
    ]);
    const sheet = await indices().sheet(clerk(), mine);
    expect(sheet).toMatchObject({
      total: 82.72,
      rank: 3,
      population: 3,
      nextBand: { label: 'Xuất sắc', points: 7.28 },
    });
    // 2.8 of the criterion's 14 points; appraisal is 70 % of the index. The survey lost more.
    expect(sheet.lost.slice(0, 2)).toMatchObject([
      { id: 'survey', points: 3 },
      { id: 'on-time', points: 1.96 },
    ]);
    const league = await indices().league({ family: 'par-index' });
    expect(league.tables.map((table) => [table.year, table.imported, table.rows.length])).toEqual([
      [2025, false, 3],
      [2022, true, 1],
      [2022, true, 1],
      [2021, true, 1],
    ]);
    expect(
      await code(indices().decideRound(office(), id, { version: round.version + 4, act: 'reopen', reason: 'x' })),
    ).toBe('indices/state');
    await expect(sql`update indices.result set reason = 'x'`.execute(demo.system.db)).rejects.toThrow(/append-only/);
  }, 60_000);

  it('lets one of two people score a criterion and tells the other', async () => {
    const { sheets } = await open(2026, SET, 1);
    const [sheet = ''] = sheets;
    const points = { criterionId: 'discipline', version: 0, note: '' };
    const done = await Promise.all(
      [1, 2, 3, 4].map((n) => code(indices().score(clerk(), sheet, { ...points, points: n }))),
    );
    expect(done.toSorted()).toEqual(['done', 'row/stale', 'row/stale', 'row/stale']);
  });
});

describe('a sheet that was returned', () => {
  it('is appraised anew where the unit changed its points; no other points without a reason are left over', async () => {
    const { sheets } = await open(2025, 'de-an-06-2023', 1);
    const [sheet = ''] = sheets;
    await scoreAll(clerk(), sheet, 0.5);
    await indices().decideSheet(clerk(), sheet, { version: 1, act: 'submit' });
    const first = { criterionId: 'accounts', version: 1, points: 6, reason: 'Chưa đủ căn cứ' };
    await indices().appraise(office(), sheet, first);
    await indices().accept(office(), sheet, { version: 2 });
    await indices().decideSheet(office(), sheet, { version: 2, act: 'return', reason: 'Bổ sung tài liệu' });
    const rows = (await indices().sheet(clerk(), sheet)).criteria;
    const give = (id: string, points: number) =>
      indices().score(clerk(), sheet, {
        criterionId: id,
        version: rows.find((row) => row.id === id)?.version ?? 0,
        points,
        note: '',
      });
    await give('id-cards', 12);
    await give('accounts', 9);
    await indices().decideSheet(clerk(), sheet, { version: 3, act: 'submit' });
    const page = await indices().sheet(office(), sheet);
    const of = (id: string) => page.criteria.find((each) => each.id === id);
    expect(of('id-cards')).toMatchObject({ selfPoints: 12, appraisedPoints: null });
    expect(of('civil-status')).toMatchObject({ selfPoints: 5, appraisedPoints: 5 });
    // What was judged with a reason was judged of other points: it is asked again too, and the history keeps it.
    expect(of('accounts')).toMatchObject({ selfPoints: 9, appraisedPoints: null, appraisedReason: '' });
    expect(page.history.some((each) => each.detail.includes('Chưa đủ căn cứ'))).toBe(true);
    await indices().decideSheet(office(), sheet, { version: 4, act: 'send' });
    await indices().decideSheet(clerk(), sheet, { version: 5, act: 'answer' });
    expect(await code(indices().decideSheet(office(), sheet, { version: 6, act: 'settle' }))).toBe(
      'indices/incomplete',
    );
  });
});

describe('a year that is not over', () => {
  it('is not frozen while figures of it move: the answer names the first day; a set of typed points is', async () => {
    const { id } = await open(2026, 'sipas-2023', 1);
    const page = await indices().round(office(), id);
    expect(page).toMatchObject({ freezableFrom: '2027-01-01', acts: ['freeze'] });
    await expect(indices().decideRound(office(), id, { version: 1, act: 'freeze' })).rejects.toMatchObject({
      code: 'indices/period-open',
      details: { params: { year: 2026, day: '01/01/2027' } },
    });
    expect(await indices().round(office(), id)).toMatchObject({ version: 1, state: 'open', results: [] });
    const typed = await open(2026, 'dti-commune-2025', 1);
    expect(await indices().round(office(), typed.id)).toMatchObject({ freezableFrom: null });
    expect(await code(indices().decideRound(office(), typed.id, { version: 1, act: 'freeze' }))).toBe(
      'indices/unsettled',
    );
  });
});

describe('bad input', () => {
  it('is refused with a clear answer and changes nothing', async () => {
    const { id, sheets } = await open(2026, 'de-an-06-2023', 2);
    const [sheet = '', other = ''] = sheets;
    const one = { criterionId: 'accounts', version: 0, note: '' };
    expect(await code(indices().score(clerk(), sheet, { ...one, points: 15.01 }))).toBe('indices/points');
    expect(await code(indices().score(clerk(), sheet, { ...one, numerator: 1 }))).toBe('indices/points');
    expect(await code(indices().score(clerk(), sheet, { ...one, numerator: 1, denominator: 0 }))).toBe(
      'indices/points',
    );
    expect(await code(indices().score(clerk(), sheet, { ...one, criterionId: 'nothing', points: 1 }))).toBe(
      'indices/criterion',
    );
    // More than everybody: all points, and the numbers as they are.
    await indices().score(clerk(), sheet, { ...one, numerator: 16_175, denominator: 12_000 });
    const page = await indices().sheet(clerk(), sheet);
    expect(page.criteria.find((each) => each.id === 'accounts')).toMatchObject({ selfPoints: 15, numerator: 16_175 });
    expect(await code(indices().decideSheet(clerk(), sheet, { version: 1, act: 'submit' }))).toBe('indices/incomplete');
    expect(await code(indices().decideSheet(clerk(), sheet, { version: 7, act: 'submit' }))).toBe('row/stale');
    expect(await code(indices().decideSheet(clerk(), sheet, { version: 1, act: 'settle' }))).toBe('row/missing');
    expect(await code(indices().sheet(clerk(), other))).toBe('row/missing');
    expect(await code(indices().round(staff(5, ['01890000-0000-7000-8000-000000000777']), id))).toBe('row/missing');
    expect(await code(indices().part(office(), sheet, { partId: 'survey', version: 0, percent: 1, source: 'x' }))).toBe(
      'indices/criterion',
    );
    expect(await code(open(2026, 'de-an-06-2023', 2))).toBe('indices/round-exists');
    expect(await code(open(2027))).toBe('indices/future');
    expect(await code(open(2024, SET))).toBe('indices/not-in-force');
    expect(await code(open(2026, 'khong-co'))).toBe('indices/set');
    const gone = directory.byCode('gso', '512', '2024-06-01')?.unitId ?? '';
    const ceased = { setCode: 'de-an-06-2023', year: 2026, unitId: province, unitIds: [gone] };
    expect(await code(indices().openRound(office(), ceased))).toBe('indices/unit-ceased');
  });

  it('takes of what was published elsewhere the whole alone', async () => {
    const past = directory.byCode('gso', '04', '2022-12-31')?.unitId ?? '';
    const nguyenBinh = directory.byCode('gso', '052', '2022-12-31')?.unitId ?? '';
    const appraiser = staff(3, [], [past]);
    const wish = { setCode: 'ddci-2022', year: 2022, unitId: past, unitIds: [nguyenBinh] };
    const { id } = await indices().openRound(appraiser, wish);
    const rows = [{ unit: '052', percent: 86.3 }];
    await indices().importParts(appraiser, id, { partId: 'ddci', source: 'Báo', rows });
    const page = await indices().round(appraiser, id);
    // One of ten: that it is alone here says nothing of its place.
    expect(page.rows[0]).toMatchObject({ total: 86.3, rank: null, population: null });
    const sheetId = page.rows[0]?.sheetId ?? '';
    const place = { rank: 1, population: 10, source: 'Báo' };
    const enter = (version: number, more: Partial<typeof place>, who = appraiser) =>
      indices().place(who, sheetId, { version, place: { ...place, ...more } });
    await expect(enter(1, { rank: 11 })).rejects.toMatchObject({ code: 'request/invalid' });
    await expect(enter(1, {}, staff(4, [nguyenBinh], []))).rejects.toMatchObject({ code: 'row/missing' });
    await expect(enter(7, {})).rejects.toMatchObject({ code: 'row/stale' });
    expect((await indices().sheet(appraiser, sheetId)).place).toBeNull();
    await enter(1, {});
    expect(await indices().sheet(appraiser, sheetId)).toMatchObject({ version: 2, place });
    expect((await indices().round(appraiser, id)).rows[0]).toMatchObject({ rank: 1, population: 10 });
    await indices().decideSheet(appraiser, sheetId, { version: 2, act: 'settle' });
    await indices().decideRound(appraiser, id, { version: 1, act: 'freeze' });
    expect(await indices().sheet(appraiser, sheetId)).toMatchObject({ rank: 1, population: 10 });
    await expect(enter(3, { rank: 2 })).rejects.toMatchObject({ code: 'indices/state' });
    await indices().decideRound(appraiser, id, { version: 2, act: 'publish' });
    const { tables } = await indices().league({ family: 'ddci' });
    const table = tables.find((each) => each.roundId === id);
    expect([table?.population, table?.rows[0]?.rank, table?.rows[0]?.population]).toEqual([10, 1, 10]);
  });
});

describe('places on which sources disagree', () => {
  it('are read as chosen when a round is opened, and the round keeps the choice', async () => {
    const { rows } = await indices().sets(office());
    const line = rows.find((row) => row.code === '766-2022');
    expect(line?.settings.map((each) => [each.id, each.chosen])).toEqual([
      ['online-split', 'portal'],
      ['digitised-threshold', 'fitted'],
      ['own-figures', 'counted'],
      ['personal-store-threshold', 'straight'],
      ['commune-exclusion', 'full'],
      ['classes', 'five'],
    ]);
    const wish = { setCode: '766-2022', year: 2026, unitId: province };
    const wrong = { ...wish, settings: { 'online-split': 'third', other: 'x' } };
    await expect(indices().openRound(office(), wrong)).rejects.toMatchObject({
      code: 'indices/setting',
      details: { fields: [{ path: 'body.settings.online-split' }, { path: 'body.settings.other' }] },
    });
    const settings = { 'online-split': 'two-four-six', 'commune-exclusion': 'skip' };
    const { id } = await indices().openRound(office(), { ...wish, settings });
    const round = await indices().round(office(), id);
    expect(round.settings.map((each) => each.chosen)).toEqual([
      'Chia 2 + 4 + 6',
      'Theo tỷ lệ thẳng',
      'Đếm từ hồ sơ của hệ thống này',
      'Theo tỷ lệ thẳng',
      'Không tính, điểm tối đa giảm theo',
      'Xuất sắc, tốt, khá, trung bình, yếu từ 90, 80, 70, 50',
    ]);
    const sheet = await indices().sheet(office(), round.rows[0]?.sheetId ?? '');
    const ids = sheet.criteria.map((each) => each.id);
    expect(ids).toEqual(expect.arrayContaining(['online-procedures', 'online-services-used', 'online-filed']));
    expect(ids).not.toContain('public-update-on-time');
    expect(ids).not.toContain('online-dossiers');
    // What is told for information is there and not missed.
    expect(ids).toContain('average-time');
    expect(sheet.missing).not.toContain('Thời gian giải quyết trung bình');
  });
});

describe('sets made here', () => {
  it('keep the disputed places of the set they are copied from, told at their place where one is wrong', async () => {
    const wish = { basedOn: '766-2022', code: '766-thu', name: 'Bộ thử', unitId: province, validFrom: '2026-01-01' };
    await indices().copySet(office(), wish);
    const { body, settings } = await indices().set(office(), '766-thu');
    const base = await indices().set(office(), '766-2022');
    expect(body.settings).toEqual(base.body.settings);
    expect(settings).toEqual(base.settings);
    // Weights and bands that are no fault of shape are kept, and told at their place.
    const parts = [
      { id: 'own', name: 'Thẩm định', weight: 0.7 },
      { id: 'survey', name: 'Điều tra', weight: 0.2 },
    ];
    const bands = { total: [{ min: 50, label: 'Đạt' }] };
    const domains = (body.domains ?? []).map((domain) => ({ ...domain, part: 'own' }));
    const saved = await indices().saveSet(office(), '766-thu', {
      version: 1,
      body: { ...body, parts, bands, domains },
    });
    expect(saved.findings.map(({ path, code }) => [path, code])).toEqual(
      expect.arrayContaining([
        ['/parts', 'set/weights'],
        ['/bands/total', 'set/bands'],
      ]),
    );
    const other = (body.settings ?? []).map((each) => (each.id === 'classes' ? { ...each, chosen: 'three' } : each));
    const wrong = await indices().saveSet(office(), '766-thu', { version: 2, body: { ...body, settings: other } });
    expect(wrong.findings.map(({ path, code }) => [path, code])).toContainEqual(['/settings/classes', 'set/settings']);
    await indices().saveSet(office(), '766-thu', { version: 3, body });
    await indices().publishSet(office(), '766-thu', { version: 4 });
    const { id } = await indices().openRound(office(), {
      setCode: '766-thu',
      year: 2026,
      unitId: province,
      unitIds: [commune],
      settings: { classes: 'none' },
    });
    expect((await indices().round(office(), id)).settings.at(-1)?.chosen).toBe('Không xếp loại');
  });

  it('are copied, edited with findings at their place, and published for good', async () => {
    const wish = { basedOn: SET, code: 'par-index-thu', name: 'Bộ thử', unitId: province, validFrom: '2026-01-01' };
    await indices().copySet(office(), wish);
    expect(await code(indices().copySet(office(), wish))).toBe('indices/code-taken');
    expect(await code(indices().set(clerk(), 'par-index-thu'))).toBe('row/missing');
    expect(await code(open(2026, 'par-index-thu'))).toBe('indices/set');
    const { body } = await indices().set(office(), 'par-index-thu');
    for (const [expression, says] of [
      ['ratio * so_luong', 'ký tự thứ 9: Không có tên “so_luong”'],
      ['maximum * (ratio >= 0.8)', 'Chỗ này phải là một số'],
      ['6 / (1 - 1)', 'Chia cho 0'],
    ] as const) {
      const wrong = (body.domains ?? []).map((domain) => ({
        ...domain,
        ...(domain.criteria && {
          criteria: domain.criteria.map((each) =>
            each.id === 'digitised' ? { ...each, rule: { kind: 'formula' as const, expression } } : each,
          ),
        }),
      }));
      await expect(
        indices().saveSet(office(), 'par-index-thu', { version: 1, body: { ...body, domains: wrong } }),
      ).rejects.toMatchObject({
        code: 'indices/formula',
        details: { fields: [{ path: '/digitised', message: expect.stringContaining(says) }] },
      });
    }
    expect(await indices().set(office(), 'par-index-thu')).toMatchObject({ version: 1, body });
    const domains = (body.domains ?? []).map((domain, at) => (at === 0 ? { ...domain, max: 17 } : domain));
    const saved = await indices().saveSet(office(), 'par-index-thu', { version: 1, body: { ...body, domains } });
    expect(saved.findings.map((finding) => [finding.path, finding.code])).toEqual([['/steering', 'set/maxima']]);
    expect(await code(indices().publishSet(office(), 'par-index-thu', { version: 2 }))).toBe('indices/set-faults');
    expect(await code(indices().saveSet(office(), 'par-index-thu', { version: 1, body }))).toBe('row/stale');
    await indices().saveSet(office(), 'par-index-thu', { version: 2, body });
    await indices().publishSet(office(), 'par-index-thu', { version: 3 });
    expect(await code(indices().saveSet(office(), 'par-index-thu', { version: 4, body }))).toBe('indices/published');
    await expect(sql`update indices.own_set set code = 'x'`.execute(demo.system.db)).rejects.toThrow(/published/);
    expect((await indices().set(clerk(), 'par-index-thu')).state).toBe('published');
    expect((await open(2026, 'par-index-thu', 1)).sheets).toHaveLength(1);
  });

  it('are for the level that is chosen while they are drafts: a round is then of its units', async () => {
    const made = { basedOn: SET, code: 'cap-thu', name: 'Bộ thử cấp', unitId: province, validFrom: '2026-01-01' };
    await indices().copySet(office(), made);
    const { body } = await indices().set(office(), 'cap-thu');
    expect(body.level).toBe('commune');
    const save = (version: number, level: string) =>
      indices().saveSet(office(), 'cap-thu', { version, body: { ...body, level } });
    expect((await save(1, 'xa')).findings.map(({ path, code }) => [path, code])).toEqual([['/level', 'set/level']]);
    expect(await code(indices().publishSet(office(), 'cap-thu', { version: 2 }))).toBe('indices/set-faults');
    expect((await save(2, 'province')).findings).toEqual([]);
    await indices().publishSet(office(), 'cap-thu', { version: 3 });
    const { id } = await indices().openRound(office(), { setCode: 'cap-thu', year: 2026, unitId: province });
    expect((await indices().round(office(), id)).rows.map((row) => row.unitId)).toEqual([province]);
    expect(await code(save(4, 'commune'))).toBe('indices/published');
    expect((await indices().set(office(), 'cap-thu')).level).toBe('province');
  });
});

describe('figures published elsewhere', () => {
  it('stand beside, with the derived ones marked: 79.98 after 80.17, 16 of 18, 8 of 10, 1 of 10', async () => {
    const { tables, comparisons } = await indices().league({});
    const of = (id: string) => tables.find((table) => table.id === id);
    expect(of('par-index-quang-nam-2022')).toMatchObject({ population: 18, imported: true });
    expect(of('par-index-quang-nam-2022')?.rows[0]).toMatchObject({
      total: 79.98,
      rank: 16,
      band: 'Khá',
      change: {
        ...{ year: 2021, total: 80.17, max: 100, percent: 80.17 },
        ...{ derived: true, unit: 'points', difference: -0.19 },
      },
    });
    // Of 2021 only the differences were published: 74.30 + 4.87 and 93.23 − 10.72 are ours.
    const parts = (id: string) => of(id)?.rows[0]?.parts.map((part) => [part.percent, part.derived]);
    expect(parts('par-index-quang-nam-2022')).toEqual([
      [74.3, false],
      [93.23, false],
    ]);
    expect(parts('par-index-quang-nam-2021')).toEqual([
      [79.17, true],
      [82.51, true],
    ]);
    expect(of('par-index-quang-nam-2021')?.rows[0]).toMatchObject({ total: 80.17, derived: true });
    expect(of('par-index-cao-bang-2022')?.rows[0]).toMatchObject({ total: 81.4, rank: 8 });
    expect(of('par-index-cao-bang-2022')?.rows[0]?.domains.map((domain) => domain.band)).toEqual([
      'Tốt',
      'Tốt',
      'Khá',
      'Trung bình',
      'Khá',
      'Khá',
      'Khá',
    ]);
    expect(of('ddci-cao-bang-2022')?.rows[0]).toMatchObject({ total: 86.3, rank: 1 });
    expect(comparisons[0]?.units.map((unit) => unit.unitId === null)).toEqual([false, false, false, false, false]);
    const values = comparisons[0]?.figures.map((figure) => figure.values.map((value) => value?.value ?? null)) ?? [];
    // Each of the five has something, and what we added up is marked: 622 + 2,612 and 395 + 1,963.
    for (const at of [0, 1, 2, 3, 4]) expect(values.some((row) => typeof row[at] === 'number')).toBe(true);
    expect(comparisons[0]?.figures.find((figure) => figure.name.startsWith('Hồ sơ tiếp nhận'))?.values).toMatchObject([
      { value: 622 + 2612, derived: true },
      { value: 395 + 1963, derived: false },
      null,
      null,
      null,
    ]);
    const figure = (id: string) => comparisons[0]?.figures.find((each) => each.id === id)?.values ?? [];
    const sum = (at: number) =>
      (figure('dossiers-district')[at]?.value ?? 0) + (figure('dossiers-communes')[at]?.value ?? 0);
    expect([sum(0), sum(1)]).toEqual([3234, 2358]);
    expect(figure('postal-communes')[3]).toMatchObject({ value: 36.36, derived: true });
    expect(figure('commended')[0]).toMatchObject({ value: 5 + 9, derived: true });
    // All eleven targets of the seeds: three of Nguyên Bình, eight of Nam Giang, each “at least”.
    const goals = (comparisons[0]?.figures ?? []).filter((each) => each.id.startsWith('target-'));
    const of5 = (at: number) => goals.flatMap((each) => each.values[at] ?? []);
    expect(of5(2).map((goal) => goal.value)).toEqual([80, 50, 50]);
    expect(of5(4).map((goal) => goal.value)).toEqual([90, 65, 60, 85, 85, 100, 90, 60]);
    expect([0, 1, 3].flatMap(of5)).toEqual([]);
    expect(
      [2, 4].flatMap(of5).every((goal) => goal.bound === '≥' && goal.note?.includes('mục tiêu, không phải kết quả')),
    ).toBe(true);
    expect(comparisons[0]?.figures[0]?.values.map((value) => value?.value ?? null)).toEqual([
      79.98,
      null,
      81.4,
      null,
      null,
    ]);
  });
});

describe('a year compared with the one before', () => {
  const wish = { unitId: province, unitIds: [commune] };
  /** A set of this test alone. */
  async function copy(basedOn: string, setCode: string, change: { family?: 'other' }): Promise<void> {
    const made = { basedOn, code: setCode, name: setCode, unitId: province, validFrom: '2025-01-01' };
    await indices().copySet(office(), made);
    const { body } = await indices().set(office(), setCode);
    await indices().saveSet(office(), setCode, { version: 1, body: { ...body, ...change } });
    await indices().publishSet(office(), setCode, { version: 2 });
  }
  /** A published round of one unit that reached a share of everything. */
  async function publish(setCode: string, year: number, share: number, settings = {}): Promise<string> {
    const { id } = await indices().openRound(office(), { ...wish, setCode, year, settings });
    const sheetId = (await indices().round(office(), id)).rows[0]?.sheetId ?? '';
    await toSettled(sheetId, share);
    const { version } = await indices().round(office(), id);
    await indices().decideRound(office(), id, { version, act: 'freeze' });
    await indices().decideRound(office(), id, { version: version + 1, act: 'publish' });
    return id;
  }
  beforeAll(() => {
    Object.assign(wish, { unitId: province, unitIds: [commune] });
    demo.clock.set(new Date('2027-01-05T09:00:00+07:00'));
  });

  it('of another maximum goes by the share reached: the same on sheet, round, league, workbook and public list', async () => {
    await copy('766-2022', '766-so-sanh', {});
    await publish('766-so-sanh', 2025, 0.8);
    const id = await publish('766-so-sanh', 2026, 0.75, { 'commune-exclusion': 'skip' });
    const change = {
      ...{ year: 2025, total: 80.8, max: 100, percent: 80.8 },
      ...{ derived: false, unit: 'percent', difference: -5.8 },
    };
    const round = await indices().round(office(), id);
    const row = { total: 72, max: 96, percent: 75, change };
    expect(round.rows).toMatchObject([row]);
    expect((await indices().sheet(clerk(), round.mySheetId ?? round.rows[0]?.sheetId ?? '')).change).toEqual(change);
    // A set that ranks by itself takes no place from elsewhere.
    const place = { rank: 1, population: 10, source: 'Báo' };
    const entered = indices().place(office(), round.rows[0]?.sheetId ?? '', { version: 1, place });
    await expect(entered).rejects.toMatchObject({ code: 'indices/own-place' });
    const { tables } = await indices().league({ family: '766', year: 2026 });
    expect(tables.map((table) => table.rows)).toMatchObject([[row]]);
    const first = ['Hạng', 'Trong số', 'Đơn vị'];
    const fixed = ['Tổng điểm', 'Điểm tối đa', 'Tỷ lệ', 'Xếp loại', 'Suy ra', 'So với năm trước'];
    const titles = [
      ...first,
      ...fixed,
      'Chênh lệch tính bằng',
      'Tổng năm trước',
      'Tối đa năm trước',
      'Tình trạng phiếu',
    ];
    const domains = round.rows[0]?.domains.map((domain) => domain.name) ?? [];
    const sheet = await readSheet(await leagueXlsx([tableOfRound(round)]), { titles: [...titles, ...domains] });
    const cells = sheet.ok ? sheet.rows[0]?.cells.slice(3, 12) : [];
    expect(cells?.map((cell) => ('number' in cell ? cell.number : 'text' in cell ? cell.text : null))).toEqual([
      ...[72, 96, 75, 'Khá', null],
      ...[-5.8, 'điểm phần trăm', 80.8, 100],
    ]);
    const csv = publishedCsv(await publishedIndices(indices()));
    const line = csv.split('\r\n').find((each) => each.startsWith('766-so-sanh,2026,'));
    expect(line).toContain('"72,00",96,"75,00",Khá,"-5,80",điểm phần trăm,"80,80",100,');
  }, 60_000);

  it('so too the target of an index: points of two maxima have no difference, shares do', async () => {
    const lead = staffWith(5, commune, { 'targets.read': [commune], 'targets.edit': [commune] });
    const target = async (unit: 'points' | 'percent') => {
      const terms = {
        name: `766, ${unit}`,
        source: { number: '', text: 'Kế hoạch' },
        owner: 'Văn phòng',
        direction: 'up' as const,
        weight: 1,
        value: { index: '766' },
        unit,
        decimals: 2,
        goal: { atLeast: 70 },
        forecast: 'none' as const,
      };
      const { ids } = await demo.system.targets.add(lead, { unitIds: [commune], period: '2026', terms });
      return (await demo.system.targets.get(lead, ids[0] ?? '')).line;
    };
    expect(await target('points')).toMatchObject({ value: 72, change: null });
    expect(await target('percent')).toMatchObject({ value: 75, change: { points: -5.8 } });
  });

  it('of sets without a family only where the set is the same', async () => {
    for (const setCode of ['khac-a', 'khac-b']) await copy('de-an-06-2023', setCode, { family: 'other' });
    await publish('khac-a', 2025, 0.5);
    const sheetOf = async (setCode: string) => {
      const { id } = await indices().openRound(office(), { ...wish, setCode, year: 2026 });
      const sheetId = (await indices().round(clerk(), id)).mySheetId ?? '';
      await scoreAll(clerk(), sheetId, 0.6);
      return indices().sheet(clerk(), sheetId);
    };
    const [same, other] = [await sheetOf('khac-a'), await sheetOf('khac-b')];
    expect([same.change?.difference, same.followUp?.year]).toEqual([10, 2025]);
    expect([other.change, other.followUp]).toEqual([null, null]);
  });
});
