import { words } from '../../platform/messages/words.ts';
import type { Command } from './command.ts';

/**
 * Commands by name; the texts of each are `cli.<name>.summary` and `cli.<name>.usage`. Each is loaded only when it is
 * called: `due` must not wait for a database driver.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  init: async () => (await import('./init.ts')).initCommand,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  import: async () => (await import('./import.ts')).importCommand,
  due: async () => (await import('./due.ts')).dueCommand,
  score: async () => (await import('./score.ts')).scoreCommand,
  late: async () => (await import('./late.ts')).lateCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  generate: async () => (await import('./generate.ts')).generateCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  'verify-audit': async () => (await import('./verify-audit.ts')).verifyAuditCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
};

/** The text of `motcua --help`. */
export function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.keys(COMMANDS).map((name) => `  ${name.padEnd(width)}  ${words(`cli.${name}.summary`)}`);
  return words('cli.overview.usage', { commands: lines.join('\n') });
}
