import { compileExpression, type Expression } from '../expressions/expression.ts';
import type { ExprType, Variables } from '../expressions/types.ts';
import type { Field, FormDefinition, GroupField, Repeat, Rule, Section, SimpleField } from './definition.ts';
import { sortByReferences } from './sort.ts';
import { exprTypeOf, formVariables, itemVariables, simpleFieldsOf } from './variables.ts';

/** Something wrong in a definition, with the place: `sections[0].fields[2].visibleWhen`. */
export interface Finding {
  severity: 'error' | 'warning';
  code: string;
  place: string;
  message: string;
}

/** A field with its expressions checked. */
export interface CompiledField {
  kind: 'field';
  id: string;
  field: SimpleField;
  visibleWhen?: Expression;
  required: boolean | Expression;
  computed?: Expression;
}
/** A repeated list: a group field or a repeated section. */
export interface CompiledList {
  kind: 'list';
  id: string;
  repeat: Repeat;
  label: string;
  group?: GroupField;
  visibleWhen?: Expression;
  required: boolean | Expression;
  fields: CompiledField[];
  /** The fields in an order in which each comes after those its visibility and value depend on. */
  order: CompiledField[];
}
export type CompiledNode = CompiledField | CompiledList;
export interface CompiledSection {
  section: Section;
  visibleWhen?: Expression;
  nodes: CompiledNode[];
}
export interface CompiledRule {
  rule: Rule;
  assert: Expression;
}
/** A definition ready to evaluate; immutable, to be kept per revision. */
export interface CompiledForm {
  definition: FormDefinition;
  sections: CompiledSection[];
  order: { node: CompiledNode; section: CompiledSection }[];
  rules: CompiledRule[];
}

type Report = (code: string, place: string, message: string) => void;

function compileAt(source: string | undefined, names: Variables, type: ExprType, place: string, report: Report) {
  if (source === undefined) return undefined;
  const compiled = compileExpression(source, names, type);
  if (compiled.ok) return compiled.expression;
  const { code, message, position } = compiled.error;
  report(`expression-${code}`, place, position ? `${message} (${position.start})` : message);
  return undefined;
}

function compileCommon(field: Field, names: Variables, place: string, report: Report) {
  const wish = field.type === 'note' ? false : (field.required ?? field.type === 'declaration');
  const expression = typeof wish === 'string' ? compileAt(wish, names, 'bool', `${place}.required`, report) : undefined;
  const required = typeof wish === 'string' ? (expression ?? false) : wish;
  const visibleWhen = compileAt(field.visibleWhen, names, 'bool', `${place}.visibleWhen`, report);
  return visibleWhen ? { required, visibleWhen } : { required };
}

function compileField(field: SimpleField, names: Variables, place: string, report: Report): CompiledField {
  const base = { kind: 'field' as const, id: field.id, field, ...compileCommon(field, names, place, report) };
  const type = exprTypeOf(field);
  if (!('computed' in field) || field.computed === undefined || type === undefined) return base;
  const computed = compileAt(field.computed, names, type, `${place}.computed`, report);
  return computed ? { ...base, computed } : base;
}

function compileItems(id: string, fields: SimpleField[], names: Variables, place: string, report: Report) {
  const own = itemVariables(names, id, fields);
  const compiled = fields.map((field, index) => compileField(field, own, `${place}.fields[${index}]`, report));
  const sorted = sortByReferences(compiled, dependencies);
  if (sorted.cycle) report('expression-cycle', place, sorted.cycle.join(' → '));
  return { fields: compiled, order: sorted.order };
}

function compileGroup(field: GroupField, names: Variables, place: string, report: Report): CompiledList {
  const base = { kind: 'list' as const, id: field.id, group: field, repeat: field.repeat, label: field.label };
  const items = compileItems(field.id, field.fields, names, place, report);
  return { ...base, ...compileCommon(field, names, place, report), ...items };
}

function compileSection(section: Section, names: Variables, place: string, report: Report): CompiledSection {
  const visibleWhen = compileAt(section.visibleWhen, names, 'bool', `${place}.visibleWhen`, report);
  const base = visibleWhen ? { section, visibleWhen } : { section };
  if (section.repeat) {
    const items = compileItems(section.id, simpleFieldsOf(section), names, place, report);
    const list = { kind: 'list' as const, id: section.id, repeat: section.repeat, label: section.title };
    return { ...base, nodes: [{ ...list, required: false, ...items }] };
  }
  const nodes = section.fields.map((field, index) => {
    const at = `${place}.fields[${index}]`;
    return field.type === 'group' ? compileGroup(field, names, at, report) : compileField(field, names, at, report);
  });
  return { ...base, nodes };
}

// `required` is left out on purpose: "phone unless e-mail" and "e-mail unless phone" is no circle.
function dependencies(node: CompiledNode): string[] {
  const outer = [...(node.visibleWhen?.references ?? [])];
  if (node.kind === 'field') return [...outer, ...(node.computed?.references ?? [])];
  const own = new Set(node.fields.map((field) => field.id));
  return [...outer, ...node.fields.flatMap(dependencies).filter((name) => !own.has(name))];
}

function compileRules(definition: FormDefinition, names: Variables, report: Report): CompiledRule[] {
  return (definition.rules ?? []).flatMap((rule, index) => {
    const assert = compileAt(rule.assert, names, 'bool', `rules[${index}].assert`, report);
    return assert ? [{ rule, assert }] : [];
  });
}

/**
 * Compiles every expression of a definition of the right shape. `form` is complete only when there are no findings.
 * Names are checked per place: inside a repeated item its own fields are named directly.
 */
export function buildForm(definition: FormDefinition): { form: CompiledForm; findings: Finding[] } {
  const findings: Finding[] = [];
  const report: Report = (code, place, message) => findings.push({ severity: 'error', code, place, message });
  const names = formVariables(definition);
  const sections = definition.sections.map((section, index) => {
    return compileSection(section, names, `sections[${index}]`, report);
  });
  const entries = sections.flatMap((section) => section.nodes.map((node) => ({ id: node.id, node, section })));
  const sorted = sortByReferences(entries, ({ node, section }) => [
    ...(section.visibleWhen?.references ?? []),
    ...dependencies(node),
  ]);
  if (sorted.cycle) report('expression-cycle', 'sections', sorted.cycle.join(' → '));
  const order = sorted.order.map(({ node, section }) => ({ node, section }));
  return { form: { definition, sections, order, rules: compileRules(definition, names, report) }, findings };
}

/**
 * Compiles a definition that is trusted to have the right shape (published content); foreign ones go through
 * `checkFormDefinition` first. Not ok when an expression is wrong.
 */
export function compileForm(
  definition: FormDefinition,
): { ok: true; form: CompiledForm } | { ok: false; findings: Finding[] } {
  const { form, findings } = buildForm(definition);
  return findings.length === 0 ? { ok: true, form } : { ok: false, findings };
}
