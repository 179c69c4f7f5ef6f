import { isDay } from '../time/day.ts';
import { cleanText } from './clean.ts';
import type { DateField } from './definition.ts';
import type { Problem, ProblemCode } from './problems.ts';
import { type FormContext, isBlank, NOTHING, problemReading, type Reading } from './reading.ts';

export type DatePrecision = 'day' | 'month' | 'year';

/** What is asked of a date; limits are plain days or `today`, both included. */
export interface DateRule {
  precision: DatePrecision;
  acceptPartial: boolean;
  min?: string | undefined;
  max?: string | undefined;
}

const MAX_TYPED = 40;

function pad(text: string | undefined): string {
  return (text ?? '').padStart(2, '0');
}

/**
 * A date as people type it → `YYYY-MM-DD`, `YYYY-MM` or `YYYY`: `5/9/1990`, `05-09-1990`, `05.09.1990`, `05091990`,
 * `9/1990`, `1990`, and the plain days themselves. Undefined when no such day exists. Years 1800 to 2200.
 */
export function parseTypedDate(text: string): string | undefined {
  const compact = text.replace(/\s/g, '');
  const [, d1, m1, y1] =
    /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(compact) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(compact) ?? [];
  const [, m2, y2] = /^(\d{1,2})[/.-](\d{4})$/.exec(compact) ?? [];
  let plain = compact;
  if (y1) plain = `${y1}-${pad(m1)}-${pad(d1)}`;
  else if (y2) plain = `${y2}-${pad(m2)}`;
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(plain)) return undefined;
  const year = Number(plain.slice(0, 4));
  if (year < 1800 || year > 2200) return undefined;
  return isDay(`${plain}-01-01`.slice(0, 10)) ? plain : undefined;
}

/** A plain day or part of one for people: `05/09/1990`, `09/1990`, `1990`; other text comes back as it is. */
export function formatTypedDate(value: string): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value) ?? [];
  return year === undefined ? value : [day, month, year].filter((part) => part !== undefined).join('/');
}

/** Precision of a plain day or part of one. */
export function precisionOf(value: string): DatePrecision {
  if (value.length === 4) return 'year';
  return value.length === 7 ? 'month' : 'day';
}

function badCode(precision: DatePrecision): ProblemCode {
  return precision === 'day' ? 'bad-date' : precision === 'month' ? 'bad-month' : 'bad-year';
}

function limitProblems(value: string, rule: DateRule, today: string): Problem[] {
  const problems: Problem[] = [];
  const min = rule.min === 'today' ? today : rule.min;
  const max = rule.max === 'today' ? today : rule.max;
  // A year alone is compared with the year of the limit.
  if (min !== undefined && value < min.slice(0, value.length)) {
    problems.push({ at: '', code: 'too-early', params: { min: formatTypedDate(min) } });
  }
  if (max !== undefined && value > max.slice(0, value.length)) {
    problems.push({ at: '', code: 'too-late', params: { max: formatTypedDate(max) } });
  }
  return problems;
}

/** Reads a date by a rule; also used for birth dates of persons. */
export function readDate(raw: unknown, rule: DateRule, context: FormContext): Reading {
  if (isBlank(raw)) return NOTHING;
  const given = typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : raw;
  if (typeof given !== 'string') return problemReading('wrong-type');
  const typed = cleanText(given.slice(0, MAX_TYPED), false).text;
  if (typed === '') return NOTHING;
  const value = parseTypedDate(typed);
  if (value === undefined) return problemReading(badCode(rule.precision), typed);
  const isAsked = precisionOf(value) === rule.precision || (rule.precision === 'day' && rule.acceptPartial);
  if (!isAsked) return problemReading(badCode(rule.precision), value);
  return { value, known: value, problems: limitProblems(value, rule, context.today) };
}

/** The rule of a date field. */
export function dateRuleOf(field: DateField): DateRule {
  return {
    precision: field.precision ?? 'day',
    acceptPartial: field.acceptPartial ?? false,
    min: field.min,
    max: field.max,
  };
}
