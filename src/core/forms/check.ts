import { Type } from 'typebox';
import { Compile } from 'typebox/schema';
import { buildForm, type Finding } from './compile.ts';
import type { Field, FormDefinition, Section } from './definition.ts';
import * as schema from './definition.ts';
import { isFormId } from './ids.ts';
import { isRecord } from './reading.ts';

const FIELD_SCHEMAS = {
  text: schema.TextField,
  number: schema.NumberField,
  money: schema.MoneyField,
  date: schema.DateField,
  choice: schema.ChoiceField,
  address: schema.AddressField,
  person: schema.PersonField,
  file: schema.FileField,
  declaration: schema.DeclarationField,
  note: schema.NoteField,
} as const;

// The schema of the whole has a union of eleven fields: one slip in a field would give errors for all eleven. So the
// frame is checked first and each field against the schema of its own type.
const anyFields = Type.Array(Type.Unknown(), { minItems: 1, maxItems: 60 });
const frame = Compile(
  Type.Object(
    {
      ...schema.FormDefinition.properties,
      sections: Type.Array(
        Type.Object({ ...schema.Section.properties, fields: anyFields }, { additionalProperties: false }),
        {
          minItems: 1,
          maxItems: 40,
        },
      ),
    },
    { additionalProperties: false },
  ),
);
const group = Compile(
  Type.Object({ ...schema.GroupField.properties, fields: anyFields }, { additionalProperties: false }),
);
const simple = Object.fromEntries(Object.entries(FIELD_SCHEMAS).map(([type, s]) => [type, Compile(s)]));

interface Checker {
  Errors(value: unknown): [boolean, { instancePath: string; message: string; keyword: string }[]];
}

function shapeFindings(checker: Checker, value: unknown, place: string): Finding[] {
  const [isRight, errors] = checker.Errors(value);
  if (isRight) return [];
  return errors.slice(0, 10).map((error) => ({
    severity: 'error',
    code: 'shape',
    place: `${place}${error.instancePath.replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.')}`.replace(/^\./, ''),
    message: error.message,
  }));
}

function fieldShape(value: unknown, place: string, mayGroup: boolean): Finding[] {
  const type = isRecord(value) ? value.type : undefined;
  if (type === 'group' && mayGroup && isRecord(value)) {
    const inner = Array.isArray(value.fields) ? value.fields : [];
    const own = shapeFindings(group, value, place);
    return [...own, ...inner.flatMap((field, index) => fieldShape(field, `${place}.fields[${index}]`, false))];
  }
  const checker = typeof type === 'string' && Object.hasOwn(simple, type) ? simple[type] : undefined;
  if (checker) return shapeFindings(checker, value, place);
  return [
    { severity: 'error', code: 'unknown-type', place: `${place}.type`, message: `unknown field type: ${String(type)}` },
  ];
}

function checkShape(value: unknown): Finding[] {
  const findings = shapeFindings(frame, value, '');
  if (!isRecord(value) || !Array.isArray(value.sections)) return findings;
  const inner = value.sections.flatMap((section: unknown, s) => {
    if (!isRecord(section) || !Array.isArray(section.fields)) return [];
    const mayGroup = section.repeat === undefined;
    return section.fields.flatMap((field: unknown, f) => fieldShape(field, `sections[${s}].fields[${f}]`, mayGroup));
  });
  return [...findings, ...inner];
}

type Place = { id: string; place: string };

function fieldPlaces(fields: readonly Field[], place: string): Place[] {
  return fields.flatMap((field, index) => {
    const at = `${place}.fields[${index}]`;
    const inner = field.type === 'group' ? fieldPlaces(field.fields, at) : [];
    return [{ id: field.id, place: at }, ...inner];
  });
}

function idFindings(definition: FormDefinition): Finding[] {
  const places = definition.sections.flatMap((section: Section, index) => [
    { id: section.id, place: `sections[${index}]` },
    ...fieldPlaces(section.fields, `sections[${index}]`),
  ]);
  const first = new Map<string, string>();
  const findings: Finding[] = [];
  const error = (code: string, place: string, message: string) =>
    findings.push({ severity: 'error', code, place, message });
  for (const { id, place } of places) {
    const before = first.get(id);
    if (before !== undefined) error('duplicate-id', place, `${id} is already at ${before}`);
    else first.set(id, place);
    if (!isFormId(id)) error('reserved-id', place, `${id} is a word of the language`);
  }
  for (const [index, rule] of (definition.rules ?? []).entries()) {
    const strange = rule.fields.filter((id) => !first.has(id));
    if (strange.length > 0) error('unknown-field', `rules[${index}].fields`, strange.join(', '));
  }
  return findings;
}

function limitFindings(fields: readonly Field[], place: string): Finding[] {
  return fields.flatMap((field, index): Finding[] => {
    const at = `${place}.fields[${index}]`;
    const error = (code: string, message: string): Finding[] => [{ severity: 'error', code, place: at, message }];
    if (field.type === 'group') {
      const wrong = field.repeat.min > field.repeat.max ? error('reversed-limits', 'repeat.min > repeat.max') : [];
      return [...wrong, ...limitFindings(field.fields, at)];
    }
    if (field.type === 'number' && (field.min ?? -Infinity) > (field.max ?? Infinity))
      return error('reversed-limits', 'min > max');
    if (field.type === 'money' && (field.minVnd ?? 0) > (field.maxVnd ?? Infinity))
      return error('reversed-limits', 'minVnd > maxVnd');
    if (field.type === 'date' && field.acceptPartial && (field.precision ?? 'day') !== 'day') {
      return error('partial-date', 'acceptPartial needs precision day');
    }
    if (field.type !== 'choice') return [];
    const values = field.options.map((option) => option.value);
    return new Set(values).size < values.length ? error('duplicate-option', values.join(', ')) : [];
  });
}

/**
 * Everything wrong with a form definition, each with its place: shape, doubled or reserved ids, unknown names and type
 * errors in expressions, circles of visibility, reversed limits. Empty means it can be published. Total: any JSON.
 */
export function checkFormDefinition(value: unknown): Finding[] {
  const shape = checkShape(value);
  if (shape.length > 0) return shape;
  const definition = value as FormDefinition;
  const ids = idFindings(definition);
  if (ids.length > 0) return ids;
  const limits = definition.sections.flatMap((section, index) => {
    const { repeat } = section;
    const reversed: Finding[] =
      repeat && repeat.min > repeat.max
        ? [
            {
              severity: 'error',
              code: 'reversed-limits',
              place: `sections[${index}]`,
              message: 'repeat.min > repeat.max',
            },
          ]
        : [];
    return [...reversed, ...limitFindings(section.fields, `sections[${index}]`)];
  });
  return [...limits, ...buildForm(definition).findings];
}
