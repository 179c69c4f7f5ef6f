import { type Actor, actorRef, holds, unitsFor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, formatDay, toIso } from '../../../core/time/index.ts';
import { keyed } from '../../../platform/db/idempotency.ts';
import type { Db } from '../../../platform/db/open.ts';
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
  /**
   * @param idempotencyKey the same request again makes no second client: see `issueAgain`
   * @returns the key in the clear, this once. @throws AppError row/missing, exchange/expired, exchange/key-known
   */
  issue(actor: Actor, body: BodyOf<typeof contract.issueExchangeKey>, idempotencyKey?: string): Promise<Issued>;
  /** @throws AppError row/missing */
  revoke(actor: Actor, id: string, idempotencyKey?: string): Promise<Done>;
};
type Issued = ReplyOf<typeof contract.issueExchangeKey>;
type Done = ReplyOf<typeof contract.revokeExchangeKey>;

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
    issue: (actor, body, idempotencyKey) =>
      keyed(
        ctx.db,
        { operation: 'report-key-issue', actor: actorRef(actor), key: idempotencyKey, body },
        {
          run: (db) => issueKey({ ...ctx, db }, actor, body),
          // The key itself is kept nowhere.
          keep: ({ id }: Issued) => ({ id }),
          again: ({ id }) => issueAgain(ctx, actor, id),
        },
      ),
    revoke: (actor, id, idempotencyKey) =>
      keyed(
        ctx.db,
        { operation: 'report-key-revoke', actor: actorRef(actor), key: idempotencyKey, body: { id } },
        { run: (db) => revokeKey({ ...ctx, db }, actor, id), keep: (done: Done) => done, again: (done) => done },
      ),
  };
}

async function issueKey(
  ctx: ReportContext,
  actor: Actor,
  { name, takes, unitId, expiresOn }: BodyOf<typeof contract.issueExchangeKey>,
): Promise<Issued> {
  if (!holds(actor, ADMINISTER, unitId)) throw new AppError('row/missing');
  const at = ctx.clock.now();
  if (expiresOn <= dayOf(at)) throw new AppError('exchange/expired', { params: { day: formatDay(dayOf(at)) } });
  const key = newKey();
  const id = uuidv7(at);
  return ctx.db.transaction().execute(async (trx) => {
    const client = { id, name: name.trim(), takes, unitId, keyHint: hintOf(key), expiresOn, issuedAt: at };
    await store.insertClient(trx, { ...client, keyHash: hashOf(key), issuedBy: actorRef(actor) });
    await audit(trx, actor, 'issue', client, at);
    return { id, key };
  });
}

/**
 * The answer with the key was lost, and a key is shown only once: the same client gets another one in its place, as long as
 * nobody has used the first. @throws AppError row/missing, exchange/key-known
 */
function issueAgain(ctx: ReportContext, actor: Actor, id: string): Promise<Issued> {
  const key = newKey();
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const next = { keyHash: hashOf(key), keyHint: hintOf(key) };
    const client = await store.replaceUnusedKey(trx, id, unitsFor(actor, ADMINISTER), next);
    if (!client) throw new AppError('exchange/key-known');
    await audit(trx, actor, 'issue', client, at);
    return { id, key };
  });
}

function revokeKey(ctx: ReportContext, actor: Actor, id: string): Promise<Done> {
  const at = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const client = await store.revokeClient(trx, id, unitsFor(actor, ADMINISTER), { at, by: actorRef(actor) });
    if (!client) throw new AppError('row/missing');
    await audit(trx, actor, 'revoke', client, at);
    return { id };
  });
}

function audit(
  trx: Db,
  actor: Actor,
  act: 'issue' | 'revoke',
  { id, unitId, name, takes, expiresOn, keyHint }: Omit<store.NewClient, 'issuedBy' | 'keyHash'>,
  at: Date,
): Promise<void> {
  const payload = { name, hint: keyHint, ...(act === 'issue' ? { takes, unitId, expiresOn } : {}) };
  const object = { type: 'report-client', id };
  return recordAudit(trx, [
    { chainId: unitId, occurredAt: at, actor, action: `report-exchange.${act}`, object, payload },
  ]);
}
