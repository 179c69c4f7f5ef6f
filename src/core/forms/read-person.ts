import { normaliseName } from '../text/names.ts';
import type { IdType, PersonField } from './definition.ts';
import type { Problem, ProblemCode } from './problems.ts';
import { readDate } from './read-date.ts';
import { readText, type TextRule } from './read-text.ts';
import { type FormContext, isBlank, isRecord, NOTHING, own, problemReading, type Reading } from './reading.ts';

/** A person as stated in a form: a snapshot, linked to a person's record elsewhere. */
export interface PersonValue {
  fullName?: string;
  idType?: IdType;
  idNumber?: string;
  /** Plain day, month or year. */
  birthDate?: string;
  gender?: 'male' | 'female';
  nationality?: string;
  ethnicity?: string;
  /** To whom the form is about, in words: vợ, con, cha … */
  relation?: string;
  phone?: string;
  email?: string;
}

/** Parts of a person that a form may ask for beside the name. */
export type PersonPart = keyof PersonField['parts'];

/** Parts in the order in which they are asked and printed. */
export const PERSON_PARTS = [
  'idNumber',
  'birthDate',
  'gender',
  'nationality',
  'ethnicity',
  'relation',
  'phone',
  'email',
] as const satisfies readonly PersonPart[];

/** All keys of a person value. */
export const PERSON_KEYS = ['fullName', 'idType', ...PERSON_PARTS] as const;

/** Identity papers offered, by the subject unless the field lists them (domain: identity by subject type). */
export function idTypesOf(field: PersonField): readonly IdType[] {
  if (field.idTypes) return field.idTypes;
  switch (field.subject ?? 'citizen') {
    case 'citizen':
    case 'newborn':
      return ['cccd'];
    case 'foreigner':
      return ['passport', 'other'];
    case 'any':
      return ['cccd', 'passport', 'other'];
  }
}

const TEXT_RULES: Partial<Record<PersonPart, TextRule>> = {
  nationality: { maxLength: 60 },
  ethnicity: { maxLength: 60 },
  relation: { maxLength: 60 },
  phone: { maxLength: 20, format: 'phone' },
  email: { maxLength: 254, format: 'email' },
};

/**
 * What is wrong with an identity number, undefined if nothing. CCCD: 12 digits that begin with a province code 001 to
 * 096; 999 is the prefix reserved for demo and tests. Whether the number exists only the population database knows.
 */
export function idNumberProblem(type: IdType, idNumber: string, isDemo: boolean): ProblemCode | undefined {
  switch (type) {
    case 'cccd': {
      if (!/^\d{12}$/.test(idNumber)) return 'cccd-digits';
      const prefix = Number(idNumber.slice(0, 3));
      if (prefix === 999) return isDemo ? undefined : 'demo-number';
      return prefix >= 1 && prefix <= 96 ? undefined : 'cccd-province';
    }
    case 'cmnd':
      return /^\d{9}$/.test(idNumber) ? undefined : 'cmnd-digits';
    case 'passport':
      return /^[A-Z0-9]{6,12}$/.test(idNumber) ? undefined : 'bad-passport';
    case 'other':
      return /^[\p{L}0-9./-]{3,30}$/u.test(idNumber) ? undefined : 'bad-id-number';
  }
}

function readIdNumber(
  field: PersonField,
  record: Record<string, unknown>,
  context: FormContext,
  value: PersonValue,
): Problem[] {
  const types = idTypesOf(field);
  const given = own(record, 'idType');
  const reading = readText(own(record, 'idNumber'), { maxLength: 60 });
  const problems: Problem[] = reading.problems.map((problem) => ({ ...problem, at: 'idNumber' }));
  const isOffered = typeof given === 'string' && (types as readonly string[]).includes(given);
  if (!isBlank(given) && !isOffered) problems.push({ at: 'idType', code: 'not-an-option' });
  if (typeof reading.value !== 'string') return problems;
  const type = isOffered ? (given as IdType) : types[0];
  if (type === undefined) return problems;
  const idNumber = reading.value.replace(/[\s.]/g, '').toUpperCase();
  value.idType = type;
  value.idNumber = idNumber;
  const wrong = idNumberProblem(type, idNumber, context.demo);
  if (wrong) problems.push({ at: 'idNumber', code: wrong });
  return problems;
}

function readPart(field: PersonField, part: PersonPart, raw: unknown, context: FormContext): Reading {
  if (part === 'birthDate') {
    const rule = { precision: 'day' as const, acceptPartial: field.acceptPartialBirthDate ?? false, max: 'today' };
    return readDate(raw, rule, context);
  }
  if (part === 'gender') {
    if (isBlank(raw)) return NOTHING;
    return raw === 'male' || raw === 'female'
      ? { value: raw, known: raw, problems: [] }
      : problemReading('not-an-option');
  }
  return readText(raw, TEXT_RULES[part] ?? { maxLength: 200 });
}

/** Reads a person; only the parts the field asks for are kept. */
export function readPerson(field: PersonField, raw: unknown, context: FormContext): Reading {
  if (isBlank(raw)) return NOTHING;
  if (!isRecord(raw)) return problemReading('wrong-type');
  const value: PersonValue = {};
  const name = readText(own(raw, 'fullName'), { maxLength: 200 });
  const problems: Problem[] = name.problems.map((problem) => ({ ...problem, at: 'fullName' }));
  if (typeof name.value === 'string') value.fullName = normaliseName(name.value);
  const known: Record<string, unknown> = {};
  for (const part of PERSON_PARTS) {
    if (!field.parts[part]) continue;
    if (part === 'idNumber') {
      problems.push(...readIdNumber(field, raw, context, value));
      continue;
    }
    const reading = readPart(field, part, own(raw, part), context);
    problems.push(...reading.problems.map((problem) => ({ ...problem, at: part })));
    if (reading.value !== undefined) Object.assign(value, { [part]: reading.value });
    if (part === 'birthDate' && reading.known === undefined) known.birthDate = undefined;
  }
  if (Object.keys(value).length === 0) return { problems };
  return { value, known: { ...value, ...known }, problems };
}

/** What is missing of a person who must be complete: the name and every required part. */
export function missingOfPerson(field: PersonField, value: PersonValue | undefined, isRequired: boolean): Problem[] {
  if (!value && !isRequired) return [];
  const problems: Problem[] = [];
  if (!value?.fullName) problems.push({ at: 'fullName', code: 'required-text' });
  for (const part of PERSON_PARTS) {
    if (field.parts[part] !== 'required' || value?.[part] !== undefined) continue;
    problems.push({ at: part, code: part === 'gender' ? 'required-choice' : 'required-text' });
  }
  return problems;
}
