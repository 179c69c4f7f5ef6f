import { type Static, type TSchema, Type } from 'typebox';
import { ID_PATTERN } from './ids.ts';

const id = Type.String({ pattern: ID_PATTERN });
const text = Type.String({ minLength: 1, maxLength: 2000 });
const expression = Type.String({ minLength: 1, maxLength: 2000 });
const closed = { additionalProperties: false };

/** What every field has. Hidden fields (visibleWhen false) have no value, whatever was typed. */
const common = {
  /** Unique in the form; stable over revisions, so that values survive a new revision. */
  id,
  label: text,
  help: Type.Optional(text),
  /** true, or a CEL condition; missing values in it mean "not required". Default false, declarations true. */
  required: Type.Optional(Type.Union([Type.Boolean(), expression])),
  /** CEL condition; missing values in it mean "hidden". */
  visibleWhen: Type.Optional(expression),
  /** Meaning for "answer once" across forms, e.g. `person.birthDate`. */
  semanticKey: Type.Optional(Type.String({ pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$' })),
};
/** CEL value; the field is then shown, not asked, and what is sent for it is ignored. */
const computed = Type.Optional(expression);
/** HTML autocomplete token, e.g. `name`, `tel`. */
const autocomplete = Type.Optional(Type.String({ pattern: '^[a-z -]{1,60}$' }));

/** `max` of a date field: a plain day, or `today`. */
const dayLimit = Type.Optional(Type.String({ pattern: '^(today|\\d{4}-\\d{2}-\\d{2})$' }));
const partWish = Type.Optional(Type.Union([Type.Literal('required'), Type.Literal('optional')]));

export const TextField = Type.Object(
  {
    ...common,
    type: Type.Literal('text'),
    computed,
    autocomplete,
    /** Characters (code points) after normalisation; default 500, multiline 5000. */
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000 })),
    multiline: Type.Optional(Type.Boolean()),
    format: Type.Optional(Type.Union([Type.Literal('phone'), Type.Literal('email'), Type.Literal('none')])),
  },
  closed,
);
export const NumberField = Type.Object(
  {
    ...common,
    type: Type.Literal('number'),
    computed,
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    /** Whole numbers only; in expressions the field is then an `int`. */
    integer: Type.Optional(Type.Boolean()),
    /** Shown after the input, e.g. `m²`, `bản`. */
    unit: Type.Optional(Type.String({ maxLength: 20 })),
  },
  closed,
);
/** Whole đồng. */
export const MoneyField = Type.Object(
  {
    ...common,
    type: Type.Literal('money'),
    computed,
    minVnd: Type.Optional(Type.Integer({ minimum: 0 })),
    maxVnd: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
);
export const DateField = Type.Object(
  {
    ...common,
    type: Type.Literal('date'),
    computed,
    autocomplete,
    /** `day` (default) 05/09/1990, `month` 09/1990, `year` 1990. */
    precision: Type.Optional(Type.Union([Type.Literal('day'), Type.Literal('month'), Type.Literal('year')])),
    /** With precision `day`: a month or a year alone is accepted too, for birth dates nobody knows better. */
    acceptPartial: Type.Optional(Type.Boolean()),
    min: dayLimit,
    max: dayLimit,
  },
  closed,
);
export const ChoiceOption = Type.Object(
  { value: Type.String({ pattern: '^[A-Za-z0-9._-]{1,60}$' }), label: text },
  closed,
);
export const ChoiceField = Type.Object(
  {
    ...common,
    type: Type.Literal('choice'),
    computed,
    options: Type.Array(ChoiceOption, { minItems: 1, maxItems: 300 }),
    /** Several may be ticked; the value is then a list in the order of the options. */
    multiple: Type.Optional(Type.Boolean()),
  },
  closed,
);
export const AddressField = Type.Object(
  {
    ...common,
    type: Type.Literal('address'),
    /** The unit asked for; default `commune`. */
    level: Type.Optional(Type.Union([Type.Literal('commune'), Type.Literal('province')])),
    /** House number, street, hamlet: `required`, `optional` (default), or left out with `none`. */
    detail: Type.Optional(Type.Union([Type.Literal('required'), Type.Literal('optional'), Type.Literal('none')])),
    /** Day for which units are offered: `today` (default) or a past day. */
    unitsOn: dayLimit,
  },
  closed,
);
export const ID_TYPES = ['cccd', 'cmnd', 'passport', 'other'] as const;
export const PersonField = Type.Object(
  {
    ...common,
    type: Type.Literal('person'),
    /**
     * Whose number rules hold: a citizen has 12 digits (CCCD); a foreigner a passport; a newborn none yet;
     * `any` asks which paper. Default `citizen`.
     */
    subject: Type.Optional(
      Type.Union([Type.Literal('citizen'), Type.Literal('foreigner'), Type.Literal('newborn'), Type.Literal('any')]),
    ),
    /** Offered papers instead of those of the subject, e.g. the 9-digit CMND of old data. */
    idTypes: Type.Optional(
      Type.Array(
        Type.Union([Type.Literal('cccd'), Type.Literal('cmnd'), Type.Literal('passport'), Type.Literal('other')]),
        {
          minItems: 1,
        },
      ),
    ),
    /** What is asked beside the full name; a part left out is not asked. */
    parts: Type.Object(
      {
        idNumber: partWish,
        birthDate: partWish,
        gender: partWish,
        nationality: partWish,
        ethnicity: partWish,
        relation: partWish,
        phone: partWish,
        email: partWish,
      },
      closed,
    ),
    /** A birth month or year alone is enough. */
    acceptPartialBirthDate: Type.Optional(Type.Boolean()),
  },
  closed,
);
export const FileField = Type.Object(
  {
    ...common,
    type: Type.Literal('file'),
    accept: Type.Array(Type.Union([Type.Literal('pdf'), Type.Literal('jpg'), Type.Literal('png')]), { minItems: 1 }),
    /** Per file, in mebibytes; default 10. */
    maxMb: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    multiple: Type.Optional(Type.Boolean()),
    /** Component of the procedure (thành phần hồ sơ) this file is for. */
    componentCode: Type.Optional(Type.String({ maxLength: 60 })),
  },
  closed,
);
/** A sentence the person confirms by ticking; required unless said otherwise. */
export const DeclarationField = Type.Object({ ...common, type: Type.Literal('declaration') }, closed);
/** Text without a value; the label is its heading, `help` its text. */
export const NoteField = Type.Object(
  { id, type: Type.Literal('note'), label: text, help: Type.Optional(text), visibleWhen: Type.Optional(expression) },
  closed,
);

const simpleFields = [
  TextField,
  NumberField,
  MoneyField,
  DateField,
  ChoiceField,
  AddressField,
  PersonField,
  FileField,
  DeclarationField,
  NoteField,
] as const;
export const SimpleField = Type.Union([...simpleFields]);

/** How often a group or section repeats. */
export const Repeat = Type.Object(
  {
    min: Type.Integer({ minimum: 0, maximum: 100 }),
    max: Type.Integer({ minimum: 1, maximum: 100 }),
    /** Heading of one item, the number is added: `Người con` → `Người con 1`. */
    itemLabel: text,
  },
  closed,
);
/** A repeated group of fields inside a section; its value is a list of objects. Groups do not nest. */
export const GroupField = Type.Object(
  {
    ...common,
    type: Type.Literal('group'),
    repeat: Repeat,
    fields: Type.Array(SimpleField, { minItems: 1, maxItems: 40 }),
  },
  closed,
);
export const Field = Type.Union([...simpleFields, GroupField]);

/** One question or one small group: a page of the citizen's form. With `repeat` its value is a list under its id. */
export const Section = Type.Object(
  {
    id,
    title: text,
    help: Type.Optional(text),
    visibleWhen: Type.Optional(expression),
    repeat: Type.Optional(Repeat),
    fields: Type.Array(Field, { minItems: 1, maxItems: 60 }),
  },
  closed,
);
/** A condition across fields; skipped while a value it needs is missing (use `filled` to speak of that). */
export const Rule = Type.Object(
  {
    id,
    /** CEL; must be true. */
    assert: expression,
    /** Vietnamese, says what to do. */
    message: text,
    /** Field or section ids the message is shown at; the first is linked. */
    fields: Type.Array(id, { minItems: 1 }),
  },
  closed,
);
/** One form: rendered online, at the counter and in print, and checked by the same code everywhere. */
export const FormDefinition = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$' }),
    /** Revision of the definition; values bear it, so that an old draft is recognised. */
    revision: Type.String({ minLength: 1, maxLength: 40 }),
    title: text,
    sections: Type.Array(Section, { minItems: 1, maxItems: 40 }),
    rules: Type.Optional(Type.Array(Rule, { maxItems: 60 })),
  },
  closed,
);

type Plain<T extends TSchema> = Static<T>;
export type TextField = Plain<typeof TextField>;
export type NumberField = Plain<typeof NumberField>;
export type MoneyField = Plain<typeof MoneyField>;
export type DateField = Plain<typeof DateField>;
export type ChoiceField = Plain<typeof ChoiceField>;
export type AddressField = Plain<typeof AddressField>;
export type PersonField = Plain<typeof PersonField>;
export type FileField = Plain<typeof FileField>;
export type DeclarationField = Plain<typeof DeclarationField>;
export type NoteField = Plain<typeof NoteField>;
export type SimpleField = Plain<typeof SimpleField>;
export type GroupField = Plain<typeof GroupField>;
export type Field = SimpleField | GroupField;
export type Repeat = Plain<typeof Repeat>;
export type Section = Plain<typeof Section>;
export type Rule = Plain<typeof Rule>;
export type FormDefinition = Plain<typeof FormDefinition>;
export type IdType = (typeof ID_TYPES)[number];
