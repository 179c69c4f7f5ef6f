import { compileRule } from './conditions.ts';
import type { ProcedureDefinition } from './definition.ts';
import { ruleVariables } from './form-variables.ts';
import { expressionProblem, type Report, reportRepeats } from './lint-findings.ts';
import { placeholderProblem, placeholdersIn } from './result-template.ts';

/** Rules `components/*`. */
export function lintComponents(definition: ProcedureDefinition, report: Report): void {
  const { components, form } = definition;
  if (components.length === 0) report('components/none', 'error', '/components', 'Chưa có thành phần hồ sơ.');
  reportRepeats(
    components.map((component) => component.id),
    (id, at) => report('components/duplicate-id', 'error', `/components/${at}/id`, `Mã “${id}” bị lặp.`),
  );
  reportRepeats(
    components.map((component) =>
      component.code && component.required !== false ? component.code : `#${component.id}`,
    ),
    (code, at) =>
      report('components/duplicate-code', 'error', `/components/${at}/code`, `Thành phần bắt buộc “${code}” bị lặp.`),
  );
  const groups = new Set((definition.componentGroups ?? []).map((group) => group.id));
  components.forEach((component, at) => {
    const path = `/components/${at}`;
    if (component.case !== undefined && !definition.cases.some((one) => one.id === component.case)) {
      report('cases/unknown', 'error', `${path}/case`, `Không có trường hợp “${component.case}”.`);
    }
    if (component.group !== undefined && !groups.has(component.group)) {
      report('components/unknown-group', 'error', `${path}/group`, `Không có nhóm “${component.group}”.`);
    }
    if (component.form !== undefined && component.form !== form?.id) {
      report('components/unknown-form', 'error', `${path}/form`, `Không có tờ khai “${component.form}”.`);
    }
    if (component.present !== 'note' && component.originals + component.copies === 0 && component.form === undefined) {
      report('components/no-quantity', 'warning', path, 'Không ghi số bản chính, bản sao.');
    }
    if (typeof component.required === 'string') {
      const rule = compileRule(component.required, ruleVariables(form), 'bool');
      if ('code' in rule) report('components/required', 'error', `${path}/required`, expressionProblem(rule));
    }
  });
}

/** Rules `results/*`. */
export function lintResults(definition: ProcedureDefinition, report: Report): void {
  if (definition.results.length === 0) report('results/none', 'error', '/results', 'Chưa có kết quả giải quyết.');
  reportRepeats(
    definition.results.map((result) => result.code),
    (code, at) => report('results/duplicate-code', 'error', `/results/${at}/code`, `Mã kết quả “${code}” bị lặp.`),
  );
  definition.results.forEach((result, at) => {
    const path = `/results/${at}`;
    if (result.case !== undefined && !definition.cases.some((one) => one.id === result.case)) {
      report('cases/unknown', 'error', `${path}/case`, `Không có trường hợp “${result.case}”.`);
    }
    const { template } = result;
    if (!template) {
      // A draft still on its way has neither steps nor templates; one warning is enough for both.
      const severity = definition.steps.length === 0 ? 'warning' : 'error';
      if (!result.withoutTemplate)
        report('results/without-template', severity, path, `“${result.name}” chưa có mẫu kết quả.`);
      return;
    }
    const lines = [
      template.title,
      template.subtitle ?? '',
      ...(template.grounds ?? []),
      ...template.body,
      ...(template.recipients ?? []),
    ];
    for (const placeholder of lines.flatMap(placeholdersIn)) {
      const problem = placeholderProblem(placeholder, definition.form);
      if (problem) report('results/placeholder', 'error', `${path}/template`, `{{${placeholder.path}}}: ${problem}.`);
    }
    if (lines.some((line) => /\{\{|\}\}/.test(line.replace(/\{\{[^{}]*\}\}/g, '')))) {
      report('results/placeholder', 'error', `${path}/template`, 'Có dấu {{ hoặc }} không khép.');
    }
  });
}
