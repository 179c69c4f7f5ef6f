/**
 * The text as people type it without diacritics: lower case, no tone or vowel marks, đ → d.
 * `foldVietnamese('Đặng Thị Hòa') === 'dang thi hoa'`; the old and new places of a tone (hòa, hoà) fold alike.
 * For searching and comparing only, never for showing. Must give the same as the database's fold.
 */
export function foldVietnamese(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').normalize('NFC');
}
