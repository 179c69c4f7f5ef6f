import type { FormDefinition, PersonField } from '../../../../core/forms/definition.ts';
import { valueAt, withValueAt } from '../../../../core/forms/paths.ts';
import type { PersonDraft } from './draft.ts';

/** Where a form asks for the owner again: the person field of meaning `applicant` and the address beside it. */
export interface OwnerPlace {
  person: PersonField;
  addressId: string | undefined;
}

/** Finds the place of the owner in a form; undefined where the form does not ask. */
export function ownerPlace(form: FormDefinition): OwnerPlace | undefined {
  for (const section of form.sections) {
    if (section.repeat) continue;
    const at = section.fields.findIndex((field) => field.type === 'person' && field.semanticKey === 'applicant');
    const person = section.fields[at];
    if (person?.type !== 'person') continue;
    const address = section.fields.slice(at + 1).find((field) => field.type === 'address');
    return { person, addressId: address?.id };
  }
  return undefined;
}

/** What the owner's block says, as values of the form by path. */
function valuesOf(place: OwnerPlace, owner: PersonDraft): [string, string][] {
  const { id, parts } = place.person;
  const said: [string, string][] = [[`${id}.fullName`, owner.fullName]];
  if (parts.idNumber) said.push([`${id}.idNumber`, owner.idNumber]);
  if (parts.idNumber && owner.idNumber !== '') said.push([`${id}.idType`, owner.idType]);
  if (parts.birthDate) said.push([`${id}.birthDate`, owner.birthDate]);
  if (parts.gender) said.push([`${id}.gender`, owner.gender]);
  if (parts.phone) said.push([`${id}.phone`, owner.phone]);
  if (parts.email) said.push([`${id}.email`, owner.email]);
  if (parts.nationality && owner.subjectType === 'citizen' && owner.fullName !== '')
    said.push([`${id}.nationality`, 'Việt Nam']);
  if (place.addressId) said.push([`${place.addressId}.unitText`, owner.address]);
  return said;
}

/**
 * Form values after the owner's block changed from `before` to `after`: what is typed once is not typed twice. A value
 * the clerk wrote into the form herself (other than what the block said) stays as it is.
 */
export function followOwner(
  values: Record<string, unknown>,
  place: OwnerPlace,
  before: PersonDraft,
  after: PersonDraft,
): Record<string, unknown> {
  const earlier = new Map(valuesOf(place, before));
  let next = values;
  for (const [path, text] of valuesOf(place, after)) {
    const present = valueAt(next, path) ?? '';
    if (present !== '' && present !== earlier.get(path)) continue;
    if (present !== text) next = withValueAt(next, path, text);
  }
  return next;
}

/** Members of a person that differ. */
export function changedMembers(before: PersonDraft, after: PersonDraft): (keyof PersonDraft)[] {
  return (Object.keys(after) as (keyof PersonDraft)[]).filter((member) => before[member] !== after[member]);
}

/**
 * The owner after the form changed: a clerk who begins with the form need not type the person again. What was typed in
 * the owner's own block (`typed`) stays; the person is then not one found in the register.
 */
export function followForm(
  owner: PersonDraft,
  place: OwnerPlace,
  values: Record<string, unknown>,
  typed: readonly (keyof PersonDraft)[],
): PersonDraft {
  if (owner.personId !== null) return owner;
  const { id } = place.person;
  const said = (path: string): string => {
    const value = valueAt(values, path);
    return typeof value === 'string' ? value : '';
  };
  const address = place.addressId
    ? [said(`${place.addressId}.text`), said(`${place.addressId}.unitText`)].filter(Boolean).join(', ')
    : '';
  const next: PersonDraft = {
    ...owner,
    fullName: said(`${id}.fullName`),
    idNumber: said(`${id}.idNumber`),
    idType: said(`${id}.idType`) || owner.idType,
    birthDate: said(`${id}.birthDate`),
    gender: said(`${id}.gender`),
    phone: said(`${id}.phone`),
    email: said(`${id}.email`),
    address,
  };
  for (const member of typed) Object.assign(next, { [member]: owner[member] });
  return changedMembers(owner, next).length === 0 ? owner : next;
}
