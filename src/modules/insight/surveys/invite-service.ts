import path from 'node:path';
import Type, { type Static } from 'typebox';
import { fillPlaces } from '../../../core/text/messages.ts';
import { dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { queueMessage } from '../../foundation/notifications/index.ts';
import { CONTENT_DIR, readYaml } from '../../foundation/reference/index.ts';
import { listOpenIds, mixAnswers, takeUninvited } from './answer-store.ts';
import type { SurveyContext } from './context.ts';
import type { SurveyContact } from './ports.ts';
import { findSurveyById, lockSurvey, type Survey } from './store.ts';
import { ticketOf } from './ticket.ts';

const BATCH = 200;
const Words = Type.Object({ subject: Type.String(), body: Type.String() }, { additionalProperties: false });
let words: Static<typeof Words> | undefined;

/** What is written to who was drawn, `content/templates/notices/survey.yaml`; read once. */
function invitation(): Static<typeof Words> {
  words ??= readYaml(path.join(CONTENT_DIR, 'templates/notices/survey.yaml'), Words);
  return words;
}

/**
 * Invites one batch of the samples of open surveys: in the application where the owner has an account, by e-mail where
 * there is an address. Each dossier once. @returns whether there may be more
 */
export async function inviteOnce(ctx: SurveyContext): Promise<boolean> {
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const due = await takeUninvited(trx, BATCH, dayOf(at));
    if (due.length === 0) return false;
    const contacts = new Map((await ctx.ports.contacts(due.map((row) => row.dossierId))).map((c) => [c.dossierId, c]));
    const surveys = new Map<string, Survey>();
    for (const id of new Set(due.map((row) => row.surveyId))) {
      // Not locked: answers lock the survey before their ticket, and we hold tickets.
      const survey = await findSurveyById(trx, id);
      if (survey) surveys.set(id, survey);
    }
    for (const { surveyId, dossierId } of due) {
      const [survey, contact] = [surveys.get(surveyId), contacts.get(dossierId)];
      if (survey && contact) await invite(ctx, trx, survey, contact, at);
    }
    return due.length === BATCH;
  });
}

async function invite(ctx: SurveyContext, trx: Db, survey: Survey, contact: SurveyContact, at: Date): Promise<void> {
  const { subject, body } = invitation();
  const facts = {
    name: survey.name,
    code: contact.dossierCode,
    url: `${ctx.publicUrl}/khao-sat/${ticketOf(ctx.secret, survey.id, contact.dossierId)}`,
    until: formatDay(survey.openTo),
  };
  const message = {
    recipient: contact.citizenAccountId ? `citizen:${contact.citizenAccountId}` : `dossier:${contact.dossierId}`,
    subject: fillPlaces(subject, facts),
    body: fillPlaces(body, facts),
    template: 'survey',
    unitId: survey.unitId,
    dossierId: contact.dossierId,
    at,
  };
  const key = `survey:${survey.id}:${contact.dossierId}`;
  if (contact.citizenAccountId) await queueMessage(trx, { ...message, channel: 'app', dedupeKey: `${key}:app` });
  if (contact.email)
    await queueMessage(trx, { ...message, channel: 'email', toAddress: contact.email, dedupeKey: `${key}:email` });
}

const HOUR_MS = 3_600_000;

/** Invitations every minute; answers mixed every day, so that the place of a row tells nothing (ADR 0034). */
export function createSurveyTimers(ctx: SurveyContext): readonly Timer[] {
  return [
    { name: 'surveys.invite', everyMs: 60_000, run: () => inviteOnce(ctx) },
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
