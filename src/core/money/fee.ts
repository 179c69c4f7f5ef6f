import { compileExpression, type Expression, type ExpressionError, evaluate } from '../expressions/expression.ts';
import type { Variables } from '../expressions/types.ts';
import { isAmountVnd } from './money.ts';

/** How a fee is found: a fixed amount, or a CEL rule over declared inputs that gives whole đồng. */
export type FeeRule =
  | { amountVnd: number }
  | {
      /** CEL, result `int` in đồng, e.g. `copies * min(200000, pages * 2000)`. */
      rule: string;
      /** Inputs the rule may name, with their types. */
      inputs: Variables;
    };

/** What a fee rule failed on: an expression error, or `not-an-amount` for a negative or too large result. */
export type FeeError = ExpressionError | { code: 'not-an-amount'; message: string };

export type FeeResult = { ok: true; amountVnd: number } | { ok: false; error: FeeError };

const compiledRules = new WeakMap<FeeRule, Expression>();

/** Checks a fee rule when it is saved: names, types, whole đồng. Undefined means right. */
export function checkFeeRule(fee: FeeRule): FeeError | undefined {
  if ('amountVnd' in fee) return checkAmount(fee.amountVnd);
  const compiled = compileExpression(fee.rule, fee.inputs, 'int');
  return compiled.ok ? undefined : compiled.error;
}

function checkAmount(amount: unknown): FeeError | undefined {
  if (isAmountVnd(amount) && amount >= 0) return undefined;
  return { code: 'not-an-amount', message: `not whole đồng from 0: ${String(amount)}` };
}

function compiledRule(fee: { rule: string; inputs: Variables }): Expression | ExpressionError {
  const known = compiledRules.get(fee);
  if (known) return known;
  const compiled = compileExpression(fee.rule, fee.inputs, 'int');
  if (!compiled.ok) return compiled.error;
  compiledRules.set(fee, compiled.expression);
  return compiled.expression;
}

/**
 * The fee in whole đồng for these inputs. A missing input is the error `missing-value`, never a fee of zero.
 *
 * @example
 * // Certified copies: 2.000 đ a page, from page 3 on 1.000 đ, at most 200.000 đ a copy.
 * feeAmount({ rule: 'copies * min(200000, min(pages, 2) * 2000 + max(pages - 2, 0) * 1000)',
 *             inputs: { pages: 'int', copies: 'int' } }, { pages: 5, copies: 1 }) // 7000
 */
export function feeAmount(fee: FeeRule, inputs: Record<string, unknown>): FeeResult {
  if ('amountVnd' in fee) {
    const wrong = checkAmount(fee.amountVnd);
    return wrong ? { ok: false, error: wrong } : { ok: true, amountVnd: fee.amountVnd };
  }
  const rule = compiledRule(fee);
  if ('code' in rule) return { ok: false, error: rule };
  const result = evaluate(rule, inputs);
  if (!result.ok) return result;
  const wrong = checkAmount(result.value);
  return wrong ? { ok: false, error: wrong } : { ok: true, amountVnd: result.value as number };
}
