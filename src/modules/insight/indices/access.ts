import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import type { IndexContext } from './context.ts';
import type { Side } from './rules/acts.ts';
import * as store from './store.ts';

const READ = 'indices.read';
export const SCORE = 'indices.score';
export const APPRAISE = 'indices.appraise';
export const PUBLISH = 'indices.publish';
export const EDIT = 'indices.edit';

/** Whose sheets and rounds the actor may see. */
export function scopeOf(actor: Actor): store.IndexScope {
  return { read: [...unitsFor(actor, READ), ...unitsFor(actor, SCORE)], appraise: unitsFor(actor, APPRAISE) };
}

/** @throws AppError row/missing */
export async function openRoundRow(
  ctx: IndexContext,
  actor: Actor,
  id: string,
): Promise<store.Round & store.RoundCounts> {
  const round = await store.findRound(ctx.db, scopeOf(actor), id);
  if (!round) throw new AppError('row/missing');
  return round;
}

export type OpenedSheet = {
  readonly sheet: store.Sheet;
  readonly round: store.Round & store.RoundCounts;
  /** Level of the unit on the round's day; undefined: the unit is not there on that day (any more). */
  readonly level: string | undefined;
  readonly unitName: string;
  readonly sides: readonly Side[];
};

/** A sheet within the actor's units. @throws AppError row/missing */
export async function openSheet(ctx: IndexContext, actor: Actor, id: string): Promise<OpenedSheet> {
  const sheet = await store.findSheet(ctx.db, scopeOf(actor), id);
  const round = sheet && (await store.findRound(ctx.db, scopeOf(actor), sheet.roundId));
  if (!sheet || !round) throw new AppError('row/missing');
  const directory = await ctx.ports.directory();
  const unit = directory.unitOn(sheet.unitId, round.asOf);
  const sides: Side[] = [];
  if (holds(actor, SCORE, sheet.unitId)) sides.push('unit');
  if (holds(actor, APPRAISE, round.unitId)) sides.push('appraiser');
  return { sheet, round, level: unit?.level, unitName: unitNameOn(directory, sheet.unitId, round.asOf), sides };
}
