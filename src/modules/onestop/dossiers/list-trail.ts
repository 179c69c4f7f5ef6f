import type { Actor } from '../../../core/access/actor.ts';
import type { DossierContext } from './context.ts';
import { readerChain } from './reader-chain.ts';

type Shown = { readonly rows: readonly { readonly id: string }[] };

async function note(ctx: DossierContext, actor: Actor, action: string, list: string, shown: Shown): Promise<void> {
  await ctx.readings.note([
    {
      chainId: await readerChain(ctx, actor),
      occurredAt: ctx.clock.now(),
      actor,
      action,
      object: { type: 'dossier-list', id: list },
      payload: { ids: shown.rows.map((row) => row.id) },
    },
  ]);
}

/**
 * Passes a list on and records that its names were shown: one entry per answer, ids only, without waiting for the disk
 * (ADR 0019). An empty list showed nobody.
 * @param list which list: `inbox-mine`, `dossiers`, `own`.
 */
export async function showList<T extends Shown>(ctx: DossierContext, actor: Actor, list: string, shown: T): Promise<T> {
  if (shown.rows.length > 0) await note(ctx, actor, 'dossier.read-list', list, shown);
  return shown;
}

/** The same for a search, also one that found nothing: trying is an act. What was typed is not kept. */
export async function showFound<T extends Shown & { readonly matchedBy: string }>(
  ctx: DossierContext,
  actor: Actor,
  shown: T,
): Promise<T> {
  await note(ctx, actor, 'dossier.search', shown.matchedBy, shown);
  return shown;
}
