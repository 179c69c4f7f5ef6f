import { parseTimeOfDay } from '../time/index.ts';

/** How an allowance is counted (contracts §1): see `Allowance`. */
export type AllowanceUnit = 'working-day' | 'working-hour' | 'clock-hour' | 'day' | 'month' | 'same-day';

/**
 * How long a dossier, a phase or a step may take.
 * - `working-day`: each date with hours is worth its weight, whatever its length; may be a fraction (0.5).
 * - `working-hour`: hours inside the windows. `clock-hour`: hours of the clock, nights and holidays too.
 * - `day`: calendar days, the day of receipt not counted. `month`: same day number, or the month's last.
 *   Both whole; both fall due at the last close of that date or of the next date with hours.
 * - `same-day`: no amount; received up to and including `cutOff` (wall time, default 15:00:00) on a date with hours:
 *   its last close, else the last close of the next date with hours.
 *
 * Example: `{ unit: 'working-day', amount: 5 }`, `{ unit: 'same-day', cutOff: '16:00' }`.
 */
export interface Allowance {
  readonly unit: AllowanceUnit;
  /** In the unit; 0 or more; not for `same-day`. */
  readonly amount?: number;
  readonly cutOff?: string;
}

/** Why a due date cannot be told: a stable code such as `due/unknown-unit` and a Vietnamese sentence. */
export interface DueError {
  readonly code: string;
  readonly message: string;
}

/** An allowance read from outside. */
export type AllowanceResult =
  | { readonly ok: true; readonly allowance: Allowance }
  | { readonly ok: false; readonly error: DueError };

/** The last moment of a same-day reception where the procedure states none (15:00 inclusive, domain §1.5). */
export const DEFAULT_CUT_OFF = '15:00:00';

/** Beyond this an amount is a slip of the pen: 100,000 working days are some 400 years. */
export const MAX_AMOUNT = 100_000;

/** The names under which the amount is understood; contracts §1 names `unit` only. `amount` is ours. */
const AMOUNT_NAMES = [
  'amount',
  'n',
  'quantity',
  'qty',
  'value',
  'count',
  'number',
  'length',
  'days',
  'hours',
  'months',
] as const;

const CUT_OFF_NAMES = ['cutOff', 'cutoff', 'cut-off', 'cutOffTime'] as const;

const UNITS: readonly string[] = ['working-day', 'working-hour', 'clock-hour', 'day', 'month', 'same-day'];

/** Reads an allowance from JSON, with the aliases of the amount (`n`, `quantity`, `days` …); two that differ are refused. */
export function parseAllowance(input: unknown): AllowanceResult {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return fail('due/bad-allowance', 'Thời hạn phải là một đối tượng có unit và amount.');
  }
  const given = input as Record<string, unknown>;
  if (typeof given.unit !== 'string' || !UNITS.includes(given.unit)) {
    return fail('due/unknown-unit', `Không biết đơn vị thời hạn “${String(given.unit)}”.`);
  }
  const amounts = AMOUNT_NAMES.map((name) => given[name]).filter((value) => value !== undefined);
  const cutOff = CUT_OFF_NAMES.map((name) => given[name]).find((value) => value !== undefined);
  if (new Set(amounts).size > 1) return fail('due/bad-amount', 'Số lượng của thời hạn được nêu hai lần khác nhau.');
  const allowance = {
    unit: given.unit as AllowanceUnit,
    ...(amounts.length > 0 && given.unit !== 'same-day' ? { amount: amounts[0] as number } : {}),
    ...(cutOff !== undefined ? { cutOff: cutOff as string } : {}),
  };
  const error = findAllowanceError(allowance);
  return error ? { ok: false, error } : { ok: true, allowance };
}

/** What is wrong with an allowance, or undefined. */
export function findAllowanceError(allowance: Allowance): DueError | undefined {
  const { unit, amount, cutOff } = allowance;
  if (!UNITS.includes(unit)) return dueError('due/unknown-unit', `Không biết đơn vị thời hạn “${String(unit)}”.`);
  if (unit === 'same-day') {
    if (cutOff === undefined || parseTimeOfDay(cutOff) !== undefined) return undefined;
    return dueError('due/bad-cut-off', `Giờ chốt nhận trong ngày phải viết dạng HH:MM (${String(cutOff)}).`);
  }
  if (typeof amount !== 'number' || !(amount >= 0)) {
    return dueError('due/bad-amount', `Số lượng của thời hạn phải là số không âm (${String(amount)}).`);
  }
  if (amount > MAX_AMOUNT) return dueError('due/bad-amount', `Thời hạn quá dài (${amount}).`);
  if ((unit === 'day' || unit === 'month') && !Number.isInteger(amount)) {
    return dueError('due/bad-amount', `Thời hạn tính theo ngày lịch hoặc tháng phải là số nguyên (${amount}).`);
  }
  return undefined;
}

/** An error of a case; the message is Vietnamese and says what to mend. */
export function dueError(code: string, message: string): DueError {
  return { code, message };
}

function fail(code: string, message: string): AllowanceResult {
  return { ok: false, error: dueError(code, message) };
}
