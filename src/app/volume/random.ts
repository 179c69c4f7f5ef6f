/** A seeded source of chance: the same seed gives the same dossiers. Not for secrets. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [0, below). */
  below(below: number): number;
  chance(probability: number): boolean;
  /** Exponentially distributed with the given mean, at most `most`. */
  waiting(mean: number, most: number): number;
  pick<T>(list: readonly T[]): T | undefined;
  /** Index drawn by weights. */
  weighted(cumulative: Float64Array): number;
  /** UUIDv7 of an instant; ids made one after the other for one millisecond keep their order. */
  uuid(atMs: number): string;
};

/** Mulberry32 with a counter for ids. */
export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  let lastMs = -1;
  let counter = 0;
  const word = (): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const next = (): number => word() / 4_294_967_296;
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
  return {
    next,
    below: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    waiting: (mean, most) => Math.min(most, -mean * Math.log(1 - next())),
    pick: (list) => list[Math.floor(next() * list.length)],
    weighted(cumulative) {
      const at = next() * (cumulative[cumulative.length - 1] ?? 0);
      let low = 0;
      let high = cumulative.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((cumulative[middle] ?? 0) > at) high = middle;
        else low = middle + 1;
      }
      return low;
    },
    uuid(atMs) {
      const ms = Math.max(0, Math.floor(atMs));
      if (ms === lastMs) counter = (counter + 1) & 0xfff;
      else {
        lastMs = ms;
        counter = word() & 0x3ff;
      }
      const time = hex(ms, 12);
      const tail = hex(word(), 8) + hex(word(), 8);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${(8 + (word() & 3)).toString(16)}${tail.slice(0, 3)}-${tail.slice(3, 15)}`;
    },
  };
}

/** Running sums of weights, for `Random.weighted`. */
export function cumulative(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, index) => {
    sum += weight;
    sums[index] = sum;
  });
  return sums;
}
