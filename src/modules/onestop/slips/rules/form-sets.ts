import type { Static } from 'typebox';
import Type from 'typebox';
import { day, text } from './slip-fields.ts';

const formKind = Type.Union([
  Type.Literal('RECEIPT'),
  Type.Literal('SUPPLEMENT'),
  Type.Literal('REFUSAL'),
  Type.Literal('APOLOGY'),
  Type.Literal('STOP'),
  Type.Literal('CONTROL'),
  Type.Literal('REGISTER'),
]);

const Form = Type.Object(
  {
    kind: formKind,
    /** Legal number, two digits as printed: `01`. */
    number: Type.String({ pattern: '^\\d{2}$' }),
    title: text(200),
    /** File beside sets.yaml; none yet means the form cannot be printed. */
    template: Type.Optional(Type.String({ pattern: '^[a-z0-9-]+\\.typ$' })),
    /** False: nobody has compared it with the text of the law. */
    verified: Type.Boolean(),
    note: Type.Optional(text(1000)),
    /** Asks for the lines `Vào Sổ theo dõi hồ sơ, Quyển số …` on the receipt. */
    withRegisterLine: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const FormSet = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+$' }),
    name: text(300),
    legalSource: text(500),
    verified: Type.Boolean(),
    note: Type.Optional(text(1000)),
    /** Both days included; no `validTo` while the set is in force. */
    validFrom: day(),
    validTo: Type.Optional(day()),
    forms: Type.Array(Form, { minItems: 1 }),
  },
  { additionalProperties: false },
);

/** Content of `content/templates/slips/sets.yaml`. */
export const FormSetFile = Type.Object(
  {
    sets: Type.Array(FormSet, { minItems: 1 }),
    /** Template of RESULT, which is no statutory form and the same in all sets. */
    result: Type.Object({ template: Type.String({ pattern: '^[a-z0-9-]+\\.typ$' }) }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);

export type SlipForm = Static<typeof Form>;
export type SlipFormSet = Static<typeof FormSet>;

/** The set in force on a day, both ends included; `undefined` before the first. */
export function findFormSetOn(sets: readonly SlipFormSet[], on: string): SlipFormSet | undefined {
  return sets.find((set) => set.validFrom <= on && (set.validTo === undefined || on <= set.validTo));
}
