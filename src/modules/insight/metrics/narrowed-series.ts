import type { Lines } from './rules/series.ts';
import { createSeriesBook, type Name, type ReadSeries, type SeriesAsk, type SeriesBook } from './series-book.ts';

/** A series book that also answers questions with filters. */
export type NarrowedSeries<K extends string, N extends Name, F> = Pick<SeriesBook<K, N>, 'forgetFrom' | 'readAhead'> & {
  /** @param filter undefined: all is counted */
  sums(ask: Omit<SeriesAsk<K>, 'filter'>, filter: F | undefined): Promise<readonly Lines<N>[]>;
};

type ReadNarrowed<K extends string, N extends Name, F> = (
  unitIds: readonly string[],
  kinds: readonly K[],
  from: number,
  keyOf: (name: N) => number,
  filter: F | undefined,
) => ReturnType<ReadSeries<K, N>>;

/**
 * Series of all that is counted, and those of filters in a book of their own, so that these do not push the others out.
 * @param most half months kept at most of each, about
 */
export function createNarrowedSeries<K extends string, N extends Name, F>(
  read: ReadNarrowed<K, N, F>,
  most: { readonly all: number; readonly narrowed: number },
): NarrowedSeries<K, N, F> {
  const all = createSeriesBook<K, N>(
    (unitIds, kinds, from, keyOf) => read(unitIds, kinds, from, keyOf, undefined),
    most.all,
  );
  const narrowed = createSeriesBook<K, N>(
    (unitIds, kinds, from, keyOf, filter) => read(unitIds, kinds, from, keyOf, JSON.parse(filter) as F),
    most.narrowed,
  );
  return {
    sums: (ask, filter) =>
      filter === undefined ? all.sums(ask) : narrowed.sums({ ...ask, filter: JSON.stringify(filter) }),
    readAhead: all.readAhead,
    forgetFrom(day) {
      all.forgetFrom(day);
      narrowed.forgetFrom(day);
    },
  };
}
