import type { Pool } from '../../../platform/db/open.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { Mailer, MailOutcome } from './ports.ts';
import { CLAIM_MS, MAX_AGE_MS, MAX_REFUSALS, retryAt } from './rules/retry.ts';
import { claimMail, type MessageRow, markSent, markUnsent, releaseStale } from './store.ts';

export type SendMailDeps = { readonly db: Pool; readonly mailer: Mailer; readonly log: Log };

/**
 * Sends mails that are due, one after the other; several processes may do so at once. Each attempt is marked in the
 * database before it begins and settled after; attempts of one mail carry one `Message-ID`. Stops where the server
 * as a whole is in trouble, so that a thousand mails do not each wait for a time-out.
 * @param now real time, never the shifted business clock.
 * @returns true where more mails may be due.
 */
export async function sendMailOnce({ db, mailer, log }: SendMailDeps, now: Date, batch = 50): Promise<boolean> {
  await releaseStale(db, new Date(now.getTime() - CLAIM_MS));
  for (let count = 0; count < batch; count++) {
    const mail = await claimMail(db, now);
    if (!mail) return false;
    if (now.getTime() - mail.queuedAt.getTime() > MAX_AGE_MS) {
      await markUnsent(db, mail.id, `quá hạn gửi; lỗi trước đó: ${mail.lastError ?? 'không có'}`, null);
      continue;
    }
    const outcome = await mailer.send({
      id: mail.id,
      to: mail.toAddress ?? '',
      subject: mail.subject,
      text: mail.body,
      date: now,
    });
    await settle(db, mail, outcome, now);
    if (outcome.kind === 'accepted') continue;
    log.warn(
      { message: mail.id, attempts: mail.attempts, outcome: outcome.kind, error: outcome.error },
      'mail not sent',
    );
    if (outcome.serverWide) return false;
  }
  return true;
}

async function settle(db: Pool, mail: MessageRow, outcome: MailOutcome, now: Date): Promise<void> {
  if (outcome.kind === 'accepted') return markSent(db, mail.id, now);
  const givenUp = outcome.kind === 'refused' && mail.attempts >= MAX_REFUSALS;
  await markUnsent(db, mail.id, outcome.error, givenUp ? null : retryAt(now, mail.attempts, outcome.kind));
}
