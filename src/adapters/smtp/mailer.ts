import nodemailer from 'nodemailer';
import type { Mail, Mailer, MailOutcome } from '../../modules/foundation/notifications/ports.ts';
import { judgeFailure } from './failure.ts';

export type SmtpOptions = {
  /** `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://host:465`; options in the query as nodemailer's. */
  readonly url: string;
  /** `Name <address>`. */
  readonly from: string;
  /** Silence of the server after which an attempt is given up. RFC 5321 §4.5.3.2 asks for 5–10 minutes. */
  readonly silenceMs?: number;
  /** Time to connect and to greet, each. */
  readonly connectMs?: number;
};

/** Longest an attempt may take in all; well below the claim of 15 minutes after which another process may take over. */
const ATTEMPT_MS = 10 * 60_000;

/**
 * A mail server over SMTP. One connection a mail and no pool: nodemailer's pool queues a mail again by itself when a
 * connection closes, and then nobody knows how often it went out.
 */
export function createSmtpMailer({ url, from, silenceMs = 300_000, connectMs = 15_000 }: SmtpOptions): Mailer {
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const domain = /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

  return {
    async send(mail): Promise<MailOutcome> {
      // Whether the text left for the server decides whether a broken connection may be tried again without doubt.
      const trace = traceText();
      try {
        const { message, envelope } = await composer.sendMail(compose(mail, from, domain));
        const transport = nodemailer.createTransport({
          url,
          connectionTimeout: connectMs,
          greetingTimeout: connectMs,
          dnsTimeout: connectMs,
          socketTimeout: silenceMs,
          disableFileAccess: true,
          disableUrlAccess: true,
          logger: trace.logger,
        });
        const info = await transport.sendMail({
          envelope: envelope as { from: string; to: string[] },
          raw: message,
          ...{ signal: AbortSignal.timeout(ATTEMPT_MS) },
        });
        return { kind: 'accepted', reply: info.response };
      } catch (error) {
        return judgeFailure(error, trace.textLeft());
      }
    },
  };
}

/**
 * nodemailer logs `tnx: 'message'` when the last byte of a text has been given to the connection; its errors do not
 * tell. (The end of the source stream does not serve: it is read ahead, before the server asked for the text.)
 */
function traceText() {
  let left = false;
  const ignore = (): void => {};
  const info = (entry: unknown): void => {
    if (typeof entry === 'object' && entry !== null && 'tnx' in entry && entry.tnx === 'message') left = true;
  };
  const logger = { level: ignore, trace: ignore, debug: ignore, info, warn: ignore, error: ignore, fatal: ignore };
  return { logger, textLeft: () => left };
}

function compose(mail: Mail, from: string, domain: string) {
  return {
    from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    date: mail.date,
    messageId: `<${mail.id}@${domain}>`,
    // No vacation notes in return (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    textEncoding: 'quoted-printable' as const,
  };
}
