import { findReply, once } from '../../../platform/db/idempotency.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';

/**
 * As `once`, for use cases whose repeat may fail before it reaches its key: the files have changed hands, the dossier
 * has moved on, the unit was closed meanwhile. Where the first request succeeded its reply is the answer all the same.
 * @param run the whole use case; it must write the key with its reply in its own statement or transaction.
 */
export async function repeatable<R>(
  db: Db,
  key: string | undefined,
  digest: string,
  run: () => Promise<R>,
): Promise<R> {
  try {
    return await once(db, key, digest, run);
  } catch (error) {
    if (key === undefined || !(error instanceof AppError)) throw error;
    const earlier = await findReply<R>(db, key, digest);
    if (earlier === undefined) throw error;
    return earlier;
  }
}
