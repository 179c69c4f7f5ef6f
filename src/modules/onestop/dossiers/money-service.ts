import { sql } from 'kysely';
import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import type { BodyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { rememberReply, requestDigest, scopedKey } from '../../../platform/db/idempotency.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import type { DossierContext } from './context.ts';
import type { recordPayment } from './contract.ts';
import { dossierEvent, eventPayload } from './events.ts';
import { findDossier } from './load.ts';
import { repeatable } from './repeat.ts';
import { dossierScope } from './scope.ts';
import { checkStorable } from './storable.ts';

/**
 * Adds one line to the money ledger of a dossier: paid or given back. Nothing is ever changed; a refund is a line. One
 * effect per idempotency key.
 * @throws AppError row/missing, access/forbidden (collects neither at the receiving desk nor for the authority),
 * request/invalid (no such fee, more than is owed, more back than was paid, online without platform and transaction).
 */
export async function addMoney(
  ctx: DossierContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof recordPayment>,
  idempotencyKey?: string,
): Promise<{ id: string; paidVnd: number }> {
  checkStorable(body);
  const key = idempotencyKey ? scopedKey('money', actorRef(actor), idempotencyKey) : undefined;
  const digest = key ? requestDigest({ id, body }) : '';
  return repeatable(ctx.db, key, digest, () => addEntry(ctx, actor, id, body, key, digest));
}

/** What was paid online can be looked up on its platform; what was not has no such place. @throws AppError request/invalid */
function checkOnline({ method, platform, reference }: BodyOf<typeof recordPayment>): void {
  const online = method === 'online';
  const faults = [
    ...((platform !== undefined) === online ? [] : ['platform' as const]),
    ...(online === ((reference ?? '').trim() !== '') ? [] : ['reference' as const]),
  ];
  if (faults.length === 0) return;
  throw new AppError('request/invalid', {
    fields: faults.map((field) => ({
      path: `body.${field}`,
      code: online ? 'missing' : 'unknown',
      message: online ? words(`server.money.need-${field}`) : words('server.money.not-online'),
    })),
  });
}

async function addEntry(
  ctx: DossierContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof recordPayment>,
  key: string | undefined,
  digest: string,
): Promise<{ id: string; paidVnd: number }> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const dossier = await findDossier(trx, dossierScope(actor), id);
    if (!dossier) throw new AppError('row/missing');
    const { receivedByUnitId, decidedByUnitId } = dossier.state;
    const collects = [receivedByUnitId, decidedByUnitId].some((unit) => holds(actor, 'dossier.collect-fee', unit));
    if (!collects) throw new AppError('access/forbidden');
    checkOnline(body);
    const fee = dossier.fees.find((f) => f.feeId === body.feeId);
    if (!fee)
      throw new AppError('request/invalid', {
        fields: [{ path: 'body.feeId', code: 'unknown', message: words('server.money.unknown-fee') }],
      });
    // Two clerks collecting at once: one waits for the other, so the sum below is right.
    await sql`select 1 from dossiers.dossier where id = ${id}::uuid for update`.execute(trx);
    const { rows } = await sql<{
      paid: number;
    }>`select coalesce(sum(case kind when 'refunded' then -amount_vnd else amount_vnd end), 0)::bigint paid
      from dossiers.money_entry where dossier_id = ${id}::uuid and fee_id = ${body.feeId}`.execute(trx);
    const before = rows[0]?.paid ?? 0;
    const paidVnd = before + (body.kind === 'paid' ? body.amountVnd : -body.amountVnd);
    if (paidVnd < 0 || paidVnd > fee.amountVnd) {
      throw new AppError('request/invalid', {
        fields: [
          {
            path: 'body.amountVnd',
            code: 'amount',
            message:
              body.kind === 'paid' ? words('server.money.paid-too-much') : words('server.money.refunded-too-much'),
          },
        ],
      });
    }
    const entry = uuidv7(now);
    await sql`insert into dossiers.money_entry (id, dossier_id, kind, fee_id, amount_vnd, fee_rule_revision, payee_unit_id, method, platform, reference, occurred_at, actor, note)
      values (${entry}, ${id}, ${body.kind}, ${body.feeId}, ${body.amountVnd}, ${dossier.procedureRevisionId}, ${dossier.state.receivedByUnitId}, ${body.method}, ${body.platform ?? null}, ${body.reference?.trim() ?? null}, ${now}, ${actorRef(actor)}, ${body.note ?? null})`.execute(
      trx,
    );
    await recordAudit(trx, [
      {
        chainId: dossier.state.decidedByUnitId,
        occurredAt: now,
        actor,
        action: `dossier.${body.kind}`,
        object: { type: 'dossier', id },
        payload: { feeId: body.feeId, amountVnd: body.amountVnd, method: body.method },
      },
    ]);
    await emit(trx, [dossierEvent(body.kind, now, eventPayload(dossier, dossier.state, dossier.version))]);
    const reply = { id: entry, paidVnd };
    if (key) await rememberReply(trx, key, digest, reply);
    return reply;
  });
}
