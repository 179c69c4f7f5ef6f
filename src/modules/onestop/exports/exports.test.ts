import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '../../../core/access/actor.ts';
import { readSheet } from '../../../platform/spreadsheet/read-sheet.ts';
import { failure } from '../dossiers/testing/failure.ts';
import { ACTOR, createWorld, intakeBody, UNIT, type World } from '../dossiers/testing/world.ts';
import { columnsOf } from './columns.ts';
import { COLUMN_IDS, USUAL } from './rules/column-ids.ts';
import { createExportService, type ExportService } from './service.ts';

let world: World;
let service: ExportService;
let contextOf: () => Parameters<typeof createExportService>[0];
const other: StaffActor = { ...(ACTOR.desk as StaffActor), accountId: '01890000-0000-7000-8000-0000000000f1' };

beforeAll(async () => {
  world = await createWorld();
  for (const unitId of [UNIT.desk, UNIT.desk, UNIT.desk])
    await world.service.receiveAtDesk(ACTOR.desk, intakeBody({ unitId }));
  await world.service.receiveAtDesk(ACTOR.otherDesk, intakeBody({ unitId: UNIT.otherDesk }));
  contextOf = () => ({
    db: world.db,
    clock: world.clock,
    list: world.service.list,
    unitNames: async (ids) => new Map(ids.map((id) => [id, 'Đơn vị thử'])),
  });
  service = createExportService(contextOf());
});
afterAll(() => world.drop());

const titles = (ids: readonly (typeof COLUMN_IDS)[number][]): string[] => columnsOf(ids).map((one) => one.title);
async function sheetOf(bytes: Uint8Array, ids: readonly (typeof COLUMN_IDS)[number][]) {
  const read = await readSheet(bytes, { titles: titles(ids) });
  if (!read.ok) throw new Error(read.code);
  return read.rows.map((row) => row.cells.map((cell) => (cell.kind === 'text' ? cell.text : cell.kind)));
}

describe('a workbook of dossiers', () => {
  it('has the list as the reader may see it, in the columns asked for, in their order', async () => {
    const page = await world.service.list(ACTOR.desk, {});
    const wanted = ['owner', 'code'] as const;
    const rows = await sheetOf(await service.workbook(ACTOR.desk, {}, wanted), wanted);
    expect(rows).toEqual(page.rows.map((row) => [row.ownerName, row.code]));
    expect(rows).toHaveLength(3);
    expect(titles(wanted)).toEqual(['Chủ hồ sơ', 'Mã hồ sơ']);
    expect(await sheetOf(await service.workbook(ACTOR.otherDesk, {}, ['code']), ['code'])).toHaveLength(1);
    const nothing = await readSheet(await service.workbook(ACTOR.desk, { status: 'returned' }, ['code']), {
      titles: titles(['code']),
    });
    expect(nothing).toMatchObject({ ok: false, code: 'empty' });
  });

  it('has the usual columns where none or only unknown ones are asked for', async () => {
    for (const asked of [[], ['secret']])
      expect(await sheetOf(await service.workbook(ACTOR.desk, {}, asked), USUAL)).toHaveLength(3);
    expect(titles(COLUMN_IDS).every((title) => !title.includes('.'))).toBe(true);
  });

  it('of more dossiers than it takes is refused, not cut off', async () => {
    const few = createExportService(contextOf(), 2);
    const told = await failure(few.workbook(ACTOR.desk, {}, []));
    expect([told.code, told.status, told.details.params]).toEqual(['exports/too-many-rows', 422, { most: '2' }]);
    const enough = createExportService(contextOf(), 3);
    expect((await enough.workbook(ACTOR.desk, {}, [])).length).toBeGreaterThan(0);
  });
});

describe('a template', () => {
  const draft = { name: '  Giao ban ', columns: ['code', 'due'] as ('code' | 'due')[], unitId: null };

  it('is of who made it; shared, of everybody of the unit, who may use but not change it', async () => {
    const { id } = await service.create(ACTOR.desk, draft);
    const mine = await service.templates(ACTOR.desk);
    expect(mine.rows).toMatchObject([
      { id, version: 1, name: 'Giao ban', columns: ['code', 'due'], unitName: null, mine: true },
    ]);
    expect((await service.templates(other)).rows).toEqual([]);
    expect(await service.change(ACTOR.desk, id, { ...draft, version: 1, unitId: UNIT.desk })).toEqual({ version: 2 });
    expect((await service.templates(other)).rows).toMatchObject([{ id, unitName: 'Đơn vị thử', mine: false }]);
    expect((await service.templates(ACTOR.otherDesk)).rows).toEqual([]);
    for (const act of [service.change(other, id, { ...draft, version: 2 }), service.remove(other, id)])
      expect((await failure(act)).code).toBe('row/missing');
    const stale = await failure(service.change(ACTOR.desk, id, { ...draft, version: 1 }));
    expect([stale.code, stale.status]).toEqual(['row/stale', 409]);
    await service.remove(ACTOR.desk, id);
    expect((await service.templates(other)).rows).toEqual([]);
  });

  it('has a name of its own, a unit one works for, and there are not too many', async () => {
    await service.create(ACTOR.desk, draft);
    expect((await failure(service.create(ACTOR.desk, { ...draft, name: 'giao BAN' }))).code).toBe('exports/name-taken');
    await service.create(other, draft);
    const foreign = await failure(service.create(ACTOR.desk, { ...draft, name: 'Khác', unitId: UNIT.otherDesk }));
    expect(foreign.code).toBe('row/missing');
    for (let n = 1; n < 50; n++) await service.create(ACTOR.desk, { ...draft, name: `Mẫu ${n}` });
    const many = await failure(service.create(ACTOR.desk, { ...draft, name: 'Mẫu 50' }));
    expect([many.code, many.status]).toEqual(['exports/too-many', 409]);
    expect((await service.templates(ACTOR.desk)).rows).toHaveLength(50);
  });
});
