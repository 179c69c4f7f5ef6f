import type { Db } from '../../../platform/db/open.ts';
import { type AuditEntry, auditRow } from './entry.ts';
import { insertEntries } from './store.ts';

/** Records acts in the caller's transaction, one statement for all of them. They are sealed into their chains later. */
export async function recordAudit(db: Db, entries: readonly AuditEntry[]): Promise<void> {
  await insertEntries(db, entries.map(auditRow));
}
