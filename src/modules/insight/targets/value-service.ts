import type { Actor } from '../../../core/access/actor.ts';
import { Decimal } from '../../../core/scoring/index.ts';
import { addDays, type Day, dayOf, daysBetween, formatDay } from '../../../core/time/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { type MetricQuery, type MetricValue, type Period, periodOf, previousPeriod } from '../metrics/index.ts';
import type { TargetContext } from './context.ts';
import type { ForeignSource } from './ports.ts';
import { findPriors, findValuesUpTo } from './prior-store.ts';
import { type Attained, attain, measured, type Reading } from './rules/attain.ts';
import { type Change, change } from './rules/change.ts';
import type { Reference, TargetTerms } from './rules/definition.ts';
import { type Begun, type Forecast, forecast } from './rules/forecast.ts';
import { referenceOf } from './rules/lint.ts';
import { findLastValues, type TargetRow } from './store.ts';

/** Reads figures of units the reader of a target may not see: the goal of a commune may be its province's average. */
const READER: Actor = { kind: 'system', name: 'targets', assurance: 'system' };

/** A target with its result, judged. */
export type Judged = {
  readonly row: TargetRow;
  readonly reading: Reading | null;
  readonly valueFrom: 'metric' | 'register' | 'survey' | 'index' | 'entered';
  readonly attained: Attained;
  /** Last day the figure holds for. */
  readonly asOf: Day | null;
  readonly forecast: Forecast | null;
  /** A running total would be forecast, but where it stood when the period began is not known. */
  readonly startUnknown: boolean;
  readonly change: (Change & { readonly since: string }) | null;
  /** The question a metric was asked; undefined for other sources. */
  readonly query: MetricQuery | undefined;
};

type Asked = {
  readonly row: TargetRow;
  readonly period: Period;
  readonly now: MetricQuery | undefined;
  readonly before: MetricQuery | undefined;
  readonly reference: readonly MetricQuery[];
};

/** Results of targets, all figures in one question to metrics. Whether the reader may see them is checked before. */
export async function judgeTargets(ctx: TargetContext, rows: readonly TargetRow[]): Promise<readonly Judged[]> {
  const today = dayOf(ctx.clock.now());
  const directory = await ctx.ports.directory();
  const asked = rows.map((row) => ask(directory, row, today));
  const [figures, entered] = await Promise.all([
    readFigures(
      ctx,
      asked.flatMap((one) => [one.now, one.before, ...one.reference].flatMap((query) => query ?? [])),
    ),
    findLastValues(
      ctx.db,
      rows.map((row) => row.id),
    ),
  ]);
  const workingDays = remembered(ctx);
  const found = await Promise.all(
    asked.map(async ({ row, period, now }): Promise<Found> => {
      const source = kindOf(row.terms);
      const foreign = source === 'register' || source === 'survey' || source === 'index';
      const { value, unit } = row.terms;
      const known = foreign ? await ctx.ports.valueOf(value as ForeignSource, row.unitId, period, unit) : undefined;
      const typed = known || now ? undefined : entered.get(row.id);
      const last = today < row.toDay ? today : row.toDay;
      const upTo = typed?.asOf ?? (known?.asOf && known.asOf < last ? known.asOf : last);
      const reading = now ? readingOf(figures(now)) : (known ?? typed ?? null);
      return { row, period, reading, valueFrom: now ? 'metric' : known ? source : 'entered', upTo };
    }),
  );
  const [priorOf, begunOf] = await Promise.all([readPriors(ctx, found), readBegun(ctx, found, workingDays)]);
  return Promise.all(
    asked.map(async ({ row, now, before: earlier, reference }, at): Promise<Judged> => {
      const { terms } = row;
      const { reading, valueFrom, upTo } = found[at] ?? { reading: null, valueFrom: 'entered', upTo: row.toDay };
      const wanted = mean(reference.map((query) => measured({ unit: terms.unit }, readingOf(figures(query)))));
      const attained = attain(terms, reading, wanted);
      const [days, ofDays] = await Promise.all([
        workingDays(row.unitId, row.fromDay, upTo < row.toDay ? upTo : row.toDay),
        workingDays(row.unitId, row.fromDay, row.toDay),
      ]);
      const { base } = terms;
      const prior = priorOf.get(row.id);
      const compared = earlier?.period ?? prior?.period;
      const last = base
        ? new Decimal(base.value)
        : earlier
          ? measured(terms, readingOf(figures(earlier)))
          : (prior?.value ?? null);
      const moved = change(attained.value, last);
      const begun = begunOf.get(row.id);
      const outlook = forecast(terms, reading, wanted, { days, ofDays }, begun);
      return {
        row,
        reading,
        valueFrom,
        attained,
        asOf: reading && row.fromDay <= today ? upTo : null,
        forecast: outlook,
        startUnknown: begun === null && outlook === null && attained.value !== null && row.fromDay <= today,
        change: moved && {
          ...moved,
          since: base?.label ?? (compared ? `${formatDay(compared.from)} – ${formatDay(compared.to)}` : ''),
        },
        query: now,
      };
    }),
  );
}

