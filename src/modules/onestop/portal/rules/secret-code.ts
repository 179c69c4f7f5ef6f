/** Letters and digits that are not taken for one another when read aloud or from paper: no 0 O 1 I L U. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 20;
const GROUP = 4;

/**
 * A guest's secret from random bytes, in groups: `7KQ2-M9XT-4HRD-W6PN-3CVF`, about 98 bits. Bytes that would favour
 * some letters (≥ 240) are passed over.
 *
 * @param bytes at least 20 usable ones; 64 fresh random bytes are always enough in practice.
 * @throws RangeError when they are not.
 */
export function formatSecret(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    if (text.length === LENGTH) break;
    if (byte < 240) text += ALPHABET[byte % ALPHABET.length];
  }
  if (text.length < LENGTH) throw new RangeError('not enough random bytes');
  return text.match(new RegExp(`.{${GROUP}}`, 'g'))?.join('-') ?? text;
}

/**
 * A secret as typed → as it was given out, or undefined when it cannot be one. Case, spaces and dashes do not matter.
 * @example normaliseSecret('7kq2 m9xt 4hrd w6pn 3cvf') → '7KQ2-M9XT-4HRD-W6PN-3CVF'
 */
export function normaliseSecret(typed: unknown): string | undefined {
  if (typeof typed !== 'string' || typed.length > 60) return undefined;
  const bare = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  if (bare.length !== LENGTH || [...bare].some((letter) => !ALPHABET.includes(letter))) return undefined;
  return bare.match(new RegExp(`.{${GROUP}}`, 'g'))?.join('-');
}
