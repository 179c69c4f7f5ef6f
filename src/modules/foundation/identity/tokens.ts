import crypto from 'node:crypto';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** No 0/O, 1/I/l: one-time passwords and recovery codes are read aloud and typed from paper. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A session token: 256 random bits, 43 characters. Only its digest is stored. */
export function newSessionToken(): string {
  return crypto.randomBytes(32).toString('base64url');
}

/** Digest under which a session is stored, or undefined where the text cannot be a token. */
export function tokenHash(token: string | undefined): Buffer | undefined {
  if (token === undefined || !TOKEN.test(token)) return undefined;
  return crypto.createHash('sha256').update(token).digest();
}

/** Random text of a readable alphabet (31 characters, almost 5 bits each). */
export function readableCode(length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += READABLE[crypto.randomInt(READABLE.length)] ?? '';
  return text;
}

/** A one-time password: 12 characters, 59 bits. */
export function newOneTimePassword(): string {
  return `${readableCode(4)}-${readableCode(4)}-${readableCode(4)}`;
}

/** A recovery code: two groups of five, 49 bits. */
export function newRecoveryCode(): string {
  return `${readableCode(5)}-${readableCode(5)}`;
}

/** Recovery code as compared: lower case, without the blanks and dashes people add or leave out; undefined if none. */
export function readRecoveryCode(typed: string): string | undefined {
  const code = typed.toLowerCase().replace(/[\s-]/g, '');
  return /^[a-z2-9]{10}$/.test(code) ? code : undefined;
}