const kindOf = ({ value }: TargetTerms): 'metric' | 'register' | 'survey' | 'index' | 'entered' => {
  if ('metric' in value) return 'metric';
  if ('register' in value) return 'register';
  if ('survey' in value) return 'survey';
  return 'index' in value ? 'index' : 'entered';
};

export function periodOfTarget(row: Pick<TargetRow, 'periodId' | 'cutoff' | 'fromDay' | 'toDay'>): Period {
  const { periodId: id, cutoff, fromDay: from, toDay: to } = row;
  return periodOf(id, cutoff) ?? { id, from, to, cutoff };
}

/** Figures of many questions; those about a future or from before the metric was defined have none. */
export async function readFigures(
  ctx: TargetContext,
  queries: readonly MetricQuery[],
): Promise<(query: MetricQuery) => MetricValue | undefined> {
  const today = dayOf(ctx.clock.now());
  const possible = queries.filter(
    ({ metricId, period }) =>
      period.from <= today && ctx.metrics.definitions(period.to).some((one) => one.id === metricId),
  );
  const unique = [...new Map(possible.map((query) => [JSON.stringify(query), query])).entries()];
  const values =
    unique.length === 0
      ? []
      : await ctx.metrics.values(
          READER,
          unique.map(([, query]) => query),
        );
  const found = new Map(unique.map(([key], at) => [key, values[at]]));
  return (query) => found.get(JSON.stringify(query));
}

/** A figure as a reading; percentages keep their counts. */
export function readingOf(value: MetricValue | undefined): Reading | null {
  if (!value || value.value === null) return null;
  return value.unit === 'percent'
    ? { numerator: value.numerator, denominator: value.denominator }
    : { value: value.value, volume: value.denominator };
}

function ask(directory: UnitDirectory, row: TargetRow, today: Day): Asked {
  const period = periodOfTarget(row);
  const day = row.toDay;
  const { value, goal } = row.terms;
  const now = 'metric' in value ? queryOf(value, row, period, directory) : undefined;
  const moving = referenceOf(goal);
  const metricId = moving?.metric ?? ('metric' in value ? value.metric : undefined);
  const reference =
    moving && metricId !== undefined
      ? referenceUnits(directory, moving, row.unitId, day).map(
          (unitId): MetricQuery => ({
            metricId,
            unitId,
            roll: 'tree',
            period,
            ...(now?.where ? { where: now.where } : {}),
          }),
        )
      : [];
  return { row, period, now, before: now && before(now, period, today), reference };
}

/** The period before: whole once this one is over; while it runs as many days of it as have passed of this one. */
function before(now: MetricQuery, period: Period, today: Day): MetricQuery | undefined {
  return period.from > today ? undefined : { ...now, period: sameDaysBefore(period, today, period.to < today) };
}

/** @param upTo last day of the period that counts, inclusive @param over the period is over, and counts whole */
function sameDaysBefore(period: Period, upTo: Day, over: boolean): Period {
  const previous = previousPeriod(period);
  if (over) return previous;
  const { from, to } = previous;
  const end = addDays(from, daysBetween(period.from, upTo));
  const last = end < to ? end : to;
  return { id: `${from}..${last}`, from, to: last, cutoff: period.cutoff };
}

type Found = Pick<Judged, 'row' | 'reading' | 'valueFrom'> & { readonly period: Period; readonly upTo: Day };
type PriorValue = { readonly period: Period; readonly value: Decimal | null };

/**
 * What no metric counts, in the period before, as many days of it as the figure now is old: what was entered for the
 * target of the same unit and name, or what the same register, survey or index says. A plan is that of its own period.
 */
