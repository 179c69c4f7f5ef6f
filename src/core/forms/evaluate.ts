import { evaluate } from '../expressions/expression.ts';
import type { CompiledField, CompiledForm, CompiledList } from './compile.ts';
import { type FormError, problemErrors, ruleErrors } from './errors.ts';
import { evaluateNodes } from './evaluate-nodes.ts';
import { missingOf } from './missing.ts';
import type { Problem, ProblemCode } from './problems.ts';
import { type FormContext, isRecord } from './reading.ts';
import { type FormState, isRequired, type ScopeState } from './state.ts';
import { type UnknownValue, unknownIn } from './unknown.ts';
import { modelOf, type VisibleSection } from './visible.ts';

export type { FormError } from './errors.ts';
export type { FormContext } from './reading.ts';
export type { VisibleField, VisibleItem, VisibleSection } from './visible.ts';

/** A value of a form: plain JSON. Fields by id; repeated lists are arrays of objects under the list's id. */
export type FormValues = Record<string, unknown>;

/** Result of checking values against a form. */
export interface Evaluation {
  /** Hidden values removed, computed ones filled, all normalised; evaluating them again gives them again. */
  values: FormValues;
  /** What to show, in order. */
  visible: VisibleSection[];
  errors: FormError[];
  /** Values of fields this revision does not know, kept for the caller to store; at most 200. */
  unknown: UnknownValue[];
}

/** Evaluation options beside the context: translations of messages. */
export interface EvaluateOptions {
  messages?: Partial<Record<ProblemCode, string>>;
}

function keptOf(fields: CompiledField[], state: ScopeState): FormValues {
  const values: FormValues = {};
  for (const { id } of fields) {
    const value = state.fields.get(id)?.reading.value;
    if (value !== undefined) values[id] = value;
  }
  return values;
}

function collectValues(form: CompiledForm, state: FormState): FormValues {
  const values: FormValues = {};
  for (const node of form.sections.flatMap((section) => section.nodes)) {
    if (node.kind === 'field') Object.assign(values, keptOf([node], state));
    const items = node.kind === 'list' ? (state.lists.get(node.id)?.items ?? []) : [];
    if (node.kind === 'list' && items.length > 0)
      values[node.id] = items.map((item) => keptOf(node.fields, item.state));
  }
  return values;
}

function fieldProblems(node: CompiledField, scope: ScopeState, context: FormContext): Problem[] {
  const state = scope.fields.get(node.id);
  if (!state?.isVisible) return [];
  const problems = state.reading.problems;
  if (context.mode === 'draft') return problems;
  const told = new Set(problems.map((problem) => problem.at));
  const missing = missingOf(node, state.reading.value, isRequired(node, scope.known));
  return [...problems, ...missing.filter((problem) => !told.has(problem.at))];
}

function listErrors(node: CompiledList, form: FormState, context: FormContext, options: EvaluateOptions): FormError[] {
  const list = form.lists.get(node.id);
  if (!list?.isVisible) return [];
  const problems = [...list.problems];
  if (context.mode === 'submit' && list.items.length === 0 && isRequired(node, form.known)) {
    problems.push({ at: '', code: 'required-items', params: { count: 1 } });
  }
  const errors = problemErrors({ path: node.id, fieldId: node.id, label: node.label }, problems, options.messages);
  for (const [index, { state }] of list.items.entries()) {
    for (const field of node.fields) {
      const path = `${node.id}.${index}.${field.id}`;
      const found = fieldProblems(field, state, context);
      const itemTitle = `${node.repeat.itemLabel} ${index + 1}`;
      const place = { path, fieldId: field.id, label: field.field.label, itemTitle };
      errors.push(...problemErrors(place, found, options.messages));
    }
  }
  return errors;
}

function collectErrors(
  form: CompiledForm,
  state: FormState,
  context: FormContext,
  options: EvaluateOptions,
): FormError[] {
  const errors: FormError[] = [];
  for (const node of form.sections.flatMap((section) => section.nodes)) {
    if (node.kind === 'list') errors.push(...listErrors(node, state, context, options));
    else {
      const found = fieldProblems(node, state, context);
      const place = { path: node.id, fieldId: node.id, label: node.field.label };
      errors.push(...problemErrors(place, found, options.messages));
    }
  }
  for (const { rule, assert } of form.rules) {
    const result = evaluate(assert, state.known);
    if (!result.ok || result.value === true) continue;
    const shown = rule.fields.filter((id) => state.fields.get(id)?.isVisible ?? state.lists.get(id)?.isVisible);
    errors.push(...ruleErrors(rule.id, rule.message, shown.length > 0 ? shown : rule.fields.slice(0, 1)));
  }
  return errors;
}

/**
 * Checks outside data against a form: the one function behind the citizen's page, the counter and the API. Pure and
 * total: it never throws, whatever JSON it is given, and reads only own properties of known names.
 *
 * Order: visibility and computed values after what they depend on; then what is required; then the rules. A hidden
 * field has no value, for expressions either. In `draft` nothing is required, but what is there is checked.
 * Idempotent in `values`. File values must come from the server (see FileValue).
 */
export function evaluateForm(
  form: CompiledForm,
  values: unknown,
  context: FormContext,
  options: EvaluateOptions = {},
): Evaluation {
  const record = isRecord(values) ? values : {};
  const state = evaluateNodes(form, record, context);
  const errors = collectErrors(form, state, context, options);
  if (!isRecord(values) && values !== undefined && values !== null) {
    errors.unshift(
      ...problemErrors({ path: '', fieldId: '', label: '' }, [{ at: '', code: 'not-a-form' }], options.messages),
    );
  }
  const kept = collectValues(form, state);
  return { values: kept, visible: modelOf(form, state), errors, unknown: unknownIn(form, record, state) };
}
