import type { CompiledField, CompiledForm, CompiledList } from './compile.ts';
import type { GroupField, Section, SimpleField } from './definition.ts';
import { type FormState, isRequired, type ScopeState } from './state.ts';

/** One visible field with the place of its value. */
export interface VisibleField {
  kind: 'field';
  path: string;
  field: SimpleField;
  isRequired: boolean;
  isComputed: boolean;
  value: unknown;
}
/** One item of a visible list. */
export interface VisibleItem {
  path: string;
  /** `Người con 1` */
  title: string;
  fields: VisibleField[];
}
/** A visible repeated list: a group, or the content of a repeated section (then without `group`). */
export interface VisibleList {
  kind: 'list';
  path: string;
  group?: GroupField;
  itemLabel: string;
  items: VisibleItem[];
  canAdd: boolean;
  canRemove: boolean;
}
/** A visible section in the order of the definition. */
export interface VisibleSection {
  section: Section;
  nodes: (VisibleField | VisibleList)[];
}

function visibleField(node: CompiledField, path: string, scope: ScopeState): VisibleField[] {
  const state = scope.fields.get(node.id);
  if (!state?.isVisible) return [];
  const { field } = node;
  const base = { kind: 'field' as const, path, field, value: state.reading.value };
  return [{ ...base, isRequired: isRequired(node, scope.known), isComputed: node.computed !== undefined }];
}

function visibleList(node: CompiledList, form: FormState): VisibleList[] {
  const list = form.lists.get(node.id);
  if (!list?.isVisible) return [];
  const items = list.items.map(({ state }, index) => {
    const path = `${node.id}.${index}`;
    const fields = node.fields.flatMap((field) => visibleField(field, `${path}.${field.id}`, state));
    return { path, title: `${node.repeat.itemLabel} ${index + 1}`, fields };
  });
  const { itemLabel, min, max } = node.repeat;
  const canAdd = items.length < max;
  const base = { kind: 'list' as const, path: node.id, itemLabel, items, canAdd, canRemove: items.length > min };
  return [node.group ? { ...base, group: node.group } : base];
}

/** What to show of an evaluated form, in the order of the definition. */
export function modelOf(form: CompiledForm, state: FormState): VisibleSection[] {
  const model: VisibleSection[] = [];
  for (const compiled of form.sections) {
    if (!state.visibleSections.has(compiled)) continue;
    const nodes = compiled.nodes.flatMap((node): (VisibleField | VisibleList)[] =>
      node.kind === 'list' ? visibleList(node, state) : visibleField(node, node.id, state),
    );
    // A section of which nothing shows would be an empty page.
    if (nodes.length > 0) model.push({ section: compiled.section, nodes });
  }
  return model;
}