async function readPriors(ctx: TargetContext, all: readonly Found[]): Promise<ReadonlyMap<string, PriorValue>> {
  const open = all.flatMap((one) => {
    const { row, period, reading, valueFrom, upTo } = one;
    if (valueFrom === 'metric' || row.terms.base || reading === null || upTo < period.from) return [];
    return [{ ...one, compared: sameDaysBefore(period, upTo, upTo >= period.to) }];
  });
  const priors = await findPriors(
    ctx.db,
    open.map(({ row, period }) => ({
      id: row.id,
      unitId: row.unitId,
      name: row.terms.name,
      periodId: previousPeriod(period).id,
    })),
  );
  const entered = await findValuesUpTo(
    ctx.db,
    open.flatMap(({ row, valueFrom, compared }) => {
      const prior = valueFrom === 'entered' ? priors.get(row.id) : undefined;
      return prior ? [{ id: prior.id, upTo: compared.to }] : [];
    }),
  );
  const values = open.map(async ({ row, reading: now, valueFrom, compared }): Promise<[string, PriorValue]> => {
    const prior = priors.get(row.id);
    const terms = row.terms.planned || valueFrom === 'entered' ? prior?.terms : row.terms;
    if (!terms || terms.unit !== row.terms.unit) return [row.id, { period: compared, value: null }];
    const same = kindOf(terms) === valueFrom;
    const reading =
      valueFrom === 'entered'
        ? entered.get(prior?.id ?? '')
        : same
          ? await ctx.ports.valueOf(terms.value as ForeignSource, row.unitId, compared, terms.unit)
          : undefined;
    const alike = now?.outOf === reading?.outOf;
    return [row.id, { period: compared, value: alike ? measured(terms, reading ?? null) : null }];
  });
  return new Map(await Promise.all(values));
}

/**
 * Where running totals of registers stood before the period: by the whole of the period before, as far as it was entered.
 * Counts are held against what is to be counted now. Null: not known; absent: no running total.
 */
async function readBegun(
  ctx: TargetContext,
  all: readonly Found[],
  workingDays: (unitId: string, from: Day, to: Day) => Promise<number>,
): Promise<ReadonlyMap<string, Begun | null>> {
  const found = await Promise.all(
    all.map(async ({ row, period, reading, upTo }): Promise<[string, Begun | null] | undefined> => {
      const { terms, unitId } = row;
      if (terms.forecast !== 'count' || !('register' in terms.value) || reading === null) return undefined;
      if ((await ctx.ports.isRunningTotal?.(terms.value.register)) !== true) return undefined;
      const before = previousPeriod(period);
      const start = await ctx.ports.valueOf(terms.value, unitId, before, terms.unit);
      const value = start && measured(terms, { ...start, denominator: reading.denominator ?? start.denominator });
      if (!value) return [row.id, null];
      return [row.id, { value, days: await workingDays(unitId, addDays(start.asOf ?? before.to, 1), upTo) }];
    }),
  );
  return new Map(found.filter((one) => one !== undefined));
}

function queryOf(
  value: Extract<TargetTerms['value'], { metric: string }>,
  row: TargetRow,
  period: Period,
  directory: UnitDirectory,
): MetricQuery {
  const unitId = value.authority ? (directory.authorityOn(row.unitId, row.toDay)?.unitId ?? row.unitId) : row.unitId;
  const where = value.field === undefined ? {} : { where: { field: value.field } };
  return { metricId: value.metric, unitId, roll: value.roll ?? 'tree', period, ...where };
}

/** The units a moving goal looks at; of several their mean counts. */
function referenceUnits(directory: UnitDirectory, reference: Reference, unitId: string, day: Day): readonly string[] {
  const authority = directory.authorityOn(unitId, day);
  const parent =
    authority && directory.pathOn(authority.unitId, day).find((one, at) => at > 0 && one.type === 'administrative');
  switch (reference.of) {
    case 'unit':
      return reference.unitId === undefined ? [] : [reference.unitId];
    case 'parent':
      return parent ? [parent.unitId] : [];
    case 'average-of-siblings':
      return parent
        ? directory
            .childrenOn(parent.unitId, day)
            .filter((one) => one.type === 'administrative' && one.level === authority?.level)
            .map((one) => one.unitId)
        : [];
  }
}

/** Plain mean of what has data; null where nothing has. */
function mean(values: readonly (Decimal | null)[]): Decimal | null {
  const known = values.filter((value): value is Decimal => value !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum.plus(value), new Decimal(0)).div(known.length);
}

function remembered(ctx: TargetContext): (unitId: string, from: Day, to: Day) => Promise<number> {
  const known = new Map<string, Promise<number>>();
  return (unitId, from, to) => {
    const key = `${unitId} ${from} ${to}`;
    const found = known.get(key) ?? (to < from ? Promise.resolve(0) : ctx.ports.workingDays(unitId, from, to));
    known.set(key, found);
    return found;
  };
}
