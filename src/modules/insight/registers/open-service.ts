import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, formatDay } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { EDIT, type RegisterContext, requirePlace } from './context.ts';
import type * as contract from './contract.ts';
import * as store from './store.ts';

/**
 * Opens a closed period again for a unit and those below it: until the end of the day entries count as before.
 * @throws AppError registers/unknown, registers/period, registers/future, row/missing, registers/until, dossier/reason-needed
 */
export async function openPeriod(
  ctx: RegisterContext,
  actor: Actor,
  registerId: string,
  body: BodyOf<typeof contract.openRegisterPeriod>,
): Promise<ReplyOf<typeof contract.openRegisterPeriod>> {
  const at = ctx.clock.now();
  const today = dayOf(at);
  const { register, period } = await requirePlace(ctx, registerId, body.periodId, today);
  if (!holds(actor, EDIT, body.unitId)) throw new AppError('row/missing');
  if (body.untilDay < today) throw new AppError('registers/until', { params: { day: formatDay(body.untilDay) } });
  const reason = body.reason.trim();
  if (reason === '') throw new AppError('dossier/reason-needed');
  const id = uuidv7(at);
  const { unitId, untilDay } = body;
  const opening = {
    id,
    registerId: register.id,
    periodId: period.id,
    unitId,
    untilDay,
    reason,
    at,
    by: actorRef(actor),
  };
  return ctx.db.transaction().execute(async (trx) => {
    await store.insertOpening(trx, opening);
    const payload = { registerId: register.id, unitId, periodId: period.id, untilDay };
    await recordAudit(trx, [
      {
        chainId: unitId,
        occurredAt: at,
        actor,
        action: 'manual-figure.reopen',
        object: { type: 'register-period', id },
        payload: { ...payload, reason },
      },
    ]);
    await emit(trx, [
      { id: uuidv7(at), topic: 'registers.period-opened', key: id, payload: { id, ...payload }, occurredAt: at },
    ]);
    return { id };
  });
}
