import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { leavesOf } from '../../../core/scoring/index.ts';
import { dayOf, formatDay } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { APPRAISE, openRoundRow, openSheet } from './access.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { record } from './record.ts';
import { ROUND_STATE_NAMES } from './rules/acts.ts';
import { freezableFrom, hasMeasured } from './rules/period.ts';
import { type Figure, type FigureChange, remeasured } from './rules/remeasure.ts';
import { scoresOfSheet, writeScore } from './score-store.ts';
import * as store from './store.ts';
import { tellMeasured } from './tell.ts';
import { leafOf, refuseCeased, shown, stateError } from './write-service.ts';

/**
 * Measures the automatic criteria of every sheet that was sent again, for the whole year of the round. Each sheet is one
 * transaction: its figures, what follows from them, a line of the history for each that changed, and the day. Sheets still
 * being scored show the figures as of now anyway and are passed over.
 * @throws AppError row/missing, row/stale, indices/state, indices/period-open
 */
export async function measureIndexRound(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.measureIndexRound>,
): Promise<ReplyOf<typeof contract.measureIndexRound>> {
  const round = await openRoundRow(ctx, actor, id);
  if (!holds(actor, APPRAISE, round.unitId)) throw new AppError('row/missing');
  if (round.version !== body.version) throw new AppError('row/stale', { extra: { currentVersion: round.version } });
  if (round.state !== 'open')
    throw new AppError('indices/state', { params: { state: ROUND_STATE_NAMES[round.state] } });
  const at = ctx.clock.now();
  const from = freezableFrom(round.set, round.year, dayOf(at));
  if (from !== null) throw new AppError('indices/period-open', { params: { year: round.year, day: formatDay(from) } });
  const changes: FigureChange[] = [];
  let sheets = 0;
  for (const sheet of await store.listSheets(ctx.db, id)) {
    const found = sheet.state === 'scoring' ? undefined : await measureSheet(ctx, actor, round, sheet, at);
    if (found) sheets += 1;
    changes.push(...(found ?? []));
  }
  const changed = changes.length;
  const toConfirm = changes.filter((each) => each.confirm).length;
  const detail = words('server.indices.measured', { sheets, changed, toConfirm });
  await ctx.db.transaction().execute((trx) => record(trx, actor, { round, act: 'measure', detail, at }));
  return { sheets, changed, toConfirm };
}

/** Undefined: nothing of the sheet is measured, or the unit scores itself again meanwhile. @throws AppError row/stale */
async function measureSheet(
  ctx: IndexContext,
  actor: Actor,
  round: store.Round,
  { id, unitId }: store.Sheet,
  at: Date,
): Promise<readonly FigureChange[] | undefined> {
  const unit = (await ctx.ports.directory()).unitOn(unitId, round.asOf);
  if (!hasMeasured(round.set, unit?.level)) return undefined;
  const leaves = leavesOf(round.set, unit?.level).filter((leaf) => leaf.criterion.metric !== undefined);
  const ids = leaves.flatMap(({ criterion }) => criterion.metric ?? []);
  const measures = await ctx.ports.measures(unitId, round.year, ids);
  return ctx.db.transaction().execute(async (trx) => {
    if ((await store.lockRound(trx, round.id)) !== 'open') throw new AppError('row/stale');
    const sheet = await store.takeSheet(trx, id);
    if (!sheet || sheet.state === 'scoring') return undefined;
    const rows = new Map((await scoresOfSheet(trx, id)).map((row) => [row.criterionId, row]));
    const found: FigureChange[] = [];
    for (const { criterion } of leaves) {
      const row = rows.get(criterion.id);
      const one = remeasured(criterion, row, measures.get(criterion.metric ?? ''));
      if (!one) continue;
      const change = { ...one.change, confirmSince: waitingSince(one.listed, row?.confirmSince ?? null, at) };
      const by = { at, ref: actorRef(actor) };
      if ((await writeScore(trx, id, criterion.id, row?.version ?? 0, change, by)) === undefined)
        throw new AppError('row/stale');
      const { listed: figures } = one;
      const about = { round, sheet, criterionId: criterion.id, at };
      await record(trx, actor, { ...about, act: 'measure', detail: changeText(figures), figures });
      found.push(figures);
    }
    if (!(await store.changeSheet(trx, id, sheet.version, sheet.state, at))) throw new AppError('row/stale');
    if (found.length > 0) await tellMeasured(ctx, trx, { sheet, round, unitName: unit?.name ?? '' }, found.length, at);
    return found;
  });
}

