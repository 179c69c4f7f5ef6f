import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFeeRule, type FeeRule, feeAmount } from './fee.ts';
import { isAmountVnd, shareVnd, sumVnd } from './money.ts';

const COPIES: FeeRule = {
  rule: 'copies * min(200000, min(pages, 2) * 2000 + max(pages - 2, 0) * 1000)',
  inputs: { pages: 'int', copies: 'int' },
};

describe('the fee of certified copies (2.000 đ a page, from page 3 1.000 đ, at most 200.000 đ a copy)', () => {
  it.each([
    [1, 1, 2000],
    [2, 1, 4000],
    [3, 1, 5000],
    [5, 1, 7000],
    [198, 1, 200000],
    [300, 1, 200000],
    [5, 3, 21000],
    [300, 2, 400000],
  ])('%i pages, %i copies: %i đ', (pages, copies, amountVnd) => {
    expect(feeAmount(COPIES, { pages, copies })).toEqual({ ok: true, amountVnd });
  });
  it('never goes down with another page and never above the cap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (pages) => {
        const [less, more] = [
          feeAmount(COPIES, { pages, copies: 1 }),
          feeAmount(COPIES, { pages: pages + 1, copies: 1 }),
        ];
        expect(less.ok && more.ok && less.amountVnd <= more.amountVnd && more.amountVnd <= 200_000).toBe(true);
      }),
    );
  });
});

describe('a fee rule', () => {
  it('with a missing input is an error, not a fee of zero', () => {
    expect(feeAmount(COPIES, { pages: 1 })).toMatchObject({ ok: false, error: { code: 'missing-value' } });
  });
  it('may be a fixed amount', () => {
    expect(feeAmount({ amountVnd: 8000 }, {})).toEqual({ ok: true, amountVnd: 8000 });
    expect(feeAmount({ amountVnd: 0.5 }, {})).toMatchObject({ ok: false, error: { code: 'not-an-amount' } });
  });
  it('that can go below zero is refused when it does', () => {
    const fee: FeeRule = { rule: 'pages - 10', inputs: { pages: 'int' } };
    expect(feeAmount(fee, { pages: 1 })).toMatchObject({ ok: false, error: { code: 'not-an-amount' } });
  });
  it('is checked when saved', () => {
    expect(checkFeeRule(COPIES)).toBeUndefined();
    expect(checkFeeRule({ rule: 'pages * 1.5', inputs: { pages: 'int' } })).toMatchObject({ code: 'type' });
    expect(checkFeeRule({ rule: 'sheets * 2', inputs: { pages: 'int' } })).toMatchObject({ code: 'unknown-name' });
    expect(checkFeeRule({ rule: 'pages > 1', inputs: { pages: 'int' } })).toMatchObject({ code: 'wrong-result-type' });
    expect(feeAmount({ rule: 'nope', inputs: {} }, {})).toMatchObject({ ok: false });
  });
});

describe('whole đồng', () => {
  it('are added exactly or not at all', () => {
    expect(sumVnd([])).toBe(0);
    expect(sumVnd([8000, 2000, -500])).toBe(9500);
    expect(() => sumVnd([0.1])).toThrow(RangeError);
    expect(() => sumVnd([Number.NaN])).toThrow(RangeError);
    expect(() => sumVnd([1e15, 1])).toThrow(RangeError);
    expect(isAmountVnd('8000')).toBe(false);
  });
  it('are shared by per mille, half away from zero', () => {
    expect(shareVnd(200_001, 5)).toBe(1000);
    expect(shareVnd(100, 5)).toBe(1);
    expect(shareVnd(-100, 5)).toBe(-1);
    expect(shareVnd(1_000_000_000_000_000, 1000)).toBe(1_000_000_000_000_000);
  });
});
