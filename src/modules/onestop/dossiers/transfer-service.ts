import { type Actor, actorRef, holds, type SystemActor } from '../../../core/access/actor.ts';
import { toIso } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import type { DossierContext } from './context.ts';
import { dossierEvent } from './events.ts';
import { moveDossiers, type TransferredRow } from './transfer-store.ts';

const BATCH = 500;
const SUCCESSION: SystemActor = { kind: 'system', name: 'succession', assurance: 'system' };

/** A unit that is gone and the one that takes its dossiers over. */
export type Succession = { readonly fromUnitId: string; readonly toUnitId: string };

/**
 * Moves the dossiers of an abolished unit that are not closed to its successor: same code, same due dates, a line in
 * each log (domain §11.4). Closed dossiers stay with the unit that closed them. Repeating it moves nothing more.
 * @param at legal instant of the succession, not in the future.
 * @param db the caller's transaction; without one each batch of 500 is a transaction of its own.
 * @returns how many dossiers moved.
 * @throws AppError access/forbidden unless the installation itself or somebody who may edit the organisation;
 * request/invalid where both units are one or the instant is yet to come.
 */
export async function transferDossiers(
  ctx: DossierContext,
  actor: Actor,
  { fromUnitId, toUnitId }: Succession,
  at: Date,
  db?: Db,
): Promise<number> {
  if (actor.kind !== 'system' && !holds(actor, 'organisation.edit')) throw new AppError('access/forbidden');
  const recordedAt = ctx.clock.now();
  if (fromUnitId === toUnitId || at > recordedAt) throw new AppError('request/invalid');
  const by = { by: actorRef(actor), assurance: actor.assurance };
  const move = {
    fromUnitId,
    toUnitId,
    at,
    recordedAt,
    ...by,
    note: words('server.dossier.transfer-note'),
    limit: BATCH,
  };
  const batch = async (trx: Db): Promise<number> => {
    const rows = await moveDossiers(trx, move);
    await recordAudit(
      trx,
      rows.map((row) => ({
        chainId: row.decided_by_unit_id,
        occurredAt: at,
        actor,
        action: 'dossier.transfer',
        object: { type: 'dossier', id: row.id },
        payload: { code: row.code, fromUnitId, toUnitId },
      })),
    );
    await emit(
      trx,
      rows.map((row) => eventOf(row, at)),
    );
    return rows.length;
  };
  let moved = 0;
  for (;;) {
    const count = db ? await batch(db) : await ctx.db.transaction().execute(batch);
    moved += count;
    if (count < BATCH) return moved;
  }
}

function eventOf(row: TransferredRow, at: Date): ReturnType<typeof dossierEvent> {
  return dossierEvent('transferred', at, {
    dossierId: row.id,
    code: row.code,
    version: row.version,
    status: row.status,
    procedureCode: row.procedure_code,
    channel: row.channel,
    receivedByUnitId: row.received_by_unit_id,
    decidedByUnitId: row.decided_by_unit_id,
    holderUnitId: row.holder_unit_id,
    holderStaffId: null,
    receivedAt: row.received_at ? toIso(row.received_at) : null,
    dueAt: row.due_current ? toIso(row.due_current) : null,
    endedAt: null,
    punctuality: null,
  });
}

/**
 * For the subscriber of `organisation.units-succeeded` (runs in the dispatcher's transaction; may come again): moves
 * the dossiers of every pair, desks and offices before their authority. The composition root knows which desk takes
 * over from which; a split, where one unit has several successors, is for people to decide and is not passed here.
 */
export async function transferAfterSuccession(
  ctx: DossierContext,
  pairs: readonly Succession[],
  at: Date,
  trx: Db,
): Promise<number> {
  let moved = 0;
  for (const pair of pairs) moved += await transferDossiers(ctx, SUCCESSION, pair, at, trx);
  return moved;
}
