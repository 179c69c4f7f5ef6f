import { sql } from 'kysely';
import type { Actor } from '../../../core/access/actor.ts';
import { unitsFor } from '../../../core/access/actor.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { PartyInputType } from './parties.ts';
import { dossierScope } from './scope.ts';

/**
 * Refuses parties linked to a person the actor cannot know: staff may link who is a party of a dossier they may see or
 * their desks received, or whose identity number they give in this act; applicants link nobody. Without a link there is
 * nothing to ask and no query.
 * @throws AppError row/missing, the same for a foreign person and for one that does not exist.
 */
export async function checkLinkedPeople(db: Db, actor: Actor, parties: readonly PartyInputType[]): Promise<void> {
  const linked = parties.flatMap(({ personId, snapshot }) =>
    personId
      ? [{ id: personId, type: snapshot.idType ?? 'cccd', number: snapshot.idNumber?.replace(/\s+/g, '') ?? null }]
      : [],
  );
  if (linked.length === 0) return;
  if (actor.kind === 'citizen' || actor.kind === 'guest') throw new AppError('row/missing');
  const desks = sql`any(${[...unitsFor(actor, 'dossier.receive')]}::uuid[])`;
  const { rows } = await sql<{ known: boolean }>`select
      exists (select 1 from dossiers.person_identity i where i.person_id = t.id and i.type = t.type and i.number = t.number)
      or exists (select 1 from dossiers.party p join dossiers.dossier d on d.id = p.dossier_id
        where p.person_id = t.id and (d.received_by_unit_id = ${desks} or ${dossierScope(actor).where('d')})) known
    from jsonb_to_recordset(${JSON.stringify(linked)}::jsonb) as t(id uuid, type text, number text)`.execute(db);
  if (rows.some((row) => !row.known)) throw new AppError('row/missing');
}
