/** What was typed to follow a dossier, made comparable; or which of the two is not usable. */
export type FollowInput =
  | { readonly ok: true; readonly code: string; readonly digits: string }
  | { readonly ok: false; readonly problems: readonly ('ma' | 'doi-chieu')[] };

/**
 * Reads code and second fact as people type them: the code with spaces and in small letters, the fact with spaces or
 * dots. The fact has 4 to 15 digits: last four of an identity number or telephone, or a year of birth.
 *
 * @example readFollow(' h17.32.05-261122-0001 ', '12 34') → {ok: true, code: 'H17.32.05-261122-0001', digits: '1234'}
 */
export function readFollow(code: unknown, fact: unknown): FollowInput {
  const cleanCode = readCode(code);
  const digits = typeof fact === 'string' ? fact.replaceAll(/[\s.\-/+]/g, '') : '';
  const problems: ('ma' | 'doi-chieu')[] = [];
  if (cleanCode === undefined) problems.push('ma');
  if (!/^\d{4,15}$/.test(digits)) problems.push('doi-chieu');
  if (cleanCode === undefined || problems.length > 0) return { ok: false, problems };
  return { ok: true, code: cleanCode, digits };
}

/** A dossier code as typed → as it is stored; undefined when it cannot be one. */
export function readCode(typed: unknown): string | undefined {
  if (typeof typed !== 'string') return undefined;
  const code = typed.replaceAll(/\s/g, '').toUpperCase();
  return /^[0-9A-Z][0-9A-Z.\-/]{5,59}$/.test(code) ? code : undefined;
}
