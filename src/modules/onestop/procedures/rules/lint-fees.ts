import { compileRule } from './conditions.ts';
import type { ProcedureDefinition } from './definition.ts';
import { ruleVariables } from './form-variables.ts';
import { expressionProblem, type Report, reportRepeats } from './lint-findings.ts';

/** Rules `fees/*`. A procedure without fees is fine: most social procedures are free. */
export function lintFees(definition: ProcedureDefinition, report: Report): void {
  reportRepeats(
    definition.fees.map((fee) => fee.id),
    (id, at) => report('fees/duplicate-id', 'error', `/fees/${at}/id`, `Mã khoản thu “${id}” bị lặp.`),
  );
  const variables = ruleVariables(definition.form);
  definition.fees.forEach((fee, at) => {
    const path = `/fees/${at}`;
    if (fee.case !== undefined && !definition.cases.some((one) => one.id === fee.case)) {
      report('cases/unknown', 'error', `${path}/case`, `Không có trường hợp “${fee.case}”.`);
    }
    if (fee.channel !== undefined && !definition.channels[fee.channel]) {
      report('fees/unreachable', 'warning', `${path}/channel`, `Thủ tục không nhận qua kênh ${fee.channel}.`);
    }
    if (fee.foreign === undefined && (fee.amountVnd === undefined) === (fee.rule === undefined)) {
      report('fees/amount-or-rule', 'error', path, 'Ghi đúng một trong hai: amountVnd hoặc rule.');
    }
    if (fee.rule !== undefined) {
      const rule = compileRule(fee.rule, variables, 'int');
      if ('code' in rule) report('fees/rule', 'error', `${path}/rule`, expressionProblem(rule));
    }
    for (const [index, exemption] of (fee.exemptions ?? []).entries()) {
      const rule = compileRule(exemption.condition, variables, 'bool');
      if ('code' in rule) report('fees/exemption', 'error', `${path}/exemptions/${index}`, expressionProblem(rule));
    }
    if (!fee.source)
      report('fees/source-missing', fee.verified ? 'error' : 'warning', path, `“${fee.name}” chưa ghi căn cứ thu.`);
  });
}
