/** A person's or organisation's name as stored: NFC, no control characters, single spaces, trimmed; case is kept. */
export function normaliseName(name: string): string {
  return name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\u200b\ufeff]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Initials for round badges: `initialsOf('Nguyễn Thị Lan') === 'NTL'`; at most three, family and given name kept. */
export function initialsOf(name: string): string {
  const words = normaliseName(name).split(' ').filter(Boolean);
  const chosen = words.length > 3 ? [words[0] ?? '', ...words.slice(-2)] : words;
  return chosen.map((word) => ([...word][0] ?? '').toUpperCase()).join('');
}

/**
 * An identity number as it may be shown to those who need not know it: first and last two characters.
 * `maskIdNumber('049123456712') === '0*********12'`; six characters or fewer are hidden whole.
 */
export function maskIdNumber(idNumber: string): string {
  const characters = [...idNumber.trim()];
  if (characters.length <= 6) return '*'.repeat(characters.length);
  return characters.map((c, index) => (index === 0 || index >= characters.length - 2 ? c : '*')).join('');
}
