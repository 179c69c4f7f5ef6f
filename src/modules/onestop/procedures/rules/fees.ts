import { evaluate } from '../../../../core/expressions/expression.ts';
import { compileRule, holdsFor, type RuleInputs, ruleValues } from './conditions.ts';
import type { ProcedureDefinition } from './definition.ts';
import { ruleVariables } from './form-variables.ts';
import type { Fee } from './parts.ts';

/** One fee of one dossier, in whole đồng; 0 with `exemptedBy` where somebody pays nothing. */
export type FeeLine = {
  readonly feeId: string;
  readonly name: string;
  readonly kind: Fee['kind'];
  readonly amountVnd: number;
  readonly payWhen: Fee['payWhen'];
  readonly description: string | null;
  readonly exemptedBy: string | null;
  readonly verified: boolean;
};

export type FeeError = { readonly feeId: string; readonly code: string; readonly message: string };

export type ComputedFees =
  | { readonly ok: true; readonly lines: readonly FeeLine[]; readonly totalVnd: number }
  | { readonly ok: false; readonly errors: readonly FeeError[] };

/** Largest amount a single fee may come to: a slip in a rule must not become a bill. */
const MAX_VND = 1_000_000_000_000;

function applies(fee: Fee, inputs: RuleInputs): boolean {
  if (fee.foreign !== undefined) return false;
  if (fee.case !== undefined && fee.case !== inputs.caseId) return false;
  return fee.channel === undefined || fee.channel === inputs.channel;
}

function amountOf(fee: Fee, definition: Pick<ProcedureDefinition, 'form'>, inputs: RuleInputs): number | FeeError {
  if (fee.rule === undefined) {
    if (fee.amountVnd !== undefined) return fee.amountVnd;
    return { feeId: fee.id, code: 'fee/no-amount', message: `“${fee.name}” chưa có mức thu.` };
  }
  const rule = compileRule(fee.rule, ruleVariables(definition.form), 'int');
  if ('code' in rule)
    return { feeId: fee.id, code: `fee/${rule.code}`, message: `Công thức “${fee.name}” sai: ${rule.message}` };
  const result = evaluate(rule, ruleValues(inputs));
  if (!result.ok) {
    const message =
      result.error.code === 'missing-value'
        ? `Chưa đủ thông tin để tính “${fee.name}”.`
        : `Không tính được “${fee.name}”: ${result.error.message}`;
    return { feeId: fee.id, code: `fee/${result.error.code}`, message };
  }
  const value = result.value;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > MAX_VND) {
    return { feeId: fee.id, code: 'fee/not-an-amount', message: `“${fee.name}” tính ra số tiền không hợp lệ.` };
  }
  return value;
}

/**
 * The fees of a dossier. Fees with a channel or a case hold only there; one in another currency is never charged. A
 * missing input is an error, never a fee of zero.
 *
 * @param localAmounts amounts the province has set (HĐND cấp tỉnh), by fee id; they replace ours where `setByProvince`.
 * @example computeFees(copies, { channel: 'desk', values: { documents: [{ pages: 5, copies: 3 }] } }) // total 21.000
 */
export function computeFees(
  definition: Pick<ProcedureDefinition, 'fees' | 'form'>,
  inputs: RuleInputs,
  localAmounts: Readonly<Record<string, number>> = {},
): ComputedFees {
  const lines: FeeLine[] = [];
  const errors: FeeError[] = [];
  for (const fee of definition.fees) {
    if (!applies(fee, inputs)) continue;
    const exemption = fee.exemptions?.find((one) => holdsFor(one.condition, definition, inputs));
    const local = fee.setByProvince && Object.hasOwn(localAmounts, fee.id) ? localAmounts[fee.id] : undefined;
    const amount = exemption ? 0 : (local ?? amountOf(fee, definition, inputs));
    if (typeof amount !== 'number') {
      errors.push(amount);
      continue;
    }
    lines.push({
      feeId: fee.id,
      name: fee.name,
      kind: fee.kind,
      amountVnd: amount,
      payWhen: fee.payWhen,
      description: fee.description ?? null,
      exemptedBy: exemption?.name ?? null,
      verified: fee.verified,
    });
  }
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, lines, totalVnd: lines.reduce((sum, line) => sum + line.amountVnd, 0) };
}
