import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import { AUDIT_COLUMNS, AUDIT_RECORD, type AuditRow } from './entry.ts';

/** Inserts entries in one statement; a trigger queues them for sealing. */
export async function insertEntries(db: Db, rows: readonly AuditRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into audit.entry (${sql.raw(AUDIT_COLUMNS)})
    select ${sql.raw(AUDIT_COLUMNS)} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(${sql.raw(AUDIT_RECORD)})`.execute(
    db,
  );
}
