/** How long a session lives, in minutes. */
export type SessionLife = {
  /** Ends after this long without a request. */
  readonly idleMinutes: number;
  /** Ends this long after sign-in, used or not. */
  readonly absoluteMinutes: number;
};

export type SessionSettings = { readonly staff: SessionLife; readonly citizen: SessionLife };

/** Staff: a working day idle, 24 h at most. Citizens often sit at a shared computer: 2 h idle, 12 h at most. */
export const DEFAULT_SESSION_SETTINGS: SessionSettings = {
  staff: { idleMinutes: 8 * 60, absoluteMinutes: 24 * 60 },
  citizen: { idleMinutes: 2 * 60, absoluteMinutes: 12 * 60 },
};

/** `last_seen_at` is written at most this often, so that reading pages does not write. */
export const TOUCH_EVERY_MS = 60_000;

export type SessionTimes = { readonly lastSeenAt: Date; readonly expiresAt: Date };

/** Whether a session is alive at an instant. The limits themselves are outside: at `expiresAt` it has ended. */
export function judgeSession(times: SessionTimes, life: SessionLife, now: Date): 'alive' | 'idle' | 'expired' {
  if (now.getTime() >= times.expiresAt.getTime()) return 'expired';
  if (now.getTime() - times.lastSeenAt.getTime() >= life.idleMinutes * 60_000) return 'idle';
  return 'alive';
}
