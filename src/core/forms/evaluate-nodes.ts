import { evaluate } from '../expressions/expression.ts';
import type { CompiledField, CompiledForm, CompiledList } from './compile.ts';
import { knownWhenAbsent, readField } from './read-field.ts';
import { type FormContext, isRecord, own, type Reading } from './reading.ts';
import { type FormState, isTrue, type ListState, type ScopeState } from './state.ts';

/** More items than any form allows are not looked at. */
const MAX_ITEMS = 100;
const HIDDEN: Reading = { problems: [] };

function evaluateField(
  node: CompiledField,
  raw: unknown,
  scope: ScopeState,
  isShown: boolean,
  context: FormContext,
): void {
  const isVisible = isShown && (!node.visibleWhen || isTrue(node.visibleWhen, scope.known));
  let reading = HIDDEN;
  if (isVisible && node.computed) {
    const result = evaluate(node.computed, scope.known);
    reading = result.ok ? readField(node.field, result.value, context) : HIDDEN;
  } else if (isVisible) reading = readField(node.field, raw, context);
  scope.fields.set(node.id, { isVisible, reading });
  const known = reading.known ?? knownWhenAbsent(node.field);
  if (known !== undefined) scope.known[node.id] = known;
}

function evaluateList(node: CompiledList, raw: unknown, form: FormState, isShown: boolean, context: FormContext): void {
  const isVisible = isShown && (!node.visibleWhen || isTrue(node.visibleWhen, form.known));
  const list: ListState = { isVisible, items: [], problems: [] };
  form.lists.set(node.id, list);
  form.known[node.id] = [];
  if (!isVisible) return;
  const given: unknown[] = Array.isArray(raw) ? raw.slice(0, MAX_ITEMS) : [];
  if (raw !== undefined && raw !== null && raw !== '' && !Array.isArray(raw))
    list.problems.push({ at: '', code: 'wrong-type' });
  if (Array.isArray(raw) && raw.length > node.repeat.max) {
    list.problems.push({ at: '', code: 'too-many-items', params: { max: node.repeat.max } });
  }
  const count = Math.max(given.length, node.repeat.min);
  const { [node.id]: _own, ...outer } = form.known;
  for (let index = 0; index < count; index++) {
    const item = given[index];
    if (item !== undefined && item !== null && !isRecord(item)) list.problems.push({ at: '', code: 'wrong-type' });
    const record = isRecord(item) ? item : {};
    const state: ScopeState = { fields: new Map(), known: { ...outer } };
    for (const field of node.order) evaluateField(field, own(record, field.id), state, true, context);
    list.items.push({ state, raw: record });
  }
  form.known[node.id] = list.items.map(({ state }) => ownKnown(node, state));
}

function ownKnown(node: CompiledList, state: ScopeState): Record<string, unknown> {
  return Object.fromEntries(node.fields.map(({ id }) => [id, state.known[id]]));
}

/**
 * Visibility, computed values and readings of every field, each after those it depends on.
 * `record` is outside data: only own properties under known names are read.
 */
export function evaluateNodes(form: CompiledForm, record: Record<string, unknown>, context: FormContext): FormState {
  const state: FormState = {
    fields: new Map(),
    lists: new Map(),
    known: { today: context.today },
    visibleSections: new Set(),
  };
  for (const { node, section } of form.order) {
    const isShown = !section.visibleWhen || isTrue(section.visibleWhen, state.known);
    if (isShown) state.visibleSections.add(section);
    const raw = own(record, node.id);
    if (node.kind === 'list') evaluateList(node, raw, state, isShown, context);
    else evaluateField(node, raw, state, isShown, context);
  }
  return state;
}
