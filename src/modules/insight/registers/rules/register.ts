import Type, { type Static } from 'typebox';
import { Day } from '../../../../core/contract/fields.ts';
import { compileExpression, type Expression, type ExpressionError } from '../../../../core/expressions/expression.ts';
import type { Variables } from '../../../../core/expressions/types.ts';

const strict = { additionalProperties: false } as const;
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Key = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,29}$' });
const Id = Type.String({ pattern: '^[a-z0-9-]{1,40}$' });

/** A value a person types, or a number computed from others by `formula`. `percent` is in points: 81.4. */
const Field = Type.Object(
  {
    key: Key,
    label: Text(80),
    /** `result`: an index, target, survey or frozen figure the line is about (`rules/result.ts`). */
    type: Type.Enum(['number', 'percent', 'text', 'day', 'choice', 'result']),
    unit: Type.Optional(Text(30)),
    hint: Type.Optional(Text(200)),
    required: Type.Optional(Type.Boolean()),
    /** Both inclusive; without `min` a number is at least 0. */
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    /** Decimals a number may have; none without it, two for a percentage. */
    places: Type.Optional(Type.Integer({ minimum: 0, maximum: 4 })),
    choices: Type.Optional(Type.Array(Type.Object({ code: Id, label: Text(60) }, strict), { minItems: 2 })),
    formula: Type.Optional(Text(300)),
    /** Of a result: what its page calls the lines that refer to it, e.g. `Khen thưởng`. */
    mentionedAs: Type.Optional(Text(60)),
  },
  strict,
);
/** The sum of a field, or the number of lines for which an expression holds. */
const Part = Type.Union([Type.Object({ field: Key }, strict), Type.Object({ lines: Text(300) }, strict)]);
const Measure = Type.Object(
  {
    id: Id,
    name: Text(120),
    unit: Type.Enum(['percent', 'count']),
    numerator: Part,
    denominator: Type.Optional(Part),
  },
  strict,
);
const Round = Type.Object({ id: Id, name: Text(60), from: Day, to: Day, deadline: Day, close: Day }, strict);

export const LEVELS = ['province', 'district', 'commune'] as const;
/** One file of `content/registers`: a register (sổ) of figures that live outside of this system. */
export const RegisterFile = Type.Object(
  {
    id: Id,
    name: Text(120),
    /** `figures`: one row of a unit and period; `list`: any number of lines, told apart by `lineKey`. */
    shape: Type.Enum(['figures', 'list']),
    lineName: Type.Optional(Text(30)),
    lineKey: Type.Optional(Type.Array(Key, { minItems: 1 })),
    enteredBy: Type.Object({ who: Text(150), levels: Type.Array(Type.Enum(LEVELS), { minItems: 1 }) }, strict),
    /** `sum`: a unit enters its own part and the tree is added up; `whole`: what a unit enters stands for all below. */
    tree: Type.Enum(['sum', 'whole']),
    frequency: Type.Enum(['month', 'quarter', 'year', 'campaign', 'once']),
    /** Over several periods: `sum` adds them, `latest` takes the last one with figures (lũy kế). */
    overTime: Type.Enum(['sum', 'latest']),
    /** Days after the last day of the period: the last day in time, and the last day at all. */
    deadlineDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 200 })),
    closeDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 400 })),
    /** Of a campaign, with days of their own; `once` has exactly one. */
    rounds: Type.Optional(Type.Array(Round, { minItems: 1 })),
    validFrom: Day,
    validTo: Type.Optional(Day),
    fields: Type.Array(Field, { minItems: 1, maxItems: 40 }),
    /** A sentence and an expression that must hold; `field` is where the fault is shown. */
    checks: Type.Array(Type.Object({ says: Text(200), rule: Text(300), field: Key }, strict)),
    measures: Type.Array(Measure, { minItems: 1 }),
    source: Text(400),
    verified: Type.Boolean(),
    doubt: Type.Optional(Text(400)),
  },
  strict,
);
export type RegisterDefinition = Static<typeof RegisterFile>;
/** A register with the versions it had before, newest first: what was entered under one is read with it. */
export type Register = RegisterDefinition & { readonly earlier?: readonly RegisterDefinition[] };
export type RegisterField = RegisterDefinition['fields'][number];
export type RegisterMeasure = RegisterDefinition['measures'][number];
export type MeasurePart = RegisterMeasure['numerator'];

/** What a place of a register holds: a number, a text, a day, the code of a choice; null: nothing known, never 0. */
export type RegisterValue = number | string | null;
export type RegisterValues = Readonly<Record<string, RegisterValue>>;

export const isNumeric = (field: RegisterField): boolean => field.type === 'number' || field.type === 'percent';
/** Fields people type, in order. */
export const typedFields = (register: RegisterDefinition): readonly RegisterField[] =>
  register.fields.filter((field) => field.formula === undefined);

const variables = new WeakMap<RegisterDefinition, Variables>();
/** The typed fields as variables of the register's expressions. */
function variablesOf(register: RegisterDefinition): Variables {
  const known = variables.get(register);
  if (known) return known;
  const made: Variables = {};
  for (const field of typedFields(register))
    made[field.key] = isNumeric(field) ? 'number' : field.type === 'day' ? 'day' : 'string';
  variables.set(register, made);
  return made;
}

const compiled = new WeakMap<RegisterDefinition, Map<string, Expression>>();
/** An expression of the register, checked once. @returns the reason where it is none of its type */
export function expressionOf(
  register: RegisterDefinition,
  source: string,
  type: 'number' | 'bool',
): { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly message: string } {
  const known = compiled.get(register) ?? new Map<string, Expression>();
  compiled.set(register, known);
  const kept = known.get(`${type} ${source}`);
  if (kept) return { ok: true, expression: kept };
  const result = compileExpression(source, variablesOf(register), type);
  if (!result.ok) return { ok: false, message: faultInWords(result.error) };
  known.set(`${type} ${source}`, result.expression);
  return { ok: true, expression: result.expression };
}

/** @example `so_luong > 1` → không có ô nhập nào mã “so_luong” */
function faultInWords({ code, message }: ExpressionError): string {
  const name = message.split(' ').at(-1) ?? '';
  switch (code) {
    case 'unknown-name':
      return `không có ô nhập nào mã “${name}”`;
    case 'forbidden-function':
      return `không dùng được hàm “${name}”`;
    case 'syntax':
      return 'công thức viết chưa đúng';
    case 'type':
      return 'công thức trộn số với chữ';
    case 'wrong-result-type':
      return 'công thức không cho ra đúng loại kết quả (số, hoặc đúng sai)';
    default:
      return `công thức không dùng được (${code})`;
  }
}

/**
 * A field's label with the unit of its numbers, which is not said twice.
 * @example fieldTitle('Cá nhân', 'người') → 'Cá nhân (người)'; fieldTitle('Tập thể', 'tập thể') → 'Tập thể'
 */
export const fieldTitle = (label: string, unit: string): string =>
  unit === '' || unit.toLocaleLowerCase('vi') === label.toLocaleLowerCase('vi') ? label : `${label} (${unit})`;
