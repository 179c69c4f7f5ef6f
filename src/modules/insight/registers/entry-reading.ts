import { type Actor, holds } from '../../../core/access/actor.ts';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import { ENTER, type RegisterContext, requirePlace, visibleUnits } from './context.ts';
import type * as contract from './contract.ts';
import { mayRead } from './heirs.ts';
import { openResults } from './results-service.ts';
import * as store from './store.ts';
import { treeDay } from './units.ts';

/** One line with every version and its evidence. @throws AppError row/missing */
export async function readEntry(
  ctx: RegisterContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.getRegisterEntry>> {
  const entry = await requireEntry(ctx, actor, id);
  const today = dayOf(ctx.clock.now());
  const { register, period } = await requirePlace(ctx, entry.registerId, entry.periodId, today);
  const [versions, files, directory] = await Promise.all([
    store.listVersions(ctx.db, id),
    ctx.ports.files.listOf(ctx.db, evidenceOwner(id)),
    ctx.ports.directory(),
  ]);
  const names = await staffNames(ctx, [...versions.map((each) => each.by), ...files.map((file) => file.createdBy)]);
  return {
    id,
    registerId: register.id,
    unitName: unitNameOn(directory, entry.unitId, treeDay(period, today)),
    periodName: period.name,
    mayEnter: holds(actor, ENTER, entry.unitId),
    results: await openResults(
      ctx,
      actor,
      register,
      versions.map((version) => version.content),
    ),
    versions: versions.map(({ no, content, isCounted, origin, reason, evidence, at, by }) => ({
      no,
      values: content,
      counted: isCounted,
      origin,
      reason,
      evidence,
      at: toIso(at),
      by: names(by),
    })),
    files: files.map((file) => ({
      id: file.id,
      name: file.name,
      size: file.size,
      at: toIso(file.createdAt),
      by: names(file.createdBy),
    })),
  };
}

export const evidenceOwner = (entryId: string) => ({ type: 'register-entry', id: entryId });

/** An entry of a unit the reader sees, or of one that lives on in such a unit. @throws AppError row/missing */
export async function requireEntry(ctx: RegisterContext, actor: Actor, id: string): Promise<store.Entry> {
  const entry = await store.findEntry(ctx.db, id);
  if (!entry || !mayRead(await ctx.ports.directory(), visibleUnits(actor), entry.unitId))
    throw new AppError('row/missing');
  return entry;
}

/** Who stands behind the references of entries, in words. */
export async function staffNames(ctx: RegisterContext, refs: readonly string[]): Promise<(ref: string) => string> {
  const ids = refs.flatMap((ref) => (ref.startsWith('staff:') ? [ref.slice(6)] : []));
  const names = await ctx.ports.staffNames([...new Set(ids)]);
  return (ref) => names.get(ref.slice(6))?.name ?? 'Hệ thống';
}
