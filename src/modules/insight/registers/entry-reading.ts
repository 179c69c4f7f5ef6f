import type { Actor } from '../../../core/access/actor.ts';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { type Day, dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { type RegisterContext, requirePlace, visibleUnits } from './context.ts';
import type * as contract from './contract.ts';
import { mayCorrect, mayRead, successorOf } from './heirs.ts';
import { openResults } from './results-service.ts';
import type { RegisterPeriod } from './rules/period.ts';
import type { RegisterDefinition } from './rules/register.ts';
import * as store from './store.ts';
import { mayEnter, treeDay } from './units.ts';

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
    mayEnter: changes(directory, actor, { register, period }, entry.unitId, today),
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
      successorName: correctedFor(directory, entry.unitId, at, by),
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

/**
 * Whether somebody changes an entry of a unit, or adds to its evidence: who enters for it, where it was still there at the end
 * of the period, and who corrects what it had entered.
 */
export const changes = (
  directory: UnitDirectory,
  actor: Actor,
  { register, period }: { readonly register: RegisterDefinition; readonly period: RegisterPeriod },
  unitId: string,
  today: Day,
): boolean =>
  mayEnter(directory, actor, register, unitId, treeDay(period, today)) ||
  mayCorrect(directory, actor, register, unitId, today);

/** The unit for which somebody wrote a version when the one of the entry was no more; null: it wrote it itself. */
function correctedFor(directory: UnitDirectory, unitId: string, at: Date, by: string): string | null {
  const day = dayOf(at);
  // Published figures are taken over as if the unit had entered them.
  const successor = by.startsWith('staff:') ? successorOf(directory, unitId, day) : undefined;
  return successor === undefined ? null : unitNameOn(directory, successor, day);
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
