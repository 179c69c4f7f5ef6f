import type { SystemActor } from '../core/access/actor.ts';
import type { IndexPorts } from '../modules/insight/indices/index.ts';
import {
  factOf,
  type MetricDefinition,
  type MetricQuery,
  type MetricsService,
} from '../modules/insight/metrics/index.ts';
import { words } from '../platform/messages/words.ts';

type Measure = NonNullable<ReturnType<Awaited<ReturnType<IndexPorts['measures']>>['get']>>;
type Named = Pick<MetricDefinition, 'id' | 'name' | 'unit' | 'numerator' | 'validFrom'>;

const SYSTEM: SystemActor = { kind: 'system', name: 'indices', assurance: 'system' };
const PROCEDURES = 'procedures:';

/** Shares of dossiers: a mean in minutes has nothing above its line that a procedure could have or lack. */
const isShare = (one: Named): boolean => factOf(one) === 'dossier' && one.unit === 'percent';
const nameOf = (name: string): string => words('server.indices.procedures-measure', { name });

/** What a set may name to have procedures counted instead of their dossiers. */
export const procedureMeasures = (definitions: readonly Named[]): Awaited<ReturnType<IndexPorts['metrics']>> =>
  definitions.filter(isShare).map(({ id, name }) => ({ id: `${PROCEDURES}${id}`, name: nameOf(name) }));

/**
 * Procedures with dossiers above the line of a metric, of all with dossiers below it; undefined where the id is
 * no such measure.
 * @example procedures:online-payment-share → procedures somebody paid for online, of those somebody owed a fee for
 */
export async function procedureMeasure(
  metrics: Pick<MetricsService, 'split'>,
  known: readonly Named[],
  id: string,
  query: Omit<MetricQuery, 'metricId'>,
): Promise<Measure | undefined> {
  const definition = known.find((one) => id === `${PROCEDURES}${one.id}` && isShare(one));
  if (!definition) return undefined;
  const parts = await metrics.split(SYSTEM, query, 'procedure', [definition.id]);
  const having = (side: 'numerator' | 'denominator'): number =>
    parts.filter(({ values: [value] }) => (value?.[side] ?? 0) > 0).length;
  const figure = { numerator: having('numerator'), denominator: having('denominator') };
  return { ...figure, definitionId: `${id}@${definition.validFrom}`, name: nameOf(definition.name) };
}
