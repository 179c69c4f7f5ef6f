import type { Db } from './open.ts';

/**
 * One of something for each database, made when it is first asked for and kept as long as its pool.
 * @example const bookOf = onePerDb(createBook); bookOf(db) === bookOf(db)
 */
export function onePerDb<T>(make: (db: Db) => T): (db: Db) => T {
  const made = new WeakMap<Db, { readonly one: T }>();
  return (db) => {
    const known = made.get(db) ?? { one: make(db) };
    made.set(db, known);
    return known.one;
  };
}
