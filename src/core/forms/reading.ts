import type { Day } from '../time/day.ts';
import type { Problem, ProblemCode } from './problems.ts';

/** What a form is checked against. */
export interface FormContext {
  /** The legal day in Vietnam, given by the server; limits such as `today` and ages count from it. */
  today: Day;
  /** Demo and tests: accepts the reserved identity numbers that begin with 999. */
  demo: boolean;
  /** `draft` does not ask for what is still missing. */
  mode: 'draft' | 'submit';
}

/**
 * One field read from outside data.
 * - `value`: what is kept, normalised; a text that cannot be read is kept as typed, so that nothing typed is lost
 * - `known`: what expressions may use; absent while the value is missing or unreadable
 */
export interface Reading {
  value?: unknown;
  known?: unknown;
  problems: Problem[];
}

/** Nothing given. */
export const NOTHING: Reading = { problems: [] };

/** A reading with one problem; `value` undefined means the value is dropped. */
export function problemReading(code: ProblemCode, value?: unknown, params?: Record<string, string | number>): Reading {
  const problem: Problem = params ? { at: '', code, params } : { at: '', code };
  return value === undefined ? { problems: [problem] } : { value, problems: [problem] };
}

/** Whether `value` is an object as JSON makes them: not null, not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own property of outside data; undefined for inherited ones, so that `__proto__` and friends mean nothing. */
export function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Whether outside data says nothing for a field. */
export function isBlank(raw: unknown): boolean {
  return raw === undefined || raw === null || (typeof raw === 'string' && raw.length < 1000 && raw.trim() === '');
}
