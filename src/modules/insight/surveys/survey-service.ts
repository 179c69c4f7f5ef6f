import crypto from 'node:crypto';
import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type Day, dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { qrSvg } from '../../../platform/documents/qr.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { listRemarks } from './answer-store.ts';
import { authorityOf } from './authority.ts';
import { fieldGroups, groupName } from './content.ts';
import type { SurveyContext } from './context.ts';
import type * as contract from './contract.ts';
import { checkDays, checkLastDay } from './days.ts';
import { announce } from './events.ts';
import { EDIT, formDigest, getForm, READ } from './form-service.ts';
import { wholeOf } from './index-of.ts';
import { countPapers } from './paper-store.ts';
import type { FinishedDossier } from './ports.ts';
import { record } from './record.ts';
import { closeWithResults, readResults } from './result-service.ts';
import { groupOf } from './rules/group.ts';
import { lintQuestionnaire } from './rules/questionnaire.ts';
import type { SurveyResults } from './rules/result-document.ts';
import { drawSample, shortageOf } from './rules/sample.ts';
import { CHANNELS, legalActs, type SurveyAct, stateAfter } from './rules/states.ts';
import { surveyUnits } from './scope.ts';
import * as store from './store.ts';
import { ticketDigest, ticketOf } from './ticket.ts';
import { unitNamer } from './unit-namer.ts';
import { authoritiesBelow, wholesOf } from './whole.ts';

export const ENTER = 'surveys.enter';
const PAGE = 50;
const REMARKS = 200;

/** Units an actor may see (`surveys.read`) or enter for (`surveys.enter`) today. */
export async function unitsOf(ctx: SurveyContext, actor: Actor, permission: string): Promise<readonly string[]> {
  return surveyUnits(await ctx.ports.directory(), actor, permission, dayOf(ctx.clock.now()));
}

/** A survey the reader's units hold or take part in. @throws row/missing */
export async function getSurvey(ctx: SurveyContext, actor: Actor, id: string): Promise<store.Survey> {
  const survey = await store.findSurvey(ctx.db, await unitsOf(ctx, actor, READ), id);
  if (!survey) throw new AppError('row/missing');
  return survey;
}

export async function listSurveys(
  ctx: SurveyContext,
  actor: Actor,
  { page = 1, ...filter }: QueryOf<typeof contract.listSurveys>,
): Promise<ReplyOf<typeof contract.listSurveys>> {
  const units = await unitsOf(ctx, actor, READ);
  const found = await store.listSurveys(ctx.db, units, filter, { offset: (page - 1) * PAGE, limit: PAGE });
  const directory = await ctx.ports.directory();
  return { rows: found.rows.map((row) => lineOf(row, directory, row)), total: found.total, pageSize: PAGE };
}

function lineOf(
  survey: store.Survey,
  directory: UnitDirectory,
  counted: { readonly drawn: number; readonly answered: number },
): ReplyOf<typeof contract.listSurveys>['rows'][number] {
  return {
    id: survey.id,
    version: survey.version,
    code: survey.code,
    name: survey.name,
    unitId: survey.unitId,
    unitName: unitNamer(directory, survey.finishedTo)(survey.unitId),
    formName: survey.form.name,
    state: survey.state,
    finishedFrom: survey.finishedFrom,
    finishedTo: survey.finishedTo,
    openFrom: survey.openFrom,
    openTo: survey.openTo,
    drawn: counted.drawn,
    answered: counted.answered,
  };
}

/**
 * Sets a survey up.
 * @throws row/missing (units beyond the actor's), survey/form-unsound, survey/form-draft, survey/unit-ceased, and as
 * `checkDays`
 */
export async function makeSurvey(
  ctx: SurveyContext,
  actor: Actor,
  body: BodyOf<typeof contract.makeSurvey>,
): Promise<ReplyOf<typeof contract.makeSurvey>> {
  if (![body.unitId, ...body.unitIds].every((unitId) => holds(actor, EDIT, unitId))) throw new AppError('row/missing');
  const at = ctx.clock.now();
  const { definition, row } = await getForm(ctx, actor, body.formId);
  if (row?.status === 'draft') throw new AppError('survey/form-draft');
  checkDays(body, definition, dayOf(at));
  checkUnits(await ctx.ports.directory(), body, dayOf(at));
  if (lintQuestionnaire(definition).length > 0) throw new AppError('survey/form-unsound');
  const id = uuidv7(at);
  const seed = body.seed?.trim() || crypto.randomBytes(8).toString('hex');
  const code = [...crypto.randomBytes(8)].map((byte) => '23456789abcdefghjkmnpqrstuvwxyz'[byte % 31]).join('');
  return ctx.db.transaction().execute(async (trx) => {
    await store.insertSurvey(
      trx,
      { ...body, id, code, seed, name: body.name.trim(), form: definition, formDigest: formDigest(definition) },
      actorRef(actor),
      at,
    );
    await record(trx, actor, 'survey.make', { id, unitId: body.unitId }, at, { name: body.name, seed });
    return { id };
  });
}

