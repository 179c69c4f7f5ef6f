import type { Day } from '../../../core/time/index.ts';
import { dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import * as answers from './answer-store.ts';
import { authorityOf } from './authority.ts';
import { fieldGroups } from './content.ts';
import type { SurveyContext } from './context.ts';
import { forgetPaper } from './paper-store.ts';
import { type Answers, checkAnswers } from './rules/answers.ts';
import { groupOf } from './rules/group.ts';
import type { Questionnaire } from './rules/questionnaire.ts';
import type { Channel } from './rules/states.ts';
import { findSurveyByCode, listStrata, type Survey } from './store.ts';
import { ticketDigest, ticketOf } from './ticket.ts';

/** @throws survey/not-open before the first day, survey/over after the last or once closed */
export function checkOpen(survey: answers.HeldSurvey, today: Day): void {
  if (survey.state === 'closed' || (survey.state === 'open' && today > survey.openTo))
    throw new AppError('survey/over');
  if (survey.state !== 'open' || today < survey.openFrom)
    throw new AppError('survey/not-open', { params: { day: formatDay(survey.openFrom) } });
}

/** The survey a ticket may still answer. @throws row/missing, survey/over, survey/not-open, survey/used */
export async function findTicket(
  ctx: Pick<SurveyContext, 'clock'>,
  db: Db,
  digest: Buffer | undefined,
): Promise<{ readonly ticket: answers.Ticket; readonly survey: Survey }> {
  const ticket = digest && (await answers.findTicket(db, digest));
  const survey = ticket && (await findSurveyByCode(db, ticket.surveyCode));
  if (!ticket || !survey) throw new AppError('row/missing');
  checkOpen(survey, dayOf(ctx.clock.now()));
  if (ticket.used) throw new AppError('survey/used');
  return { ticket, survey };
}

/** The questionnaire behind a link. @throws as `findTicket` */
export async function questionsOf(
  ctx: SurveyContext,
  ticketText: string,
): Promise<{ readonly name: string; readonly form: Questionnaire; readonly openTo: Day }> {
  const { survey } = await findTicket(ctx, ctx.db, ticketDigest(ticketText));
  return { name: survey.name, form: survey.form, openTo: survey.openTo };
}

/**
 * Counts one answer: the ticket is used up and the answer kept apart from it, in one transaction.
 * @throws as `findTicket`; survey/answers with the questions in `fields`
 */
export async function answer(
  ctx: SurveyContext,
  ticketText: string,
  given: Readonly<Record<string, unknown>>,
  channel: Channel,
): Promise<void> {
  const digest = ticketDigest(ticketText);
  await ctx.db.transaction().execute(async (trx) => {
    const found = await findTicket(ctx, trx, digest);
    await countAnswer(ctx, trx, { ...found, digest }, readAnswers(found.survey.form, given), channel);
  });
}

/** @throws survey/answers with a message for each question that is wrong */
export function readAnswers(form: Questionnaire, given: Readonly<Record<string, unknown>>): Answers {
  const checked = checkAnswers(form, given);
  if (checked.ok) return checked.answers;
  const textOf = new Map(form.questions.map((question) => [question.id, question.text]));
  throw new AppError('survey/answers', {
    params: { count: checked.problems.length },
    fields: checked.problems.map(({ questionId, why }) => ({
      path: `answers/${questionId}`,
      code: why,
      message: `${why === 'missing' ? 'Chưa trả lời' : 'Câu trả lời không hợp lệ'}: ${textOf.get(questionId) ?? questionId}`,
    })),
  });
}

/** Uses the ticket up and keeps the answer, within the caller's transaction. @throws survey/over, survey/used */
export async function countAnswer(
  ctx: SurveyContext,
  trx: Db,
  of: { readonly survey: Survey; readonly ticket: answers.Ticket; readonly digest: Buffer | undefined },
  given: Answers,
  channel: Channel,
): Promise<void> {
  const { survey, ticket, digest } = of;
  // Closing waits for us, or we for it: the state counts that it left.
  const now = await answers.holdSurvey(trx, survey.id);
  if (now) checkOpen(now, dayOf(ctx.clock.now()));
  if (!digest || !(await answers.spendTicket(trx, digest))) throw new AppError('survey/used');
  // Where a paper of the same dossier waits to be entered to the end, this answer has come before it.
  await forgetPaper(trx, digest);
  const words = new Set(survey.form.questions.flatMap((question) => (question.kind === 'text' ? [question.id] : [])));
  const entries = Object.entries(given);
  await answers.insertAnswer(
    trx,
    { surveyId: survey.id, stratumNo: ticket.stratumNo, channel },
    Object.fromEntries(entries.filter(([id]) => !words.has(id))),
    entries.flatMap(([questionId, text]) => (words.has(questionId) ? [{ questionId, words: String(text) }] : [])),
  );
}

/** The survey of a counter. @throws row/missing, survey/over, survey/not-open */
export async function openKiosk(ctx: SurveyContext, code: string): Promise<Survey> {
  const survey = /^[2-9a-z]{8}$/.test(code) ? await findSurveyByCode(ctx.db, code) : undefined;
  if (!survey) throw new AppError('row/missing');
  checkOpen(survey, dayOf(ctx.clock.now()));
  return survey;
}

/**
 * The ticket of a dossier whose owner has proved it at a counter.
 * @throws as `openKiosk`; survey/not-in-sample (not finished in the period, of another unit, or not drawn), survey/used
 */
export async function admitAtKiosk(ctx: SurveyContext, code: string, dossierCode: string): Promise<string> {
  const survey = await openKiosk(ctx, code);
  const dossier = await ctx.ports.findByCode(dossierCode);
  if (!dossier) throw new AppError('survey/not-in-sample');
  const text = ticketOf(ctx.secret, survey.id, dossier.dossierId);
  const digest = ticketDigest(text);
  if (!digest) throw new AppError('row/missing');
  const known = await answers.findTicket(ctx.db, digest);
  if (known?.used) throw new AppError('survey/used');
  if (known) return text;
  if (!survey.walkIns) throw new AppError('survey/not-in-sample');
  const found = await ctx.ports.findFinished(dossier.dossierId, survey.finishedFrom, survey.finishedTo);
  const groupId = found && groupOf(fieldGroups(), found.fieldCode, found.fieldName);
  const authority = authorityOf(await ctx.ports.directory(), survey.unitIds, survey.finishedTo);
  const unitId = found && authority.get(found.unitId);
  const stratum = (await listStrata(ctx.db, survey.id)).find(
    (each) => each.unitId === unitId && each.groupId === groupId,
  );
  if (!stratum) throw new AppError('survey/not-in-sample');
  const one = { ticket: digest, surveyId: survey.id, stratumNo: stratum.no, dossierId: dossier.dossierId };
  await ctx.db.transaction().execute(async (trx) => {
    // Closing forgets whose tickets there were: nobody may be taken in behind it.
    const held = await answers.holdSurvey(trx, survey.id);
    if (held) checkOpen(held, dayOf(ctx.clock.now()));
    await answers.insertWalkIn(trx, one);
  });
  return text;
}
