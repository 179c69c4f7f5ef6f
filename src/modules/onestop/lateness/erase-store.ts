import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

const DECISION_TEXT = sql`(reason is not null or before @? '$[*].note ? (@ != null)' or after @? '$[*].note ? (@ != null)')`;

/** How many parts, decisions and answers about these dossiers have a note in free words. */
export async function countLatenessNotes(db: Db, dossierIds: readonly string[]): Promise<number> {
  const ids = sql`any(${[...dossierIds]}::uuid[])`;
  const { rows } = await sql<{ n: number }>`select (
      (select count(*) from lateness.part where dossier_id = ${ids} and note is not null)
      + (select count(*) from lateness.decision where dossier_id = ${ids} and ${DECISION_TEXT})
      + (select count(*) from lateness.cause_request where dossier_id = ${ids} and note is not null))::int n`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/**
 * Lawful erasure: the notes go, from the log of decisions too; minutes, causes by their code, who and when stay.
 * @returns how many.
 */
export async function eraseLatenessNotes(trx: Db, dossierId: string): Promise<number> {
  const id = sql`dossier_id = ${dossierId}::uuid`;
  const { numAffectedRows: parts } =
    await sql`update lateness.part set note = null where ${id} and note is not null`.execute(trx);
  const { numAffectedRows: requests } =
    await sql`update lateness.cause_request set note = null where ${id} and note is not null`.execute(trx);
  // The log lets nothing be changed; this is the one lawful exception, for this transaction.
  await sql`select set_config('motcua.erasure', 'on', true)`.execute(trx);
  const { numAffectedRows: decisions } = await sql`update lateness.decision set reason = null,
      before = ${withoutNotes('before')}, after = ${withoutNotes('after')} where ${id} and ${DECISION_TEXT}`.execute(
    trx,
  );
  await sql`select set_config('motcua.erasure', '', true)`.execute(trx);
  return Number((parts ?? 0n) + (requests ?? 0n) + (decisions ?? 0n));
}

const withoutNotes = (column: 'before' | 'after') => sql`case when jsonb_typeof(${sql.ref(column)}) = 'array'
  then (select coalesce(jsonb_agg(part || '{"note": null}'), '[]') from jsonb_array_elements(${sql.ref(column)}) part)
  else ${sql.ref(column)} end`;
