import { type Day, dayOf } from '../../../core/time/index.ts';
import { dropOldest } from './oldest.ts';

/** Tables of counts read before. */
export type KeptTables = {
  /**
   * A table over a period up to `to`, used again until a counting touches a day of it, for a minute at most (what fields
   * procedures have may change); of a running period for five seconds, for it moves with the clock.
   */
  table<T>(key: string, to: Day, now: Date, read: () => Promise<T>): Promise<T>;
  /** Those of periods that reach this day or a later one are read again. */
  forgetFrom(day: Day): void;
};

/** Tables are large. */
const KEPT = 12;
const KEPT_MS = 60_000;
const RUNNING_MS = 5000;

export function createKeptTables(): KeptTables {
  const kept = new Map<string, { readonly to: Day; readonly atMs: number; readonly value: Promise<unknown> }>();
  return {
    table<T>(key: string, to: Day, now: Date, read: () => Promise<T>): Promise<T> {
      const known = kept.get(key);
      const ageMs = now.getTime() - (known?.atMs ?? 0);
      if (known && ageMs >= 0 && ageMs < (to >= dayOf(now) ? RUNNING_MS : KEPT_MS)) return known.value as Promise<T>;
      kept.delete(key);
      dropOldest(kept, KEPT - 1);
      const value = read();
      kept.set(key, { to, atMs: now.getTime(), value });
      value.catch(() => kept.delete(key));
      return value;
    },
    forgetFrom(day) {
      for (const [key, one] of kept) if (one.to >= day) kept.delete(key);
    },
  };
}
