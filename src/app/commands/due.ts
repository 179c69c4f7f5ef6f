import type { DueLine } from '../../core/working-time/due-cases.ts';
import { words } from '../../platform/messages/words.ts';
import { type Command, UsageError } from './command.ts';
import { COMMON, readOptions } from './options.ts';
import { readJson } from './read-input.ts';

function plain(line: DueLine): string {
  const id = String(line.id);
  if ('error' in line) return words('cli.due.error', { id, code: line.error.code, message: line.error.message });
  return line.dueAt === null ? words('cli.due.paused', { id, since: line.pausedSince }) : `${id}\t${line.dueAt}`;
}

/** `motcua due`: contracts §1 to the letter. */
export const dueCommand: Command = {
  async run(args, io) {
    const { values } = readOptions(args, { ...COMMON, cases: { type: 'string' } });
    if (values.cases === undefined) throw new UsageError(words('cli.due.no-cases'));
    const file = await readJson(io, values.cases);
    const { runDueCases } = await import('../../core/working-time/due-cases.ts');
    const { lines, failed } = runDueCases(file);
    for (const line of lines) io.out(values.json ? JSON.stringify(line) : plain(line));
    if (failed > 0) io.note(words('cli.due.failed', { failed, all: lines.length }));
    return failed > 0 ? 1 : 0;
  },
};
