import { recordRun } from '../../modules/foundation/operation/index.ts';
import type { Db } from '../../platform/db/open.ts';
import { words } from '../../platform/messages/words.ts';
import type { Io } from './command.ts';

/**
 * Tells the system page that a run has ended. What was done is done also where this cannot be written (tables of an
 * older version, a database that takes no more): then a remark is all.
 */
export async function noteRun(
  db: Db,
  run: { readonly kind: 'backup' | 'verify-audit'; readonly ok: boolean; readonly detail: string },
  io: Io,
): Promise<void> {
  try {
    await recordRun(db, { ...run, endedAt: new Date() });
  } catch (error) {
    io.note(words('cli.note-run.failed', { reason: error instanceof Error ? error.message : String(error) }));
  }
}
