import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedCsv, publishedIndices } from '../../modules/insight/indices/index.ts';
import { generateDossiers } from '../volume/generate.ts';
import { openDemoSystem } from '../volume/testing.ts';
import { readDemoFile } from './demo-file.ts';
import { demoHolder } from './demo-staff.ts';
import { scoreCommunes } from './index-rounds.ts';
import { leaveRoundUnmeasured } from './stale-round.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
const units: string[] = [];
beforeAll(async () => {
  demo = await openDemoSystem();
  await generateDossiers(demo.system, 400, { seed: 1 });
  const ids = await demo.system.organisation.unitIdsByKey();
  units.push(...readDemoFile('2026').home.map((key) => ids.get(key) ?? ''));
  await scoreCommunes(demo.system, units);
  await leaveRoundUnmeasured(demo.system, units);
}, 120_000);
afterAll(() => demo.close());

const parentOf = async (unitId: string) =>
  (await demo.system.organisation.directory()).unitOn(unitId, '2026-11-18')?.parentId;
const INVENTED = 'số liệu giả định của bản trình diễn';

describe('the indices of the demo of today', () => {
  it('are of the year before, published with places, and of this year, open at every stage; every name says invented', async () => {
    const { indices } = demo.system;
    const leader = await demoHolder(demo.system, units[0] ?? '', 'indices.score');
    const { rows } = await indices.rounds(leader, {});
    expect(rows.map((row) => [row.setCode, row.year, row.state])).toEqual(
      expect.arrayContaining([
        ['par-index-xa-trinh-dien', 2025, 'published'],
        ['par-index-xa-trinh-dien', 2026, 'open'],
        ['766-trinh-dien', 2025, 'published'],
        ['766-trinh-dien', 2026, 'open'],
      ]),
    );
    expect(rows.every((row) => row.setName.includes(INVENTED))).toBe(true);
    const office = await demoHolder(demo.system, rows[0]?.unitId ?? '', 'indices.appraise');
    for (const row of rows.filter((each) => each.state === 'open' && each.year === 2026)) {
      const page = await indices.round(office, row.id);
      expect(new Set(page.rows.map((each) => each.sheetState))).toEqual(
        new Set(['Đang tự chấm', 'Đã gửi, chờ thẩm định', 'Chờ giải trình']),
      );
      const sent = page.rows.find((each) => each.sheetState === 'Đã gửi, chờ thẩm định')?.sheetId ?? '';
      // Without a survey closed here this year the PAR INDEX has no total yet.
      if (page.setCode === '766-trinh-dien') expect((await indices.sheet(office, sent)).change?.year).toBe(2025);
    }
  });

  it('leave notices of what is to be done now alone', async () => {
    const office = await demoHolder(demo.system, (await parentOf(units[0] ?? '')) ?? '', 'indices.appraise');
    const { rows, unread } = await demo.system.notifications.listMine(office, { limit: 50 });
    const about = rows.filter((row) => row.readAt === null && row.body.includes(INVENTED));
    expect(about).toHaveLength(unread);
    expect(about.every((row) => row.subject.includes('2026'))).toBe(true);
    expect(about).toHaveLength(4);
  });

  it('show a sheet with reasons, an answer, lost points with a task, and what more dossiers would bring', async () => {
    const { indices } = demo.system;
    const leader = await demoHolder(demo.system, units[0] ?? '', 'indices.score');
    const { rows } = await indices.rounds(leader, { year: 2025, family: 'par-index' });
    const sheetId = rows[0]?.mySheetId ?? '';
    const page = await indices.sheet(leader, sheetId);
    expect(page).toMatchObject({ state: 'settled', population: 3, round: { state: 'published' } });
    expect(page.total).toBeGreaterThan(50);
    expect(page.criteria.filter((each) => each.appraisedReason !== '')).toHaveLength(2);
    expect(page.criteria.filter((each) => each.explanation !== '')).toHaveLength(1);
    expect(page.criteria.filter((each) => each.metricId !== null).map((each) => each.id)).toEqual([
      'on-time',
      'apologies',
      'rated-dossiers',
      'online',
      'digitised',
    ]);
    expect(page.parts.find((part) => part.id === 'survey')?.source).toContain('giả định');
    expect(page.actions).toHaveLength(1);
    const { rows: lines } = await indices.whatIf(leader, sheetId, {});
    const point = lines.find((each) => each.criterionId === 'digitised');
    expect(point === undefined || point.ways.length > 0).toBe(true);
    expect(lines.some((each) => (each.total ?? 0) > (page.total ?? 100))).toBe(true);
  });

  it('follow up in this year’s sheet what the year before lost: won back or not, with the tasks given for it', async () => {
    const { indices } = demo.system;
    const leader = await demoHolder(demo.system, units[0] ?? '', 'indices.score');
    const sheetOf = async (year: number) => {
      const { rows } = await indices.rounds(leader, { year, family: 'par-index' });
      return indices.sheet(leader, rows[0]?.mySheetId ?? '');
    };
    const [before, now] = [await sheetOf(2025), await sheetOf(2026)];
    expect(before.followUp).toBeNull();
    const { year, sheetId, rows = [] } = now.followUp ?? {};
    expect([year, sheetId]).toEqual([2025, before.id]);
    expect(rows.map((row) => [row.id, row.lostBefore])).toEqual(before.lost.map((row) => [row.id, row.points]));
    expect(rows.flatMap((row) => row.actions)).toEqual(before.actions);
    // Half of this year's sheet is scored: what is not has no figure, neither all won back nor none.
    const scored = new Set(now.criteria.filter((each) => each.selfPoints !== null).map((each) => each.id));
    for (const { id, lostBefore, lostNow, wonBack } of rows) {
      expect([id, lostNow !== null]).toEqual([id, scored.has(id)]);
      if (lostNow !== null) expect(wonBack).toBeCloseTo(lostBefore - lostNow, 8);
    }
    expect(rows.some((row) => row.lostNow !== null)).toBe(true);
    expect(rows.some((row) => row.lostNow === null)).toBe(true);
  });

  it('are on the public page by name, and beside them nothing that was published elsewhere', async () => {
    const { tables } = await publishedIndices(demo.system.indices);
    expect(tables.map((table) => [table.year, table.rows.map((row) => row.rank !== null)])).toEqual([
      [2025, [true, true, true]],
      [2025, [true, true, true]],
    ]);
    expect(tables.every((table) => table.name.includes(INVENTED))).toBe(true);
    expect(tables.every((table) => table.frozenAt !== null)).toBe(true);
    // What a class means, and where the points come from: domains add up to their part of the total.
    const [first] = tables.filter((table) => table.name.includes('766'));
    expect(first?.bands.map(({ label }) => label)).toEqual(['Xuất sắc', 'Tốt', 'Khá', 'Trung bình', 'Yếu']);
    for (const row of first?.rows ?? []) {
      expect(row.domains).toHaveLength(6);
      expect(row.domains.reduce((sum, domain) => sum + domain.points, 0)).toBeCloseTo(row.total ?? 0, 1);
    }
    // The same as a list: a head, and a line a unit of each table.
    const lines = publishedCsv({ tables }).trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 6);
    expect(lines[1]).toContain(tables[0]?.rows[0]?.unitName);
    const { tables: all } = await demo.system.indices.league({});
    expect(all.filter((table) => table.imported)).toHaveLength(4);
  });

  it('leave a round of the year before whose figures are of December: measured again, they move, one waits', async () => {
    const { indices } = demo.system;
    const office = await demoHolder(demo.system, (await parentOf(units[0] ?? '')) ?? '', 'indices.appraise');
    const { rows } = await indices.rounds(office, { year: 2025, family: 'other' });
    const id = rows[0]?.id ?? '';
    const { version, figures, ...page } = await indices.round(office, id);
    expect(page.rows.map((row) => row.sheetState)).toEqual(Array(3).fill('Đã thống nhất'));
    expect(figures).toMatchObject({ mayMeasure: true, toConfirm: [], changes: [] });
    expect(figures.old.map((each) => each.at?.slice(0, 10))).toEqual(Array(3).fill('2025-12-08'));
    expect(await indices.measureRound(office, id, { version })).toMatchObject({ sheets: 3, changed: 6, toConfirm: 1 });
    const after = await indices.round(office, id);
    expect(after.figures.old).toEqual([]);
    expect(after.figures.toConfirm.map((each) => each.criterionId)).toEqual(['vneid']);
    for (const { was, is } of after.figures.changes) expect(is?.numerator).toBeGreaterThan(was.numerator ?? Infinity);
  });
});
