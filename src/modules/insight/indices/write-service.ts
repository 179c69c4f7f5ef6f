import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { type Leaf, leavesOf } from '../../../core/scoring/index.ts';
import { formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { APPRAISE, type OpenedSheet, openRoundRow, openSheet } from './access.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { type IndexAct, record } from './record.ts';
import { mayWrite, SHEET_STATE_NAMES } from './rules/acts.ts';
import { decideScore, type GivenFault, voidAppraisal } from './rules/given.ts';
import { matchRows } from './rules/rows.ts';
import { storedPoints, typedParts } from './rules/sheet.ts';
import { partsOf, type ScoreChange, scoresOfSheet, writePart, writeScore } from './score-store.ts';
import * as store from './store.ts';

type Written = ReplyOf<typeof contract.scoreCriterion>;
type Kind = 'score' | 'appraise' | 'explain' | 'takeBack';

/** @throws AppError row/missing, indices/unit-ceased, indices/state, indices/criterion */
async function openCriterion(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  criterionId: string,
  kind: Kind,
): Promise<OpenedSheet & { readonly leaf: Leaf }> {
  const opened = await openSheet(ctx, actor, id);
  return { ...opened, leaf: leafFor(opened, criterionId, kind) };
}

/** The criterion, where it may be written in this way now. @throws as `openCriterion` */
export function leafFor(opened: OpenedSheet, criterionId: string, kind: Kind): Leaf {
  requireSide(opened, kind);
  return leafOf(opened, criterionId);
}

/** The criterion of the sheet. @throws AppError indices/criterion */
export function leafOf({ round, level }: OpenedSheet, criterionId: string): Leaf {
  const leaf = leavesOf(round.set, level).find((each) => each.criterion.id === criterionId);
  if (!leaf) throw new AppError('indices/criterion', { params: { id: criterionId } });
  return leaf;
}

/** @throws AppError row/missing (the other side writes this), indices/unit-ceased, indices/state */
export function requireSide(opened: OpenedSheet, kind: Kind): void {
  const side = kind === 'appraise' ? 'appraiser' : 'unit';
  if (!opened.sides.includes(side)) throw new AppError('row/missing');
  refuseCeased(opened);
  if (opened.round.state !== 'open' || !mayWrite(opened.sheet.state, opened.sides)[kind]) throw stateError(opened);
}

export const stateError = ({ sheet, round }: OpenedSheet): AppError =>
  new AppError('indices/state', {
    params: { state: round.state === 'open' ? SHEET_STATE_NAMES[sheet.state] : 'Đợt đã chốt' },
  });

export function refuseCeased({ level, unitName, round }: OpenedSheet): void {
  if (level === undefined)
    throw new AppError('indices/unit-ceased', { params: { name: unitName, day: formatDay(round.asOf) } });
}

/** One transaction: state held, row at the version seen, history, trail. Of two people one wins, the other is told. */
async function write(
  ctx: IndexContext,
  actor: Actor,
  { sheet, round, leaf }: OpenedSheet & { readonly leaf: Leaf },
  version: number,
  change: ScoreChange,
  act: IndexAct,
  detail: string,
): Promise<Written> {
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    await holdStill(trx, sheet);
    const next = await writeScore(trx, sheet.id, leaf.criterion.id, version, change, { at, ref: actorRef(actor) });
    if (next === undefined) throw new AppError('row/stale');
    await record(trx, actor, { round, sheet, criterionId: leaf.criterion.id, act, detail, at });
    return { version: next };
  });
}

/** Keeps an act on the sheet or a freezing of the round from slipping in between. */
export async function holdStill(trx: Db, sheet: store.Sheet): Promise<void> {
  const round = await store.lockRound(trx, sheet.roundId);
  const state = await store.lockSheet(trx, sheet.id);
  if (round !== 'open' || state !== sheet.state) throw new AppError('row/stale');
}

/**
 * The unit's own points for a criterion: typed, or worked out of a numerator and a denominator. A criterion a metric
 * answers takes only a note.
 * @throws AppError indices/points (above the maximum, counts that make no ratio), indices/automatic, row/stale …
 */
export async function scoreCriterion(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.scoreCriterion>,
): Promise<Written> {
  const opened = await openCriterion(ctx, actor, id, body.criterionId, 'score');
  const { criterion } = opened.leaf;
  const decided = decideScore(criterion, body, await isAutomatic(ctx, opened));
  if (!decided.ok) throw faultError(decided.fault, criterion);
  const before = (await scoresOfSheet(ctx.db, id)).find((row) => row.criterionId === criterion.id);
  const change = { ...decided.change, ...voidAppraisal(before, decided.change.selfPoints) };
  const detail = change.selfPoints === undefined ? '' : `${shown(change.selfPoints)}/${shown(criterion.max)}`;
  return write(ctx, actor, opened, body.version, change, 'score', detail);
}

