import type { MailOutcome } from '../../modules/foundation/notifications/ports.ts';

type Failure = { readonly code?: unknown; readonly command?: unknown; readonly responseCode?: unknown };

/**
 * What a failed attempt means.
 * @param textLeft the text had been handed to the connection: without an answer nobody knows whether it was taken.
 */
export function judgeFailure(error: unknown, textLeft: boolean): Exclude<MailOutcome, { kind: 'accepted' }> {
  const { code, command, responseCode } = (typeof error === 'object' && error !== null ? error : {}) as Failure;
  const text = withoutAddresses(error instanceof Error ? error.message : String(error));
  if (typeof responseCode !== 'number') {
    if (textLeft) return { kind: 'unknown', error: text, serverWide: true };
    // nodemailer itself would not send to such an address.
    if (code === 'EENVELOPE') return { kind: 'refused', error: text, serverWide: false };
    return { kind: 'later', error: text, serverWide: true };
  }
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  if (!aboutThisMail) return { kind: 'later', error: text, serverWide: true };
  return { kind: responseCode >= 500 ? 'refused' : 'later', error: text, serverWide: false };
}

/** Servers repeat the address in their answers; logs must not. */
function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"':;,]+@[^\s<>"':;,]+/g, '(địa chỉ)').slice(0, 500);
}
