import type { Allowance, DueError } from './allowance.ts';
import { dueError, findAllowanceError } from './allowance.ts';
import type { ClockEvent, SupplementPolicy } from './clock-events.ts';
import { isUsableInstant, readHistory } from './clock-events.ts';
import type { ClockResult } from './clocks.ts';
import { runClock } from './clocks.ts';
import type { CompiledCalendar } from './compiled-calendar.ts';

/** The allowance of a dossier: one, or one for each of two phases. */
export type DueAllowance = Allowance | { readonly phases: readonly [Allowance, Allowance] };

/** What happened after the receipt, and what a supplement does (default `pause`). */
export interface DueOptions {
  readonly events?: readonly ClockEvent[] | undefined;
  readonly supplementPolicy?: SupplementPolicy | undefined;
}

/** A due instant (whole seconds), an open pause, or why there is none. */
export type DueResult =
  | { readonly ok: true; readonly dueAt: Date }
  | { readonly ok: true; readonly dueAt: null; readonly pausedSince: Date }
  | { readonly ok: false; readonly error: DueError };

/**
 * The instant at which the allowance is used up, contracts §1: the earliest one, so it may be a closing time and never
 * the opening after it; whole seconds, fractions rounded up.
 *
 * Example (8-hour office, off 1–4/9/2023): received Thu 31/8/2023 15:30, 3 working days → Thu 7/9/2023 15:30.
 *
 * - With two phases the latest `next-phase` starts the second allowance; before any, the first runs from the receipt.
 *   What was paused before the phase began does not touch it.
 * - `pause`: what is used up before a pause begins stays used up, so the due instant of a late dossier does not move
 *   and does not vanish. `restart`: the whole allowance counts from the resume, as if received then.
 * - `same-day` has no remainder to go on with: a resume counts as a receipt (up to the cut-off that date, else the next).
 */
export function dueAt(
  calendar: CompiledCalendar,
  receivedAt: Date,
  allow: DueAllowance,
  options: DueOptions = {},
): DueResult {
  const receivedMs = receivedAt.getTime();
  if (!isUsableInstant(receivedMs)) return fail('due/bad-receipt', 'Thời điểm tiếp nhận không hợp lệ.');
  const twoPhases = 'phases' in allow;
  const allowances: readonly Allowance[] = twoPhases ? allow.phases : [allow];
  for (const allowance of allowances) {
    const error = findAllowanceError(allowance);
    if (error) return { ok: false, error };
  }
  if (twoPhases && allowances.length !== 2) return fail('due/bad-phases', 'phases phải có đúng hai thời hạn.');
  const policy = options.supplementPolicy ?? 'pause';
  if (policy !== 'pause' && policy !== 'restart') {
    return fail('due/unknown-policy', `Không biết cách tính khi bổ sung “${String(policy)}”.`);
  }
  const history = readHistory(options.events ?? [], receivedMs, policy, twoPhases);
  if (!history.ok) return history;
  const { phaseStartMs } = history;
  const allowance = allowances[phaseStartMs === undefined ? 0 : 1];
  if (!allowance) return fail('due/bad-phases', 'phases phải có đúng hai thời hạn.');
  const pauses =
    phaseStartMs === undefined
      ? history.pauses
      : history.pauses.filter((pause) => pause.toMs === undefined || pause.toMs > phaseStartMs);
  return present(runClock(calendar, phaseStartMs ?? receivedMs, allowance, pauses));
}

function present(result: ClockResult): DueResult {
  switch (result.kind) {
    case 'due':
      return { ok: true, dueAt: new Date(Math.ceil(result.atMs / 1000) * 1000) };
    case 'paused':
      return { ok: true, dueAt: null, pausedSince: new Date(result.sinceMs) };
    case 'never':
      return fail('due/never', 'Với lịch này thời hạn không bao giờ hết (hoặc hết sau năm 9999).');
  }
}

function fail(code: string, message: string): DueResult {
  return { ok: false, error: dueError(code, message) };
}
