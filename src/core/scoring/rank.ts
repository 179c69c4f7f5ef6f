export type Ranked<T> = { readonly item: T; readonly rank: number; readonly population: number };

/**
 * Standard competition ranking (“1224”): equals share the better place, and the places after them stay empty. Highest
 * first. The population is kept with each place, because units vanish: “hạng 16/18”.
 * @example rankHighest([81.4, 90, 90], (x) => x) // 90 → 1, 90 → 1, 81.4 → 3, each of 3
 */
export function rankHighest<T>(items: readonly T[], scoreOf: (item: T) => number): Ranked<T>[] {
  const sorted = [...items].sort((a, b) => scoreOf(b) - scoreOf(a));
  let rank = 0;
  return sorted.map((item, index) => {
    const before = sorted[index - 1];
    if (before === undefined || scoreOf(before) !== scoreOf(item)) rank = index + 1;
    return { item, rank, population: items.length };
  });
}
