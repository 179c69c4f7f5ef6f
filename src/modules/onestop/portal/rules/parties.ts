import type { FormValues } from '../../../../core/forms/evaluate.ts';
import { addressText } from '../../../../core/forms/print.ts';
import type { AddressValue } from '../../../../core/forms/read-address.ts';
import type { PersonValue } from '../../../../core/forms/read-person.ts';
import { isRecord } from '../../../../core/forms/reading.ts';
import type { SubjectKind } from './applicant-form.ts';

/** A person as a dossier keeps her: a snapshot of now. */
export type Snapshot = {
  fullName: string;
  subjectType: SubjectKind;
  idType: string | null;
  idNumber: string | null;
  birthDate: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
};
export type FilingParty = { role: 'owner' | 'submitter'; snapshot: Snapshot };

/** The signed-in citizen as the identity provider told. */
export type KnownCitizen = {
  readonly fullName: string;
  readonly idNumber: string | null;
  readonly birthDate: string | null;
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function snapshotOf(value: unknown, subjectType: SubjectKind): Omit<Snapshot, 'phone' | 'email' | 'address'> {
  const given: Partial<PersonValue> = isRecord(value) ? value : {};
  return {
    fullName: text(given.fullName) ?? '',
    subjectType,
    idType: text(given.idType) ?? (text(given.idNumber) ? (subjectType === 'citizen' ? 'cccd' : 'passport') : null),
    idNumber: text(given.idNumber),
    birthDate: text(given.birthDate),
  };
}

/**
 * Parties where the procedure's own form names the owner (`semanticKey: applicant`): the owner from there; the
 * signed-in citizen beside her as submitter when she is somebody else. A guest who files is taken for the owner.
 *
 * @param owner value of that field, a PersonValue.
 */
export function partiesOfOwner(owner: unknown, values: FormValues, citizen: KnownCitizen | undefined): FilingParty[] {
  const given = snapshotOf(owner, 'citizen');
  const contact = contactOf(values);
  const ownContact = isRecord(owner)
    ? { phone: text(owner.phone), email: text(owner.email) }
    : { phone: null, email: null };
  const isSelf = !citizen || (citizen.idNumber !== null && citizen.idNumber === given.idNumber);
  if (isSelf) {
    return [
      {
        role: 'owner',
        snapshot: {
          ...given,
          ...contact,
          phone: contact.phone ?? ownContact.phone,
          email: contact.email ?? ownContact.email,
        },
      },
    ];
  }
  const submitter = snapshotOf(
    { fullName: citizen.fullName, idType: 'cccd', idNumber: citizen.idNumber, birthDate: citizen.birthDate },
    'citizen',
  );
  return [
    { role: 'owner', snapshot: { ...given, ...ownContact, address: null } },
    { role: 'submitter', snapshot: { ...submitter, ...contact } },
  ];
}

function contactOf(values: FormValues): { phone: string | null; email: string | null; address: string | null } {
  return {
    phone: text(values.phone),
    email: text(values.email),
    address: isRecord(values.address) ? text(addressText(values.address as AddressValue)) : null,
  };
}

/**
 * Parties of a filing from the evaluated applicant's form: the submitter, and the owner, who is the same person
 * unless the form says otherwise. The owner comes first.
 *
 * @param citizen the signed-in person; her name and number are never taken from the form.
 */
export function partiesOf(
  values: FormValues,
  citizen: KnownCitizen | undefined,
  kinds: readonly SubjectKind[],
): FilingParty[] {
  const submitter = { ...submitterOf(values, citizen, kinds), ...contactOf(values) };
  if (values.forWhom !== 'other') return [{ role: 'owner', snapshot: submitter }];
  const owner = { ...snapshotOf(values.owner, 'citizen'), phone: null, email: null, address: null };
  return [
    { role: 'owner', snapshot: owner },
    { role: 'submitter', snapshot: submitter },
  ];
}

function submitterOf(values: FormValues, citizen: KnownCitizen | undefined, kinds: readonly SubjectKind[]) {
  if (citizen)
    return snapshotOf(
      { fullName: citizen.fullName, idType: 'cccd', idNumber: citizen.idNumber, birthDate: citizen.birthDate },
      'citizen',
    );
  const chosen = kinds.find((kind) => kind === values.subject) ?? kinds[0] ?? 'citizen';
  if (chosen === 'organisation') {
    return {
      ...snapshotOf({ fullName: values.organisationName }, 'organisation'),
      idType: 'tax-code',
      idNumber: text(values.organisationCode),
    };
  }
  return snapshotOf(chosen === 'citizen' ? values.citizen : values.foreigner, chosen);
}
