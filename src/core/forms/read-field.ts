import type { SimpleField } from './definition.ts';
import { readAddress } from './read-address.ts';
import { readChoice } from './read-choice.ts';
import { dateRuleOf, readDate } from './read-date.ts';
import { readFiles } from './read-file.ts';
import { readMoney, readNumber } from './read-number.ts';
import { readPerson } from './read-person.ts';
import { readText } from './read-text.ts';
import { type FormContext, isBlank, NOTHING, type Reading } from './reading.ts';

const TICKED = new Set<unknown>([true, 'true', 'on', '1']);

function readDeclaration(raw: unknown): Reading {
  if (TICKED.has(raw)) return { value: true, known: true, problems: [] };
  if (isBlank(raw) || raw === false || raw === 'false') return { known: false, problems: [] };
  return { known: false, problems: [{ at: '', code: 'wrong-type' }] };
}

/** Reads outside data for a field by its type: normalised value, problems, what expressions may know. Never throws. */
export function readField(field: SimpleField, raw: unknown, context: FormContext): Reading {
  switch (field.type) {
    case 'text': {
      const maxLength = field.maxLength ?? (field.multiline ? 5000 : 500);
      return readText(raw, { maxLength, multiline: field.multiline ?? false, format: field.format ?? 'none' });
    }
    case 'number':
      return readNumber(field, raw);
    case 'money':
      return readMoney(field, raw);
    case 'date':
      return readDate(raw, dateRuleOf(field), context);
    case 'choice':
      return readChoice(field, raw);
    case 'address':
      return readAddress(raw);
    case 'person':
      return readPerson(field, raw, context);
    case 'file':
      return readFiles(field, raw);
    case 'declaration':
      return readDeclaration(raw);
    case 'note':
      return NOTHING;
  }
}

/** What expressions know of a field that is hidden or empty: nothing, but an empty list and "not ticked" are known. */
export function knownWhenAbsent(field: SimpleField): unknown {
  if (field.type === 'declaration') return false;
  if (field.type === 'file' || (field.type === 'choice' && field.multiple)) return [];
  return undefined;
}
