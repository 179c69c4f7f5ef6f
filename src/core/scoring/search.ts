/** Whether something holds for every whole number from `from` to `to`, for none of them, or (undefined) for some at most. */
export type Verdict = (from: number, to: number) => boolean | undefined;

/**
 * The least whole number from `from` to `to` that holds. Ranges are halved until the verdict on them is clear, near numbers
 * in small ranges first, so that what rises and falls again is found too. `tried`: the last number that is known; before
 * `to` where the verdicts asked for ran out.
 */
export function leastThat(
  from: number,
  to: number,
  verdict: Verdict,
  verdicts = 1_000,
): { readonly least: number | null; readonly tried: number } {
  let left = verdicts;
  /** The least of a range; null: none; undefined: ran out. `tried` follows the left edge. */
  let tried = from - 1;
  const find = (a: number, b: number): number | null | undefined => {
    if (left-- <= 0) return undefined;
    const told = verdict(a, b);
    if (told === true) return a;
    if (told === false || a === b) {
      tried = b;
      return null;
    }
    const middle = Math.floor((a + b) / 2);
    const low = find(a, middle);
    return low === null ? find(middle + 1, b) : low;
  };
  for (let [a, width] = [from, 1]; a <= to; width *= 2) {
    const b = Math.min(to, a + width - 1);
    const found = find(a, b);
    if (found === undefined) return { least: null, tried };
    if (found !== null) return { least: found, tried: found };
    a = b + 1;
  }
  return { least: null, tried: to };
}
