import crypto from 'node:crypto';

/** Secrets of the module, derived from the installation's key; each purpose has a key of its own. */
export type Sealer = {
  /** AES-256-GCM; the purpose is bound in, so that a sealed cookie is no sealed TOTP secret. */
  seal(purpose: string, plain: string): Buffer;
  /** Undefined where the bytes were not sealed here for this purpose. */
  open(purpose: string, sealed: Uint8Array): string | undefined;
  /** HMAC-SHA-256, for values that must not be guessable from a copy of the database. */
  digest(purpose: string, value: string): Buffer;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param secretKey at least 32 characters of real randomness, the same in every process of an installation */
export function createSealer(secretKey: string): Sealer {
  if (secretKey.length < 32) throw new Error('Khóa bí mật của hệ thống phải dài ít nhất 32 ký tự.');
  const keys = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    let key = keys.get(purpose);
    if (!key) {
      key = Buffer.from(crypto.hkdfSync('sha256', secretKey, '', `motcua.identity.${purpose}`, 32));
      keys.set(purpose, key);
    }
    return key;
  };
  return {
    seal(purpose, plain) {
      const nonce = crypto.randomBytes(NONCE_BYTES);
      const cipher = crypto.createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(purpose, sealed) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
      try {
        const decipher = crypto.createDecipheriv('aes-256-gcm', keyFor(purpose), sealed.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    digest: (purpose, value) => crypto.createHmac('sha256', keyFor(purpose)).update(value).digest(),
  };
}
