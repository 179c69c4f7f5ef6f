import { type Actor, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { SurveyContext } from './context.ts';
import type * as contract from './contract.ts';
import { checkDays } from './days.ts';
import { EDIT } from './form-service.ts';
import { record } from './record.ts';
import * as store from './store.ts';
import { getSurvey } from './survey-service.ts';

/**
 * Sets other days of answering: any before the survey is open, a later last day once people were told theirs.
 * @throws row/missing, row/stale, survey/state (closed), survey/days-told, and as `checkDays`
 */
export async function setDays(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  { version, openFrom, openTo }: BodyOf<typeof contract.setSurveyDays>,
): Promise<ReplyOf<typeof contract.setSurveyDays>> {
  await checkEditor(ctx, actor, id);
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const survey = await holdAt(trx, id, version);
    if (survey.state === 'closed') throw new AppError('survey/state');
    if (survey.state === 'open' && (openFrom !== survey.openFrom || openTo <= survey.openTo))
      throw new AppError('survey/days-told', { params: { day: formatDay(survey.openTo) } });
    checkDays({ ...survey, openFrom, openTo }, survey.form, dayOf(at));
    await store.moveDays(trx, id, { openFrom, openTo });
    const from = { openFrom: survey.openFrom, openTo: survey.openTo };
    await record(trx, actor, 'survey.days', survey, at, { from, to: { openFrom, openTo } });
    return { id, version: version + 1, state: survey.state };
  });
}

/**
 * Throws a survey away that nobody was asked about yet, with its sample: what was set up wrongly is set up anew.
 * @throws row/missing, row/stale, survey/state (it was opened)
 */
export async function discardSurvey(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  version: number,
): Promise<ReplyOf<typeof contract.discardSurvey>> {
  await checkEditor(ctx, actor, id);
  return ctx.db.transaction().execute(async (trx) => {
    const survey = await holdAt(trx, id, version);
    if (survey.state === 'open' || survey.state === 'closed') throw new AppError('survey/state');
    await store.deleteSurvey(trx, id);
    await record(trx, actor, 'survey.discard', survey, ctx.clock.now(), { name: survey.name });
    return { id };
  });
}

async function checkEditor(ctx: SurveyContext, actor: Actor, id: string): Promise<void> {
  const { unitId } = await getSurvey(ctx, actor, id);
  if (!holds(actor, EDIT, unitId)) throw new AppError('row/missing');
}

async function holdAt(trx: Db, id: string, version: number): Promise<store.Survey> {
  const survey = await store.lockSurvey(trx, id);
  if (survey?.version !== version)
    throw new AppError('row/stale', survey ? { extra: { currentVersion: survey.version } } : {});
  return survey;
}
