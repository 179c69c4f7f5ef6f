import { foldVietnamese } from '../../../../core/text/fold.ts';

/** Facts of one party that may be searched. */
export type SearchableParty = {
  readonly fullName: string;
  readonly phone?: string | null | undefined;
  readonly idDigest?: string | null;
};

export type SearchKey = { readonly kind: 'name' | 'name-tail' | 'phone' | 'id' | 'word'; readonly value: string };

const MAX_WORDS = 12;

/** Folded, single-spaced: `  Đặng Thị  Ánh ` → `dang thi anh`. */
export function foldName(name: string): string {
  return foldVietnamese(name)
    .replace(/[^a-z0-9 ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Digits only, the country code as 0: `+84 905 123 456` → `0905123456`. */
export function foldPhone(phone: string): string {
  const digits = phone.replace(/\D+/g, '');
  return digits.startsWith('84') && digits.length >= 11 ? `0${digits.slice(2)}` : digits;
}

/**
 * Keys a dossier is found by, written in its own transaction so that it is found right after writing:
 * the whole folded name, its last two syllables (how people call each other), phone, keyed digest of the ID number
 * (never the number), and the longer words of its subject.
 */
export function searchKeys(parties: readonly SearchableParty[], subject: string): SearchKey[] {
  const keys = new Map<string, SearchKey>();
  const add = (kind: SearchKey['kind'], value: string): void => {
    if (value !== '') keys.set(`${kind}:${value}`, { kind, value: value.slice(0, 200) });
  };
  for (const party of parties) {
    const name = foldName(party.fullName);
    add('name', name);
    const syllables = name.split(' ');
    if (syllables.length > 2) add('name-tail', syllables.slice(-2).join(' '));
    if (party.phone) add('phone', foldPhone(party.phone));
    if (party.idDigest) add('id', party.idDigest);
  }
  const words = foldName(subject)
    .split(' ')
    .filter((word) => word.length >= 3);
  for (const word of [...new Set(words)].slice(0, MAX_WORDS)) add('word', word);
  return [...keys.values()];
}
