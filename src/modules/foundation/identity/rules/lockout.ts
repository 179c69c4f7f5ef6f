/** How many failures are borne. Counted per pair of address and login, and per address over all logins. */
export type LockoutSettings = {
  /** Failures of one pair after which the pair is locked. */
  readonly pairFailures: number;
  /** Failures of one address over all logins; high, since a whole office may share an address. */
  readonly addressFailures: number;
  /** A failure is forgotten after this time without another one; a lock lasts as long. */
  readonly windowMinutes: number;
};

/** 5 failures of a pair, 100 of an address, 15 minutes (contracts §4.14). */
export const DEFAULT_LOCKOUT: LockoutSettings = { pairFailures: 5, addressFailures: 100, windowMinutes: 15 };

/** What is remembered of one pair, or of one address. */
export type AttemptState = {
  readonly failures: number;
  readonly lastFailedAt: Date | null;
  readonly lockedUntil: Date | null;
};

/** Nothing remembered yet. */
export const NO_ATTEMPTS: AttemptState = { failures: 0, lastFailedAt: null, lockedUntil: null };

export type LockCheck = { readonly ok: true } | { readonly ok: false; readonly minutes: number };

/** Whether an attempt may be made now. `lockedUntil` itself is free again; minutes left are rounded up. */
export function decideAttempt(state: AttemptState, now: Date): LockCheck {
  const leftMs = (state.lockedUntil?.getTime() ?? 0) - now.getTime();
  return leftMs > 0 ? { ok: false, minutes: Math.ceil(leftMs / 60_000) } : { ok: true };
}

/**
 * The state after one more failure. The failure that reaches the limit locks at once: with a limit of 5 the sixth
 * attempt is refused, even with the right password. Failures older than the window no longer count.
 */
export function countFailure(state: AttemptState, now: Date, limit: number, windowMinutes: number): AttemptState {
  const windowMs = windowMinutes * 60_000;
  const stale = state.lastFailedAt === null || now.getTime() - state.lastFailedAt.getTime() >= windowMs;
  const failures = (stale ? 0 : state.failures) + 1;
  return {
    failures,
    lastFailedAt: now,
    lockedUntil: failures >= limit ? new Date(now.getTime() + windowMs) : null,
  };
}

/**
 * The state when an attempt counted in advance turns out to be neither success nor failure (the password was right,
 * the one-time code not given yet). Earlier failures stay, or a known password would wipe failed codes.
 */
export function takeBackFailure(state: AttemptState): AttemptState {
  return { failures: Math.max(0, state.failures - 1), lastFailedAt: state.lastFailedAt, lockedUntil: null };
}
