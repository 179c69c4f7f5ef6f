import { type Actor, actorRef, holds, type SystemActor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../../foundation/audit/index.ts';
import { findHeldBy, findHoldings } from '../dossiers/index.ts';
import type { UnattendedContext } from './context.ts';
import type * as contract from './contract.ts';
import { findLeft } from './find.ts';
import { permissionOfRole } from './rules/permission.ts';
import { insertRelease } from './store.ts';

const SYSTEM: SystemActor = { kind: 'system', name: 'unattended', assurance: 'system' };
const BATCH = 200;

/**
 * Gives many dossiers to one person, or back to their units. Each is a command of its own with its own log: what somebody
 * was faster with is named in `failed`, the others are done.
 */
export async function giveMany(
  ctx: UnattendedContext,
  actor: Actor,
  { dossiers, staffId }: BodyOf<typeof contract.giveUnattended>,
): Promise<ReplyOf<typeof contract.giveUnattended>> {
  const failed: { id: string; code: string }[] = [];
  let done = 0;
  for (const { id, version } of dossiers) {
    try {
      await ctx.dossiers.command(actor, id, version, { kind: 'assign', staffId });
      done++;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.push({ id, code: error.code });
    }
  }
  return { done, failed };
}

/** What somebody holds at the units where the actor edits staff, with who may take it. */
export async function countHeld(
  ctx: UnattendedContext,
  actor: Actor,
  staffId: string,
): Promise<ReplyOf<typeof contract.countHeldBy>> {
  const day = dayOf(ctx.clock.now());
  const held = await findHoldings(ctx.db, { unitIds: null, staffIds: [staffId] });
  const mine = held.filter((holding) => holds(actor, 'staff.edit', holding.unitId));
  const names = await ctx.ports.unitNames([...new Set(mine.map((holding) => holding.unitId))], day);
  const rows = await Promise.all(
    mine.map(async ({ unitId, role, dossiers }) => ({
      unitId,
      unitName: names.get(unitId) ?? '',
      role,
      dossiers,
      takers: (await ctx.ports.staffOf(unitId, permissionOfRole(role), day)).filter((one) => one.staffId !== staffId),
    })),
  );
  return { total: rows.reduce((sum, row) => sum + row.dossiers, 0), rows };
}

/**
 * Hands over what a person holds of one kind at one unit, when a post ends. Who edits staff need not lead the unit, so
 * the installation gives the dossiers; that it was ordered, and by whom, is in the trail.
 * @throws AppError row/missing for a unit where the actor edits no staff; request/invalid for a person who may not take it.
 */
export async function handOver(
  ctx: UnattendedContext,
  actor: Actor,
  fromStaffId: string,
  { unitId, role, staffId }: BodyOf<typeof contract.handOverHeld>,
): Promise<ReplyOf<typeof contract.handOverHeld>> {
  if (!holds(actor, 'staff.edit', unitId)) throw new AppError('row/missing');
  const now = ctx.clock.now();
  const takers = staffId === null ? [] : await ctx.ports.staffOf(unitId, permissionOfRole(role), dayOf(now));
  if (staffId === fromStaffId || (staffId !== null && !takers.some((one) => one.staffId === staffId)))
    throw new AppError('request/invalid', {
      fields: [{ path: 'body.staffId', code: 'not-in-unit', message: 'Người này không nhận được việc ấy tại đơn vị.' }],
    });
  const holding = { staffId: fromStaffId, unitId, role };
  await recordAudit(ctx.db, [
    {
      chainId: INSTALLATION_CHAIN,
      occurredAt: now,
      actor,
      action: 'unattended.hand-over',
      object: { type: 'staff', id: fromStaffId },
      payload: { unitId, role, toStaffId: staffId, orderedBy: actorRef(actor) },
    },
  ]);
  let done = 0;
  const held = await findHeldBy(ctx.db, [holding], { limit: 5000, offset: 0 });
  for (const dossier of held) if (await assign(ctx, dossier, staffId)) done++;
  return { done, left: held.length - done };
}

/**
 * Gives the work of people who have left back to their units, a batch. Repeating it gives back nothing more.
 * @returns how many dossiers.
 */
export async function releaseDeparted(ctx: UnattendedContext): Promise<number> {
  const now = ctx.clock.now();
  const departed = (await findLeft(ctx, ctx.db, null, now)).filter((holding) => holding.reason === 'departed');
  let released = 0;
  for (const dossier of await findHeldBy(ctx.db, departed, { limit: BATCH, offset: 0 })) {
    if (!(await assign(ctx, dossier, null))) continue;
    released++;
    await insertRelease(ctx.db, { dossierId: dossier.id, at: now, unitId: dossier.unitId, staffId: dossier.staffId });
  }
  return released;
}

/** @returns false where somebody was faster, or the dossier cannot be given now. */
async function assign(
  ctx: UnattendedContext,
  { id, version }: { readonly id: string; readonly version: number },
  staffId: string | null,
): Promise<boolean> {
  try {
    await ctx.dossiers.command(SYSTEM, id, version, { kind: 'assign', staffId });
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ dossierId: id, code: error.code }, 'dossier could not be given on');
    return false;
  }
}
