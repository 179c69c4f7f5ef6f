import { type Day, isDay } from '../core/time/index.ts';
import { lastVersionOn, type UnitDirectory } from '../modules/foundation/organisation/index.ts';
import { changeOf, DENOMINATOR, type LateFigures } from '../modules/onestop/apologies/index.ts';
import type { System } from './system.ts';

/** Days of a period, both inclusive. */
export type Days = { readonly from: Day; readonly to: Day };

/** Counts of one unit and period, by the names the command prints. `rate` in per cent, two places; null of nothing. */
export type LateRow = {
  readonly finished: number;
  readonly openDue: number;
  readonly lateFinished: number;
  readonly lateOpen: number;
  readonly late: number;
  readonly rate: number | null;
  readonly lateWithApology: number;
  readonly lateExempted: number;
  readonly lateWithoutApology: number;
};

export type LateReport = {
  readonly unit: string;
  readonly unitName: string;
  readonly period: string;
  readonly denominator: typeof DENOMINATOR;
} & LateRow & {
    readonly units: readonly ({ readonly unit: string; readonly unitName: string } & LateRow)[];
    /** The earlier period; `points` and `relative` (per cent) lead from its rate to this one's. */
    readonly compare?: { readonly period: string } & LateRow & {
        readonly points: number | null;
        readonly relative: number | null;
      };
  };

/** `2022` · `2023-05` · `2023-01-01..2023-08-31`; undefined for anything else. */
export function readPeriod(text: string): Days | undefined {
  const year = /^\d{4}$/.exec(text);
  if (year) return { from: `${text}-01-01`, to: `${text}-12-31` };
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) {
    const [years, months] = [Number(text.slice(0, 4)), Number(text.slice(5))];
    const last = new Date(Date.UTC(years, months, 0)).getUTCDate();
    return { from: `${text}-01`, to: `${text}-${last}` };
  }
  const [from = '', to = '', ...more] = text.split('..');
  return more.length === 0 && isDay(from) && isDay(to) && from <= to ? { from, to } : undefined;
}

/** A unit by GSO code, electronic code, or key of `content/units`, as it was on one of the days. */
async function findUnit(system: System, code: string, days: Days): Promise<string | undefined> {
  const units = await system.organisation.directory();
  for (const day of [days.to, days.from])
    for (const scheme of ['gso', 'tt10', 'qd20'] as const) {
      const found = units.byCode(scheme, code, day);
      if (found) return found.unitId;
    }
  return (await system.organisation.unitIdsByKey()).get(code);
}

const within = (units: UnitDirectory, unitId: string, { from, to }: Days): readonly string[] => [
  ...new Set([from, to].flatMap((day) => units.reachOn(unitId, 'subtree', day))),
];

const rowOf = (figures: LateFigures): LateRow => ({
  finished: figures.finished,
  openDue: figures.lateOpen,
  lateFinished: figures.lateFinished,
  lateOpen: figures.lateOpen,
  late: figures.late,
  rate: figures.ratePercent,
  lateWithApology: figures.withApology,
  lateExempted: figures.exempted,
  lateWithoutApology: figures.without,
});

/**
 * The late figures of a unit with everything below it, by deciding unit: the same `lateFigures` every screen shows.
 * @returns undefined where no unit has the code
 */
export async function reportLate(
  system: System,
  code: string,
  days: Days,
  compare?: Days,
): Promise<LateReport | undefined> {
  const unitId = await findUnit(system, code, days);
  if (unitId === undefined) return undefined;
  const units = await system.organisation.directory();
  const versionOf = (id: string) => units.unitOn(id, days.to) ?? lastVersionOn(units, id, days.from);
  const codeOf = (id: string): string =>
    units.codeOn(id, 'gso', days.to) ?? units.codeOn(id, 'gso', days.from) ?? units.codesOf(id)[0]?.code ?? id;
  const figuresIn = (period: Days) => system.apologies.lateFigures(within(units, unitId, period), period);
  const text = (period: Days): string => `${period.from}..${period.to}`;
  const [now, before] = await Promise.all([figuresIn(days), compare && figuresIn(compare)]);
  const change = before && changeOf(before.total.ratePercent, now.total.ratePercent);
  return {
    unit: code,
    unitName: versionOf(unitId)?.name ?? code,
    period: text(days),
    denominator: DENOMINATOR,
    ...rowOf(now.total),
    units: now.units
      .map(({ unitId: id, ...figures }) => ({
        unit: codeOf(id),
        unitName: versionOf(id)?.name ?? id,
        ...rowOf(figures),
      }))
      .sort((a, b) => a.unitName.localeCompare(b.unitName, 'vi')),
    ...(before && compare && change
      ? {
          compare: {
            period: text(compare),
            ...rowOf(before.total),
            points: change.points,
            relative: change.relativePercent,
          },
        }
      : {}),
  };
}
