import { type Actor, holds, type StaffActor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { readerKey } from '../../../platform/db/reader-key.ts';
import type { Stillness } from '../../../platform/db/still-readings.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { Log } from '../../../platform/log/log.ts';
import { type MetricQuery, type MetricValue, previousPeriod } from '../metrics/index.ts';
import type * as contract from './contract.ts';
import type { OverviewPorts, Reach } from './ports.ts';
import { type Concern, foldConcerns, rankConcerns } from './rules/concerns.ts';
import { changeSince, OFFICE_METRICS, PAGE_METRICS } from './rules/figures.ts';

const READ = 'board.read';
/** More units than this are reached from the page of the one above. */
const UNITS_OFFERED = 60;

type Reply = ReplyOf<typeof contract.getOverview>;
/** Each list in the order of the page's metrics; `children`: unit by unit. */
type Figures = Readonly<Record<'values' | 'earlier' | 'children', readonly MetricValue[]>>;
const NO_FIGURES: Figures = { values: [], earlier: [], children: [] };
export type OverviewService = {
  /** @throws AppError row/missing for a unit that is not the reader's; metrics/unknown-period */
  overview(actor: Actor, query: QueryOf<typeof contract.getOverview>): Promise<Reply>;
};
export type OverviewDeps = { readonly log: Log; readonly ports: OverviewPorts };

export function createOverviewService({ log, ports }: OverviewDeps): OverviewService {
  /** One source that fails must not take the page away: it is logged, the others are shown. */
  async function concernsOf(actor: StaffActor, reach: Reach, still: Stillness): Promise<Concern[]> {
    const found = await Promise.all(
      ports.sources
        .filter((source) => holds(actor, source.permission))
        .map(async (source) => {
          try {
            return await source.find(actor, reach);
          } catch (error) {
            log.error({ source: source.name, err: error }, 'a source of the overview failed');
            still.forget();
            return [];
          }
        }),
    );
    const all = found.flat();
    // One name for a unit, whichever source knows of it.
    const names = await ports.unitNames([...new Set(all.flatMap((one) => one.unitId ?? []))], dayOf(reach.now));
    const named = all.map((one) => ({ ...one, unitName: names.get(one.unitId ?? '') ?? '' }));
    return rankConcerns(foldConcerns(named));
  }

  /** Of the unit in both periods, and of those directly below it: two readings, whatever the number of metrics. */
  async function figuresOf(
    actor: StaffActor,
    unitId: string,
    metrics: readonly [string, ...string[]],
    period: MetricQuery['period'],
    before: MetricQuery['period'],
  ): Promise<Figures> {
    const ask = (over: MetricQuery['period']) =>
      metrics.map((metricId): MetricQuery => ({ metricId, unitId, roll: 'tree', period: over }));
    const [both, units] = await Promise.all([
      ports.metrics.values(actor, [...ask(period), ...ask(before)]),
      ports.metrics.byUnit(actor, { metricId: metrics[0], unitId, roll: 'tree', period }, metrics),
    ]);
    return {
      values: both.slice(0, metrics.length),
      earlier: both.slice(metrics.length),
      children: units.filter((one) => one.unitId !== unitId),
    };
  }

  async function read(
    actor: StaffActor,
    { unitId, period }: { readonly unitId: string; readonly period: MetricQuery['period'] },
    units: readonly string[],
    still: Stillness,
  ): Promise<Reply> {
    const { now } = still;
    const today = dayOf(now);
    const before = previousPeriod(period);
    const readable = actor.unitsByPermission.get(READ) ?? new Set();
    const reader = readerKey(actor);
    const reach: Reach = {
      unitId,
      unitIds: new Set((await ports.below(unitId, today)).filter((id) => readable.has(id))),
      now,
      forReader: (name, load) => still.kept(`${name} ${reader}`, load),
    };
    const office = await ports.isOffice(unitId, today);
    const [{ values, earlier, children }, concerns] = await Promise.all([
      holds(actor, 'metrics.read', unitId)
        ? figuresOf(actor, unitId, office ? OFFICE_METRICS : PAGE_METRICS, period, before)
        : NO_FIGURES,
      still.kept(`concerns ${unitId} ${reader}`, () => concernsOf(actor, reach, still)),
    ]);
    const definitions = new Map(ports.metrics.definitions(period.to).map((one) => [one.id, one]));
    const below = Map.groupBy(children, (one) => one.unitId);
    const names = await ports.unitNames([...new Set([...units, unitId, ...below.keys()])], today);
    const nameOf = (id: string): string => names.get(id) ?? '';
    return {
      at: toIso(now),
      unit: { id: unitId, name: nameOf(unitId) },
      office,
      units: units.map((id) => ({ id, name: nameOf(id) })),
      period: { id: period.id, from: period.from, to: period.to, cutoff: 'calendar' as const },
      before: { id: before.id, from: before.from, to: before.to },
      figures: values.flatMap((value, n) => figureOf(value, earlier[n], definitions.get(value.metricId)) ?? []),
      concerns,
      below: [...below]
        .map(([id, list]) => ({
          unitId: id,
          unitName: nameOf(id),
          values: list.map((one) => ({ metricId: one.metricId, unit: one.unit, rounded: one.rounded })),
        }))
        // Offices decide nothing themselves: what has no figures only lengthens the page.
        .filter((row) => row.values.some((one) => (one.rounded ?? 0) !== 0))
        .sort((a, b) => a.unitName.localeCompare(b.unitName, 'vi')),
    };
  }

  return {
    async overview(actor, query) {
      if (actor.kind !== 'staff') throw new AppError('access/forbidden');
      const still = await ports.still();
      const today = dayOf(still.now);
      const reader = readerKey(actor);
      const units = await still.kept(`units ${reader}`, async () =>
        (await ports.ordered(unitsFor(actor, READ), today)).slice(0, UNITS_OFFERED),
      );
      const unitId = query.unitId ?? units[0];
      if (unitId === undefined || !holds(actor, READ, unitId)) throw new AppError('row/missing');
      const period = ports.metrics.periodOf(query.period ?? today.slice(0, 7), 'calendar');
      return still.kept(`page ${unitId} ${period.id} ${reader}`, () => read(actor, { unitId, period }, units, still));
    },
  };
}

type Definition = ReturnType<OverviewPorts['metrics']['definitions']>[number];

function figureOf(
  value: MetricValue,
  before: MetricValue | undefined,
  definition: Definition | undefined,
): Reply['figures'][number] | undefined {
  if (!definition) return undefined;
  return {
    metricId: value.metricId,
    name: definition.name,
    meaning: definition.meaning,
    source: definition.source,
    verified: definition.verified,
    unit: value.unit,
    numerator: value.numerator,
    denominator: value.denominator,
    rounded: value.rounded,
    before: before?.rounded ?? null,
    change: changeSince(value.rounded, before?.rounded ?? null, definition.direction),
    frozenAt: value.frozenAt ? toIso(value.frozenAt) : null,
    computedAt: toIso(value.computedAt),
  };
}
