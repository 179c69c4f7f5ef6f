import { MAX_AMOUNT_VND } from '../money/money.ts';
import { parseNumberVi } from '../text/numbers.ts';
import { cleanText } from './clean.ts';
import type { MoneyField, NumberField } from './definition.ts';
import { amountParam, type Problem } from './problems.ts';
import { isBlank, NOTHING, problemReading, type Reading } from './reading.ts';

const MAX_TYPED = 100;
const DECIMALS = 1_000_000;

/** An example the field would accept: near its lower limit, with a decimal where it takes one. */
function exampleOf({ min, max, integer }: NumberField): number {
  const low = Math.max(min ?? 1, 1);
  const wanted = integer ? Math.ceil(low) + 1 : low + 1.5;
  return max !== undefined && wanted > max ? max : wanted;
}

const notANumber = (typed: string | undefined, example: number): Reading =>
  problemReading('not-a-number', typed, { example });

function parse(raw: unknown, example: number): { value: number } | Reading {
  if (isBlank(raw)) return NOTHING;
  if (typeof raw === 'number') {
    return Number.isFinite(raw) ? { value: raw + 0 } : notANumber(undefined, example);
  }
  if (typeof raw !== 'string') return problemReading('wrong-type');
  const typed = cleanText(raw.slice(0, MAX_TYPED), false).text;
  // The currency sign and the word are often typed along.
  const value = parseNumberVi(typed.replace(/\s*(đ|₫|đồng|vnd)$/iu, ''));
  if (value !== undefined) return { value };
  return typed === '' ? NOTHING : notANumber(typed, example);
}

function rounded(value: number): number {
  return Math.abs(value) < 1e9 ? Math.round(value * DECIMALS) / DECIMALS + 0 : value;
}

/** Reads a number field: a JSON number, or text typed the Vietnamese way; kept with at most six decimals. */
export function readNumber(field: NumberField, raw: unknown): Reading {
  const parsed = parse(raw, exampleOf(field));
  if (!('value' in parsed) || 'problems' in parsed) return parsed;
  const value = rounded(parsed.value as number);
  const problems: Problem[] = [];
  const { min = -MAX_AMOUNT_VND, max = MAX_AMOUNT_VND } = field;
  if (value < min) problems.push({ at: '', code: 'too-small', params: { min } });
  if (value > max) problems.push({ at: '', code: 'too-large', params: { max } });
  if (field.integer && !Number.isInteger(value)) problems.push({ at: '', code: 'not-whole' });
  const fits = field.integer ? Number.isSafeInteger(value) : true;
  return fits ? { value, known: value, problems } : { value, problems };
}

/** Reads an amount in whole đồng, from 0 unless the field says otherwise. */
export function readMoney(field: MoneyField, raw: unknown): Reading {
  const parsed = parse(raw, 1_250_000);
  if (!('value' in parsed) || 'problems' in parsed) return parsed;
  const value = parsed.value as number;
  if (!Number.isInteger(value)) return problemReading('not-whole', rounded(value));
  const problems: Problem[] = [];
  const { minVnd = 0, maxVnd = MAX_AMOUNT_VND } = field;
  if (value < minVnd) problems.push({ at: '', code: 'too-small', params: { min: amountParam(minVnd) } });
  if (value > maxVnd) problems.push({ at: '', code: 'too-large', params: { max: amountParam(maxVnd) } });
  return Number.isSafeInteger(value) ? { value, known: value, problems } : { value, problems };
}
