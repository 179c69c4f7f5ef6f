/** Reads by a key, or gives what was read by it a moment ago. */
export type KeptReadings = <T>(key: string, read: () => Promise<T>) => Promise<T>;

/**
 * Readings many ask for at once: one is shared by all who ask within `keptMs`; a failed one is not kept. In the memory of
 * one process; a key always stands for the same kind of reading.
 * @param most more than these are all forgotten
 * @example const briefly = createKeptReadings(5000, 500); await briefly('open', () => readOpen(db))
 */
export function createKeptReadings(keptMs: number, most: number): KeptReadings {
  const kept = new Map<string, { readonly atMs: number; readonly value: Promise<unknown> }>();
  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const nowMs = performance.now();
    const known = kept.get(key);
    if (known && nowMs - known.atMs < keptMs) return known.value as Promise<T>;
    if (kept.size >= most) kept.clear();
    const value = read();
    kept.set(key, { atMs: nowMs, value });
    value.catch(() => kept.delete(key));
    return value;
  };
}
