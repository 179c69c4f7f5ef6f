import type { Lines } from './rules/series.ts';
import {
  createSeriesBook,
  type Name,
  type ReadSeries,
  type SeriesAsk,
  type SeriesBook,
  type SeriesReading,
} from './series-book.ts';

/** What is counted only (undefined: all), and what is told apart besides the unit (undefined: nothing). */
export type SeriesFilter<W, B extends string> = { readonly narrowing: W | undefined; readonly by: B | undefined };

/** Names of what is told apart that say the same as a filter. */
export type Wider<N extends Name, B extends string> = { readonly by: B; readonly only: (name: N) => boolean };

/** Series books that also answer questions with filters. */
export type NarrowedSeries<K extends string, N extends Name, W, B extends string> = Pick<
  SeriesBook<K, N>,
  'forgetFrom'
> & {
  /** @param wider taken where it was read before: then the filter needs no reading */
  sums(
    ask: Pick<SeriesAsk<K, N>, 'groups' | 'days' | 'cuts'>,
    filter: SeriesFilter<W, B>,
    wider?: Wider<N, B>,
  ): Promise<readonly Lines<N>[]>;
  /** See `SeriesBook.readAhead`. @param by undefined: nothing is told apart */
  readAhead(unitIds: readonly string[], kinds: readonly K[], by: B | undefined): Promise<boolean>;
};

type ReadNarrowed<K extends string, N extends Name, W, B extends string> = (
  reading: SeriesReading<K, N>,
  filter: SeriesFilter<W, B>,
) => ReturnType<ReadSeries<K, N>>;

/**
 * Series of all that is counted, of all that is told apart, and of filters, each in a book of its own: filters are many and
 * would push the others out.
 * @param most half months kept at most of each, about
 */
export function createNarrowedSeries<K extends string, N extends Name, W, B extends string>(
  read: ReadNarrowed<K, N, W, B>,
  most: { readonly all: number; readonly divided: number; readonly narrowed: number },
): NarrowedSeries<K, N, W, B> {
  const bookOf = (size: number): SeriesBook<K, N> =>
    createSeriesBook((reading, filter) => {
      const [narrowing, by] = JSON.parse(filter) as [W | null, B | null];
      return read(reading, { narrowing: narrowing ?? undefined, by: by ?? undefined });
    }, size);
  const [all, divided, narrowed] = [bookOf(most.all), bookOf(most.divided), bookOf(most.narrowed)];
  const textOf = ({ narrowing, by }: SeriesFilter<W, B>): string => JSON.stringify([narrowing ?? null, by ?? null]);
  return {
    sums(ask, filter, wider) {
      const { narrowing, by } = filter;
      const asked = { ...ask, filter: textOf(filter), asOne: by !== undefined };
      if (narrowing === undefined) return (by === undefined ? all : divided).sums(asked);
      const known = wider && { ...ask, filter: textOf({ narrowing: undefined, by: wider.by }), only: wider.only };
      return known && divided.knows(known) ? divided.sums(known) : narrowed.sums(asked);
    },
    readAhead: (unitIds, kinds, by) =>
      (by === undefined ? all : divided).readAhead(unitIds, kinds, textOf({ narrowing: undefined, by })),
    forgetFrom(day) {
      for (const book of [all, divided, narrowed]) book.forgetFrom(day);
    },
  };
}
