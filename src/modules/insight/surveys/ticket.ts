import crypto from 'node:crypto';
import { formatSecret, normaliseSecret } from '../../onestop/portal/rules/secret-code.ts';

/**
 * The code with which one dossier answers one survey, about 98 bits, as `7KQ2-M9XT-4HRD-W6PN-3CVF`. It is made from the
 * secret of the installation, so that letters can be printed again although only its digest is stored.
 */
export function ticketOf(secret: string, surveyId: string, dossierId: string): string {
  return formatSecret(crypto.createHmac('sha512', secret).update(`survey-ticket|${surveyId}|${dossierId}`).digest());
}

/** What is stored of a ticket; undefined where the text cannot be one. */
export function ticketDigest(typed: string): Buffer | undefined {
  const ticket = normaliseSecret(typed);
  return ticket === undefined ? undefined : crypto.createHash('sha256').update(ticket).digest();
}
