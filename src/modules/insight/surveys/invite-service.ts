import path from 'node:path';
import Type, { type Static } from 'typebox';
import { fillPlaces } from '../../../core/text/messages.ts';
import { type Day, dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { dropMessages, queueMessage } from '../../foundation/notifications/index.ts';
import { CONTENT_DIR, readYaml } from '../../foundation/reference/index.ts';
import { listOpenIds, mixAnswers, type ToBeTold, takeToldEarlier, takeUninvited } from './answer-store.ts';
import type { SurveyContext } from './context.ts';
import type { SurveyContact } from './ports.ts';
import { lockSurvey } from './store.ts';
import { ticketOf } from './ticket.ts';

const BATCH = 200;
const Letter = Type.Object({ subject: Type.String(), body: Type.String() }, { additionalProperties: false });
const Letters = Type.Object({ invitation: Letter, later: Letter }, { additionalProperties: false });
let letters: Static<typeof Letters> | undefined;

/** What is written to who was drawn, `content/templates/notices/survey.yaml`; read once. */
function readLetters(): Static<typeof Letters> {
  letters ??= readYaml(path.join(CONTENT_DIR, 'templates/notices/survey.yaml'), Letters);
  return letters;
}

/** Start of the keys of notices of a later last day, by which they are found again when the survey closes. */
const laterKey = (surveyId: string): string => `survey-later:${surveyId}:`;

/**
 * Invites one batch of the samples of open surveys: in the application where the owner has an account, by e-mail where
 * there is an address. Each dossier once. @returns whether there may be more
 */
export function inviteOnce(ctx: SurveyContext): Promise<boolean> {
  return writeOnce(ctx, takeUninvited, ({ surveyId, dossierId }) => ({
    ...{ letter: readLetters().invitation, template: 'survey' },
    key: `survey:${surveyId}:${dossierId}`,
  }));
}

/**
 * Tells one batch of those invited who have not answered of a last day that was moved since; each dossier once a day
 * moved to. Who has answered hears nothing more. @returns whether there may be more
 */
export function tellLaterOnce(ctx: SurveyContext): Promise<boolean> {
  return writeOnce(ctx, takeToldEarlier, ({ surveyId, dossierId, until }) => ({
    ...{ letter: readLetters().later, template: 'survey-later' },
    key: `${laterKey(surveyId)}${dossierId}:${until}`,
  }));
}

/** Forgets, with the close, whom a later last day was told: whoever got that notice had not answered by then. */
export async function forgetLater(trx: Db, surveyId: string): Promise<void> {
  await dropMessages(trx, laterKey(surveyId));
}

type Writing = { readonly letter: Static<typeof Letter>; readonly template: string; readonly key: string };

async function writeOnce(
  ctx: SurveyContext,
  take: (trx: Db, limit: number, today: Day) => Promise<readonly ToBeTold[]>,
  writingOf: (one: ToBeTold) => Writing,
): Promise<boolean> {
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const due = await take(trx, BATCH, dayOf(at));
    if (due.length === 0) return false;
    const contacts = new Map((await ctx.ports.contacts(due.map((row) => row.dossierId))).map((c) => [c.dossierId, c]));
    for (const one of due) {
      const contact = contacts.get(one.dossierId);
      if (contact) await write(ctx, trx, one, contact, writingOf(one), at);
    }
    return due.length === BATCH;
  });
}

async function write(
  ctx: SurveyContext,
  trx: Db,
  one: ToBeTold,
  contact: SurveyContact,
  { letter, template, key }: Writing,
  at: Date,
): Promise<void> {
  const facts = {
    name: one.surveyName,
    code: contact.dossierCode,
    url: `${ctx.publicUrl}/khao-sat/${ticketOf(ctx.secret, one.surveyId, one.dossierId)}`,
    until: formatDay(one.until),
  };
  const message = {
    recipient: contact.citizenAccountId ? `citizen:${contact.citizenAccountId}` : `dossier:${contact.dossierId}`,
    subject: fillPlaces(letter.subject, facts),
    body: fillPlaces(letter.body, facts),
    template,
    unitId: one.unitId,
    dossierId: contact.dossierId,
    at,
  };
  if (contact.citizenAccountId) await queueMessage(trx, { ...message, channel: 'app', dedupeKey: `${key}:app` });
  if (contact.email)
    await queueMessage(trx, { ...message, channel: 'email', toAddress: contact.email, dedupeKey: `${key}:email` });
}

const HOUR_MS = 3_600_000;

/** Invitations and later last days every minute; answers mixed every day, so that the place of a row tells nothing (ADR 0034). */
export function createSurveyTimers(ctx: SurveyContext): readonly Timer[] {
  return [
    { name: 'surveys.invite', everyMs: 60_000, run: () => inviteOnce(ctx) },
    { name: 'surveys.tell-later', everyMs: 60_000, run: () => tellLaterOnce(ctx) },
    { name: 'surveys.mix', everyMs: 24 * HOUR_MS, run: () => mixOnce(ctx) },
  ];
}

/** Mixes the answers of every open survey, each in a transaction of its own. */
export async function mixOnce(ctx: Pick<SurveyContext, 'db'>): Promise<boolean> {
  for (const id of await listOpenIds(ctx.db)) {
    await ctx.db.transaction().execute(async (trx) => {
      const survey = await lockSurvey(trx, id);
      if (survey?.state === 'open') await mixAnswers(trx, id);
    });
  }
  return false;
}
