import { evaluate } from '../../../../core/expressions/expression.ts';
import { Decimal, rounded } from '../../../../core/scoring/decimal.ts';
import {
  expressionOf,
  type MeasurePart,
  type RegisterDefinition,
  type RegisterMeasure,
  type RegisterValues,
} from './register.ts';

/** A measure of a unit. `value`: points of percent, or the number itself; null where the denominator is 0. */
export type MeasureValue = {
  readonly numerator: number;
  readonly denominator: number | null;
  readonly value: number | null;
};

/** One unit as the roll-up sees it: its lines by period, oldest period first, and the units below it. */
export type RollUpNode = {
  readonly unitId: string;
  readonly lines: readonly (readonly RegisterValues[])[];
  readonly below: readonly RollUpNode[];
};

/** A measure with the version of its register that says what it means. */
export type Reading = { readonly register: RegisterDefinition; readonly measure: RegisterMeasure };

type Sums = { numerator: Decimal; denominator: Decimal };

/**
 * A measure over a unit and what is below it; null where nobody has entered anything it needs. An entry counts in a
 * percentage only where both its parts are known. A percentage typed as such is never added up: it is that of the unit
 * itself, or there is none.
 * @example own 395 and one child 1.963 in a register of `tree: sum` → numerator 2.358.
 */
export const measureOf = (
  register: RegisterDefinition,
  measure: RegisterMeasure,
  node: RollUpNode,
): MeasureValue | null => measureOver(Array(node.lines.length).fill({ register, measure }), node);

/**
 * The same over periods whose versions of the register may say different things of the measure: each period is read by its own.
 * @param readings one for each period of the node, oldest first; of the same kind, for later versions keep it
 */
export function measureOver(readings: readonly Reading[], node: RollUpNode): MeasureValue | null {
  const last = readings.at(-1);
  if (!last) return null;
  if (readings.some(isTypedRate)) {
    const [own, ...more] = linesOver(readings, node);
    const rate =
      own && more.length === 0 ? partOf(own.reading.register, own.reading.measure.numerator, own.line) : null;
    return rate === null ? null : { numerator: rate, denominator: null, value: rounded(new Decimal(rate)) };
  }
  const sums = sumOf(readings, last.register, node);
  if (!sums) return null;
  const numerator = sums.numerator.toNumber();
  if (last.measure.denominator === undefined)
    return { numerator, denominator: null, value: rounded(sums.numerator, 4) };
  const value = sums.denominator.eq(0) ? null : rounded(sums.numerator.times(100).div(sums.denominator));
  return { numerator, denominator: sums.denominator.toNumber(), value };
}

function isTypedRate({ register, measure: { numerator } }: Reading): boolean {
  return (
    'field' in numerator && register.fields.some((field) => field.key === numerator.field && field.type === 'percent')
  );
}

function sumOf(readings: readonly Reading[], register: RegisterDefinition, node: RollUpNode): Sums | null {
  const own = sumLines(linesOver(readings, node));
  if (register.tree === 'whole' && own) return own;
  const parts = [own, ...node.below.map((child) => sumOf(readings, register, child))].filter((part) => part !== null);
  const [first, ...rest] = parts;
  if (!first) return null;
  return rest.reduce(
    (sum, part) => ({
      numerator: sum.numerator.plus(part.numerator),
      denominator: sum.denominator.plus(part.denominator),
    }),
    first,
  );
}

type ReadLine = { readonly reading: Reading; readonly line: RegisterValues };

/** A unit's own lines over the periods: all of them, or those of the last period that has any. */
function linesOver(readings: readonly Reading[], node: RollUpNode): readonly ReadLine[] {
  const periods = node.lines.map((lines, at): readonly ReadLine[] => {
    const reading = readings[at];
    return reading ? lines.map((line) => ({ reading, line })) : [];
  });
  if (readings.at(-1)?.register.overTime === 'sum') return periods.flat();
  return periods.findLast((lines) => lines.length > 0) ?? [];
}

function sumLines(lines: readonly ReadLine[]): Sums | null {
  let sums: Sums | null = null;
  for (const { reading, line } of lines) {
    const { register, measure } = reading;
    const numerator = partOf(register, measure.numerator, line);
    const denominator = measure.denominator === undefined ? 0 : partOf(register, measure.denominator, line);
    if (numerator === null || denominator === null) continue;
    sums ??= { numerator: new Decimal(0), denominator: new Decimal(0) };
    sums = { numerator: sums.numerator.plus(numerator), denominator: sums.denominator.plus(denominator) };
  }
  return sums;
}

function partOf(register: RegisterDefinition, part: MeasurePart, line: RegisterValues): number | null {
  if ('field' in part) {
    const value = line[part.field];
    return typeof value === 'number' ? value : null;
  }
  const rule = expressionOf(register, part.lines, 'bool');
  const held = rule.ok ? evaluate(rule.expression, line) : undefined;
  return held?.ok && held.value === true ? 1 : 0;
}

/** How many units a tree asks for figures and how many of them have any. */
export function completeness(
  node: RollUpNode,
  enters: (unitId: string) => boolean,
  whole: boolean,
): { readonly expected: number; readonly entered: number } {
  const has = node.lines.some((lines) => lines.length > 0);
  const own = enters(node.unitId) ? { expected: 1, entered: has ? 1 : 0 } : { expected: 0, entered: 0 };
  // What a unit entered for all below makes theirs unneeded.
  if (whole && has) return { expected: 1, entered: 1 };
  const below = node.below.map((child) => completeness(child, enters, whole));
  // A unit above that could answer for all is not missing where those below answer.
  const skipOwn = whole && below.some((part) => part.expected > 0);
  return [...(skipOwn ? [] : [own]), ...below].reduce(
    (sum, part) => ({ expected: sum.expected + part.expected, entered: sum.entered + part.entered }),
    { expected: 0, entered: 0 },
  );
}
