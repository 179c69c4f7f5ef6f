import { expect, test } from 'vitest';
import { readOrganisationContent } from '../modules/foundation/organisation/content.ts';
import { buildUnitDirectory } from '../modules/foundation/organisation/rules/unit-directory.ts';
import { createRegisterBooks } from './register-books.ts';

const content = readOrganisationContent();
const directory = buildUnitDirectory(
  content.units.flatMap((u) => u.versions.map(({ parentKey, ...v }) => ({ ...v, unitId: u.key, parentId: parentKey }))),
  content.units.flatMap((u) => u.codes.map((c) => ({ ...c, unitId: u.key }))),
  content.successions.map((s) => ({ ...s, id: s.key })),
);
const books = createRegisterBooks({ directory: async () => directory });
const nameOf = (unitId: string): string => directory.historyOf(unitId).at(-1)?.name ?? '';

test('the desk of a merged commune keeps no book any more; the desk of the commune it went into does', async () => {
  const desk = '20779-tan-binh/mot-cua';
  expect(await books.findRegisterBook(desk, '2023-08-31')).toMatchObject({
    lastDay: null,
    keepers: [],
    tookOverOn: [],
  });
  const gone = await books.findRegisterBook(desk, '2026-11-22');
  expect(gone?.lastDay).toBe('2025-06-30');
  expect(gone?.keepers.map(nameOf)).toEqual(['Trung tâm Phục vụ hành chính công xã Hiệp Đức']);
  const heir = await books.findRegisterBook(gone?.keepers[0] ?? '', '2026-11-22');
  expect(heir).toMatchObject({ lastDay: null, keepers: [] });
  expect(heir?.tookOverOn).toContain('2025-07-01');
});

test('a district that was split into communes has a book with several keepers', async () => {
  const gone = await books.findRegisterBook('512-hiep-duc/mot-cua', '2026-11-22');
  expect(gone?.lastDay).toBe('2025-06-30');
  expect(gone?.keepers.length).toBeGreaterThan(1);
  expect(new Set(gone?.keepers).size).toBe(gone?.keepers.length);
});

test('the list has the desks of today and those that are gone, each once; what is no unit has no book', async () => {
  const list = await books.listRegisterBooks('2026-11-22');
  expect(list.some((book) => book.lastDay === null)).toBe(true);
  expect(list.some((book) => book.lastDay !== null)).toBe(true);
  expect(new Set(list.map((book) => book.unitId)).size).toBe(list.length);
  expect(await books.findRegisterBook('no-unit', '2026-11-22')).toBeUndefined();
});