/** What waits goes on waiting from when it began, until the figure is where the appraiser's points are. */
function waitingSince({ is, appraisedIs, confirm }: FigureChange, before: Date | null, at: Date): Date | null {
  if (confirm) return before ?? at;
  return is !== null && (appraisedIs === null || appraisedIs === is.points) ? null : before;
}

const countsText = (figure: Figure): string =>
  figure.numerator === null || figure.denominator === null
    ? words('server.indices.no-counts')
    : `${shown(figure.numerator)}/${shown(figure.denominator)}`;

/** As the history says it: `80/100 → 90/110; điểm 11,2 → 11,455; thẩm định 11,2 → 11,455`. */
function changeText({ was, is, appraisedWas, appraisedIs, confirm }: FigureChange): string {
  const figure =
    is === null
      ? words('server.indices.measure-gone', { was: countsText(was) })
      : words('server.indices.measure-moved', {
          was: countsText(was),
          is: countsText(is),
          before: shown(was.points),
          after: shown(is.points),
        });
  if (confirm) return `${figure}; ${words('server.indices.measure-confirm', { points: shown(appraisedWas) })}`;
  if (appraisedWas === appraisedIs) return figure;
  const followed = words('server.indices.measure-followed', { before: shown(appraisedWas), after: shown(appraisedIs) });
  return `${figure}; ${followed}`;
}

/**
 * The appraiser's answer where a figure moved after it was appraised by hand: the points stay, with a reason, or become
 * those of the new figure.
 * @throws AppError row/missing, row/stale, indices/state, indices/criterion, indices/confirmed, indices/reason
 */
export async function confirmIndexFigure(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.confirmIndexFigure>,
): Promise<ReplyOf<typeof contract.confirmIndexFigure>> {
  const opened = await openSheet(ctx, actor, id);
  if (!opened.sides.includes('appraiser')) throw new AppError('row/missing');
  refuseCeased(opened);
  if (opened.round.state !== 'open' || opened.sheet.state === 'scoring') throw stateError(opened);
  const { criterion } = leafOf(opened, body.criterionId);
  const reason = body.reason.trim();
  if (!body.take && reason === '') throw new AppError('indices/reason', { params: { name: criterion.name } });
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    if ((await store.lockRound(trx, opened.round.id)) !== 'open') throw new AppError('row/stale');
    // Held, so that the figure taken is the one that was read.
    const sheet = await store.takeSheet(trx, id);
    const row = (await scoresOfSheet(trx, id)).find((each) => each.criterionId === criterion.id);
    if (sheet?.state !== opened.sheet.state || row?.version !== body.version) throw new AppError('row/stale');
    if (row.confirmSince === null) throw new AppError('indices/confirmed', { params: { name: criterion.name } });
    const appraisedPoints = body.take ? row.selfPoints : row.appraisedPoints;
    const change = { appraisedPoints, appraisedReason: reason, confirmSince: null };
    const next = await writeScore(trx, id, criterion.id, row.version, change, { at, ref: actorRef(actor) });
    if (next === undefined) throw new AppError('row/stale');
    const said = body.take ? 'confirm-taken' : 'confirm-kept';
    const points = { before: shown(row.appraisedPoints), after: shown(appraisedPoints) };
    const detail = `${words(`server.indices.${said}`, points)} ${reason}`.trim();
    await record(trx, actor, { ...opened, criterionId: criterion.id, act: 'confirm', detail, at });
    return { version: next };
  });
}
