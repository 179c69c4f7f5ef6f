import { checkFormDefinition } from '../../../../core/forms/check.ts';
import type { ProcedureDefinition } from './definition.ts';
import type { Report } from './lint-findings.ts';

/** Rules `form/*`: `form/missing`, `form/reserved-id`, and `form/<code>` for every finding of `checkFormDefinition`. */
export function lintForm(definition: ProcedureDefinition, report: Report): void {
  const { form } = definition;
  if (!form) {
    if (definition.steps.length > 0) report('form/missing', 'warning', '/form', 'Chưa có tờ khai điện tử.');
    return;
  }
  for (const finding of checkFormDefinition(form)) {
    report(`form/${finding.code}`, finding.severity, `/form/${finding.place}`, finding.message);
  }
  const ids = form.sections.flatMap((section) => [section.id, ...section.fields.map((field) => field.id)]);
  for (const reserved of ['caseId', 'channel', 'today']) {
    if (ids.includes(reserved)) report('form/reserved-id', 'error', '/form', `Mục “${reserved}” trùng tên dành riêng.`);
  }
}
