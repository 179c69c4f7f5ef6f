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
  type Read = (batch: readonly Placed<Asked>[]) => Promise<readonly (readonly VisitSum[])[]>;
  const readBy =
    (read: typeof readSummedVisits, narrowing: VisitNarrowing): Read =>
    async (batch) => {
      const { groups, periods, placeOf } = gridOf(batch);
      const sums = Map.groupBy(await read(db, { groups, periods, narrowing }, frontier), ({ g, p }) => `${g} ${p}`);
      return batch.map((each) => {
        const { g, p } = placeOf(each);
        return sums.get(`${g} ${p}`) ?? [];
      });
    };

  return {
    frontier,
    under,
    placeOf: (day) => new Map([...placesOf(day)].flatMap(([place, ids]) => ids.map((id) => [id, place] as const))),
    async sums(asked, narrowing) {
      const wanted = asked.map(placed);
      const mine = isAllVisits(narrowing) ? kept : new Map<string, Promise<readonly VisitSum[]>>();
      if (mine.size > SUMS_KEPT) mine.clear();
      const missing = new Map(wanted.filter(({ key }) => !mine.has(key)).map((each) => [each.key, each]));
      for (const batch of batchesOf([...missing.values()], () => '')) {
        const found = readBy(readSummedVisits, narrowing)(batch);
        for (const [nth, { key }] of batch.entries()) {
          const sums = found.then((all) => all[nth] ?? []);
          mine.set(key, sums);
          sums.catch(() => mine.delete(key));
        }
      }
      const summed = wanted.map(({ key }) => mine.get(key) ?? []);
      const live = addDays(frontier, 1);
      const running = new Map(wanted.filter(({ one }) => one.period.to >= live).map((each) => [each.key, each]));
      const batches = batchesOf([...running.values()], () => '');
      const since = new Map(
        (
          await Promise.all(
            batches.map(async (batch) => {
              const found = await readBy(readVisitsSince, narrowing)(batch);
              return batch.map(({ key }, nth) => [key, found[nth] ?? []] as const);
            }),
          )
        ).flat(),
      );
      return Promise.all(
        wanted.map(async ({ key }, nth) => [...((await summed[nth]) ?? []), ...(since.get(key) ?? [])]),
      );
    },
  };
}
