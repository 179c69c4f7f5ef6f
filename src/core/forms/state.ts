import { type Expression, evaluate } from '../expressions/expression.ts';
import type { CompiledNode, CompiledSection } from './compile.ts';
import type { Problem } from './problems.ts';
import type { Reading } from './reading.ts';

/** What became of one field. */
export interface FieldState {
  isVisible: boolean;
  reading: Reading;
}
/** State of one scope: the form itself, or one item of a list. */
export interface ScopeState {
  fields: Map<string, FieldState>;
  known: Record<string, unknown>;
}
/** State of a list. */
export interface ListState {
  isVisible: boolean;
  items: { state: ScopeState; raw: Record<string, unknown> }[];
  problems: Problem[];
}
/** State of the whole form. */
export interface FormState extends ScopeState {
  lists: Map<string, ListState>;
  visibleSections: Set<CompiledSection>;
}

/** Whether a condition holds; false when a value it needs is missing. */
export function isTrue(expression: Expression, known: Record<string, unknown>): boolean {
  const result = evaluate(expression, known);
  return result.ok && result.value === true;
}

/** Whether a field or list must be filled, now that everything is known. */
export function isRequired(node: CompiledNode, known: Record<string, unknown>): boolean {
  return typeof node.required === 'boolean' ? node.required : isTrue(node.required, known);
}
