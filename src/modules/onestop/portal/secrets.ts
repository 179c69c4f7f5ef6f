import crypto from 'node:crypto';
import { formatSecret } from './rules/secret-code.ts';

/** A fresh secret for a guest. */
export function newSecret(): string {
  return formatSecret(crypto.randomBytes(64));
}

/** What is stored of a secret. */
export function secretDigest(secret: string): Buffer {
  return crypto.createHash('sha256').update(secret).digest();
}
