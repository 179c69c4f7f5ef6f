import { type Actor, actorRef, holds, unitsFor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { toIso } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Db, Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import type { Log } from '../../../platform/log/log.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { Delivery, DeliveryQuery, Inbox } from './contract.ts';
import type { Mailer } from './ports.ts';
import { maskAddress } from './rules/retry.ts';
import { sendMailOnce } from './send-mail.ts';
import { findInbox, findMails, findResends, insertMessage, lockMail, type MessageRow, markRead } from './store.ts';

const READ_LOG = 'notification.read-log';

type Paging = { readonly cursor?: string; readonly limit?: number };

export type NotificationService = {
  /** The actor's own messages in the application. */
  listMine(actor: Actor, paging: Paging): Promise<Inbox>;
  /** @throws row/missing for a message of somebody else. */
  readMine(actor: Actor, id: string): Promise<Record<string, never>>;
  /** E-mails of the units for which the actor holds `notification.read-log`; those of no unit for administrators. */
  listDeliveries(actor: Actor, query: DeliveryQuery): Promise<{ rows: Delivery[]; nextCursor: string | null }>;
  resend(actor: Actor, id: string): Promise<{ id: string }>;
};

export function createNotificationService(deps: { readonly db: Pool; readonly clock: Clock }): NotificationService {
  const { db, clock } = deps;
  return {
    async listMine(actor, { cursor, limit = 20 }) {
      const { rows, unread } = await findInbox(db, actorRef(actor), cursor, limit + 1);
      const page = rows.slice(0, limit).map(({ id, subject, body, dossierId, createdAt, readAt }) => ({
        id,
        subject,
        body,
        dossierId,
        createdAt: toIso(createdAt),
        readAt: readAt && toIso(readAt),
      }));
      return { rows: page, unread, nextCursor: nextCursor(rows, page, limit) };
    },

    async readMine(actor, id) {
      if (!(await markRead(db, actorRef(actor), id, clock.now()))) throw new AppError('row/missing');
      return {};
    },

    async listDeliveries(actor, { status, dossierId, cursor, limit = 50 }) {
      const filters = { status, dossierId, before: cursor, limit: limit + 1 };
      const unitIds = unitsFor(actor, READ_LOG);
      const rows = await findMails(db, { ...filters, unitIds, installation: holds(actor, 'system.administer') });
      const page = rows.slice(0, limit).map(toDelivery);
      // Whom somebody's mail went to is personal data, masked or not.
      await recordAudit(db, [
        {
          chainId: unitIds[0] ?? INSTALLATION_CHAIN,
          occurredAt: clock.now(),
          actor,
          action: 'notification.read-log',
          object: { type: 'message-list', id: dossierId ?? 'all' },
          payload: { ids: page.map(({ id }) => id) },
        },
      ]);
      return { rows: page, nextCursor: nextCursor(rows, page, limit) };
    },

    resend: (actor, id) => db.transaction().execute((trx) => resend(trx, actor, id, clock.now())),
  };
}

async function resend(trx: Db, actor: Actor, id: string, at: Date): Promise<{ id: string }> {
  const original = await lockMail(trx, id);
  if (!original || !maySee(actor, original)) throw new AppError('row/missing');
  const earlier = await findResends(trx, id);
  const underWay = [original, ...earlier].find(({ status }) => status === 'waiting' || status === 'sending');
  if (underWay) return { id: underWay.id };
  const copy = uuidv7(at);
  await insertMessage(trx, {
    ...original,
    id: copy,
    resendOf: id,
    dedupeKey: `resend:${id}:${earlier.length + 1}`,
    createdAt: at,
    status: 'waiting',
    lastError: null,
  });
  await recordAudit(trx, [
    {
      chainId: original.unitId ?? INSTALLATION_CHAIN,
      occurredAt: at,
      actor,
      action: 'notification.resend',
      object: { type: 'message', id },
      payload: { copy, dossierId: original.dossierId },
    },
  ]);
  return { id: copy };
}

function maySee(actor: Actor, message: MessageRow): boolean {
  return message.unitId === null ? holds(actor, 'system.administer') : holds(actor, READ_LOG, message.unitId);
}

function toDelivery(row: MessageRow): Delivery {
  const { id, subject, template, dossierId, status, attempts, lastError, resendOf } = row;
  return {
    ...{ id, subject, template, dossierId, status, attempts, lastError, resendOf },
    to: maskAddress(row.toAddress ?? ''),
    createdAt: toIso(row.createdAt),
    sentAt: row.sentAt && toIso(row.sentAt),
  };
}

function nextCursor(rows: readonly unknown[], page: readonly { readonly id: string }[], limit: number): string | null {
  return rows.length > limit ? (page.at(-1)?.id ?? null) : null;
}

/** Sends mail that is due every 5 s; nothing without a mail server (mail then waits, and the log shows it). */
export function createNotificationTimers(deps: {
  readonly db: Pool;
  readonly mailer: Mailer | undefined;
  readonly log: Log;
}): readonly Timer[] {
  const { db, mailer, log } = deps;
  if (!mailer) return [];
  return [{ name: 'notifications.mail', everyMs: 5000, run: () => sendMailOnce({ db, mailer, log }, new Date()) }];
}
