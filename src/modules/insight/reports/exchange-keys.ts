import crypto from 'node:crypto';

/** Keys begin so, that a leaked one is known for what it is. */
const PREFIX = 'mcx_';

/** A new key of 256 random bits, shown once. */
export const newKey = (): string => `${PREFIX}${crypto.randomBytes(32).toString('base64url')}`;

/** What is kept of a key. It is random and long, so that a plain SHA-256 cannot be turned back. */
export const hashOf = (key: string): string => crypto.createHash('sha256').update(key).digest('hex');

/** Enough of a key to know it again. */
export const hintOf = (key: string): string => key.slice(0, PREFIX.length + 6);
