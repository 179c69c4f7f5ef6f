import { rankLost } from '../../../core/scoring/index.ts';
import type { Day } from '../../../core/time/index.ts';
import type { OpenedSheet } from './access.ts';
import { findSheetBefore } from './before-store.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import type { IndexAction } from './ports.ts';
import type { Result } from './rules/result.ts';
import { lostSoFar } from './rules/sheet.ts';
import { type LostNow, lostNowOf, wonBack, worthOf } from './rules/won-back.ts';

/** What became of the points the unit lost the year before, and of the tasks that were given for them; null: no such year. */
export async function followUp(
  ctx: IndexContext,
  { round, sheet, level }: OpenedSheet,
  now: LostNow,
  today: Day,
): Promise<contract.FollowUpType | null> {
  const before = await findSheetBefore(ctx.db, round, sheet.unitId);
  const result = before && (JSON.parse(before.document) as Result);
  const row = result?.rows.find((each) => each.unitId === sheet.unitId);
  if (!before || !row) return null;
  const lost = new Map((now.score?.lost ?? lostSoFar(round.set, now.rows, level)).map((one) => [one.id, one.points]));
  const actions = await ctx.ports.actionsOf(before.sheetId);
  return {
    year: before.year,
    sheetId: before.sheetId,
    rows: wonBack(rankLost(before.set, row), lostNowOf(round.set, level, now, lost), {
      before: worthOf(before.set, level),
      now: worthOf(round.set, level),
    }).map((one) => ({
      ...one,
      actions: actions.filter((each) => each.criterionId === one.id).map((each) => actionView(each, today)),
    })),
  };
}

/** A task with whether it is late today. */
export const actionView = (action: IndexAction, today: Day): contract.ActionViewType => ({
  ...action,
  late: (action.state === 'open' || action.state === 'doing') && action.dueDay < today,
});
