import type { Actor } from '../../../core/access/actor.ts';
import type { Db } from '../../../platform/db/open.ts';
import { eraseParts, findEntryIds } from './list-store.ts';
import { recordAudit } from './record.ts';
import { ERASE_ACTION } from './verify-store.ts';

/**
 * Lawful erasure of the personal part (payload and network address) of entries, in the caller's transaction. The chain
 * still verifies; each erasure is an entry of its own in the same chain, without which verification would complain.
 * Whether the erasure is lawful (request, legal hold) is decided by the caller.
 * @param what single entries, or all entries about one object.
 * @param reason legal ground, no personal data: it stays for ever.
 * @returns number of entries erased; those erased before, or without a personal part, do not count.
 */
export async function erasePayloads(
  trx: Db,
  actor: Actor,
  what: { readonly entryIds: readonly string[] } | { readonly object: { readonly type: string; readonly id: string } },
  reason: string,
  at: Date,
): Promise<number> {
  const ids = 'entryIds' in what ? what.entryIds : await findEntryIds(trx, what.object);
  const erased = await eraseParts(trx, ids, at);
  await recordAudit(
    trx,
    erased.map(({ id, chainId }) => ({
      chainId,
      occurredAt: at,
      actor,
      action: ERASE_ACTION,
      object: { type: 'audit-entry', id },
      payload: { reason },
    })),
  );
  return erased.length;
}
