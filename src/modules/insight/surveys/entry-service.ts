import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { countAnswer, findTicket, readAnswers } from './answer-service.ts';
import { noteCall as countCall, holdSurvey, listUnanswered } from './answer-store.ts';
import { groupName } from './content.ts';
import type { SurveyContext } from './context.ts';
import type * as contract from './contract.ts';
import * as papers from './paper-store.ts';
import { record } from './record.ts';
import { type Answers, compareEntries } from './rules/answers.ts';
import { choicesOf, type Question } from './rules/questionnaire.ts';
import type { Survey } from './store.ts';
import { ENTER, getSurvey, unitsOf } from './survey-service.ts';
import { ticketDigest, ticketOf } from './ticket.ts';
import { unitNamer } from './unit-namer.ts';

const PAGE = 50;

/** Dossiers to be called or given a paper: those of the actor's units that have not answered. */
export async function listSample(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  { page = 1 }: QueryOf<typeof contract.listSurveySample>,
): Promise<ReplyOf<typeof contract.listSurveySample>> {
  const survey = await getSurvey(ctx, actor, id);
  const span = { offset: (page - 1) * PAGE, limit: PAGE };
  const found = await listUnanswered(ctx.db, id, await enteredUnits(ctx, actor, survey), span);
  const contacts = await ctx.ports.contacts(found.rows.map((row) => row.dossierId));
  const codeOf = new Map(contacts.map((contact) => [contact.dossierId, contact.dossierCode]));
  const nameOf = unitNamer(await ctx.ports.directory(), survey.finishedTo);
  return {
    rows: found.rows.map((row) => ({
      dossierId: row.dossierId,
      dossierCode: codeOf.get(row.dossierId) ?? '',
      unitName: nameOf(row.unitId),
      groupName: groupName(row.groupId),
      calls: row.calls,
      call: row.call,
    })),
    total: found.total,
    pageSize: PAGE,
  };
}

/** Units whose answers an actor may enter and decide: null, all of the survey, for those of the unit that holds it. */
async function enteredUnits(ctx: SurveyContext, actor: Actor, survey: Survey): Promise<readonly string[] | null> {
  const units = await unitsOf(ctx, actor, ENTER);
  return units.includes(survey.unitId) ? null : units;
}

/** The ticket a paper or a call stands for: its own code, or the code of a dossier of the sample. */
async function ticketFor(ctx: SurveyContext, survey: Survey, reference: string): Promise<Buffer | undefined> {
  const own = ticketDigest(reference);
  if (own) return own;
  const dossier = await ctx.ports.findByCode(reference.trim().toUpperCase());
  return dossier && ticketDigest(ticketOf(ctx.secret, survey.id, dossier.dossierId));
}

/**
 * Enters one answer on behalf of somebody. A call counts at once. A paper counts when a second person has entered the
 * same; where the two differ it waits for a decision.
 * @throws row/missing, survey/state, survey/not-in-sample, survey/used, survey/over, survey/answers, survey/same-person,
 * survey/paper-waits (both entries are there), row/stale (entered by others to the end meanwhile)
 */
export async function enterAnswer(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.enterSurveyAnswer>,
): Promise<ReplyOf<typeof contract.enterSurveyAnswer>> {
  const survey = await getSurvey(ctx, actor, id);
  const digest = await ticketFor(ctx, survey, body.reference);
  const at = ctx.clock.now();
  const given = readAnswers(survey.form, body.answers);
  const units = await enteredUnits(ctx, actor, survey);
  return ctx.db.transaction().execute(async (trx) => {
    const found = await findEntered(ctx, trx, id, { digest, units });
    await record(trx, actor, body.channel === 'paper' ? 'survey.paper' : 'survey.phone', survey, at);
    if (body.channel === 'phone') {
      await countAnswer(ctx, trx, found, given, 'phone');
      return { outcome: 'counted', paperId: null, differences: [] };
    }
    const known = await papers.lockPaper(trx, found.digest);
    if (!known) {
      const paperId = uuidv7(at);
      const one = {
        id: paperId,
        surveyId: id,
        ticket: found.digest,
        first: given,
        firstBy: actorRef(actor),
        on: dayOf(at),
      };
      if (await papers.insertPaper(trx, one)) return { outcome: 'first', paperId, differences: [] };
    }
    // Of two who enter the same paper at one moment the later is its second.
    const paper = known ?? (await papers.lockPaper(trx, found.digest));
    if (!paper) throw new AppError('row/stale');
    if (paper.second) throw new AppError('survey/paper-waits');
    if (paper.firstBy === actorRef(actor)) throw new AppError('survey/same-person');
    const differences = compareEntries(survey.form, paper.first, given);
    if (differences.length > 0) {
      await papers.setSecond(trx, paper.id, given, actorRef(actor));
      return { outcome: 'differs', paperId: paper.id, differences };
    }
    await countAnswer(ctx, trx, found, paper.first, 'paper');
    return { outcome: 'counted', paperId: null, differences: [] };
  });
}

