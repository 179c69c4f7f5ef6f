import crypto from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '../errors/app-error.ts';
import { type Db, isDuplicate, type Pool } from './open.ts';

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

/** A request with its key, if it has one. `body` is everything that makes it the request it is, ids included. */
export type KeyedRequest = {
  readonly operation: string;
  readonly actor: string;
  readonly key: string | undefined;
  readonly body: unknown;
};

export type KeyedUse<Result, Kept, Reply> = {
  /** The whole use case. Its transaction on this pool writes the key, so that both or neither are there. */
  run(db: Pool): Promise<Reply>;
  /** What is remembered of the transaction's result: ids and versions, no personal data. */
  keep(result: Result): Kept;
  /** The reply to a repeat. */
  again(kept: Kept): Reply | Promise<Reply>;
};

/**
 * Runs a use case of one transaction once per key; without a key it simply runs. A repeat gets the first one's reply also
 * where it would be refused by now (the version has moved on, the row is decided).
 * @throws AppError `request/repeated-differently` where the key was used for another content
 */
export async function keyed<Result, Kept, Reply>(
  db: Pool,
  { operation, actor, key, body }: KeyedRequest,
  use: KeyedUse<Result, Kept, Reply>,
): Promise<Reply> {
  if (key === undefined) return use.run(db);
  const scoped = scopedKey(operation, actor, key);
  const digest = requestDigest(body);
  try {
    const remember = (trx: Db, result: unknown) =>
      rememberReply(trx, scoped, digest, use.keep(result as Result) ?? null);
    return await use.run(remembering(db, remember));
  } catch (error) {
    if (!(error instanceof AppError) && !isDuplicate(error, 'idempotency_pkey')) throw error;
    const earlier = await findReply<Kept>(db, scoped, digest);
    if (earlier === undefined) throw error;
    return use.again(earlier);
  }
}

/** As {@link keyed}, for an act that answers nothing. */
export function keyedAct(db: Pool, request: KeyedRequest, run: (db: Pool) => Promise<void>): Promise<void> {
  return keyed(db, request, { run, keep: () => null, again: () => undefined });
}

/** The pool, but that its transactions end with `remember`. */
function remembering(db: Pool, remember: (trx: Db, result: unknown) => Promise<void>): Pool {
  const transaction = () => ({
    execute: <T>(run: (trx: Db) => Promise<T>): Promise<T> =>
      db.transaction().execute(async (trx) => {
        const result = await run(trx);
        await remember(trx, result);
        return result;
      }),
  });
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