/** Whether a metric answers the criterion for the unit and year, with points. */
async function isAutomatic(
  ctx: IndexContext,
  { sheet, round, leaf: { criterion } }: OpenedSheet & { readonly leaf: Leaf },
): Promise<boolean> {
  if (criterion.metric === undefined) return false;
  const measures = await ctx.ports.measures(sheet.unitId, round.year, [criterion.metric]);
  const found = measures.get(criterion.metric);
  return found !== undefined && storedPoints(criterion, found) !== null;
}

type Named = Pick<Leaf['criterion'], 'name' | 'max'>;

function faultError({ code, field }: GivenFault, criterion: Named): AppError {
  const params = { name: criterion.name, max: criterion.max };
  if (code === 'automatic') return new AppError('indices/automatic', { params });
  return new AppError('indices/points', {
    params,
    fields: [{ path: field, code, message: faultText(code, criterion) }],
  });
}

/** What is wrong with what a unit gave for a criterion. */
export const faultText = (code: GivenFault['code'] | 'unknown' | 'twice', { name, max }: Named): string =>
  words(`server.indices.given-${code}`, { name, max: shown(max) });

/** A number of the history as people read it. */
export const shown = (value: number | null | undefined): string => (value ?? '–').toLocaleString('vi-VN');

function checkPoints(points: number, criterion: Leaf['criterion']): void {
  if (points > criterion.max) throw faultError({ code: 'too-large', field: 'points' }, criterion);
}

/** The appraiser's points beside the unit's own; other points need a reason. @throws AppError indices/points, indices/reason … */
export async function appraiseCriterion(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.appraiseCriterion>,
): Promise<Written> {
  const opened = await openCriterion(ctx, actor, id, body.criterionId, 'appraise');
  checkPoints(body.points, opened.leaf.criterion);
  const row = (await scoresOfSheet(ctx.db, id)).find((each) => each.criterionId === body.criterionId);
  const reason = body.reason.trim();
  const differs = row?.selfPoints !== body.points && opened.round.set.importOnly !== true;
  if (differs && reason === '') throw new AppError('indices/reason', { params: { name: opened.leaf.criterion.name } });
  // Who appraises has seen the figure as it is now.
  const change = { appraisedPoints: body.points, appraisedReason: reason, confirmSince: null };
  const detail = `${shown(row?.appraisedPoints ?? row?.selfPoints)} → ${shown(body.points)}. ${reason}`.trim();
  return write(ctx, actor, opened, body.version, change, 'appraise', detail);
}

/** Takes the unit's own points wherever nothing was appraised yet. */
export async function acceptCriteria(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.acceptCriteria>,
): Promise<ReplyOf<typeof contract.acceptCriteria>> {
  const opened = await openSheet(ctx, actor, id);
  if (!opened.sides.includes('appraiser')) throw new AppError('row/missing');
  if (opened.sheet.version !== body.version) throw new AppError('row/stale');
  if (opened.round.state !== 'open' || !mayWrite(opened.sheet.state, opened.sides).appraise) throw stateError(opened);
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    await holdStill(trx, opened.sheet);
    const rows = await scoresOfSheet(trx, id);
    const open = rows.filter((row) => row.appraisedPoints === null && row.selfPoints !== null);
    for (const row of open) {
      const change = { appraisedPoints: row.selfPoints };
      const next = await writeScore(trx, id, row.criterionId, row.version, change, { at, ref: actorRef(actor) });
      if (next === undefined) throw new AppError('row/stale');
    }
    await record(trx, actor, { ...opened, act: 'accept', detail: `${open.length} tiêu chí`, at });
    return { accepted: open.length };
  });
}

/** The unit's answer to an appraisal. */
export async function explainCriterion(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.explainCriterion>,
): Promise<Written> {
  const opened = await openCriterion(ctx, actor, id, body.criterionId, 'explain');
  return write(ctx, actor, opened, body.version, { explanation: body.text.trim() }, 'explain', body.text.trim());
}

/** A part whose percentage is typed, and not added up from criteria. */
const typedPart = (round: store.Round, partId: string): ReturnType<typeof typedParts>[number] => {
  const part = typedParts(round.set).find(({ id }) => id === partId);
  if (!part) throw new AppError('indices/criterion', { params: { id: partId } });
  return part;
};

