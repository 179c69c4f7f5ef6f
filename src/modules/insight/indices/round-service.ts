import crypto from 'node:crypto';
import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { chooseSettings, type IndicatorSet } from '../../../core/scoring/index.ts';
import { type Day, dayOf, formatDay } from '../../../core/time/index.ts';
import { type Db, isDuplicate } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { canonicalJson } from '../../foundation/audit/rules/canonical-json.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { APPRAISE, openRoundRow, PUBLISH } from './access.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { unready } from './ready.ts';
import { record } from './record.ts';
import { decideRound, ROUND_STATE_NAMES } from './rules/acts.ts';
import { freezableFrom } from './rules/period.ts';
import { buildResult } from './rules/result.ts';
import { scoresOf } from './score-store.ts';
import { findUsableSet } from './set-service.ts';
import * as store from './store.ts';
import { surveysNew, surveysOpen } from './survey-ready.ts';
import { partPercents } from './write-service.ts';

/**
 * Opens a round: the set as it is now, the year, one sheet a unit.
 * @throws AppError row/missing (not the actor's unit), indices/set, indices/future, indices/not-in-force,
 * indices/setting, indices/unit-ceased, indices/no-units, indices/round-exists
 */
export async function openIndexRound(
  ctx: IndexContext,
  actor: Actor,
  wish: BodyOf<typeof contract.openIndexRound>,
): Promise<ReplyOf<typeof contract.openIndexRound>> {
  if (!holds(actor, APPRAISE, wish.unitId)) throw new AppError('row/missing');
  const set = read(await findUsableSet(ctx, wish.setCode), wish.settings ?? {});
  const now = ctx.clock.now();
  const asOf = dayOfYear(wish.year, dayOf(now));
  if (asOf === undefined) throw new AppError('indices/future', { params: { year: wish.year } });
  if (set.validFrom > `${wish.year}-12-31` || (set.validTo ?? '9999') < `${wish.year}-01-01`)
    throw new AppError('indices/not-in-force', { params: { name: set.name, year: wish.year } });
  const directory = await ctx.ports.directory();
  const units = unitsOf(directory, set, wish, asOf);
  const round = {
    id: uuidv7(now),
    setCode: set.id,
    set,
    family: set.family ?? 'other',
    year: wish.year,
    unitId: wish.unitId,
    asOf,
  };
  const state = set.importOnly === true ? ('submitted' as const) : ('scoring' as const);
  const sheets = units.map((unitId) => ({ id: uuidv7(now), unitId, state }));
  try {
    await ctx.db.transaction().execute(async (trx) => {
      await store.insertRound(trx, round, sheets, now, actorRef(actor));
      await record(trx, actor, { round, act: 'open-round', detail: `${set.name}, ${units.length} đơn vị`, at: now });
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('indices/round-exists', { params: { year: wish.year } });
    throw error;
  }
  return { id: round.id, sheets: sheets.length };
}

/** The set with its disputed places as the round reads them. @throws AppError indices/setting naming each that is none */
function read(set: IndicatorSet, choices: Readonly<Record<string, string>>): IndicatorSet {
  const chosen = chooseSettings(set, choices);
  if (chosen.ok) return chosen.set;
  const fields = chosen.unknown.map(({ setting, option, known }) => ({
    path: `body.settings.${setting}`,
    code: 'unknown',
    message: words('server.indices.no-setting', { setting: option ?? setting, known: known.join(', ') || '–' }),
  }));
  throw new AppError('indices/setting', { fields });
}

/** The last day of the year, today while it runs; undefined before it begins. */
function dayOfYear(year: number, today: Day): Day | undefined {
  if (`${year}-01-01` > today) return undefined;
  return `${year}-12-31` < today ? `${year}-12-31` : today;
}

function unitsOf(
  directory: UnitDirectory,
  set: IndicatorSet,
  wish: BodyOf<typeof contract.openIndexRound>,
  asOf: Day,
): readonly string[] {
  const nameOf = (id: string): string => directory.historyOf(id).at(-1)?.name ?? id;
  const ceased = (id: string): AppError =>
    new AppError('indices/unit-ceased', { params: { name: nameOf(id), day: formatDay(asOf) } });
  if (!directory.unitOn(wish.unitId, asOf)) throw ceased(wish.unitId);
  const below = new Set(directory.reachOn(wish.unitId, 'subtree', asOf));
  const chosen = wish.unitIds && [...new Set(wish.unitIds)];
  for (const id of chosen ?? []) {
    if (directory.historyOf(id).length === 0) throw new AppError('unit/missing');
    if (!directory.unitOn(id, asOf)) throw ceased(id);
    // Units of others are none of this round's business.
    if (!below.has(id)) throw new AppError('unit/missing');
  }
  if (chosen) return chosen;
  const fits = (level: string): boolean => set.level === 'any' || set.level === level;
  const children = directory
    .childrenOn(wish.unitId, asOf)
    .filter((unit) => unit.type === 'administrative' && fits(unit.level))
    .map((unit) => unit.unitId);
  if (children.length > 0) return children;
  const own = directory.unitOn(wish.unitId, asOf);
  if (own && own.type === 'administrative' && fits(own.level)) return [own.unitId];
  throw new AppError('indices/no-units', { params: { name: nameOf(wish.unitId) } });
}

/** The round's result from what the tables say now, or what is missing. */
async function computeResult(
  ctx: IndexContext,
  round: store.Round,
  sheets: readonly store.Sheet[],
  db: Db,
): Promise<ReturnType<typeof buildResult>> {
  const directory = await ctx.ports.directory();
  const scores = await scoresOf(
    db,
    sheets.map((sheet) => sheet.id),
  );
  const parts = await partPercents(ctx, round, sheets, db);
  const nameOf = (id: string): string => unitNameOn(directory, id, round.asOf);
  const head = {
    setCode: round.setCode,
    setName: round.set.name,
    family: round.family,
    year: round.year,
    unitId: round.unitId,
    unitName: nameOf(round.unitId),
  };
  return buildResult(
    head,
    round.set,
    sheets.map((sheet) => ({
      unitId: sheet.unitId,
      unitName: nameOf(sheet.unitId),
      level: directory.unitOn(sheet.unitId, round.asOf)?.level ?? '',
      rows: scores.get(sheet.id) ?? [],
      parts: Object.fromEntries((parts.get(sheet.id) ?? []).map((part) => [part.partId, part.percent])),
      place: sheet.place,
    })),
  );
}

/**
 * Freezes, opens again or publishes a round. Freezing needs every sheet settled and every part there; what is frozen is one
 * canonical text with its digest: the same scores give the same bytes. Not before the year is over, where figures are scored.
 * Automatic figures must have been measured after the year, and points given by hand for figures that moved be confirmed.
 * @throws AppError row/missing, row/stale, indices/state, indices/period-open, indices/unsettled, indices/figures-old,
 * indices/survey-open, indices/survey-new, indices/unconfirmed, dossier/reason-needed
 */
export async function decideIndexRound(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.decideIndexRound>,
): Promise<ReplyOf<typeof contract.decideIndexRound>> {
  const round = await openRoundRow(ctx, actor, id);
  if (!holds(actor, PUBLISH, round.unitId)) throw new AppError('row/missing');
  if (round.version !== body.version) throw new AppError('row/stale', { extra: { currentVersion: round.version } });
  const reason = body.reason?.trim() ?? '';
  const decided = decideRound(body.act, round.state, reason);
  if (!decided.ok) {
    if (decided.why === 'reason') throw new AppError('dossier/reason-needed');
    throw new AppError('indices/state', { params: { state: ROUND_STATE_NAMES[round.state] } });
  }
  const at = ctx.clock.now();
  const from = body.act === 'freeze' ? freezableFrom(round.set, round.year, dayOf(at)) : null;
  if (from !== null) throw new AppError('indices/period-open', { params: { year: round.year, day: formatDay(from) } });
  const lastNo = body.act === 'freeze' ? round.lastNo + 1 : round.lastNo;
  const digest = await ctx.db.transaction().execute(async (trx) => {
    const change = { state: decided.state, lastNo, ...(body.act === 'publish' ? { publishedAt: at } : {}) };
    // First, so that nobody writes a point while the result is made.
    if (!(await store.changeRound(trx, id, round.version, change))) throw new AppError('row/stale');
    const frozen = body.act === 'freeze' ? await freeze(ctx, round, trx) : undefined;
    if (frozen)
      await store.insertResult(trx, id, { no: lastNo, ...frozen, reason, frozenAt: at, frozenBy: actorRef(actor) });
    const act = body.act === 'reopen' ? 'reopen-round' : body.act;
    await record(trx, actor, { round, act, detail: frozen ? frozen.digest : reason, at });
    return frozen?.digest ?? null;
  });
  return { version: round.version + 1, state: decided.state, digest };
}

async function freeze(ctx: IndexContext, round: store.Round, trx: Db): Promise<{ document: string; digest: string }> {
  const typed = (round.set.domains ?? []).length > 0;
  const directory = await ctx.ports.directory();
  const sheets = await store.listSheets(trx, round.id);
  const open = sheets.filter((sheet) => typed && sheet.state !== 'settled');
  const fields = open.slice(0, 50).map((sheet) => {
    const message = directory.unitOn(sheet.unitId, round.asOf)?.name ?? '';
    return { path: sheet.id, code: 'unsettled', message };
  });
  if (fields.length > 0) throw new AppError('indices/unsettled', { params: { count: open.length }, fields });
  await refuseOpenSurveys(ctx, round, sheets, trx);
  await refuseUnready(ctx, round, sheets, trx);
  const computed = await computeResult(ctx, round, sheets, trx);
  if (!computed.ok) {
    const missing = computed.missing.slice(0, 50).map(({ unitName, id, message }) => ({
      path: id,
      code: 'missing',
      message: `${unitName}: ${message}`,
    }));
    throw new AppError('indices/unsettled', { params: { count: computed.missing.length }, fields: missing });
  }
  const document = canonicalJson(computed.result);
  return { document, digest: crypto.createHash('sha256').update(document).digest('hex') };
}

/** Only what a closed survey has found is frozen, and nothing that it would change. */
async function refuseOpenSurveys(
  ctx: IndexContext,
  round: store.Round,
  sheets: readonly store.Sheet[],
  db: Db,
): Promise<void> {
  const open = await surveysOpen(ctx, { round, sheets, db });
  if (open.length === 0) return;
  const fields = open.slice(0, 50).map(({ sheetId, unitName: unit, surveyName: name, ownerName: owner, openTo }) => ({
    path: sheetId,
    code: 'survey',
    message: words('server.indices.survey-open', { unit, name, owner, day: formatDay(openTo) }),
  }));
  throw new AppError('indices/survey-open', { params: { count: open.length, year: round.year }, fields });
}

/** Figures of the whole year alone are frozen, and points by hand only where the appraiser has seen them beside these. */
async function refuseUnready(
  ctx: IndexContext,
  round: store.Round,
  sheets: readonly store.Sheet[],
  trx: Db,
): Promise<void> {
  const directory = await ctx.ports.directory();
  const { old, toConfirm } = await unready(directory, round, sheets, trx);
  if (old.length > 0) {
    const fields = old.slice(0, 50).map(({ sheet, unitName: message }) => ({ path: sheet.id, code: 'old', message }));
    const day = formatDay(`${round.year}-12-31`);
    throw new AppError('indices/figures-old', { params: { count: old.length, day }, fields });
  }
  const since = await surveysNew(ctx, { round, sheets, db: trx });
  if (since.length > 0) {
    const fields = since
      .slice(0, 50)
      .map(({ sheetId: path, unitName: message }) => ({ path, code: 'survey', message }));
    throw new AppError('indices/survey-new', { params: { count: since.length }, fields });
  }
  if (toConfirm.length === 0) return;
  const fields = toConfirm.slice(0, 50).map(({ sheet, unitName, criterionId, criterion }) => ({
    path: `${sheet.id}/${criterionId}`,
    code: 'unconfirmed',
    message: `${unitName}: ${criterion}`,
  }));
  throw new AppError('indices/unconfirmed', { params: { count: toConfirm.length }, fields });
}
