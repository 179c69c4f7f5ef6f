import type { Allowance, DueError } from './allowance.ts';
import { dueError, findAllowanceError } from './allowance.ts';
import type { CompiledCalendar } from './compiled-calendar.ts';
import type { Fraction } from './fraction.ts';
import { addFractions, compareFractions, fractionOf, fractionToNumber } from './fraction.ts';

/** What the steps add up to, in the unit of the limit, or why the plan is refused. */
export type StepPlanResult =
  | { readonly ok: true; readonly total: number }
  | { readonly ok: false; readonly error: DueError; readonly total?: number };

/**
 * Whether the allowances of the steps add up to exactly the legal limit (domain §1.6; T8: 0.5+0.5+2+0.5+1+0.5 working
 * days = 5; T9: = 30 days, 240 h where `workingHoursPerDay` is 8). Steps of another unit than the limit are converted
 * only where that is exact: working days and working hours when every working day has the same length
 * (`workingHoursPerDay`, see `uniformHoursPerDay`); all else is refused. For a `same-day` limit the steps must not
 * exceed one working day. A step may have an allowance of 0.
 */
export function checkStepAllowances(
  steps: readonly Allowance[],
  limit: Allowance,
  options: { readonly workingHoursPerDay?: number | undefined } = {},
): StepPlanResult {
  const limitError = findAllowanceError(limit);
  if (limitError) return { ok: false, error: limitError };
  const unit = limit.unit === 'same-day' ? 'working-day' : limit.unit;
  let total = fractionOf(0);
  for (const [index, step] of steps.entries()) {
    const error = findAllowanceError(step);
    if (error) return { ok: false, error };
    const amount = convert(step, unit, options.workingHoursPerDay);
    if (!amount) {
      const message = `Thời hạn của bước ${index + 1} (${step.unit}) không đổi được chính xác sang ${unit}.`;
      return { ok: false, error: dueError('steps/not-convertible', message) };
    }
    total = addFractions(total, amount);
  }
  const sum = fractionToNumber(total);
  const difference = compareFractions(total, fractionOf(limit.unit === 'same-day' ? 1 : (limit.amount ?? 0)));
  if (limit.unit === 'same-day' ? difference <= 0 : difference === 0) return { ok: true, total: sum };
  const code = difference > 0 ? 'steps/over-limit' : 'steps/under-limit';
  const wanted = limit.unit === 'same-day' ? 'một ngày làm việc' : `${limit.amount} (${limit.unit})`;
  return {
    ok: false,
    error: dueError(code, `Tổng thời hạn các bước là ${sum}, thời hạn quy định là ${wanted}.`),
    total: sum,
  };
}

/**
 * The hours of every full working day of the calendar in the given span of days, or undefined where they differ (then
 * days and hours cannot be converted exactly). Dates of weight 0 are passed over; any weight but 0 and 1 differs.
 */
export function uniformHoursPerDay(
  calendar: CompiledCalendar,
  fromNumber: number,
  toNumber: number,
): number | undefined {
  let lengthMs: number | undefined;
  for (let number = fromNumber; number <= toNumber; number++) {
    const date = calendar.dateOf(number);
    if (date.workingMs === 0 || date.weight.numerator === 0n) continue;
    const isWhole = date.weight.numerator === date.weight.denominator;
    if (!isWhole || (lengthMs !== undefined && lengthMs !== date.workingMs)) return undefined;
    lengthMs = date.workingMs;
  }
  return lengthMs === undefined ? undefined : lengthMs / 3_600_000;
}

function convert(step: Allowance, unit: Allowance['unit'], hoursPerDay: number | undefined): Fraction | undefined {
  if (step.unit === 'same-day') return undefined;
  const amount = fractionOf(step.amount ?? 0);
  if (step.unit === unit || amount.numerator === 0n) return amount;
  if (hoursPerDay === undefined || !(hoursPerDay > 0)) return undefined;
  const hours = fractionOf(hoursPerDay);
  if (step.unit === 'working-hour' && unit === 'working-day') {
    return {
      numerator: amount.numerator * hours.denominator,
      denominator: amount.denominator * hours.numerator,
    };
  }
  if (step.unit === 'working-day' && unit === 'working-hour') {
    return {
      numerator: amount.numerator * hours.numerator,
      denominator: amount.denominator * hours.denominator,
    };
  }
  return undefined;
}