/** @throws AppError row/missing, indices/criterion, indices/state, row/stale */
export async function savePart(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.savePart>,
): Promise<Written> {
  const opened = await openSheet(ctx, actor, id);
  if (!opened.sides.includes('appraiser')) throw new AppError('row/missing');
  refuseCeased(opened);
  if (opened.round.state !== 'open') throw stateError(opened);
  const { name } = typedPart(opened.round, body.partId);
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    if ((await store.lockRound(trx, opened.round.id)) !== 'open') throw new AppError('row/stale');
    const { version, ...part } = body;
    const next = await writePart(trx, id, part, version, { at, ref: actorRef(actor) });
    if (next === undefined) throw new AppError('row/stale');
    await record(trx, actor, {
      ...opened,
      act: 'enter-part',
      detail: `${name}: ${shown(part.percent)} %. ${part.source}`,
      at,
    });
    return { version: next };
  });
}

/**
 * The place somebody else published, or that none is known any more.
 * @throws AppError row/missing, indices/unit-ceased, indices/state, indices/own-place (the set ranks by itself),
 * request/invalid (the last of fewer), row/stale
 */
export async function savePlace(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  { version, place }: BodyOf<typeof contract.savePlace>,
): Promise<Written> {
  const opened = await openSheet(ctx, actor, id);
  if (!opened.sides.includes('appraiser')) throw new AppError('row/missing');
  refuseCeased(opened);
  if (opened.round.set.importOnly !== true) throw new AppError('indices/own-place');
  if (opened.round.state !== 'open') throw stateError(opened);
  if (place && place.rank > place.population) {
    const message = words('server.indices.place-beyond', { count: place.population });
    throw new AppError('request/invalid', { fields: [{ path: 'body.place.rank', code: 'too-large', message }] });
  }
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    if ((await store.lockRound(trx, opened.round.id)) !== 'open') throw new AppError('row/stale');
    if (!(await store.changePlace(trx, id, version, place))) throw new AppError('row/stale');
    const detail = place ? `${place.rank}/${place.population}. ${place.source}` : '–';
    await record(trx, actor, { ...opened, act: 'enter-place', detail, at });
    return { version: version + 1 };
  });
}

/**
 * Percentages of one part for many units, by statistical code or name: all rows or none.
 * @throws AppError row/missing, indices/criterion, indices/state, indices/import with a field for each bad row
 */
export async function importParts(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.importIndexParts>,
): Promise<ReplyOf<typeof contract.importIndexParts>> {
  const round = await openRoundRow(ctx, actor, id);
  if (!holds(actor, APPRAISE, round.unitId)) throw new AppError('row/missing');
  if (round.state !== 'open') throw new AppError('indices/state', { params: { state: 'Đợt đã chốt' } });
  const { name } = typedPart(round, body.partId);
  const directory = await ctx.ports.directory();
  const sheets = await store.listSheets(ctx.db, id);
  const named = sheets.map((sheet) => ({
    sheet,
    code: directory.codeOn(sheet.unitId, 'gso', round.asOf),
    name: directory.unitOn(sheet.unitId, round.asOf)?.name,
  }));
  const found = matchRows(named, body.rows);
  if (!found.ok) {
    const fields = found.faults.map(({ at, unit, code }) => ({
      path: `rows/${at}`,
      code,
      message: words(`server.indices.row-${code}`, { no: String(at + 1), unit }),
    }));
    throw new AppError('indices/import', { fields });
  }
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    if ((await store.lockRound(trx, id)) !== 'open') throw new AppError('row/stale');
    for (const { sheet, row } of found.matched) {
      const { percent } = row;
      const part = { partId: body.partId, percent, source: body.source };
      await writePart(trx, sheet.id, part, null, { at, ref: actorRef(actor) });
      await record(trx, actor, {
        round,
        sheet,
        act: 'enter-part',
        detail: `${name}: ${shown(percent)} %. ${body.source}`,
        at,
      });
    }
    return { written: body.rows.length };
  });
}

/** Every percentage of the sheet: typed, else measured by a survey here. */
export async function partPercents(
  ctx: IndexContext,
  round: store.Round,
  sheets: readonly store.Sheet[],
  db: Db = ctx.db,
): Promise<ReadonlyMap<string, readonly { partId: string; version: number; percent: number; source: string }[]>> {
  const typed = await partsOf(
    db,
    sheets.map((sheet) => sheet.id),
  );
  const found = new Map(sheets.map((sheet) => [sheet.id, [...(typed.get(sheet.id) ?? [])]]));
  for (const part of typedParts(round.set)) {
    const without = sheets.filter((sheet) => !found.get(sheet.id)?.some((row) => row.partId === part.id));
    if (without.length === 0) continue;
    const units = without.map((sheet) => sheet.unitId);
    const measured = await ctx.ports.surveyPart(units, round.year, part.id);
    for (const sheet of without) {
      const one = measured.get(sheet.unitId);
      if (one) found.get(sheet.id)?.push({ partId: part.id, version: 0, ...one });
    }
  }
  return found;
}
