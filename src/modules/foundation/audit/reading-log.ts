import type { Pool } from '../../../platform/db/open.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { type AuditEntry, type AuditRow, auditRow } from './entry.ts';
import { insertEntries } from './store.ts';

/**
 * The trail of lists: one compact entry per answered request, ids only. Acts and readings of one page, paper or file are
 * never put here: they are recorded in their own transaction (`recordAudit`).
 */
export type ReadingLog = {
  /** Notes readings; they are in the trail within a second, or when the process stops in order. */
  note(entries: readonly AuditEntry[]): Promise<void>;
  /** Writes what waits. Safe to call at any time and by several at once. */
  flush(): Promise<void>;
};

/** Beyond this many waiting entries a reader waits for the writing: memory stays bounded when the database is slow. */
const MOST_WAITING = 1000;

/** Writes each reading at once: for commands and tests, where no timer runs. */
export function directReadings(db: Pool): ReadingLog {
  return { note: (entries) => insertEntries(db, entries.map(auditRow)), flush: async () => {} };
}

/**
 * Gathers readings and writes them by batch (ADR 0019). A crash loses at most the last half second of them, never an act.
 * Entries that could not be written wait for the next turn.
 */
export function createReadingLog(db: Pool): ReadingLog {
  let waiting: AuditRow[] = [];
  let writing: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    const batch = waiting;
    if (batch.length === 0) return;
    waiting = [];
    try {
      await insertEntries(db, batch);
    } catch (error) {
      waiting = [...batch, ...waiting];
      throw error;
    }
  };
  const flush = async (): Promise<void> => {
    // What came in while another was writing needs a turn of its own.
    while (writing) await writing.catch(() => {});
    writing = write().finally(() => {
      writing = undefined;
    });
    await writing;
  };
  return {
    async note(entries) {
      for (const entry of entries) waiting.push(auditRow(entry));
      if (waiting.length >= MOST_WAITING) await flush();
    },
    flush,
  };
}

/** Twice a second, so that a reading is in the trail within one second. */
export function createReadingTimer(log: ReadingLog): Timer {
  return { name: 'audit.readings', everyMs: 500, run: async () => void (await log.flush()) };
}
