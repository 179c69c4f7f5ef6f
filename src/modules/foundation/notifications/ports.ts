import type { Db } from '../../../platform/db/open.ts';

/** One mail to hand to the mail server. */
export type Mail = {
  /** Id of the message: makes the `Message-ID`, the same at each attempt, so that a receiver can drop a double. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text, lines end in `\n`. */
  readonly text: string;
  readonly date: Date;
};

/**
 * What the mail server said.
 * - `accepted`: it took the mail over.
 * - `later`: it did not (unreachable, busy, greylisting, refused the sign-in); a later attempt is right.
 * - `refused`: it refused this mail or this address for good (5xx).
 * - `unknown`: the connection broke after the mail was out and before the answer; it may or may not have been taken.
 */
export type MailOutcome =
  | { readonly kind: 'accepted'; readonly reply: string }
  | { readonly kind: 'later' | 'refused' | 'unknown'; readonly error: string; readonly serverWide: boolean };

/** The way to a mail server. `send` never throws. `serverWide` true: other mails would fare no better now. */
export type Mailer = { send(mail: Mail): Promise<MailOutcome> };

/** What a notice about a dossier may say. No names of persons, no identity numbers. */
export type NoticeFacts = {
  readonly code: string;
  readonly procedureName: string;
  /** Authority that decides. */
  readonly decidedByUnitName: string;
  /** One-stop desk that received it. */
  readonly receivedByUnitName: string;
  readonly receivedByUnitId: string;
  /** Position or unit that handles it now, e.g. `Phòng Kinh tế`; null where nobody does any more. */
  readonly handlerName: string | null;
  readonly channel: 'desk' | 'online' | 'post';
  readonly submittedAt: Date;
  readonly receivedAt: Date | null;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
  readonly returnedAt: Date | null;
  /** Where and how the result is handed over, one sentence. */
  readonly returnPlace: string | null;
  /** Reason of the last request, refusal, suspension …; digit runs that could be identity numbers are masked here. */
  readonly reason: string | null;
  /** What is asked for (papers to add, amounts to pay), one line each. */
  readonly items: readonly string[];
  /** Plain day until which the applicant should act. */
  readonly deadline: string | null;
  readonly applicantEmail: string | null;
  readonly citizenAccountId: string | null;
  /** Staff member who holds the dossier now. */
  readonly holderStaffId: string | null;
};

/** Looks the facts up as they are after the events, by dossier; a dossier that is gone is left out. The composition root provides it. */
export type FindNoticeFacts = (dossierIds: readonly string[], trx: Db) => Promise<ReadonlyMap<string, NoticeFacts>>;
