import type { Decimal } from './decimal.ts';

/** All values from `lo` to `hi`, both included; undefined stands for “anything”. */
export type Interval = { readonly lo: Decimal; readonly hi: Decimal };
export type Bounds = Interval | undefined;

const spanning = (values: readonly Decimal[]): Interval => ({
  lo: values.reduce((a, b) => (b.lt(a) ? b : a)),
  hi: values.reduce((a, b) => (b.gt(a) ? b : a)),
});
const corners = (a: Interval, b: Interval, join: (x: Decimal, y: Decimal) => Decimal): Interval =>
  spanning([join(a.lo, b.lo), join(a.lo, b.hi), join(a.hi, b.lo), join(a.hi, b.hi)]);

/** What a comparison says of all values: it holds, it does not, it is `either`; undefined: it may not even be defined. */
export type Told = boolean | 'either' | undefined;

/** What is not known stays unknown. */
export const negated = <T extends Told>(told: T): T | boolean => (typeof told === 'boolean' ? !told : told);

/**
 * Arithmetic on intervals: whatever is computed of values within the operands lies within the result. Divisions round as
 * those of single values do, and rounding never turns an order around, so this holds to the last digit.
 */
export const intervals = {
  of: (a: Decimal, b: Decimal): Interval => spanning([a, b]),
  plus: (a: Bounds, b: Bounds): Bounds => a && b && { lo: a.lo.plus(b.lo), hi: a.hi.plus(b.hi) },
  minus: (a: Bounds, b: Bounds): Bounds => a && b && { lo: a.lo.minus(b.hi), hi: a.hi.minus(b.lo) },
  times: (a: Bounds, b: Bounds): Bounds => a && b && corners(a, b, (x, y) => x.times(y)),
  /** Anything where the divisor may be 0. */
  over: (a: Bounds, b: Bounds): Bounds =>
    a && b && (b.lo.gt(0) || b.hi.lt(0)) ? corners(a, b, (x, y) => x.div(y)) : undefined,
  extreme: (all: readonly Bounds[], which: 'min' | 'max'): Bounds => {
    const known = all.flatMap((each) => each ?? []);
    if (known.length < all.length) return undefined;
    const side = which === 'min' ? 'lo' : 'hi';
    const pick = (values: readonly Decimal[]): Decimal => spanning(values)[side];
    return { lo: pick(known.map((each) => each.lo)), hi: pick(known.map((each) => each.hi)) };
  },
  either: (a: Bounds, b: Bounds): Bounds => a && b && spanning([a.lo, a.hi, b.lo, b.hi]),
  compare(a: Bounds, b: Bounds, sign: string): Told {
    if (!a || !b) return undefined;
    switch (sign) {
      case '<':
        return a.hi.lt(b.lo) ? true : a.lo.gte(b.hi) ? false : 'either';
      case '>=':
        return negated(intervals.compare(a, b, '<'));
      case '>':
        return intervals.compare(b, a, '<');
      case '<=':
        return negated(intervals.compare(b, a, '<'));
      case '==':
        if (a.hi.lt(b.lo) || a.lo.gt(b.hi)) return false;
        return a.lo.eq(a.hi) && b.lo.eq(b.hi) ? true : 'either';
      default:
        return negated(intervals.compare(a, b, '=='));
    }
  },
};
