import { Value } from 'typebox/value';
import { checkFormDefinition } from '../../../../core/forms/check.ts';
import { isDay } from '../../../../core/time/index.ts';
import { ProcedureDefinition } from './definition.ts';

/** A place where data does not fit the schema; `path` like `/steps/2/allow/unit`. */
export type ShapeProblem = { readonly path: string; readonly message: string };

export type CheckedDefinition =
  | { readonly ok: true; readonly definition: ProcedureDefinition }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/** The form's own check names the one field that is wrong, where the schema's union would name all eleven kinds. */
function formProblems(value: unknown): ShapeProblem[] {
  if (typeof value !== 'object' || value === null || !('form' in value) || value.form === undefined) return [];
  return checkFormDefinition(value.form)
    .filter((finding) => finding.severity === 'error')
    .map((finding) => ({ path: `/form/${finding.place}`, message: finding.message }));
}

/** Checks the shape (types, lengths, unknown keys, real days) and the form; sense is the linter's business. */
export function checkDefinition(value: unknown): CheckedDefinition {
  const inForm = formProblems(value);
  if (!Value.Check(ProcedureDefinition, value)) {
    const problems = [...Value.Errors(ProcedureDefinition, value)]
      .filter((error) => error.keyword !== 'additionalProperties' && !error.instancePath.startsWith('/form'))
      .map((error) => ({ path: error.instancePath || '/', message: error.message }));
    const all = [...problems, ...inForm].slice(0, 50);
    return { ok: false, problems: all.length > 0 ? all : [{ path: '/', message: 'không đúng cấu trúc' }] };
  }
  const problems: ShapeProblem[] = [...inForm];
  if (!isDay(value.validFrom)) problems.push({ path: '/validFrom', message: 'ngày không có thật' });
  if (value.validTo !== undefined && !isDay(value.validTo)) {
    problems.push({ path: '/validTo', message: 'ngày không có thật' });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, definition: value };
}
