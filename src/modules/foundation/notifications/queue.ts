import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Db } from '../../../platform/db/open.ts';
import { isMailAddress } from './rules/retry.ts';
import { insertMessage, type MessageChannel } from './store.ts';

/** A message to be queued with the fact that causes it. */
export type QueuedMessage = {
  /** `staff:<staffId>`, `citizen:<accountId>` (as `actorRef` writes them) or `dossier:<dossierId>` for a guest. */
  readonly recipient: string;
  readonly channel: MessageChannel;
  /** Needed for `email`. */
  readonly toAddress?: string;
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  /** Name of the template, for the log. */
  readonly template: string;
  readonly dossierId?: string;
  /** Unit in whose delivery log it appears; absent: the installation's. */
  readonly unitId?: string;
  /** A second message with this key is dropped: `<event id>:<template>:<channel>`. */
  readonly dedupeKey: string;
  readonly at: Date;
};

/**
 * Queues a message in the caller's transaction. An e-mail leaves after the commit; an address that is none goes into
 * the log as failed at once.
 * @returns its id, or undefined where the dedupe key was known.
 */
export async function queueMessage(trx: Db, message: QueuedMessage): Promise<string | undefined> {
  const id = uuidv7(message.at);
  const { channel, toAddress = null } = message;
  const wrong = channel === 'email' && !(toAddress !== null && isMailAddress(toAddress));
  const written = await insertMessage(trx, {
    id,
    recipient: message.recipient,
    channel,
    toAddress: channel === 'email' ? toAddress : null,
    subject: message.subject,
    body: message.body,
    template: message.template,
    dossierId: message.dossierId ?? null,
    unitId: message.unitId ?? null,
    dedupeKey: message.dedupeKey,
    resendOf: null,
    createdAt: message.at,
    status: channel === 'app' ? 'sent' : wrong ? 'failed' : 'waiting',
    lastError: wrong ? 'địa chỉ thư điện tử không hợp lệ' : null,
  });
  return written ? id : undefined;
}
