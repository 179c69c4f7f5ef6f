import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

/** How many notices about these dossiers still have a text. */
export async function countMessages(db: Db, dossierIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from notifications.message
    where dossier_id = any(${[...dossierIds]}::uuid[]) and (body <> '' or to_address is not null)`.execute(db);
  return rows[0]?.n ?? 0;
}

/**
 * Lawful erasure: text and address of the notices about a dossier go, that they were sent stays. What has not left yet
 * never will. @returns how many.
 */
export async function eraseMessages(trx: Db, dossierId: string): Promise<number> {
  const { numAffectedRows } = await sql`update notifications.message set subject = '', body = '', to_address = null,
      last_error = null, status = case when status = 'waiting' then 'failed' else status end
    where dossier_id = ${dossierId}::uuid and (body <> '' or to_address is not null)`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/**
 * Takes notices out altogether, with what was sent again of them: where the log of whom something was told would say
 * what must not be known. What has not left yet never will.
 * @param keyStart start of their dedupe keys
 */
export async function dropMessages(trx: Db, keyStart: string): Promise<void> {
  await sql`with gone as (delete from notifications.message where starts_with(dedupe_key, ${keyStart}) returning id)
    delete from notifications.message m using gone where m.resend_of = gone.id`.execute(trx);
}
