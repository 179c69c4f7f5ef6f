import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

/** The reason of a withdrawal by the system (the dossier had ended) is its own sentence, no text of a person. */
const OWN_WORDS = sql`coalesce(withdrawn_by, '') like 'system:%'`;
const APOLOGY_TEXT = sql`(reason is not null or return_reason is not null or slip is not null
  or (withdraw_reason is not null and not ${OWN_WORDS}))`;
const EXEMPTION_TEXT = sql`(reason <> '' or evidence <> '' or files <> '[]' or decision_note is not null)`;

/** How many papers, notes of delivery and exemptions of these dossiers still have a text that may name a person. */
export async function countApologyTexts(db: Db, dossierIds: readonly string[]): Promise<number> {
  const ids = sql`any(${[...dossierIds]}::uuid[])`;
  const { rows } = await sql<{ n: number }>`select (
      (select count(*) from apologies.apology where dossier_id = ${ids} and ${APOLOGY_TEXT})
      + (select count(*) from apologies.delivery d join apologies.apology a on a.id = d.apology_id
        where a.dossier_id = ${ids} and d.note is not null)
      + (select count(*) from apologies.exemption where dossier_id = ${ids} and ${EXEMPTION_TEXT}))::int n`.execute(db);
  return rows[0]?.n ?? 0;
}

/**
 * Lawful erasure: the paper as it was issued, reasons written in free words and notes of delivery go; kind, state, days,
 * number, signer and group of reasons stay, so figures and the public list stay. @returns how many.
 */
export async function eraseApologyTexts(trx: Db, dossierId: string): Promise<number> {
  const { numAffectedRows: notes } = await sql`update apologies.delivery d set note = null from apologies.apology a
    where a.id = d.apology_id and a.dossier_id = ${dossierId}::uuid and d.note is not null`.execute(trx);
  const { numAffectedRows: papers } =
    await sql`update apologies.apology set reason = null, return_reason = null, slip = null,
      withdraw_reason = case when ${OWN_WORDS} then withdraw_reason end
    where dossier_id = ${dossierId}::uuid and ${APOLOGY_TEXT}`.execute(trx);
  const { numAffectedRows: exemptions } =
    await sql`update apologies.exemption set reason = '', evidence = '', files = '[]', decision_note = null
    where dossier_id = ${dossierId}::uuid and ${EXEMPTION_TEXT}`.execute(trx);
  return Number((notes ?? 0n) + (papers ?? 0n) + (exemptions ?? 0n));
}

/** What the trail names the papers and exemptions of these dossiers by: their payloads hold reasons too. */
export async function apologyObjects(
  db: Db,
  dossierIds: readonly string[],
): Promise<readonly { readonly type: string; readonly id: string }[]> {
  const ids = sql`any(${[...dossierIds]}::uuid[])`;
  const { rows } = await sql<{ type: string; id: string }>`
    select 'apology' "type", id::text from apologies.apology where dossier_id = ${ids}
    union all select 'apology-exemption', id::text from apologies.exemption where dossier_id = ${ids}`.execute(db);
  return rows;
}
