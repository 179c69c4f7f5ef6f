import type { UnitLevel } from './unit.ts';

type KindWord = { readonly word: string; readonly kind: string; readonly level: UnitLevel | null };

/** Kind words of territorial names. `Thành phố` may be a province or lie in a district's place: the file's level decides. */
const KIND_WORDS: readonly KindWord[] = [
  { word: 'Thành phố', kind: 'thanh-pho', level: null },
  { word: 'Thị trấn', kind: 'thi-tran', level: 'commune' },
  { word: 'Đặc khu', kind: 'dac-khu', level: 'commune' },
  { word: 'Phường', kind: 'phuong', level: 'commune' },
  { word: 'Thị xã', kind: 'thi-xa', level: 'district' },
  { word: 'Huyện', kind: 'huyen', level: 'district' },
  { word: 'Tỉnh', kind: 'tinh', level: 'province' },
  { word: 'Quận', kind: 'quan', level: 'district' },
  { word: 'Xã', kind: 'xa', level: 'commune' },
];

/**
 * Splits `Xã Hiệp Đức` into kind `xa`, its word and short name `Hiệp Đức`; undefined where no territorial kind word leads.
 * Small letters are forgiven (`xã Bắc Sơn` stands so in the public data set).
 */
export function splitUnitName(
  name: string,
): { readonly kind: string; readonly word: string; readonly shortName: string } | undefined {
  const found = KIND_WORDS.find(({ word }) => name.toLowerCase().startsWith(`${word.toLowerCase()} `));
  return found && { kind: found.kind, word: found.word, shortName: name.slice(found.word.length + 1) };
}

/** The name as it stands inside a sentence: `xã Hiệp Đức`, `thành phố Đà Nẵng`. Names without a kind word stay as they are. */
export function nameInSentence(name: string): string {
  const split = splitUnitName(name);
  return split ? `${split.word.charAt(0).toLowerCase()}${split.word.slice(1)} ${split.shortName}` : name;
}

/** Name of a territory's people's committee: `Ủy ban nhân dân xã Hiệp Đức`. */
export function authorityName(name: string): string {
  return `Ủy ban nhân dân ${nameInSentence(name)}`;
}

/** A former unit as papers name it (domain §11.11): `huyện Hiệp Đức (cũ)`. */
export function formerName(name: string): string {
  return `${nameInSentence(name)} (cũ)`;
}

// Two habits of placing the tone on oa, oe, uy (hoà / hòa). The data sets mix them; one name, one spelling for comparing.
const TONES: readonly (readonly [RegExp, string])[] = (
  [
    ['o', ['à', 'á', 'ả', 'ã', 'ạ'], 'òóỏõọ', 'a'],
    ['o', ['è', 'é', 'ẻ', 'ẽ', 'ẹ'], 'òóỏõọ', 'e'],
    ['u', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'], 'ùúủũụ', 'y'],
  ] as const
).flatMap(([first, marked, toned, last]) =>
  marked.map((vowel, i) => [new RegExp(`${first}${vowel}(?!\\p{L})`, 'gu'), `${toned.charAt(i)}${last}`] as const),
);

/** A spelling for comparison: NFC, lower case, single spaces, tone placed on the first vowel (`Thanh Hoá` = `Thanh Hóa`). */
export function comparableName(name: string): string {
  let text = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s-]+/g, ' ')
    .trim();
  for (const [pattern, replacement] of TONES) text = text.replace(pattern, replacement);
  return text;
}
