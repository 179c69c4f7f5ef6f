import { type Actor, actorRef, holds, unitsFor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, formatDay, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract-exchange.ts';
import { hashOf, hintOf, newKey } from './exchange-keys.ts';
import * as store from './exchange-store.ts';
import { staffNames } from './names.ts';

const ADMINISTER = 'system.administer';

/** Keys of machines, given and taken away by who administers the unit they take reports of. */
export type ClientService = {
  list(actor: Actor): Promise<ReplyOf<typeof contract.listExchangeClients>>;
  /** @returns the key in the clear, this once. @throws AppError row/missing, exchange/expired */
  issue(
    actor: Actor,
    body: BodyOf<typeof contract.issueExchangeKey>,
  ): Promise<ReplyOf<typeof contract.issueExchangeKey>>;
  /** @throws AppError row/missing */
  revoke(actor: Actor, id: string): Promise<{ id: string }>;
};

export function createClientService(ctx: ReportContext): ClientService {
  return {
    async list(actor) {
      const mine = unitsFor(actor, ADMINISTER);
      const today = dayOf(ctx.clock.now());
      const directory = await ctx.ports.directory();
      const rows = await store.listClients(ctx.db, mine);
      const names = await staffNames(
        ctx,
        rows.map((row) => row.issuedBy),
      );
      return {
        rows: rows.map(({ unitId, issuedAt, issuedBy, revokedAt, lastUsedAt, ...row }) => ({
          ...row,
          unitName: unitNameOn(directory, unitId, today),
          issuedAt: toIso(issuedAt),
          issuedBy: names(issuedBy),
          revokedAt: revokedAt && toIso(revokedAt),
          lastUsedAt: lastUsedAt && toIso(lastUsedAt),
          live: revokedAt === null && row.expiresOn >= today,
        })),
        units: mine.flatMap((id) => {
          const unit = directory.unitOn(id, today);
          return unit?.type === 'administrative' ? [{ id, name: unit.name }] : [];
        }),
      };
    },
    async issue(actor, { name, takes, unitId, expiresOn }) {
      if (!holds(actor, ADMINISTER, unitId)) throw new AppError('row/missing');
      const at = ctx.clock.now();
      if (expiresOn <= dayOf(at)) throw new AppError('exchange/expired', { params: { day: formatDay(dayOf(at)) } });
      const key = newKey();
      const id = uuidv7(at);
      await ctx.db.transaction().execute(async (trx) => {
        const client = { id, name: name.trim(), takes, unitId, keyHint: hintOf(key), expiresOn, issuedAt: at };
        await store.insertClient(trx, { ...client, keyHash: hashOf(key), issuedBy: actorRef(actor) });
        const payload = { name: client.name, takes, unitId, expiresOn, hint: client.keyHint };
        const object = { type: 'report-client', id };
        await recordAudit(trx, [
          { chainId: unitId, occurredAt: at, actor, action: 'report-exchange.issue', object, payload },
        ]);
      });
      return { id, key };
    },
    async revoke(actor, id) {
      const at = ctx.clock.now();
      await ctx.db.transaction().execute(async (trx) => {
        const client = await store.revokeClient(trx, id, unitsFor(actor, ADMINISTER), { at, by: actorRef(actor) });
        if (!client) throw new AppError('row/missing');
        const payload = { name: client.name, hint: client.keyHint };
        const object = { type: 'report-client', id };
        await recordAudit(trx, [
          { chainId: client.unitId, occurredAt: at, actor, action: 'report-exchange.revoke', object, payload },
        ]);
      });
      return { id };
    },
  };
}
