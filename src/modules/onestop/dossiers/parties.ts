import crypto from 'node:crypto';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { PartySnapshotType } from './contract.ts';
import { foldName, foldPhone, searchKeys } from './rules/search-keys.ts';
import type { NewPerson, PartyRow, SearchKeyRow } from './store.ts';

export type PartyInputType = {
  readonly role: 'owner' | 'submitter' | 'representative' | 'payer' | 'recipient';
  readonly personId?: string | null;
  readonly snapshot: PartySnapshotType;
};

/** Keyed digest of an ID number: equal numbers meet in the index, but the index tells no number. */
export function idDigest(secret: string, number: string): string {
  return crypto
    .createHmac('sha256', secret)
    .update(number.replace(/\s+/g, '').toUpperCase())
    .digest('base64url')
    .slice(0, 32);
}

/** What a stranger must know beside the code: the ID number or phone, whole or its last four digits, or the birth year. */
export function secondFacts(parties: readonly PartyInputType[]): string[] {
  const facts = new Set<string>();
  for (const { role, snapshot } of parties) {
    if (role !== 'owner' && role !== 'submitter') continue;
    const digits = (text: string | null | undefined): string => (text ?? '').replace(/\D+/g, '');
    const tail = (text: string | null | undefined): string => digits(text).slice(-4);
    for (const fact of [tail(snapshot.idNumber), tail(snapshot.phone), (snapshot.birthDate ?? '').slice(0, 4)]) {
      if (fact.length === 4) facts.add(fact);
    }
    // Who types the whole number is right as well.
    for (const whole of [digits(snapshot.idNumber), digits(snapshot.phone)]) if (whole.length > 4) facts.add(whole);
  }
  return [...facts];
}

/** Rows of parties, the people they are, and the keys they are found by. A party given twice makes one person. */
export function partyRows(
  parties: readonly PartyInputType[],
  subject: string,
  secret: string,
  at: Date,
): { parties: PartyRow[]; people: NewPerson[]; keys: SearchKeyRow[]; names: string[] } {
  const rows: PartyRow[] = [];
  const people = new Map<string, NewPerson & { party_seqs: number[] }>();
  parties.forEach((party, index) => {
    const seq = index + 1;
    const { snapshot } = party;
    rows.push({ seq, role: party.role, person_id: party.personId ?? null, snapshot });
    if (party.personId) return;
    const number = snapshot.idNumber?.replace(/\s+/g, '') ?? null;
    const key = number
      ? `id:${snapshot.idType ?? 'cccd'}:${number}`
      : `name:${foldName(snapshot.fullName)}:${snapshot.birthDate ?? ''}:${snapshot.phone ?? ''}`;
    const known = people.get(key);
    if (known) {
      known.party_seqs.push(seq);
      return;
    }
    people.set(key, {
      id: uuidv7(at),
      full_name: snapshot.fullName,
      birth_date: snapshot.birthDate ?? null,
      gender: snapshot.gender ?? null,
      phone: snapshot.phone ? foldPhone(snapshot.phone) : null,
      email: snapshot.email ?? null,
      address: snapshot.address ?? null,
      identity_type: number ? (snapshot.idType ?? 'cccd') : null,
      identity_number: number,
      party_seqs: [seq],
    });
  });
  const searchable = parties.map(({ snapshot }) => ({
    fullName: snapshot.fullName,
    phone: snapshot.phone,
    idDigest: snapshot.idNumber ? idDigest(secret, snapshot.idNumber) : null,
  }));
  const keys = searchKeys(searchable, subject);
  return {
    parties: rows,
    people: [...people.values()],
    keys,
    names: keys.filter((k) => k.kind === 'name').map((k) => k.value),
  };
}
