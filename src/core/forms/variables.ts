import type { ExprType, Variables } from '../expressions/types.ts';
import type { Field, FormDefinition, Section, SimpleField } from './definition.ts';

const ADDRESS: ExprType = {
  object: { text: 'string', unitText: 'string', unitId: 'string', provinceCode: 'string', communeCode: 'string' },
};
const PERSON: ExprType = {
  object: {
    fullName: 'string',
    idType: 'string',
    idNumber: 'string',
    birthDate: 'day',
    gender: 'string',
    nationality: 'string',
    ethnicity: 'string',
    relation: 'string',
    phone: 'string',
    email: 'string',
  },
};

function itemType(fields: readonly Field[]): ExprType {
  const object: Record<string, ExprType> = {};
  for (const field of fields) {
    const type = exprTypeOf(field);
    if (type !== undefined) object[field.id] = type;
  }
  return { object };
}

/** The type a field has in expressions; undefined for notes, which have no value. */
export function exprTypeOf(field: Field): ExprType | undefined {
  switch (field.type) {
    case 'text':
      return 'string';
    case 'number':
      return field.integer ? 'int' : 'number';
    case 'money':
      return 'int';
    case 'date':
      return 'day';
    case 'choice':
      return field.multiple ? { list: 'string' } : 'string';
    case 'address':
      return ADDRESS;
    case 'person':
      return PERSON;
    case 'file':
      return { list: { object: { name: 'string' } } };
    case 'declaration':
      return 'bool';
    case 'note':
      return undefined;
    case 'group':
      return { list: itemType(field.fields) };
  }
}

/** Variables of expressions outside repeated items: every field and repeated section by id, and `today`. */
export function formVariables(definition: FormDefinition): Variables {
  const variables: Variables = { today: 'day' };
  for (const section of definition.sections) {
    if (section.repeat) variables[section.id] = { list: itemType(section.fields) };
    else Object.assign(variables, fieldVariables(section.fields));
  }
  return variables;
}

function fieldVariables(fields: readonly Field[]): Variables {
  const variables: Variables = {};
  for (const field of fields) {
    const type = exprTypeOf(field);
    if (type !== undefined) variables[field.id] = type;
  }
  return variables;
}

/** Variables inside an item of a repeated list: those of the form without the list itself, and the item's own. */
export function itemVariables(form: Variables, listId: string, fields: readonly SimpleField[]): Variables {
  const { [listId]: _list, ...outer } = form;
  return { ...outer, ...fieldVariables(fields) };
}

/** The simple fields of a section; a group inside a repeated section is refused by the definition check. */
export function simpleFieldsOf(section: Section): SimpleField[] {
  return section.fields.filter((field): field is SimpleField => field.type !== 'group');
}
