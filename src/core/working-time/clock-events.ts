import { parseInstant, parseWallTime } from '../time/index.ts';
import type { DueError } from './allowance.ts';
import { dueError } from './allowance.ts';

/** Why the clock stands: papers are missing, money is owed, another agency must answer. */
export type PauseReason = 'supplement' | 'finance' | 'agency';

/** What a pause for a supplement does to the time already used (1.6 of the domain text): keep it, or begin anew. */
export type SupplementPolicy = 'pause' | 'restart';

/**
 * What happened to the clock of a dossier after its receipt. A pause without a reason counts as `supplement`; the
 * reason of a resume is not looked at unless its pause has none. `next-phase` begins the second of two phases (proof
 * of payment in land procedures); where there are several, the latest counts.
 */
export type ClockEvent =
  | { readonly kind: 'pause' | 'resume'; readonly at: Date; readonly reason?: PauseReason | undefined }
  | { readonly kind: 'next-phase'; readonly at: Date };

/** One pause of the clock in epoch ms; `toMs` undefined while it lasts. */
export interface Pause {
  readonly fromMs: number;
  readonly toMs: number | undefined;
  /** Whether the whole allowance counts anew from its end. */
  readonly restarts: boolean;
}

/** The events in the form the due date is worked out from. */
export type ClockHistory =
  | { readonly ok: true; readonly pauses: readonly Pause[]; readonly phaseStartMs: number | undefined }
  | { readonly ok: false; readonly error: DueError };

/** Instants the engine works with, years 1000 to 9998: what lies outside is a slip of the pen. Inclusive epoch ms. */
const [EARLIEST_MS, LATEST_MS] = [Date.UTC(1000, 0, 1), Date.UTC(9998, 11, 31)];

/** Whether epoch ms name an instant the engine works with (false for NaN). */
export function isUsableInstant(epochMs: number): boolean {
  return epochMs >= EARLIEST_MS && epochMs <= LATEST_MS;
}

const EMPTY: ClockHistory = { ok: true, pauses: [], phaseStartMs: undefined };

/**
 * Checks the events (each after the receipt, in order, pause and resume by turns; two at one instant are in order)
 * and pairs them. A `next-phase` during a pause does not end the pause.
 */
export function readHistory(
  events: readonly ClockEvent[],
  receivedMs: number,
  policy: SupplementPolicy,
  twoPhases: boolean,
): ClockHistory {
  if (events.length === 0) return EMPTY;
  const pauses: Pause[] = [];
  let open: { fromMs: number; reason: PauseReason | undefined } | undefined;
  let phaseStartMs: number | undefined;
  let previousMs = receivedMs;
  for (const [index, event] of events.entries()) {
    const atMs = event.at.getTime();
    if (!isUsableInstant(atMs)) return fail('due/bad-event', index, 'có thời điểm không hợp lệ');
    if (atMs <= receivedMs) return fail('due/event-before-receipt', index, 'không sau lúc tiếp nhận');
    if (atMs < previousMs) return fail('due/events-out-of-order', index, 'sớm hơn sự kiện đứng trước');
    previousMs = atMs;
    switch (event.kind) {
      case 'pause':
        if (open) return fail('due/events-not-alternating', index, 'tạm dừng khi đang tạm dừng');
        open = { fromMs: atMs, reason: event.reason };
        break;
      case 'resume':
        if (!open) return fail('due/events-not-alternating', index, 'tính tiếp khi không tạm dừng');
        pauses.push(closePause(open, atMs, event.reason, policy));
        open = undefined;
        break;
      case 'next-phase':
        if (!twoPhases) return fail('due/next-phase-without-phases', index, 'sang giai đoạn 2 khi chỉ có một thời hạn');
        phaseStartMs = atMs;
        break;
      default:
        return fail('due/bad-event', index, 'có loại không biết');
    }
  }
  if (open) pauses.push(closePause(open, undefined, undefined, policy));
  return { ok: true, pauses, phaseStartMs };
}

/** Events read from JSON, or the first thing that is wrong with them. */
export type EventsResult =
  | { readonly ok: true; readonly events: readonly ClockEvent[] }
  | { readonly ok: false; readonly error: DueError };

/** Reads `[{kind, at, reason?}]`; `at` is ISO with offset, or wall time of the zone. Order is checked by `dueAt`. */
export function parseEvents(input: unknown, zone: string): EventsResult {
  if (input === undefined || input === null) return { ok: true, events: [] };
  if (!Array.isArray(input)) return { ok: false, error: dueError('due/bad-event', 'events phải là một danh sách.') };
  const events: ClockEvent[] = [];
  for (const [index, entry] of (input as unknown[]).entries()) {
    const given = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    const at = parseInstant(given.at) ?? parseWallTime(given.at, zone);
    if (!at) return fail('due/bad-event', index, `có thời điểm không hợp lệ (${String(given.at)})`);
    const { kind, reason } = given;
    if (kind === 'next-phase') {
      events.push({ kind, at });
    } else if (kind !== 'pause' && kind !== 'resume') {
      return fail('due/bad-event', index, `có loại không biết (${String(kind)})`);
    } else if (reason === undefined || reason === null) {
      events.push({ kind, at });
    } else if (reason === 'supplement' || reason === 'finance' || reason === 'agency') {
      events.push({ kind, at, reason });
    } else {
      return fail('due/bad-event', index, `có lý do không biết (${String(reason)})`);
    }
  }
  return { ok: true, events };
}

function closePause(
  open: { fromMs: number; reason: PauseReason | undefined },
  toMs: number | undefined,
  resumeReason: PauseReason | undefined,
  policy: SupplementPolicy,
): Pause {
  const reason = open.reason ?? resumeReason ?? 'supplement';
  return { fromMs: open.fromMs, toMs, restarts: reason === 'supplement' && policy === 'restart' };
}

function fail(code: string, index: number, what: string): { ok: false; error: DueError } {
  return { ok: false, error: dueError(code, `Sự kiện thứ ${index + 1} ${what}.`) };
}
