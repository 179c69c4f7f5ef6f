import type { FormDefinition, SimpleField } from './definition.ts';
import { applyOperation, type FormOperation, parseOperation } from './operations.ts';
import { NAME_PREFIX } from './paths.ts';
import { ADDRESS_PARTS } from './read-address.ts';
import { PERSON_KEYS } from './read-person.ts';
import { isRecord, own } from './reading.ts';
import { simpleFieldsOf } from './variables.ts';

export { applyOperation } from './operations.ts';

/** A form posted by HTML, as a body parser gives it. */
export type FormBody = Record<string, unknown>;

/** A posted form as values, not yet checked; give it to `evaluateForm`. */
export interface FormPost {
  values: Record<string, unknown>;
  operation?: FormOperation;
  /** Names beginning with `f.` that this definition does not have, at most 100. */
  unknown: string[];
}

const MAX_INDEX = 999;
const MAX_ITEMS = 101;

type Names = ReadonlySet<string>;

function lookUp(body: FormBody, path: string): string | string[] | undefined {
  const raw = own(body, NAME_PREFIX + path);
  if (typeof raw === 'string') return raw;
  if (Array.isArray(raw)) return raw.filter((item): item is string => typeof item === 'string').slice(0, 1000);
  return undefined;
}

/** One text of a name; of several the last, so that a hidden empty input before a ticked box loses. */
function oneOf(body: FormBody, path: string): string | undefined {
  const raw = lookUp(body, path);
  return Array.isArray(raw) ? raw.at(-1) : raw;
}

function partsOf(body: FormBody, path: string, parts: readonly string[]): Record<string, unknown> | undefined {
  const record: Record<string, unknown> = {};
  for (const part of parts) {
    const value = part === 'birthDate' ? dateOf(body, `${path}.birthDate`) : oneOf(body, `${path}.${part}`);
    if (value !== undefined) record[part] = value;
  }
  return Object.keys(record).length > 0 ? record : undefined;
}

/** A date from one input, or from three named `.day`, `.month`, `.year`. */
function dateOf(body: FormBody, path: string): string | undefined {
  const whole = oneOf(body, path);
  if (whole !== undefined) return whole;
  const parts = ['day', 'month', 'year'].map((part) => oneOf(body, `${path}.${part}`)?.trim());
  if (parts.every((part) => part === undefined)) return undefined;
  return parts.filter((part) => part !== undefined && part !== '').join('/');
}

/** An address whose unit text was changed without JavaScript no longer means the unit found for the old text. */
function addressOf(body: FormBody, path: string): Record<string, unknown> | undefined {
  const record = partsOf(body, path, ADDRESS_PARTS);
  const resolvedText = oneOf(body, `${path}.unitOf`);
  if (!record || resolvedText === undefined || resolvedText.trim() === String(record.unitText ?? '').trim())
    return record;
  const { unitId: _unit, provinceCode: _province, communeCode: _commune, ...typed } = record;
  return typed;
}

/** The posted value of a field; undefined when the page did not show it. */
function postedValue(field: SimpleField, body: FormBody, path: string): unknown {
  switch (field.type) {
    case 'person':
      return partsOf(body, path, PERSON_KEYS);
    case 'address':
      return addressOf(body, path);
    case 'date':
      return dateOf(body, path);
    case 'choice': {
      const raw = lookUp(body, path);
      if (!field.multiple || raw === undefined) return oneOf(body, path);
      return (Array.isArray(raw) ? raw : [raw]).filter((item) => item !== '');
    }
    // A browser does not tell which stored files belong to a dossier: they stay as the draft has them.
    case 'file':
    case 'note':
      return undefined;
    case 'text':
    case 'number':
    case 'money':
    case 'declaration':
      return oneOf(body, path);
  }
}

