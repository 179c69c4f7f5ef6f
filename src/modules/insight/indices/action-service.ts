import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { leavesOf } from '../../../core/scoring/index.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { openSheet } from './access.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { record } from './record.ts';

/** Turns points lost into a task of somebody of the unit, by a day. @throws AppError row/missing, indices/criterion, indices/due */
export async function createIndexAction(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.createIndexAction>,
): Promise<ReplyOf<typeof contract.createIndexAction>> {
  const opened = await openSheet(ctx, actor, id);
  if (!opened.sides.includes('unit')) throw new AppError('row/missing');
  const leaf = leavesOf(opened.round.set, opened.level).find((each) => each.criterion.id === body.criterionId);
  const part = opened.round.set.parts?.find((each) => each.id === body.criterionId);
  const label = leaf?.criterion.name ?? part?.name;
  if (label === undefined) throw new AppError('indices/criterion', { params: { id: body.criterionId } });
  const at = ctx.clock.now();
  if (body.dueDay < dayOf(at)) throw new AppError('indices/due');
  const { criterionId, title, ownerStaffId, dueDay } = body;
  const unitId = opened.sheet.unitId;
  return ctx.db.transaction().execute(async (trx) => {
    const task = { sheetId: id, criterionId, label, unitId, title, ownerStaffId, dueDay };
    const made = await ctx.ports.createAction(trx, actor, task);
    await record(trx, actor, { ...opened, criterionId, act: 'add-action', detail: title, at });
    return made;
  });
}
