import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { leavesOf } from '../../../core/scoring/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type OpenedSheet, openSheet } from './access.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { record } from './record.ts';
import { decideSheet } from './rules/acts.ts';
import { voidAppraisal } from './rules/given.ts';
import { type CriterionRow, missingLeaves, storedPoints } from './rules/sheet.ts';
import { scoresOfSheet, writeScore } from './score-store.ts';
import * as store from './store.ts';
import { tellNext } from './tell.ts';
import { refuseCeased, stateError } from './write-service.ts';

/**
 * Hands a sheet on. Sending it freezes what the metrics say now; settling needs every criterion appraised.
 * @throws AppError row/missing, row/stale, indices/state, indices/incomplete, indices/unit-ceased, dossier/reason-needed
 */
export async function decideIndexSheet(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.decideIndexSheet>,
): Promise<ReplyOf<typeof contract.decideIndexSheet>> {
  const opened = await openSheet(ctx, actor, id);
  const { sheet, round, sides } = opened;
  if (sheet.version !== body.version) throw new AppError('row/stale', { extra: { currentVersion: sheet.version } });
  refuseCeased(opened);
  if (round.state !== 'open') throw stateError(opened);
  const reason = body.reason?.trim() ?? '';
  const decided = decideSheet(body.act, sheet.state, sides, reason, round.set.importOnly === true);
  if (!decided.ok) {
    if (decided.why === 'side') throw new AppError('row/missing');
    if (decided.why === 'reason') throw new AppError('dossier/reason-needed');
    throw stateError(opened);
  }
  const stored = body.act === 'submit' ? await scoresOfSheet(ctx.db, id) : [];
  const before = new Map(stored.map((row) => [row.criterionId, row]));
  const measured = body.act === 'submit' ? await measure(ctx, opened, stored) : [];
  const at = ctx.clock.now();
  const measuredAt = body.act === 'submit' ? at : null;
  await ctx.db.transaction().execute(async (trx) => {
    if ((await store.lockRound(trx, round.id)) !== 'open') throw new AppError('row/stale');
    if (!(await store.changeSheet(trx, id, sheet.version, decided.state, measuredAt))) throw new AppError('row/stale');
    for (const { version, criterionId, ...figure } of measured) {
      const change = { ...figure, ...voidAppraisal(before.get(criterionId), figure.selfPoints) };
      const by = { at, ref: actorRef(actor) };
      if ((await writeScore(trx, id, criterionId, version, change, by)) === undefined) throw new AppError('row/stale');
    }
    for (const row of noLongerMeasured(stored, measured)) {
      const change = { definitionId: null, ...(row.appraisedPoints === null ? {} : { confirmSince: at }) };
      const by = { at, ref: actorRef(actor) };
      if ((await writeScore(trx, id, row.criterionId, row.version, change, by)) === undefined)
        throw new AppError('row/stale');
    }
    // The sheet is locked by its change: nobody writes points between this reading and the end.
    const rows = await scoresOfSheet(trx, id);
    if (body.act === 'submit') requireAll(opened, rows, 'self');
    // Of what was published elsewhere often only the whole is known; freezing asks for it.
    if (body.act === 'settle' && round.set.importOnly !== true) requireAll(opened, rows, 'final');
    await record(trx, actor, { round, sheet, act: body.act, detail: reason, at });
    await tellNext(ctx, trx, opened, body.act, reason, at);
  });
  return { version: sheet.version + 1, state: decided.state };
}

type Measured = Pick<
  CriterionRow,
  'version' | 'criterionId' | 'numerator' | 'denominator' | 'definitionId' | 'selfPoints'
>;

/** What the metrics say of the criteria they answer, with the points of each. @param rows of the sheet as they stand */
export async function measure(
  ctx: IndexContext,
  { sheet, round, level }: OpenedSheet,
  rows: readonly CriterionRow[],
): Promise<Measured[]> {
  const leaves = leavesOf(round.set, level).filter((leaf) => leaf.criterion.metric !== undefined);
  const ids = leaves.flatMap(({ criterion }) => criterion.metric ?? []);
  const measures = await ctx.ports.measures(sheet.unitId, round.year, ids);
  return leaves.flatMap(({ criterion }) => {
    const found = criterion.metric === undefined ? undefined : measures.get(criterion.metric);
    if (!found) return [];
    const { numerator, denominator, definitionId } = found;
    const selfPoints = storedPoints(criterion, { numerator, denominator });
    // Nothing was counted and no rule says what that gives: the unit says it.
    if (selfPoints === null) return [];
    const version = rows.find((row) => row.criterionId === criterion.id)?.version ?? 0;
    return [{ version, criterionId: criterion.id, numerator, denominator, definitionId, selfPoints }];
  });
}

/** Figures kept by an earlier sending that nothing counts any more: from now on the unit answers for them, as typed. */
function noLongerMeasured(rows: readonly CriterionRow[], measured: readonly Measured[]): CriterionRow[] {
  const counted = new Set(measured.map((each) => each.criterionId));
  return rows.filter((row) => row.definitionId !== null && !counted.has(row.criterionId));
}

function requireAll({ round, level }: OpenedSheet, rows: readonly CriterionRow[], stage: 'self' | 'final'): void {
  const missing = missingLeaves(round.set, rows, stage, level);
  if (missing.length === 0) return;
  throw new AppError('indices/incomplete', {
    params: { count: missing.length },
    fields: missing
      .slice(0, 50)
      .map(({ criterion }) => ({ path: criterion.id, code: 'missing', message: criterion.name })),
  });
}
