import { sql } from 'kysely';
import type { SystemActor } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { commandDossier } from './command-service.ts';
import type { DossierContext } from './context.ts';

const TIMER: SystemActor = { kind: 'system', name: 'supplement-deadline', assurance: 'system' };
const BATCH = 200;

/**
 * Stops dossiers whose applicants let the last day of a supplement request pass (domain §1.4: hết hạn bổ sung). A
 * dossier somebody acts on at the same moment is left to them.
 * @returns how many were stopped; as many as a batch means: call again.
 */
export async function stopUnanswered(ctx: DossierContext): Promise<number> {
  const { rows } = await sql<{ id: string; version: number }>`select d.id, d.version from dossiers.dossier d
    join dossiers.supplement s on s.dossier_id = d.id and s.answered_at is null
    where d.status = 'supplement' and s.deadline < ${dayOf(ctx.clock.now())}::date order by d.id limit ${BATCH}`.execute(
    ctx.db,
  );
  let stopped = 0;
  let fault: unknown;
  for (const { id, version } of rows) {
    try {
      await commandDossier(ctx, TIMER, id, version, {
        kind: 'stop',
        reason: words('server.dossier.supplement-expired'),
      });
      stopped++;
    } catch (error) {
      // Stale or no longer legal: somebody was faster. Anything else is a fault of this one: the others are not to wait
      // for it, and it is told at the end.
      if (!(error instanceof AppError) || error.status !== 409) fault ??= error;
    }
  }
  if (fault !== undefined && stopped === 0) throw fault;
  return stopped;
}
