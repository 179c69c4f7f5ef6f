import type { SystemActor } from '../core/access/actor.ts';
import { formatDay } from '../core/time/index.ts';
import type { UnitDirectory } from '../modules/foundation/organisation/index.ts';
import { figureValue, type MetricsService } from '../modules/insight/metrics/index.ts';
import type { RegisterAnswer, RegisterAsk } from '../modules/insight/reports/index.ts';

/** Counts are the unit's; who may see its report may see them. The rows behind need a permission of their own. */
const SYSTEM: SystemActor = { kind: 'system', name: 'reports', assurance: 'system' };

/**
 * Metrics for cells of reports that name one, of exactly the days asked, as the screen of figures shows them for these days.
 * Figures of former units stand under those in their place already, so only the first of the units is asked; `own` is the
 * unit with its offices.
 */
export async function metricFigures(
  metrics: MetricsService,
  directory: UnitDirectory,
  asks: readonly RegisterAsk[],
): Promise<readonly RegisterAnswer[]> {
  const wanted = asks.map(({ measure, unitIds, reach, ends: { from, to } }) => {
    const [unitId = ''] = unitIds;
    // A source without a first day is refused when the form is saved.
    const period = metrics.periodOf(`${from ?? to}..${to}`, 'calendar');
    const definition = metrics.definitions(to).find((one) => one.id === measure);
    const units = reach === 'tree' ? [unitId] : directory.reachOn(unitId, 'authority', to);
    const roll = reach === 'tree' ? ('tree' as const) : ('own' as const);
    const queries = definition ? units.map((one) => ({ metricId: measure, unitId: one, roll, period })) : [];
    return { period, definition, queries };
  });
  const values = (
    await metrics.values(
      SYSTEM,
      wanted.flatMap((one) => one.queries),
    )
  ).values();
  return wanted.map(({ period: { id, from, to }, definition, queries }): RegisterAnswer => {
    const mine = queries.flatMap(() => values.next().value ?? []);
    const sum = (of: 'numerator' | 'denominator'): number | null => {
      const known = mine.flatMap((one) => one[of] ?? []);
      return known.length === 0 ? null : known.reduce((total, one) => total + one, 0);
    };
    const figure = { numerator: sum('numerator'), denominator: sum('denominator') };
    return {
      periods: [{ id, name: `${formatDay(from)} – ${formatDay(to)}` }],
      ...figure,
      value: definition ? figureValue(definition, figure).rounded : null,
      entered: 1,
      expected: 1,
    };
  });
}
