import {
  compileExpression,
  type Expression,
  type ExpressionError,
  evaluate,
} from '../../../../core/expressions/expression.ts';
import type { Variables } from '../../../../core/expressions/types.ts';
import type { ProcedureDefinition } from './definition.ts';
import { ruleVariables } from './form-variables.ts';
import type { Channel, ProcedureCase } from './parts.ts';
import type { ProcedureComponent } from './work.ts';

/** Values an expression is run over: the form's values with the case and the channel. */
export type RuleInputs = {
  readonly caseId?: string | undefined;
  readonly channel?: Channel | undefined;
  readonly values: Readonly<Record<string, unknown>>;
  /** The day of reception, for rules that count from it. */
  readonly today?: string | undefined;
};

const compiled = new WeakMap<Variables, Map<string, Expression | ExpressionError>>();

/** Compiles once per form and source. */
export function compileRule(
  source: string,
  variables: Variables,
  expected: 'int' | 'bool',
): Expression | ExpressionError {
  const bySource = compiled.get(variables) ?? new Map<string, Expression | ExpressionError>();
  compiled.set(variables, bySource);
  const key = `${expected}:${source}`;
  const before = bySource.get(key);
  if (before) return before;
  const result = compileExpression(source, variables, expected);
  const value = result.ok ? result.expression : result.error;
  bySource.set(key, value);
  return value;
}

/** The values as expressions name them. A form field called `caseId` or `channel` would be hidden; the linter refuses it. */
export function ruleValues(inputs: RuleInputs): Record<string, unknown> {
  return { ...inputs.values, caseId: inputs.caseId, channel: inputs.channel, today: inputs.today };
}

/** A condition that is false where a value it needs is missing, or where it does not compile. */
export function holdsFor(source: string, definition: Pick<ProcedureDefinition, 'form'>, inputs: RuleInputs): boolean {
  const rule = compileRule(source, ruleVariables(definition.form), 'bool');
  if ('code' in rule) return false;
  const result = evaluate(rule, ruleValues(inputs));
  return result.ok && result.value === true;
}

/**
 * The case a dossier belongs to by its form: the first whose condition holds, or the only one there is; undefined where
 * somebody must choose. Example: 1.013225 with `constructionKind: 'house'` → case `house`.
 */
export function findCase(
  definition: Pick<ProcedureDefinition, 'form' | 'cases'>,
  inputs: RuleInputs,
): ProcedureCase | undefined {
  const met = definition.cases.find(
    (one) => one.condition !== undefined && holdsFor(one.condition, definition, inputs),
  );
  if (met) return met;
  return definition.cases.length === 1 ? definition.cases[0] : undefined;
}

export type NeededComponent = Omit<ProcedureComponent, 'required'> & { readonly required: boolean };

/**
 * The papers of a dossier: those of its case (and of no case), guidance left out, each with `required` decided. A
 * condition that cannot be decided yet counts as not required.
 */
export function componentsFor(
  definition: Pick<ProcedureDefinition, 'form' | 'components'>,
  inputs: RuleInputs,
): NeededComponent[] {
  return definition.components
    .filter((component) => component.present !== 'note')
    .filter((component) => component.case === undefined || component.case === inputs.caseId)
    .map((component) => ({
      ...component,
      required:
        typeof component.required === 'boolean' ? component.required : holdsFor(component.required, definition, inputs),
    }));
}
