import { Value } from 'typebox/value';
import { isDay } from '../../../../core/time/index.ts';
import { ProcedureDefinition } from './definition.ts';

/** A place where data does not fit the schema; `path` like `/steps/2/allow/unit`. */
export type ShapeProblem = { readonly path: string; readonly message: string };

export type CheckedDefinition =
  | { readonly ok: true; readonly definition: ProcedureDefinition }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/** Checks the shape only (types, lengths, unknown keys, real days); sense is the linter's business. */
export function checkDefinition(value: unknown): CheckedDefinition {
  if (!Value.Check(ProcedureDefinition, value)) {
    const problems = [...Value.Errors(ProcedureDefinition, value)]
      .filter((error) => error.keyword !== 'additionalProperties')
      .map((error) => ({ path: error.instancePath || '/', message: error.message }));
    return {
      ok: false,
      problems: problems.length > 0 ? problems.slice(0, 50) : [{ path: '/', message: 'không đúng cấu trúc' }],
    };
  }
  const problems: ShapeProblem[] = [];
  if (!isDay(value.validFrom)) problems.push({ path: '/validFrom', message: 'ngày không có thật' });
  if (value.validTo !== undefined && !isDay(value.validTo))
    problems.push({ path: '/validTo', message: 'ngày không có thật' });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, definition: value };
}
