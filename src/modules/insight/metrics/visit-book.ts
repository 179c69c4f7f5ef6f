import { addDays, type Day } from '../../../core/time/index.ts';
import { createSharedReader } from '../../../platform/db/gather.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { MetricsContext } from './context.ts';
import { batchesOf, gridOf, type Placed } from './placed-batches.ts';
import { findCountedUnits } from './read-store.ts';
import { type Places, placesOn, unitsUnder } from './rules/placement.ts';
import type { MetricQuery } from './rules/types.ts';
import {
  findFrontier,
  isAllVisits,
  readSummedVisits,
  readVisitsSince,
  type VisitNarrowing,
  type VisitSum,
} from './visit-store.ts';

type Asked = Pick<MetricQuery, 'unitId' | 'roll' | 'period'>;

/** Where visits stand, for one question or several. */
export type VisitBook = {
  under(asked: Asked): { readonly unitIds: readonly string[]; readonly moved: boolean };
  /** The unit each of those stands at on the day. */
  placeOf(day: Day): ReadonlyMap<string, string>;
  /** The last day added up. */
  readonly frontier: Day;
  /** Visits of each, in the order asked, up to now. What was added up is read once until more is, where nothing is filtered. */
  sums(asked: readonly Asked[], narrowing: VisitNarrowing): Promise<readonly (readonly VisitSum[])[]>;
};

/** Days places are remembered of. */
const DAYS_KEPT = 200;
/** Units and periods sums are remembered of; some ten sums each. */
const SUMS_KEPT = 300;
/** Who look at the frontier together, at most. */
const LOOKING = 1000;

type Standing = {
  readonly look: () => ReturnType<typeof findFrontier>;
  last?: { readonly directory: UnitDirectory; readonly stamp: string; readonly book: VisitBook };
};
const standingOf = onePerDb((db): Standing => {
  const look = createSharedReader(() => findFrontier(db), LOOKING);
  return { look: () => look(null) };
});

/**
 * Desks and offices decide nothing, so places of visits are of other units than those of dossiers.
 * @throws AppError metrics/building before the sums of visits were first made: counting all tasks takes minutes
 */
export async function openVisitBook(ctx: MetricsContext): Promise<VisitBook> {
  const standing = standingOf(ctx.readDb);
  const [directory, frontier] = await Promise.all([ctx.directory(), standing.look()]);
  if (frontier === undefined) throw new AppError('metrics/building');
  const { last } = standing;
  if (last?.directory === directory && last.stamp === frontier.stamp) return last.book;
  const visited = await findCountedUnits(ctx.readDb, 'metrics.visit_sum');
  const book = createVisitBook(ctx.readDb, directory, visited, frontier.day);
  standing.last = { directory, stamp: frontier.stamp, book };
  return book;
}

function createVisitBook(db: Db, directory: UnitDirectory, visited: readonly string[], frontier: Day): VisitBook {
  const known = new Map<Day, Places>();
  const kept = new Map<string, Promise<readonly VisitSum[]>>();
  const placesOf = (day: Day): Places => {
    const found = known.get(day) ?? placesOn(directory, visited, day);
    if (known.size > DAYS_KEPT) known.clear();
    known.set(day, found);
    return found;
  };
  const under: VisitBook['under'] = ({ unitId, roll, period: { to } }) => {
    // Those without visits before today are not in the sums yet.
    const present = directory.reachOn(unitId, roll === 'tree' ? 'subtree' : 'unit', to);
    const { unitIds, moved } = unitsUnder(directory, placesOf(to), unitId, roll, to);
    return { unitIds: [...new Set([...present, ...unitIds])], moved };
  };
  const placed = (one: Asked): Placed<Asked> => {
    const { unitId, roll, period } = one;
    return { key: `${unitId} ${roll} ${period.from} ${period.to}`, one, unitIds: under(one).unitIds };
  };
  /** By key: one reading for each batch. */
  const readEach = (
    wanted: readonly Placed<Asked>[],
    read: typeof readSummedVisits,
    narrowing: VisitNarrowing,
  ): ReadonlyMap<string, Promise<readonly VisitSum[]>> => {
    const each = new Map(wanted.map((one) => [one.key, one]));
    const found = new Map<string, Promise<readonly VisitSum[]>>();
    for (const batch of batchesOf([...each.values()], () => '')) {
      const { groups, periods, placeOf } = gridOf(batch);
      const sums = read(db, { groups, periods, narrowing }, frontier).then((rows) =>
        Map.groupBy(rows, ({ g, p }) => `${g} ${p}`),
      );
      for (const one of batch) {
        const { g, p } = placeOf(one);
        found.set(
          one.key,
          sums.then((all) => all.get(`${g} ${p}`) ?? []),
        );
      }
    }
    return found;
  };

  return {
    frontier,
    under,
    placeOf: (day) => new Map([...placesOf(day)].flatMap(([place, ids]) => ids.map((id) => [id, place] as const))),
    async sums(asked, narrowing) {
      const wanted = asked.map(placed);
      const mine = isAllVisits(narrowing) ? kept : new Map<string, Promise<readonly VisitSum[]>>();
      if (mine.size > SUMS_KEPT) mine.clear();
      const missing = wanted.filter(({ key }) => !mine.has(key));
      for (const [key, sums] of readEach(missing, readSummedVisits, narrowing)) {
        mine.set(key, sums);
        sums.catch(() => mine.delete(key));
      }
      const live = addDays(frontier, 1);
      const running = wanted.filter(({ one }) => one.period.to >= live);
      const since = readEach(running, readVisitsSince, narrowing);
      return Promise.all(
        wanted.map(async ({ key }) => (await Promise.all([mine.get(key) ?? [], since.get(key) ?? []])).flat()),
      );
    },
  };
}
