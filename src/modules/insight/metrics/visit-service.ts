import { type Actor, holds } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { dossierScope } from '../../onestop/dossiers/index.ts';
import type { MetricsContext } from './context.ts';
import { narrowingOf } from './narrowing.ts';
import { findCountedUnits } from './read-store.ts';
import type { Figure } from './rules/bundle.ts';
import type { MetricDefinition, VisitTerm } from './rules/definition.ts';
import { type Places, placesOn, unitsUnder } from './rules/placement.ts';
import type { MetricQuery, MetricWhere, Paging, Period, VisitRows } from './rules/types.ts';
import { visitFigureOf } from './rules/visits.ts';
import { findFrontier, readVisitRows, readVisits, type VisitNarrowing, type VisitSum } from './visit-store.ts';

const PERSONS = 'metrics.persons';

/** Whether the reader may know who did the steps at the unit. */
export const mayKnowPersons = (actor: Actor, unitId: string): boolean =>
  actor.kind === 'system' || holds(actor, PERSONS, unitId);

/** Whoever narrows by a person needs `metrics.persons` at the unit. @throws AppError row/missing */
export function mayAskPerson(actor: Actor, { unitId, where }: Pick<MetricQuery, 'unitId' | 'where'>): void {
  if (where?.staffId !== undefined && !mayKnowPersons(actor, unitId)) throw new AppError('row/missing');
}

/** Where visits stand on the last day of a period, for one question or several. */
export type VisitPlaces = {
  under(asked: Pick<MetricQuery, 'unitId' | 'roll' | 'period'>): {
    readonly unitIds: readonly string[];
    readonly moved: boolean;
  };
  /** The unit each of those stands at on the day. */
  placeOf(day: Day): ReadonlyMap<string, string>;
  /** The last day added up. */
  readonly frontier: Day;
};

const standing = new WeakMap<
  Db,
  { readonly directory: UnitDirectory; readonly stamp: string; readonly places: VisitPlaces }
>();
/** Days places are remembered of. */
const DAYS_KEPT = 200;

/**
 * Desks and offices decide nothing, so places of visits are of other units than those of dossiers.
 * @throws AppError metrics/building before the sums of visits were first made: counting all tasks takes minutes
 */
export async function visitPlaces(ctx: MetricsContext): Promise<VisitPlaces> {
  const [directory, frontier] = await Promise.all([ctx.directory(), findFrontier(ctx.readDb)]);
  if (frontier === undefined) throw new AppError('metrics/building');
  const known = standing.get(ctx.readDb);
  if (known?.directory === directory && known.stamp === frontier.stamp) return known.places;
  const visited = await findCountedUnits(ctx.readDb, 'metrics.visit_sum');
  const places = placesOfVisits(directory, visited, frontier.day);
  standing.set(ctx.readDb, { directory, stamp: frontier.stamp, places });
  return places;
}

function placesOfVisits(directory: UnitDirectory, visited: readonly string[], frontier: Day): VisitPlaces {
  const known = new Map<Day, Places>();
  const placesOf = (day: Day): Places => {
    const found = known.get(day) ?? placesOn(directory, visited, day);
    if (known.size > DAYS_KEPT) known.clear();
    known.set(day, found);
    return found;
  };
  return {
    frontier,
    under({ unitId, roll, period: { to } }) {
      // Those without visits before today are not in the sums yet.
      const present = directory.reachOn(unitId, roll === 'tree' ? 'subtree' : 'unit', to);
      const { unitIds, moved } = unitsUnder(directory, placesOf(to), unitId, roll, to);
      return { unitIds: [...new Set([...present, ...unitIds])], moved };
    },
    placeOf: (day) => new Map([...placesOf(day)].flatMap(([place, ids]) => ids.map((id) => [id, place] as const))),
  };
}

export async function visitNarrowing(
  ctx: MetricsContext,
  where: MetricWhere | undefined,
  day: Day,
): Promise<VisitNarrowing> {
  const { procedureCodes } = await narrowingOf(ctx.ports, where, day);
  return { procedureCodes, channel: where?.channel, stepId: where?.stepId, staffId: where?.staffId };
}

type Asked = { readonly query: MetricQuery; readonly definition: MetricDefinition };

/** Figures of visits in the order asked: one reading for each filter, whatever the units, periods and metrics. */
export async function readVisitFigures(
  ctx: MetricsContext,
  places: VisitPlaces,
  asked: readonly Asked[],
): Promise<readonly Figure[]> {
  const questions = new Map<
    string,
    { where: MetricWhere | undefined; groups: Map<string, readonly string[]>; periods: Map<string, Period> }
  >();
  const placed = asked.map(({ query }) => {
    const { where, period } = query;
    // The field is that of the procedure on the last day, so it makes a question for each day.
    const key = JSON.stringify([where, where?.field === undefined ? '' : period.to]);
    const question = questions.get(key) ?? { where, groups: new Map(), periods: new Map() };
    questions.set(key, question);
    const { unitIds } = places.under(query);
    const [group, time] = [unitIds.join(), `${period.from} ${period.to}`];
    question.groups.set(group, unitIds);
    question.periods.set(time, period);
    return { key, group, time };
  });
  const answers = new Map(
    await Promise.all(
      [...questions].map(async ([key, { where, groups, periods }]) => {
        const all = [...periods.values()];
        const narrowing = await visitNarrowing(ctx, where, all[0]?.to ?? '');
        const sums = await readVisits(
          ctx.readDb,
          { groups: [...groups.values()], periods: all, narrowing },
          places.frontier,
        );
        const [gs, ps] = [[...groups.keys()], [...periods.keys()]];
        return [key, Map.groupBy(sums, (one) => `${gs[one.g]}|${ps[one.p]}`)] as const;
      }),
    ),
  );
  return placed.map(({ key, group, time }, nth) => {
    const definition = asked[nth]?.definition;
    if (!definition) throw new Error('as many answers as questions');
    const cells: readonly VisitSum[] = answers.get(key)?.get(`${group}|${time}`) ?? [];
    return visitFigureOf(definition, cells);
  });
}

/** The visits behind a figure; `total` is the number. Who did a step is told to those who may know persons only. */
export async function visitRows(
  ctx: MetricsContext,
  actor: Actor,
  { unitId, roll, period, where }: Omit<MetricQuery, 'metricId'>,
  terms: readonly VisitTerm[],
  paging: Paging,
): Promise<VisitRows> {
  const { unitIds } = (await visitPlaces(ctx)).under({ unitId, roll, period });
  const reading = { unitIds, period, narrowing: await visitNarrowing(ctx, where, period.to) };
  const page = { limit: paging.pageSize, offset: (paging.page - 1) * paging.pageSize };
  const { rows, total, visible } = await readVisitRows(ctx.readDb, terms, reading, dossierScope(actor), page);
  const told = mayKnowPersons(actor, unitId) ? rows : rows.map((row) => ({ ...row, staffId: null }));
  return { rows: told, total, hidden: total - visible };
}
