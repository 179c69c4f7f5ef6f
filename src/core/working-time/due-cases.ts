import { parseInstant, parseWallTime, toIso } from '../time/index.ts';
import type { DueError } from './allowance.ts';
import { dueError, parseAllowance } from './allowance.ts';
import type { SupplementPolicy } from './clock-events.ts';
import { parseEvents } from './clock-events.ts';
import type { CompileResult } from './compile-calendar.ts';
import { compileCalendar } from './compile-calendar.ts';
import type { CompiledCalendar } from './compiled-calendar.ts';
import type { DueAllowance } from './due.ts';
import { dueAt } from './due.ts';

/** One printed line of `motcua due`; `id` is the case's own, whatever its type, or null where it has none. */
export type DueLine =
  | { readonly id: unknown; readonly dueAt: string }
  | { readonly id: unknown; readonly dueAt: null; readonly pausedSince: string }
  | { readonly id: unknown; readonly error: DueError };

/** What `motcua due` prints, in input order, and how many cases failed (then the command exits with 1). */
export interface DueReport {
  readonly lines: readonly DueLine[];
  readonly failed: number;
}

/**
 * Works out every case of a file `{calendars: {id: Calendar}, cases: [{id, calendar, receivedAt, allow | phases,
 * supplementPolicy?, events?}]}` (contracts §1). One bad case never hides another; a broken calendar is the error of
 * each case that uses it. Instants are ISO with offset, or wall time of the calendar's zone; answers are in that zone.
 */
export function runDueCases(file: unknown): DueReport {
  const { calendars, cases } = asRecord(file);
  if (!Array.isArray(cases)) {
    const error = dueError('due/bad-file', 'Tệp phải có dạng {"calendars": {…}, "cases": […]}.');
    return { lines: [{ id: null, error }], failed: 1 };
  }
  const compiled = new Map<string, CompileResult>();
  const calendarOf = (id: string): CompileResult | undefined => {
    const known = compiled.get(id);
    if (known) return known;
    const inputs = asRecord(calendars);
    if (!Object.hasOwn(inputs, id)) return undefined;
    const result = compileCalendar(inputs[id]);
    compiled.set(id, result);
    return result;
  };
  const lines = (cases as unknown[]).map((entry) => runCase(asRecord(entry), calendarOf));
  return { lines, failed: lines.filter((line) => 'error' in line).length };
}

function runCase(given: Record<string, unknown>, calendarOf: (id: string) => CompileResult | undefined): DueLine {
  const id = given.id ?? null;
  const found = typeof given.calendar === 'string' ? calendarOf(given.calendar) : undefined;
  if (!found) {
    return { id, error: dueError('due/unknown-calendar', `Tệp không có lịch “${String(given.calendar)}”.`) };
  }
  if (!found.ok) {
    const message = found.errors.map((error) => (error.path ? `${error.path}: ${error.message}` : error.message));
    return { id, error: dueError(found.errors[0]?.code ?? 'calendar/not-an-object', message.join(' ')) };
  }
  return { id, ...answer(found.calendar, given) };
}

type Answer = { dueAt: string } | { dueAt: null; pausedSince: string } | { error: DueError };

function answer(calendar: CompiledCalendar, given: Record<string, unknown>): Answer {
  const zone = calendar.timeZone;
  const receivedAt = parseInstant(given.receivedAt) ?? parseWallTime(given.receivedAt, zone);
  if (!receivedAt) {
    const message = `Thời điểm tiếp nhận không hợp lệ (${String(given.receivedAt)}).`;
    return { error: dueError('due/bad-receipt', message) };
  }
  const allow = readDueAllowance(given);
  if (!allow.ok) return { error: allow.error };
  const events = parseEvents(given.events, zone);
  if (!events.ok) return { error: events.error };
  // `dueAt` refuses a policy it does not know.
  const supplementPolicy = (given.supplementPolicy ?? 'pause') as SupplementPolicy;
  const result = dueAt(calendar, receivedAt, allow.allow, { events: events.events, supplementPolicy });
  if (!result.ok) return { error: result.error };
  if (result.dueAt === null) return { dueAt: null, pausedSince: toIso(result.pausedSince, zone) };
  return { dueAt: toIso(result.dueAt, zone) };
}

type ReadAllowance = { ok: true; allow: DueAllowance } | { ok: false; error: DueError };

function readDueAllowance(given: Record<string, unknown>): ReadAllowance {
  const { allow, phases } = given;
  if (phases === undefined || phases === null) {
    const read = parseAllowance(allow);
    return read.ok ? { ok: true, allow: read.allowance } : read;
  }
  if ((allow !== undefined && allow !== null) || !Array.isArray(phases) || phases.length !== 2) {
    const message = 'Mỗi trường hợp có một allow, hoặc phases gồm đúng hai thời hạn.';
    return { ok: false, error: dueError('due/bad-phases', message) };
  }
  const [first, second] = [parseAllowance(phases[0]), parseAllowance(phases[1])];
  if (!first.ok) return first;
  if (!second.ok) return second;
  return { ok: true, allow: { phases: [first.allowance, second.allowance] } };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
