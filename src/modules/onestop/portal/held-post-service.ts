import crypto from 'node:crypto';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { PortalDeps, Visitor } from './context.ts';
import { dropHeldPost, findHeldPost, forgetHeldPosts, insertHeldPost } from './held-post-store.ts';
import { admitVisitor } from './visit-guard.ts';

/** How long a text waits for its writer to sign in again. */
export const HELD_MINUTES = 60;
const MAX_BYTES = 256 * 1024;

/** What had been typed on a page when the session ended. */
export type HeldPost = {
  /** Step of the wizard, or act on a dossier. */
  readonly place: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Files were chosen with it; they are not held. */
  readonly hadFiles: boolean;
};

export type HeldPostService = ReturnType<typeof createHeldPostService>;

/**
 * Holds what somebody typed while nobody was signed in any more. Only the browser that sent it has the key (a token in
 * a cookie), and the pages open it only for whoever may open the draft or dossier it was sent to: another citizen who
 * signs in on the same browser sees nothing of it.
 */
export function createHeldPostService(deps: PortalDeps) {
  const { db, clock } = deps;
  return {
    /** @returns the token for the browser's cookie; undefined where it is too long or too much is held already. */
    async hold(visitor: Visitor, subjectId: string, post: HeldPost): Promise<string | undefined> {
      const plain = Buffer.from(JSON.stringify({ fields: post.fields, hadFiles: post.hadFiles }));
      if (plain.length > MAX_BYTES) return undefined;
      try {
        await admitVisitor(deps, visitor, 'guestHold');
      } catch (error) {
        if (error instanceof AppError) return undefined;
        throw error;
      }
      const token = crypto.randomBytes(32);
      const now = clock.now();
      await insertHeldPost(db, {
        id: uuidv7(now),
        tokenDigest: digestOf(token),
        subjectId,
        place: post.place,
        sealed: seal(token, bound(subjectId, post.place), plain),
        heldAt: now,
        expiresAt: new Date(now.getTime() + HELD_MINUTES * 60_000),
      });
      return token.toString('base64url');
    },

    /** What this browser left at a draft or dossier. Ask only after the visitor's right to it has been checked. */
    async find(cookie: string | undefined, subjectId: string): Promise<HeldPost | undefined> {
      const token = readToken(cookie);
      if (!token) return undefined;
      const row = await findHeldPost(db, digestOf(token), subjectId, clock.now());
      if (!row) return undefined;
      const plain = open(token, bound(subjectId, row.place), row.sealed);
      if (plain === undefined) return undefined;
      return { ...(JSON.parse(plain) as Omit<HeldPost, 'place'>), place: row.place };
    },

    async drop(cookie: string | undefined): Promise<void> {
      const token = readToken(cookie);
      if (token) await dropHeldPost(db, digestOf(token));
    },

    forgetExpired: (): Promise<void> => forgetHeldPosts(db, clock.now()),
  };
}

const bound = (subjectId: string, place: string): string => `${subjectId} ${place}`;

const digestOf = (token: Buffer): Buffer => crypto.createHash('sha256').update('motcua.held ').update(token).digest();
const keyOf = (token: Buffer): Buffer => Buffer.from(crypto.hkdfSync('sha256', token, '', 'motcua.portal.held', 32));

function readToken(cookie: string | undefined): Buffer | undefined {
  return cookie !== undefined && /^[\w-]{43}$/.test(cookie) ? Buffer.from(cookie, 'base64url') : undefined;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function seal(token: Buffer, where: string, plain: Buffer): Buffer {
  const nonce = crypto.randomBytes(NONCE_BYTES);
  const cipher = crypto.createCipheriv('aes-256-gcm', keyOf(token), nonce).setAAD(Buffer.from(where));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function open(token: Buffer, where: string, sealed: Buffer): string | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = crypto
      .createDecipheriv('aes-256-gcm', keyOf(token), sealed.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(where));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    return undefined;
  }
}