/** Who holds it is there today, who is asked was there at the end of the dossiers: else no dossier would ever be found. */
function checkUnits(
  directory: UnitDirectory,
  { unitId, unitIds, finishedTo }: Pick<store.Survey, 'unitId' | 'unitIds' | 'finishedTo'>,
  today: Day,
): void {
  const asked = unitIds.map((id): [string, Day] => [id, finishedTo]);
  for (const [id, day] of [[unitId, today] as const, ...asked]) {
    if (directory.unitOn(id, day)) continue;
    const name = unitNameOn(directory, id, day);
    throw new AppError('survey/unit-ceased', { params: { name, day: formatDay(day) } });
  }
}

/** Everything of a survey but its sample; results only once it is closed: two interim results would tell one answer. */
export async function readSurvey(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.getSurvey>> {
  const survey = await getSurvey(ctx, actor, id);
  const [directory, strata, progress, walkIns, papers, remarks] = await Promise.all([
    ctx.ports.directory(),
    store.listStrata(ctx.db, id),
    store.listProgress(ctx.db, id),
    store.countWalkIns(ctx.db, id),
    countPapers(ctx.db, id),
    survey.state === 'closed' ? listRemarks(ctx.db, id, REMARKS) : [],
  ]);
  const nameOf = unitNamer(directory, survey.finishedTo);
  const enters = new Set(surveyUnits(directory, actor, ENTER, dayOf(ctx.clock.now())));
  const counted = (keep: (one: store.Progress) => boolean): number =>
    progress.filter(keep).reduce((sum, one) => sum + one.n, 0);
  const results = readResults(survey);
  const kioskUrl = `${ctx.publicUrl}/khao-sat/quay/${survey.code}`;
  const textOf = new Map(survey.form.questions.map((question) => [question.id, question.text]));
  return {
    ...lineOf(survey, directory, {
      drawn: strata.reduce((sum, stratum) => sum + stratum.drawn, 0),
      answered: counted(() => true),
    }),
    form: survey.form,
    formDigest: survey.formDigest,
    askedUnits: survey.unitIds.map(nameOf),
    quota: survey.quota,
    seed: survey.seed,
    weighted: survey.weighted,
    walkIns: survey.walkIns,
    minimum: survey.minimum,
    publicUrl: `${ctx.publicUrl}/khao-sat/ket-qua/${survey.code}`,
    kioskUrl,
    kioskQr: qrSvg(kioskUrl, 'Mã QR của quầy khảo sát'),
    acts: holds(actor, EDIT, survey.unitId) ? [...legalActs(survey.state)] : [],
    mayEnter: survey.state === 'open' && [survey.unitId, ...survey.unitIds].some((unitId) => enters.has(unitId)),
    channels: CHANNELS.map((channel) => ({ channel, n: counted((one) => one.channel === channel) })),
    walkInCount: results?.walkIns ?? walkIns,
    papersOpen: papers,
    strata: strata.map((stratum) => ({
      no: stratum.no,
      unitName: nameOf(stratum.unitId),
      groupName: groupName(stratum.groupId),
      frame: stratum.frame,
      quota: stratum.quota,
      drawn: stratum.drawn,
      shortage: shortageOf(stratum),
      answered: counted((one) => one.stratumNo === stratum.no),
    })),
    results: results ?? null,
    digest: survey.digest,
    leftOut: leftOutOf(directory, survey),
    between: betweenOf(directory, survey, results),
    remarks: remarks.map(({ questionId, words }) => ({ question: textOf.get(questionId) ?? questionId, words })),
  };
}

function leftOutOf(directory: UnitDirectory, survey: store.Survey): string[] | null {
  const below = authoritiesBelow(directory, survey.unitId, survey.finishedTo);
  if (survey.form.kind !== 'index' || below.length === 0) return null;
  const asked = new Set(survey.unitIds);
  return below.filter((id) => !asked.has(id)).map(unitNamer(directory, survey.finishedTo));
}

function betweenOf(
  directory: UnitDirectory,
  survey: store.Survey,
  results: SurveyResults | undefined,
): ReplyOf<typeof contract.getSurvey>['between'] {
  const nameOf = unitNamer(directory, survey.finishedTo);
  if (results?.together)
    return results.together.map(({ unitId, name, pooled, result, groups }) => ({
      unitId,
      unitName: name,
      pooled,
      found: result,
      groups: groups?.map((group) => ({ groupId: group.groupId, groupName: group.name, found: group.result })) ?? null,
    }));
  return wholesOf(directory, survey).map(({ unitId, unitIds }) => {
    const found = results ? wholeOf(results, survey, { unitId, unitIds }) : null;
    return {
      unitId,
      unitName: nameOf(unitId),
      pooled: unitIds.length,
      found: found && { ...found, low: null, high: null },
      groups: null,
    };
  });
}

/**
 * Draws, opens or closes. One transaction; of two at once one wins.
 * @throws row/missing, row/stale, survey/state, survey/period-open, survey/empty-frame, survey/last-day-past
 */
export async function actOnSurvey(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.actOnSurvey>,
): Promise<ReplyOf<typeof contract.actOnSurvey>> {
  const survey = await getSurvey(ctx, actor, id);
  if (!holds(actor, EDIT, survey.unitId)) throw new AppError('row/missing');
  if (survey.version !== body.version) throw new AppError('row/stale', { extra: { currentVersion: survey.version } });
  const state = stateAfter(survey.state, body.act);
  if (!state) throw new AppError('survey/state');
  const at = ctx.clock.now();
  if (body.act === 'draw' && survey.finishedTo >= dayOf(at)) throw new AppError('survey/period-open');
  // The frame is read before the transaction: it may be large, and it belongs to a period that is over.
  const frame = body.act === 'draw' ? await frameOf(ctx, survey) : [];
  await ctx.db.transaction().execute(async (trx) => {
    const locked = await store.lockSurvey(trx, id);
    if (locked?.version !== body.version) throw new AppError('row/stale');
    await doAct(ctx, trx, actor, locked, body.act, frame, at);
  });
  return { id, version: body.version + 1, state };
}

async function frameOf(ctx: SurveyContext, survey: store.Survey): Promise<readonly FinishedDossier[]> {
  const authority = authorityOf(await ctx.ports.directory(), survey.unitIds, survey.finishedTo);
  const found = await ctx.ports.finished([...authority.keys()], survey.finishedFrom, survey.finishedTo);
  return found.map((row) => ({ ...row, unitId: authority.get(row.unitId) ?? row.unitId }));
}

async function doAct(
  ctx: SurveyContext,
  trx: Db,
  actor: Actor,
  survey: store.Survey,
  act: SurveyAct,
  frame: readonly FinishedDossier[],
  at: Date,
): Promise<void> {
  switch (act) {
    case 'draw': {
      const groups = fieldGroups();
      const rows = frame.map(({ dossierId, unitId, fieldCode, fieldName }) => ({
        dossierId,
        unitId,
        groupId: groupOf(groups, fieldCode, fieldName),
      }));
      const strata = drawSample(rows, survey.quota, survey.seed);
      if (strata.length === 0) throw new AppError('survey/empty-frame');
      const drawn = strata.flatMap((stratum) =>
        stratum.drawn.map((dossierId) => {
          const ticket = ticketDigest(ticketOf(ctx.secret, survey.id, dossierId));
          if (!ticket) throw new Error('a ticket of ours is no ticket');
          return { ticket, stratumNo: stratum.no, dossierId };
        }),
      );
      await store.replaceSample(
        trx,
        survey.id,
        strata.map((stratum) => ({ ...stratum, drawn: stratum.drawn.length })),
        drawn,
      );
      await store.moveSurvey(trx, survey.id, survey.version, 'drawn');
      const shortage = strata.reduce((sum, stratum) => sum + shortageOf(stratum), 0);
      return record(trx, actor, 'survey.draw', survey, at, { drawn: drawn.length, shortage, seed: survey.seed });
    }
    case 'open':
      checkLastDay(survey.openTo, dayOf(at));
      await store.moveSurvey(trx, survey.id, survey.version, 'open');
      await announce(trx, 'survey.opened', survey, at);
      return record(trx, actor, 'survey.open', survey, at);
    case 'close': {
      const digest = await closeWithResults(ctx, trx, survey, at);
      await announce(trx, 'survey.closed', survey, at);
      return record(trx, actor, 'survey.close', survey, at, { digest });
    }
  }
}
