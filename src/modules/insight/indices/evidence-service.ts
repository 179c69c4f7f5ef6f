import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { openSheet } from './access.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { record } from './record.ts';
import { holdStill, leafFor } from './write-service.ts';

/** @throws AppError row/missing, indices/state, indices/criterion */
export async function attachEvidence(
  ctx: IndexContext,
  actor: Actor,
  id: string,
  { criterionId, fileId }: BodyOf<typeof contract.attachEvidence>,
): Promise<ReplyOf<typeof contract.attachEvidence>> {
  const opened = await openSheet(ctx, actor, id);
  leafFor(opened, criterionId, opened.sheet.state === 'explaining' ? 'explain' : 'score');
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    await holdStill(trx, opened.sheet);
    const name = await ctx.ports.takeUpload(trx, actor, fileId, `${id}/${criterionId}`);
    await record(trx, actor, { ...opened, criterionId, act: 'attach', detail: name, at, fileId });
    return { id: fileId };
  });
}

/**
 * Takes a wrong file back, with the reason: evidence no more, read from the history only. Not of a sheet that is settled or
 * of a round that is frozen.
 * @throws AppError row/missing (no such evidence of this criterion), indices/state, dossier/reason-needed
 */
export async function takeBackEvidence(
  ctx: IndexContext,
  actor: Actor,
  { id, fileId }: { readonly id: string; readonly fileId: string },
  { criterionId, reason }: BodyOf<typeof contract.takeBackEvidence>,
): Promise<ReplyOf<typeof contract.takeBackEvidence>> {
  const opened = await openSheet(ctx, actor, id);
  leafFor(opened, criterionId, 'takeBack');
  const why = reason.trim();
  if (why === '') throw new AppError('dossier/reason-needed');
  const owner = `${id}/${criterionId}`;
  const file = (await ctx.ports.filesOf([owner])).get(owner)?.find((each) => each.id === fileId);
  if (!file) throw new AppError('row/missing');
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    await holdStill(trx, opened.sheet);
    await ctx.ports.takeBack(trx, fileId, owner);
    await record(trx, actor, { ...opened, criterionId, act: 'detach', detail: `${file.name}. ${why}`, at, fileId });
    return { id: fileId };
  });
}
