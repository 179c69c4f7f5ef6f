import type { Actor } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import {
  countPersonalData,
  findKeeping,
  findKeepingByCode,
  findOfSamePeople,
  type KeepingFacts,
  lockKeeping,
} from '../dossiers/index.ts';
import { STATUSES } from '../dossiers/rules/status.ts';
import type { RetentionContext } from './context.ts';
import type { OrderBody, OrderPreview } from './contract.ts';
import { type Blocking, blockingOf } from './rules/blocking.ts';
import { isDue } from './rules/period.ts';
import { mayAt, PERMISSION, unitsDeciding } from './scope.ts';
import { type DecisionKind, findPending } from './store.ts';

/** A dossier of an order and what stands against taking its data out. */
export type Assessed = { readonly facts: KeepingFacts; readonly procedureName: string; readonly blocking: Blocking };

/**
 * The dossiers an order is about, only those within the actor's reach: a foreign one is missing.
 * @param lock nobody else changes them until the transaction ends.
 * @throws row/missing
 */
export async function dossiersOf(
  db: Db,
  actor: Actor,
  order: OrderBody | { readonly ids: readonly string[] },
  lock = false,
): Promise<readonly KeepingFacts[]> {
  const read = lock ? lockKeeping : findKeeping;
  if ('ids' in order) return read(db, order.ids);
  unitsDeciding(actor, order.kind);
  const permission = PERMISSION[order.kind];
  if (order.kind === 'disposal') {
    const wanted = new Set(order.dossierIds);
    const found = (await read(db, [...wanted])).filter((facts) => mayAt(actor, permission, facts));
    if (found.length !== wanted.size) throw new AppError('row/missing');
    return found;
  }
  const named = await findKeepingByCode(db, order.code.trim().toUpperCase());
  if (!named || !mayAt(actor, permission, named)) throw new AppError('row/missing');
  if (order.scope === 'dossier') return read(db, [named.id]);
  const all = await read(db, await findOfSamePeople(db, named.id));
  return all.filter((facts) => mayAt(actor, permission, facts) && (facts.erasedAt === null || facts.id === named.id));
}

/** @param except the proposal they stand in themselves. */
export async function assess(
  ctx: RetentionContext,
  db: Db,
  kind: DecisionKind,
  dossiers: readonly KeepingFacts[],
  except: string | null,
): Promise<readonly Assessed[]> {
  const today = dayOf(ctx.clock.now());
  const ids = dossiers.map((facts) => facts.id);
  const pending = await findPending(db, ids, except);
  return Promise.all(
    dossiers.map(async (facts) => {
      const { name, years } = await ctx.ports.retentionOf(facts.procedureRevisionId);
      const blocking = blockingOf(kind, {
        closed: STATUSES[facts.status].closed,
        held: facts.legalHold,
        erased: facts.erasedAt !== null,
        pending: pending.has(facts.id),
        due: isDue(dayOf(facts.endedAt), years, today),
      });
      return { facts, procedureName: name, blocking };
    }),
  );
}

export function orderItems(assessed: readonly Assessed[]): OrderPreview['items'] {
  return assessed.map(({ facts, procedureName, blocking }) => ({
    dossierId: facts.id,
    code: facts.code,
    procedureCode: facts.procedureCode,
    procedureName,
    endedOn: dayOf(facts.endedAt),
    blocking,
  }));
}

/** What an erasure would take from each place that keeps something. */
export async function countAll(
  ctx: RetentionContext,
  db: Db,
  assessed: readonly Assessed[],
): Promise<Record<string, number>> {
  const ids = assessed.map(({ facts }) => facts.id);
  const counts: Record<string, number> = { ...(await countPersonalData(db, ids)) };
  for (const place of ctx.ports.places) counts[place.name] = await place.count(db, ids);
  return counts;
}
