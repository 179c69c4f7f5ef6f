import type { Actor } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import { INSTALLATION_CHAIN } from '../../foundation/audit/index.ts';
import type { DossierContext } from './context.ts';

/** The audit chain of what somebody reads or looks for: of the reader's own authority; of the installation for citizens and machines. */
export async function readerChain(ctx: DossierContext, actor: Actor): Promise<string> {
  if (actor.kind !== 'staff') return INSTALLATION_CHAIN;
  const authority = await ctx.ports.authorityOf(actor.homeUnitId, null, dayOf(ctx.clock.now()));
  return authority?.id ?? actor.homeUnitId;
}