type Found = Awaited<ReturnType<typeof findTicket>> & { readonly digest: Buffer };

/**
 * The ticket of a paper or a call, its survey held open within the caller's transaction: the survey before its papers and
 * tickets, as closing takes them, for two orders would wait for each other.
 * @param units as `enteredUnits`
 */
async function findEntered(
  ctx: SurveyContext,
  trx: Db,
  id: string,
  { digest, units }: { readonly digest: Buffer | undefined; readonly units: readonly string[] | null },
): Promise<Found> {
  await holdSurvey(trx, id);
  const found = await findTicket(ctx, trx, digest).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'row/missing') throw new AppError('survey/not-in-sample');
    throw error;
  });
  if (!digest || found.survey.id !== id) throw new AppError('survey/not-in-sample');
  if (units && !units.includes(found.ticket.unitId)) throw new AppError('row/missing');
  return { ...found, digest };
}

/**
 * Notes a call that brought no answer, for the next who calls: how often, and what came of the last one; never when.
 * @returns how many calls there were
 * @throws row/missing, survey/not-in-sample, survey/used, survey/over, survey/not-open
 */
export async function noteCall(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  { reference, outcome }: BodyOf<typeof contract.noteSurveyCall>,
): Promise<ReplyOf<typeof contract.noteSurveyCall>> {
  const { survey, units } = await getEntering(ctx, actor, id);
  const digest = await ticketFor(ctx, survey, reference);
  return ctx.db.transaction().execute(async (trx) => {
    const found = await findEntered(ctx, trx, id, { digest, units });
    const calls = await countCall(trx, found.digest, outcome);
    if (calls === undefined) throw new AppError('survey/used');
    await record(trx, actor, 'survey.call', survey, ctx.clock.now());
    return { calls };
  });
}

/** Papers that wait: all for who enters for the unit that holds the survey, else those about the units entered for. */
export async function listPapers(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.listSurveyPapers>> {
  const { survey, units } = await getEntering(ctx, actor, id);
  const found = await papers.listPapers(ctx.db, id, units);
  const questionOf = new Map(survey.form.questions.map((question) => [question.id, question]));
  const shown = (question: Question | undefined, given: Answers): string => {
    const value = question && given[question.id];
    if (!question || value === undefined) return '';
    return choicesOf(survey.form, question).find((choice) => choice.id === String(value))?.text ?? String(value);
  };
  return {
    waiting: found.waiting,
    rows: found.differing.map(({ id: paperId, version, first, second }) => ({
      id: paperId,
      version,
      differences: compareEntries(survey.form, first, second ?? {}).map((questionId) => {
        const question = questionOf.get(questionId);
        return {
          questionId,
          text: question?.text ?? questionId,
          first: shown(question, first),
          second: shown(question, second ?? {}),
        };
      }),
    })),
  };
}

/** A survey with the units an actor enters for. @throws row/missing where there are none */
async function getEntering(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
): Promise<{ readonly survey: Survey; readonly units: readonly string[] | null }> {
  const survey = await getSurvey(ctx, actor, id);
  const units = await enteredUnits(ctx, actor, survey);
  if (units && !survey.unitIds.some((unitId) => units.includes(unitId))) throw new AppError('row/missing');
  return { survey, units };
}

/** Decides every difference of a paper after looking at it; then it counts. @throws row/missing, row/stale, survey/undecided, survey/used */
export async function settlePaper(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  paperId: string,
  body: BodyOf<typeof contract.settleSurveyPaper>,
): Promise<ReplyOf<typeof contract.settleSurveyPaper>> {
  const { survey, units } = await getEntering(ctx, actor, id);
  return ctx.db.transaction().execute(async (trx) => {
    await holdSurvey(trx, id);
    const paper = await papers.lockPaperById(trx, id, units, paperId);
    if (!paper?.second) throw new AppError('row/missing');
    if (paper.version !== body.version) throw new AppError('row/stale', { extra: { currentVersion: paper.version } });
    const settled: Record<string, number | string> = { ...paper.first };
    for (const questionId of compareEntries(survey.form, paper.first, paper.second)) {
      const choice = body.choices[questionId];
      if (!choice) throw new AppError('survey/undecided');
      const value = (choice === 'first' ? paper.first : paper.second)[questionId];
      if (value === undefined) delete settled[questionId];
      else settled[questionId] = value;
    }
    const found = await findTicket(ctx, trx, paper.ticket);
    await record(trx, actor, 'survey.paper', survey, ctx.clock.now());
    await countAnswer(ctx, trx, { ...found, digest: paper.ticket }, settled, 'paper');
    return { outcome: 'counted' };
  });
}
