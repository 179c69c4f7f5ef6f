import crypto from 'node:crypto';
import type { Actor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { Decimal, rounded } from '../../../core/scoring/decimal.ts';
import { addDays, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { canonicalJson } from '../../foundation/audit/rules/canonical-json.ts';
import { listAnswers, mixAnswers } from './answer-store.ts';
import { authorityOf } from './authority.ts';
import { fieldGroups, groupName } from './content.ts';
import type { SurveyContext } from './context.ts';
import type * as contract from './contract.ts';
import { READ } from './form-service.ts';
import { forgetLater } from './invite-service.ts';
import { dropPapers } from './paper-store.ts';
import { hideGrid } from './rules/hide.ts';
import type { SurveyResults } from './rules/result-document.ts';
import { resultsOf } from './rules/results.ts';
import { CHANNELS } from './rules/states.ts';
import { surveyUnits } from './scope.ts';
import * as store from './store.ts';
import { unitNamer } from './unit-namer.ts';
import { wholesOf } from './whole.ts';

/** The frozen results; undefined while the survey is not closed. */
export function readResults(survey: Pick<store.Survey, 'results'>): SurveyResults | undefined {
  return survey.results === null ? undefined : (JSON.parse(survey.results) as SurveyResults);
}

/**
 * Closes a survey within the caller's transaction: papers not entered to the end are dropped, answers mixed a last time,
 * the results frozen as canonical text, whom a later last day was told forgotten. @returns their digest
 */
export async function closeWithResults(ctx: SurveyContext, trx: Db, survey: store.Survey, at: Date): Promise<string> {
  const papersDropped = await dropPapers(trx, survey.id);
  await mixAnswers(trx, survey.id);
  const results = canonicalJson(await computeResults(ctx, trx, { ...survey, papersDropped }));
  const digest = crypto.createHash('sha256').update(results).digest('hex');
  const frozen = { results, digest, papersDropped, on: dayOf(at) };
  if (!(await store.closeSurvey(trx, survey, frozen))) throw new AppError('row/stale');
  await forgetLater(trx, survey.id);
  return digest;
}

/** Results from the answers as they stand. Computed again from the same answers they are the same, byte for byte. */
export async function computeResults(ctx: SurveyContext, db: Db, survey: store.Survey): Promise<SurveyResults> {
  const strata = await store.listStrata(db, survey.id);
  const answers = await listAnswers(db, survey.id);
  const progress = await store.listProgress(db, survey.id);
  const walkIns = await store.countWalkIns(db, survey.id);
  const directory = await ctx.ports.directory();
  const nameOf = unitNamer(directory, survey.finishedTo);
  const found = resultsOf(survey.form, strata, answers, survey, wholesOf(directory, survey));
  const targets = new Map(fieldGroups().map((group) => [group.id, group.target]));
  return {
    code: survey.code,
    name: survey.name,
    unitName: nameOf(survey.unitId),
    formName: survey.form.name,
    formDigest: survey.formDigest,
    index: survey.form.index,
    source: survey.form.source,
    verified: survey.form.verified,
    finishedFrom: survey.finishedFrom,
    finishedTo: survey.finishedTo,
    openFrom: survey.openFrom,
    openTo: survey.openTo,
    seed: survey.seed,
    drawn: strata.reduce((sum, stratum) => sum + stratum.drawn, 0),
    walkIns,
    papersDropped: survey.papersDropped,
    channels: CHANNELS.map((channel) => ({
      channel,
      n: progress.filter((one) => one.channel === channel).reduce((sum, one) => sum + one.n, 0),
    })),
    minimum: found.minimum,
    weighted: found.weighted,
    frame: found.frame,
    overall: found.overall,
    factors: found.factors.map((factor) => ({ ...factor })),
    criteria: found.criteria.map((one) => ({ ...one, spread: one.spread?.map((each) => ({ ...each })) ?? null })),
    units: found.units.map((unit) => ({ ...unit, name: nameOf(unit.unitId) })),
    together: found.together.map((one) => ({
      ...one,
      name: nameOf(one.unitId),
      groups: one.groups.map((group) => ({ ...group, name: groupName(group.groupId) })),
    })),
    groups: found.groups.map((group) => ({
      ...group,
      name: groupName(group.groupId),
      target: targets.get(group.groupId) ?? null,
    })),
    cells: found.cells.map((cell) => ({ ...cell })),
    others: found.others.map((one) => ({ ...one, spread: one.spread?.map((each) => ({ ...each })) ?? null })),
  };
}

/** What citizens may read of a closed survey. @throws row/missing, also while it is open */
export async function publicResults(ctx: SurveyContext, code: string): Promise<SurveyResults> {
  const survey = /^[2-9a-z]{8}$/.test(code) ? await store.findSurveyByCode(ctx.db, code) : undefined;
  const results = survey && readResults(survey);
  if (!results) throw new AppError('row/missing');
  return results;
}

/**
 * Which answers of the scale a published index counts as satisfied; none where it is the mean of the scale.
 * @throws row/missing, also while the survey is open
 */
export async function publicScale(ctx: SurveyContext, code: string): Promise<readonly string[]> {
  const survey = /^[2-9a-z]{8}$/.test(code) ? await store.findSurveyByCode(ctx.db, code) : undefined;
  if (!survey || !readResults(survey)) throw new AppError('row/missing');
  const { index, scale, satisfiedFrom, questions } = survey.form;
  return index === 'share' && questions.some((one) => one.kind === 'scale') ? scale.slice(satisfiedFrom - 1) : [];
}

/** Fewer ratings of a unit in a month are not shown: the project's threshold of the public board. */
const RATING_MINIMUM = 5;
/** From this score on a rating counts as satisfied. */
const SATISFIED = 4;

/**
 * Ratings given after handing over what an authority with its offices decided, between two days, both inclusive.
 * @returns null where fewer were given than are shown
 */
export async function ratingShare(
  ctx: SurveyContext,
  { unitId, from, to }: { readonly unitId: string; readonly from: string; readonly to: string },
): Promise<{ readonly satisfied: number; readonly rated: number } | null> {
  const today = dayOf(ctx.clock.now());
  const authority = authorityOf(await ctx.ports.directory(), [unitId], to < today ? to : today);
  const given = await ctx.ports.ratings([...authority.keys()], from, to);
  const sum = (least: number): number => given.reduce((n, one) => (one.score >= least ? n + one.n : n), 0);
  return sum(1) < RATING_MINIMUM ? null : { satisfied: sum(SATISFIED), rated: sum(1) };
}

/** The standing result: share of ratings of 4 and 5 given after handing over, by deciding unit and month. */
export async function ratings(
  ctx: SurveyContext,
  actor: Actor,
  { months: wanted = 6 }: QueryOf<typeof contract.listSurveyRatings>,
): Promise<ReplyOf<typeof contract.listSurveyRatings>> {
  const today = dayOf(ctx.clock.now());
  const directory = await ctx.ports.directory();
  const months: string[] = [today.slice(0, 7)];
  while (months.length < wanted) months.unshift(addDays(`${months[0]}-01`, -1).slice(0, 7));
  const mine = surveyUnits(directory, actor, READ, today);
  const places = mine.filter((unitId) => directory.unitOn(unitId, today)?.type === 'administrative');
  const authority = authorityOf(directory, places, today);
  const given = (await ctx.ports.ratings([...authority.keys()], `${months[0]}-01`, today)).map((one) => ({
    ...one,
    unitId: authority.get(one.unitId) ?? one.unitId,
  }));
  const unitIds = [...new Set(given.map((one) => one.unitId))].sort();
  const sum = (unitId: string | undefined, month: string | undefined, from = 1): number =>
    given
      .filter(
        (one) =>
          (unitId === undefined || one.unitId === unitId) &&
          (month === undefined || one.month === month) &&
          one.score >= from,
      )
      .reduce((n, one) => n + one.n, 0);
  const columns = [...months, undefined];
  const grid = [...unitIds, undefined].map((unitId) => columns.map((month) => sum(unitId, month)));
  const hidden = hideGrid(grid, RATING_MINIMUM);
  const nameOf = unitNamer(directory, today);
  return {
    minimum: RATING_MINIMUM,
    months,
    rows: unitIds.map((unitId, y) => ({
      unitId,
      unitName: nameOf(unitId),
      cells: columns.map((month, x) => {
        const n = grid[y]?.[x] ?? 0;
        if (hidden[y]?.[x]) return { n: null, hidden: true, percent: null };
        const percent = n === 0 ? null : rounded(new Decimal(sum(unitId, month, SATISFIED)).times(100).div(n));
        return { n, hidden: false, percent };
      }),
    })),
  };
}
