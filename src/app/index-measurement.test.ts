import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sheetXlsx } from '../modules/insight/indices/sheet-xlsx.ts';
import { recordPublished } from '../modules/insight/registers/index.ts';
import { type IndexOffice, openIndexOffice } from './testing/index-office.ts';

// Sheets are sent in November; the year goes on. What is frozen in January are the figures of the whole year.
let desk: IndexOffice;
beforeAll(async () => {
  desk = await openIndexOffice(4);
}, 120_000);
afterAll(() => desk.close());

const indices = () => desk.system.indices;
const SET = 'de-an-06-2023';
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? error,
  );

/** What the commune enters of a month; figures of the register are as of the last month entered. */
async function enter(unitId: string, periodId: string, collected: number, target = 12_000): Promise<void> {
  const { db, clock, organisation, files } = desk.system;
  const ports = { directory: () => organisation.directory(), staffNames: async () => new Map(), files };
  const values = { ...(target > 0 ? { target } : {}), collected, activated: collected };
  const words = { evidence: 'thử', reason: 'thử' };
  const actor = { kind: 'system', name: 'test', assurance: 'system' } as const;
  await recordPublished({ db, clock, ports }, actor, {
    registerId: 'de-an-06',
    unitId,
    periodId,
    values,
    ...words,
    at: clock.now(),
  });
}

const criterion = async (sheetId: string, id: string) =>
  (await indices().sheet(desk.office, sheetId)).criteria.find((each) => each.id === id);

