import { type Decimal, rounded } from '../../../core/scoring/index.ts';
import type { Day } from '../../../core/time/index.ts';
import { words } from '../../../platform/messages/words.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import type { TargetLineType } from './contract.ts';
import type { Attained, Reading } from './rules/attain.ts';
import type { TargetTerms } from './rules/definition.ts';
import { referenceOf } from './rules/lint.ts';
import type { Judged } from './value-service.ts';

/** A target with its result in the shape of the screens; numbers are rounded here, once. */
export function lineOf(
  judged: Judged,
  directory: UnitDirectory,
  actions: { readonly running: number; readonly late: number },
): TargetLineType {
  const { row, attained, query } = judged;
  const { terms } = row;
  const { planned, decimals } = terms;
  return {
    id: row.id,
    version: row.version,
    unitId: row.unitId,
    unitName: unitNameOn(directory, row.unitId, row.toDay),
    name: terms.name,
    periodId: row.periodId,
    fromDay: row.fromDay,
    toDay: row.toDay,
    sourceNumber: terms.source.number,
    sourceDate: terms.source.date ?? null,
    sourceText: terms.source.text,
    owner: terms.owner,
    direction: terms.direction,
    weight: terms.weight,
    measure: terms.unit,
    decimals,
    ended: row.endedAt !== null,
    valueFrom: judged.valueFrom,
    surveyId: judged.reading?.surveyId ?? null,
    goal: goalView(terms, attained, directory, row.toDay),
    planned: planned ? { quantity: planned.quantity, derived: planned.derived, note: planned.note ?? null } : null,
    minimumVolume: terms.minimumVolume ?? null,
    asOf: judged.asOf,
    ...figureOf(terms, judged.reading, attained),
    forecast: judged.forecast && {
      method: judged.forecast.method,
      value: rounded(judged.forecast.value, decimals),
      light: judged.forecast.light,
      needed: judged.forecast.needed && rounded(judged.forecast.needed),
    },
    startUnknown: judged.startUnknown,
    change: judged.change,
    drill: query
      ? {
          metricId: query.metricId,
          unitId: query.unitId,
          period: query.period.id,
          cutoff: query.period.cutoff,
          roll: query.roll,
        }
      : null,
    actionsRunning: actions.running,
    actionsLate: actions.late,
  };
}

/** The figures of a result: counts as they are, the value rounded to the target's decimals. */
export function figureOf(terms: TargetTerms, reading: Reading | null, { value, light, attainment }: Attained) {
  return {
    value: value && rounded(value, terms.decimals),
    numerator: reading?.numerator ?? null,
    denominator: reading?.denominator ?? null,
    band: reading?.band ?? null,
    bound: reading?.bound ?? null,
    light,
    attainment: attainment && percent(attainment),
  };
}

const percent = (share: Decimal): number => rounded(share.times(100));

const RELATIONS = {
  atLeast: 'at-least',
  above: 'above',
  atMost: 'at-most',
  below: 'below',
  notBelow: 'not-below',
  notAbove: 'not-above',
  atLeastBand: 'band',
} as const;

function goalView(terms: TargetTerms, { goal }: Attained, directory: UnitDirectory, day: Day): TargetLineType['goal'] {
  const key = (Object.keys(RELATIONS) as (keyof typeof RELATIONS)[]).find((one) => one in terms.goal) ?? 'atLeast';
  const reference = referenceOf(terms.goal);
  return {
    relation: RELATIONS[key],
    value: goal && rounded(goal, reference ? terms.decimals : 6),
    band: 'atLeastBand' in terms.goal ? terms.goal.atLeastBand : null,
    reference: !reference
      ? null
      : reference.of === 'unit'
        ? unitNameOn(directory, reference.unitId ?? '', day)
        : words(`server.targets.${reference.of}`),
  };
}