function fieldsInto(
  fields: readonly SimpleField[],
  body: FormBody,
  prefix: string,
  values: Record<string, unknown>,
): void {
  for (const field of fields) {
    const value = postedValue(field, body, `${prefix}${field.id}`);
    if (value !== undefined) values[field.id] = value;
  }
}

function indexesOf(names: Names, listId: string): number[] {
  const start = `${NAME_PREFIX}${listId}.`;
  const indexes = new Set<number>();
  for (const name of names) {
    if (!name.startsWith(start)) continue;
    const [index = ''] = name.slice(start.length).split('.', 1);
    if (/^\d{1,3}$/.test(index) && Number(index) <= MAX_INDEX) indexes.add(Number(index));
  }
  return [...indexes].sort((a, b) => a - b).slice(0, MAX_ITEMS);
}

function listInto(
  listId: string,
  fields: readonly SimpleField[],
  body: FormBody,
  names: Names,
  values: Record<string, unknown>,
): void {
  const indexes = indexesOf(names, listId);
  // `f.children` alone says that the list was shown and has no items.
  if (indexes.length === 0 && !names.has(NAME_PREFIX + listId)) return;
  const before: unknown[] = Array.isArray(values[listId]) ? (values[listId] as unknown[]) : [];
  values[listId] = indexes.map((index) => {
    const item: Record<string, unknown> = isRecord(before[index]) ? { ...before[index] } : {};
    fieldsInto(fields, body, `${listId}.${index}.`, item);
    return item;
  });
}

/** The lists of a definition: id and fields. */
function listsOf(definition: FormDefinition): { id: string; fields: SimpleField[] }[] {
  return definition.sections.flatMap((section) => {
    if (section.repeat) return [{ id: section.id, fields: simpleFieldsOf(section) }];
    return section.fields.flatMap((field) => (field.type === 'group' ? [{ id: field.id, fields: field.fields }] : []));
  });
}

const SUFFIXES = new Set<string>([...PERSON_KEYS, ...ADDRESS_PARTS, 'unitOf', 'day', 'month', 'year']);

function isKnownName(name: string, fieldIds: Names, lists: ReadonlyMap<string, Names>): boolean {
  const [first = '', ...rest] = name.slice(NAME_PREFIX.length).split('.');
  const items = lists.get(first);
  if (items) return rest.length === 0 || (/^\d{1,3}$/.test(rest[0] ?? '') && items.has(rest[1] ?? ''));
  return fieldIds.has(first) && rest.every((part) => SUFFIXES.has(part));
}

/**
 * A form posted by HTML without JavaScript → values for `evaluateForm`, over those of the draft.
 *
 * Names are `f.<path>` (`f.applicant.fullName`, `f.children.0.born`); a date may come as one text or as three
 * (`.day .month .year`). A field the page did not show is absent and keeps its value of `previous`; files always do.
 * The button `op` adds or removes an item or file. Unknown names are reported. Hostile names and types mean nothing.
 */
export function parseFormPost(
  definition: FormDefinition,
  body: FormBody,
  previous: Record<string, unknown> = {},
): FormPost {
  const names: Names = new Set(Object.keys(body).filter((name) => name.startsWith(NAME_PREFIX)));
  const values: Record<string, unknown> = structuredClone(previous);
  const lists = listsOf(definition);
  const plain = definition.sections.filter((section) => !section.repeat).flatMap(simpleFieldsOf);
  fieldsInto(plain, body, '', values);
  for (const list of lists) listInto(list.id, list.fields, body, names, values);
  const operation = parseOperation(own(body, 'op'), new Set(lists.map((list) => list.id)));
  const fieldIds = new Set(plain.map((field) => field.id));
  const listNames = new Map(lists.map((list) => [list.id, new Set(list.fields.map((field) => field.id))]));
  const unknown = [...names].filter((name) => !isKnownName(name, fieldIds, listNames)).slice(0, 100);
  return operation ? { values: applyOperation(values, operation), operation, unknown } : { values, unknown };
}
