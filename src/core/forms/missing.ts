import type { CompiledField } from './compile.ts';
import type { SimpleField } from './definition.ts';
import type { Problem, ProblemCode } from './problems.ts';
import { type AddressValue, missingOfAddress } from './read-address.ts';
import { missingOfPerson, type PersonValue } from './read-person.ts';

function requiredCode(field: SimpleField): ProblemCode {
  if (field.type === 'choice') return 'required-choice';
  if (field.type === 'file') return 'required-file';
  return field.type === 'declaration' ? 'required-declaration' : 'required-text';
}

/** What a visible field lacks when the form is submitted; a begun person or address must be completed. */
export function missingOf(node: CompiledField, value: unknown, isRequired: boolean): Problem[] {
  const { field } = node;
  if (field.type === 'person') return missingOfPerson(field, value as PersonValue | undefined, isRequired);
  if (field.type === 'address') return missingOfAddress(field, value as AddressValue | undefined, isRequired);
  // A computed value that is missing lacks something elsewhere, where it is told.
  if (!isRequired || value !== undefined || field.type === 'note' || node.computed) return [];
  return [{ at: '', code: requiredCode(field) }];
}
