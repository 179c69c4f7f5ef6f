/** One thing looked at. `failed` keeps the system from working rightly; `warning` wants a person's eye. */
export type Finding = {
  /** Stable, its first word names the part: `database.reachable`, `mail.failed`. */
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly text: string;
  /** What to do; only where something is to be done. */
  readonly advice?: string;
};

/** Parts of an installation as the system page groups them. */
export const PARTS = ['database', 'outbox', 'mail', 'files', 'audit', 'backup', 'machine'] as const;
export type Part = (typeof PARTS)[number];

const PART_OF: Readonly<Record<string, Part>> = {
  database: 'database',
  migrations: 'database',
  outbox: 'outbox',
  mail: 'mail',
  files: 'files',
  data: 'files',
  disk: 'files',
  audit: 'audit',
  backup: 'backup',
};

/** `disk.free` → `files`; what has no part of its own belongs to the machine. */
export function partOf(findingId: string): Part {
  return PART_OF[findingId.split('.')[0] ?? ''] ?? 'machine';
}
