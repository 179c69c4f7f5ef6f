import { addDays, type Day } from '../core/time/index.ts';
import { keepersOf, type OrganisationService, type UnitDirectory } from '../modules/foundation/organisation/index.ts';
import type { DossierPorts, RegisterBookFacts } from '../modules/onestop/dossiers/index.ts';

type Books = ReadonlyMap<string, RegisterBookFacts>;
const byName = new Intl.Collator('vi', { numeric: true });

/** Register books of the one-stop desks there are or were, with who keeps the books of those that are gone. */
export function createRegisterBooks(
  organisation: Pick<OrganisationService, 'directory'>,
): Pick<DossierPorts, 'findRegisterBook' | 'listRegisterBooks'> {
  // A directory never changes, so its books of a day are found once; only the last day asked for is kept.
  const remembered = new WeakMap<UnitDirectory, { readonly day: Day; readonly books: Books }>();
  const booksOn = async (day: Day): Promise<{ units: UnitDirectory; books: Books }> => {
    const units = await organisation.directory();
    const known = remembered.get(units);
    if (known?.day === day) return { units, books: known.books };
    const books = allBooks(units, day);
    remembered.set(units, { day, books });
    return { units, books };
  };
  return {
    async findRegisterBook(unitId, day) {
      const { units, books } = await booksOn(day);
      return books.get(unitId) ?? bookOf(units, unitId, day, []);
    },
    async listRegisterBooks(day) {
      const { books } = await booksOn(day);
      return [...books.values()].sort((a, b) => byName.compare(a.name, b.name));
    },
  };
}

function allBooks(units: UnitDirectory, day: Day): Books {
  const books = new Map<string, RegisterBookFacts>();
  const tookOver = new Map<string, Day[]>();
  const desks = units.everOfType('one-stop-desk');
  for (const unitId of desks) {
    const book = bookOf(units, unitId, day, []);
    if (!book) continue;
    books.set(unitId, book);
    if (book.lastDay === null) continue;
    // Also a desk between the first and today's, gone meanwhile itself, has taken over.
    for (const at of [addDays(book.lastDay, 1), day]) {
      for (const keeper of keepersOf(units, unitId, at)) {
        tookOver.set(keeper, [...(tookOver.get(keeper) ?? []), addDays(book.lastDay, 1)]);
      }
    }
  }
  for (const [unitId, days] of tookOver) {
    const book = books.get(unitId);
    if (book) books.set(unitId, { ...book, tookOverOn: [...new Set(days)].sort() });
  }
  return books;
}

function bookOf(
  units: UnitDirectory,
  unitId: string,
  day: Day,
  tookOverOn: readonly Day[],
): RegisterBookFacts | undefined {
  const last = units.historyOf(unitId).at(-1);
  if (!last) return undefined;
  const gone = last.validTo !== null && last.validTo !== undefined && last.validTo < day;
  return {
    unitId,
    name: last.name,
    lastDay: gone ? (last.validTo ?? null) : null,
    keepers: gone ? keepersOf(units, unitId, day) : [],
    tookOverOn,
  };
}