it('figures of sheets sent before the year was over are measured again, listed, and points by hand confirmed', async () => {
  const { units, office, clerk, goTo, send, settle } = desk;
  const [first = '', second = '', third = '', fourth = ''] = units;
  for (const unitId of [first, second, fourth]) await enter(unitId, '2026-10', 6000);
  const { id, sheets } = await desk.openRound(SET, 2026, units);
  const [accepted = '', byHand = '', typed = '', gone = ''] = sheets;
  for (const [at, unitId] of units.entries()) await send(unitId, sheets[at] ?? '', 8);
  const mine = await criterion(byHand, 'accounts');
  expect(mine).toMatchObject({ selfPoints: 7.5, numerator: 6000, version: 1 });
  const less = { criterionId: 'accounts', version: 1, points: 5, reason: 'Trừ tài khoản trùng' };
  await indices().appraise(office, byHand, less);
  for (const [at, unitId] of units.entries()) await settle(unitId, sheets[at] ?? '');

  const round = await indices().round(office, id);
  expect(round.figures).toMatchObject({ mayMeasure: false, toConfirm: [], changes: [], total: 0 });
  const freeze = () => indices().decideRound(office, id, { version: round.version, act: 'freeze' });
  const measure = () => indices().measureRound(office, id, { version: round.version });
  expect([await code(measure()), await code(freeze())]).toEqual(['indices/period-open', 'indices/period-open']);

  goTo('2027-01-05T09:00');
  const due = await indices().round(office, id);
  expect(due.figures).toMatchObject({ mayMeasure: true, old: { length: 4 } });
  expect(due.figures.old[0]?.at).toBe('2026-11-18T10:00:00+07:00');
  expect(await indices().sheet(clerk(first), accepted)).toMatchObject({ figuresOld: true });
  await expect(freeze()).rejects.toMatchObject({
    code: 'indices/figures-old',
    details: { params: { count: 4, day: '31/12/2026' }, fields: { length: 4 } },
  });
  expect(await code(indices().measureRound(clerk(first), id, { version: round.version }))).toBe('row/missing');
  expect(await code(indices().measureRound(office, id, { version: 9 }))).toBe('row/stale');

  for (const unitId of [first, second, third]) await enter(unitId, '2026-12', 9000);
  // Without the target there is nothing to divide by.
  await enter(fourth, '2026-12', 9000, 0);
  // Two people press at once. Accounts and activated of each of the four; waiting: what was given by hand, typed, or is counted no more.
  const [measured, again] = await Promise.all([measure(), measure()]);
  expect([measured.sheets, again.sheets]).toEqual([4, 4]);
  expect(measured.changed + again.changed).toBe(8);
  expect(measured.toConfirm + again.toConfirm).toBe(1 + 2 + 2);
  expect(await criterion(accepted, 'accounts')).toMatchObject({
    numerator: 9000,
    selfPoints: 11.25,
    appraisedPoints: 11.25,
    confirmSince: null,
  });
  expect(await criterion(byHand, 'accounts')).toMatchObject({
    selfPoints: 11.25,
    appraisedPoints: 5,
    appraisedReason: 'Trừ tài khoản trùng',
    confirmSince: '2027-01-05T09:00:00+07:00',
  });
  expect(await criterion(byHand, 'activated')).toMatchObject({ appraisedPoints: 11.25, confirmSince: null });
  expect(await criterion(typed, 'accounts')).toMatchObject({ numerator: 9000, selfPoints: 11.25, appraisedPoints: 8 });
  // Nothing is counted any more: what was stays, as a figure somebody answers for.
  expect(await criterion(gone, 'accounts')).toMatchObject({ numerator: 6000, appraisedPoints: 7.5, metricId: null });

  // The unit sees it in the history of its sheet, on the round's page, and is told.
  const seen = await indices().sheet(clerk(first), accepted);
  expect(seen).toMatchObject({ measuredAt: '2027-01-05T09:00:00+07:00', figuresOld: false, may: { confirm: false } });
  expect(seen.history.filter((each) => each.act === 'measure').map((each) => [each.criterion, each.detail])).toEqual(
    ['Kích hoạt', 'Thu nhận'].map((name) => [
      `${name} tài khoản định danh điện tử`,
      '6.000/12.000 → 9.000/12.000; điểm 7,5 → 11,25; thẩm định 7,5 → 11,25',
    ]),
  );
  const { Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  await workbook.xlsx.load(Buffer.from(await sheetXlsx(seen)));
  const lines: string[] = [];
  workbook.worksheets[0]?.eachRow((row) => lines.push(String(row.getCell(1).value)));
  expect(lines).toContain('Số liệu chấm tự động tính lúc 09:00 ngày 05/01/2027');
  const own = (await indices().round(clerk(first), id)).figures;
  expect(own).toMatchObject({ mayMeasure: false, old: [], toConfirm: [], total: 2 });
  expect(own.changes.every((each) => each.sheetId === accepted)).toBe(true);
  expect(own.changes[0]).toMatchObject({
    at: '2027-01-05T09:00:00+07:00',
    was: { numerator: 6000, points: 7.5 },
    is: { numerator: 9000, points: 11.25 },
    confirm: false,
  });
  const { rows: told } = await sql<{ n: number }>`select count(distinct unit_id)::int n from notifications.message
    where body like '%đã đo lại cho cả năm: 2 tiêu chí%'`.execute(desk.system.db);
  const { organisation } = desk.system;
  const people = await Promise.all(units.map((unitId) => organisation.staffOf(unitId, 'indices.score', '2027-01-05')));
  expect(told[0]?.n).toBe(people.filter((each) => each.length > 0).length);
  expect(told[0]?.n).toBeGreaterThan(0);

  const { toConfirm } = (await indices().round(office, id)).figures;
  expect(toConfirm.map((each) => each.sheetId).toSorted()).toEqual([byHand, typed, typed, gone, gone].toSorted());
  await expect(freeze()).rejects.toMatchObject({ code: 'indices/unconfirmed', details: { params: { count: 5 } } });
  const wish = { criterionId: 'accounts', version: (await criterion(byHand, 'accounts'))?.version ?? 0 };
  const keep = { ...wish, take: false, reason: 'Vẫn trùng 5.000 tài khoản' };
  expect(await code(indices().confirm(clerk(second), byHand, keep))).toBe('row/missing');
  expect(await code(indices().confirm(office, byHand, { ...keep, reason: ' ' }))).toBe('indices/reason');
  const both = [indices().confirm(office, byHand, keep), indices().confirm(office, byHand, { ...keep, take: true })];
  expect((await Promise.all(both.map(code))).toSorted()).toEqual(['done', 'row/stale']);
  const later = { ...keep, version: keep.version + 1 };
  expect(await code(indices().confirm(office, byHand, later))).toBe('indices/confirmed');
  for (const { sheetId, criterionId } of (await indices().round(office, id)).figures.toConfirm) {
    const version = (await criterion(sheetId, criterionId))?.version ?? 0;
    const take = sheetId === typed;
    await indices().confirm(office, sheetId, { criterionId, version, take, reason: take ? '' : 'Số công an huyện' });
  }
  expect(await criterion(typed, 'accounts')).toMatchObject({ appraisedPoints: 11.25, confirmSince: null });

  // Frozen is what is kept: measured once more without a change, the same bytes come out.
  const frozen = await freeze();
  const decide = (more: number, act: 'reopen' | 'freeze') =>
    indices().decideRound(office, id, { version: round.version + more, act, reason: 'Kiểm tra lại' });
  expect(await code(indices().measureRound(office, id, { version: round.version + 1 }))).toBe('indices/state');
  await decide(1, 'reopen');
  expect(await indices().measureRound(office, id, { version: round.version + 2 })).toEqual({
    sheets: 4,
    changed: 0,
    toConfirm: 0,
  });
  expect((await decide(2, 'freeze')).digest).toBe(frozen.digest);
  // 11.25 twice and five of 8: 62.5.
  const { rows } = await indices().round(office, id);
  expect(rows.find((row) => row.unitId === first)?.total).toBe(62.5);
  expect(rows.find((row) => row.unitId === third)?.total).toBe(62.5);
}, 60_000);

it('a figure kept by an earlier sending that nothing counts any more is typed from then on, not measured', async () => {
  const { office, clerk, goTo, send } = desk;
  goTo('2025-12-10T10:00');
  const [unitId = ''] = desk.others;
  await enter(unitId, '2025-11', 6000);
  const {
    id,
    sheets: [sheetId = ''],
  } = await desk.openRound(SET, 2025, [unitId]);
  await send(unitId, sheetId, 8);
  expect(await criterion(sheetId, 'accounts')).toMatchObject({ numerator: 6000, metricId: expect.any(String) });
  await indices().decideSheet(office, sheetId, { version: 2, act: 'return', reason: 'Sổ nhập sai mẫu số' });
  goTo('2026-01-03T10:00');
  await enter(unitId, '2025-12', 6000, 0);
  await indices().decideSheet(clerk(unitId), sheetId, { version: 3, act: 'submit' });
  expect(await criterion(sheetId, 'accounts')).toMatchObject({ numerator: 6000, selfPoints: 7.5, metricId: null });
  expect((await indices().round(office, id)).figures.old).toEqual([]);

  // Of what others published nothing is measured, whatever the set names.
  const measure = () => indices().measureRound(office, id, { version: 1 });
  expect(await measure()).toMatchObject({ sheets: 1 });
  await sql`update indices.round set set_body = set_body || '{"importOnly": true}'::jsonb
    where id = ${id}::uuid`.execute(desk.system.db);
  expect(await measure()).toEqual({ sheets: 0, changed: 0, toConfirm: 0 });
});
