import crypto from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '../errors/app-error.ts';
import { type Db, isDuplicate } from './open.ts';

/** Digest of a request, to tell a repeat from another request under the same key. */
export function requestDigest(body: unknown): string {
  return crypto.createHash('sha256').update(JSON.stringify(body)).digest('base64url');
}

/** Scopes a caller's key to the caller and the operation, so that nobody reads another's reply. */
export function scopedKey(operation: string, actor: string, key: string): string {
  return `${operation}|${actor}|${key}`;
}

/**
 * Reply of an earlier request with this key, or undefined.
 * @throws AppError `request/repeated-differently` where the key was used for another content.
 */
export async function findReply<R>(db: Db, key: string, digest: string): Promise<R | undefined> {
  const { rows } = await sql<{
    request_digest: string;
    reply: R;
  }>`select request_digest, reply from platform.idempotency where key = ${key}`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  if (row.request_digest !== digest) throw new AppError('request/repeated-differently');
  return row.reply;
}

/**
 * Runs a write once per key: `run` must insert the key (with its reply) in its own statement or transaction. A repeat,
 * also one that comes while the first is under way, gets the first one's reply and has no second effect.
 */
export async function once<R>(db: Db, key: string | undefined, digest: string, run: () => Promise<R>): Promise<R> {
  if (key === undefined) return run();
  try {
    return await run();
  } catch (error) {
    if (!isDuplicate(error, 'idempotency_pkey')) throw error;
    const earlier = await findReply<R>(db, key, digest);
    if (earlier === undefined) throw error;
    return earlier;
  }
}

/** Remembers a reply in the caller's transaction. @throws the duplicate of `idempotency_pkey` where the key is known. */
export async function rememberReply(trx: Db, key: string, digest: string, reply: unknown): Promise<void> {
  await sql`insert into platform.idempotency (key, request_digest, reply)
    values (${key}, ${digest}, ${JSON.stringify(reply)}::jsonb)`.execute(trx);
}
