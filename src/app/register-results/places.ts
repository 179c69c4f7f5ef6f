import { type Actor, holds } from '../../core/access/actor.ts';
import { formatDecimalsVi, formatNumberVi } from '../../core/text/numbers.ts';
import type { IndexService } from '../../modules/insight/indices/index.ts';
import type { RegisterResult } from '../../modules/insight/registers/index.ts';
import { words } from '../../platform/messages/words.ts';
import { hasAll, type ResultKind } from './kind.ts';

type Table = {
  readonly id: string;
  readonly name: string;
  readonly year: number;
  readonly max: number;
  readonly population: number | null;
  readonly rows: readonly {
    readonly unitId: string | null;
    readonly unitName: string;
    readonly total: number | null;
    readonly band: string | null;
    readonly rank: number | null;
  }[];
};

/** Places in published tables and in frozen rounds, as far as their pages show them to the actor. */
export function createPlaces(indices: () => Pick<IndexService, 'league' | 'rounds' | 'round'>): ResultKind {
  async function all(actor: Actor): Promise<RegisterResult[]> {
    if (!holds(actor, 'indices.read')) return [];
    const [{ tables }, { rows }] = await Promise.all([
      indices().league({}),
      indices().rounds(actor, { state: 'frozen' }),
    ]);
    const frozen = await Promise.all(rows.map((round) => indices().round(actor, round.id)));
    return [...frozen.map((round) => ({ ...round, name: round.setName })), ...tables].flatMap(placesOf);
  }
  return {
    list: async (actor, units, asked) =>
      (await all(actor)).filter(({ unitId, label }) => units.has(unitId) && hasAll(label, asked)),
    async find(actor, codes) {
      const wanted = new Set(codes);
      return (await all(actor)).filter(({ code }) => wanted.has(code));
    },
  };
}

const placesOf = ({ id, name, year, max, population, rows }: Table): RegisterResult[] =>
  rows.flatMap(({ unitId, unitName, total, band, rank }) => {
    if (unitId === null) return [];
    const told = [
      ...(total === null
        ? []
        : [words('registers.result.points', { total: formatDecimalsVi(total, 2), max: formatNumberVi(max) })]),
      ...(band === null ? [] : [band]),
      ...(rank === null ? [] : [rankText(rank, population)]),
    ];
    if (told.length === 0) return [];
    const result = { name, year: String(year), unit: unitName, points: told.join(', ') };
    return [{ code: `index:${id}:${unitId}`, label: words('registers.result.index', result), unitId }];
  });

const rankText = (rank: number, population: number | null): string =>
  population === null
    ? words('registers.result.rank', { rank: String(rank) })
    : words('registers.result.rank-of', { rank: String(rank), population: String(population) });
