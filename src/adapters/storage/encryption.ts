import crypto from 'node:crypto';
import fs from 'node:fs';
import { type Readable, Transform } from 'node:stream';

const NONCE = 12;
const TAG = 16;

/** Encrypts what flows through, AES-256-GCM: nonce (12 bytes), ciphertext, tag (16 bytes). */
export function createSealing(key: Buffer): Transform {
  const nonce = crypto.randomBytes(NONCE);
  const cipher = crypto.createCipheriv('aes-256-gcm', key, nonce);
  let begun = false;
  const begin = (stream: Transform): void => {
    if (!begun) stream.push(nonce);
    begun = true;
  };
  return new Transform({
    transform(chunk: Buffer, _, done) {
      begin(this);
      done(null, cipher.update(chunk));
    },
    flush(done) {
      begin(this);
      this.push(cipher.final());
      this.push(cipher.getAuthTag());
      done();
    },
  });
}

/** Reads a sealed file. The stream ends with an error where the file was changed or the key is another one. */
export async function openSealed(file: string, key: Buffer): Promise<Readable> {
  const handle = await fs.promises.open(file, 'r');
  try {
    const { size } = await handle.stat();
    const [nonce, tag] = [Buffer.alloc(NONCE), Buffer.alloc(TAG)];
    await handle.read(nonce, 0, NONCE, 0);
    await handle.read(tag, 0, TAG, size - TAG);
    const decipher = crypto.createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag);
    if (size === NONCE + TAG) {
      await handle.close();
      decipher.end();
      return decipher;
    }
    const sealed = handle.createReadStream({ start: NONCE, end: size - TAG - 1 });
    sealed.on('error', (error) => decipher.destroy(error));
    return sealed.pipe(decipher);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Reads the key of `MOTCUA_FILES_KEY`: 32 bytes as 64 hex digits or base64.
 * @throws Error with a Vietnamese sentence for anything else.
 */
export function readFilesKey(text: string | undefined): Buffer | undefined {
  if (!text) return undefined;
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length !== 32) throw new Error('MOTCUA_FILES_KEY phải là 32 byte, viết bằng 64 chữ số hệ 16 hoặc base64.');
  return key;
}
