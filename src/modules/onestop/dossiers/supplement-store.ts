import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Also } from './also.ts';
import type { Command } from './rules/commands.ts';
import type { Action } from './rules/state.ts';

/** The row of a request for papers, or of its answer, written in the statement of the command. */
export function supplementAlso(dossierId: string, command: Command, action: Action): Also[] {
  if (command.kind === 'request-completion' || command.kind === 'request-supplement') {
    const stage = command.kind === 'request-completion' ? 'intake' : 'processing';
    const deadline = command.deadline ?? null;
    return [
      {
        name: 'also_supplement',
        insert: (
          guard,
        ) => sql`insert into dossiers.supplement (dossier_id, seq, stage, items, reason, requested_at, deadline)
          select ${dossierId}::uuid, (select coalesce(max(seq), 0) + 1 from dossiers.supplement x where x.dossier_id = ${dossierId}::uuid),
            ${stage}, ${JSON.stringify(command.items)}::jsonb, ${command.reason}, ${action.at}::timestamptz, ${deadline}::date where ${guard}`,
      },
    ];
  }
  if (command.kind === 'complete' || command.kind === 'accept-supplement') {
    return [
      {
        name: 'also_supplement',
        insert: (guard) => sql`update dossiers.supplement set answered_at = ${action.at}::timestamptz
          where dossier_id = ${dossierId}::uuid and answered_at is null and ${guard}`,
      },
    ];
  }
  return [];
}

/** Last day to answer the open request, inclusive; null where none was set. */
export async function findSupplementDeadline(db: Db, dossierId: string): Promise<Day | null> {
  const { rows } = await sql<{ deadline: Day | null }>`select deadline from dossiers.supplement
    where dossier_id = ${dossierId}::uuid and answered_at is null order by seq desc limit 1`.execute(db);
  return rows[0]?.deadline ?? null;
}
