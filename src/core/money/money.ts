/** No single amount of this system comes near it; above it something is wrong. One million billion đồng. */
export const MAX_AMOUNT_VND = 1_000_000_000_000_000;

/** Whether `value` is an amount in whole đồng: a safe integer within ± MAX_AMOUNT_VND. */
export function isAmountVnd(value: unknown): value is number {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= MAX_AMOUNT_VND;
}

/** The sum of whole đồng; throws RangeError if an amount or the sum is not whole đồng, so no ledger line is ever off. */
export function sumVnd(amountsVnd: readonly number[]): number {
  let total = 0;
  for (const amount of amountsVnd) {
    if (!isAmountVnd(amount)) throw new RangeError(`not whole đồng: ${amount}`);
    total += amount;
    if (!isAmountVnd(total)) throw new RangeError('sum out of range');
  }
  return total;
}

/**
 * `amountVnd × perMille ÷ 1000`, half away from zero to a whole đồng, without floating point:
 * `shareVnd(200_001, 5) === 1000`.
 */
export function shareVnd(amountVnd: number, perMille: number): number {
  if (!isAmountVnd(amountVnd) || !Number.isSafeInteger(perMille)) throw new RangeError('not whole đồng or per mille');
  const product = BigInt(amountVnd) * BigInt(perMille);
  const half = product < 0n ? -500n : 500n;
  return Number((product + half) / 1000n);
}
