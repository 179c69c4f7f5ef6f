import type { ImportedFile } from '../../modules/onestop/procedures/index.ts';
import { words } from '../../platform/messages/words.ts';
import { DataError, type ExitCode, type Io, UsageError } from './command.ts';
import { COMMAND_ACTOR, openInstallation } from './open-installation.ts';
import { COMMON, readOptions } from './options.ts';
import { readText } from './read-input.ts';
import { readSettings } from './settings.ts';

/** `motcua import procedures FILES…`: a line per file, in the order given; one bad file does not stop the rest. */
export async function importProcedureFiles(args: readonly string[], io: Io): Promise<ExitCode> {
  const places = { min: 1, max: Number.POSITIVE_INFINITY, what: words('cli.import.procedure-file') };
  const { values, positionals } = readOptions(args, COMMON, places);
  const { config } = readSettings(values, io);
  const opened = await openInstallation(config);
  let failed = 0;
  try {
    for (const name of positionals) {
      const done = await importOne(name, io, (files) => opened.system.procedures.importNational(COMMAND_ACTOR, files));
      if (!done.ok) failed++;
      io.out(values.json ? JSON.stringify(done) : plain(done));
    }
  } finally {
    await opened.close();
  }
  io.note(words('cli.import.procedures-done', { done: positionals.length - failed, all: positionals.length }));
  return failed > 0 ? 1 : 0;
}

type Import = (files: { name: string; text: string }[]) => Promise<ImportedFile[]>;

async function importOne(file: string, io: Io, importFiles: Import): Promise<ImportedFile> {
  try {
    const [done] = await importFiles([{ name: file, text: await readText(io, file) }]);
    if (done) return done;
    throw new Error('an import answers for each file');
  } catch (error) {
    if (error instanceof UsageError)
      return { file, ok: false, error: { code: 'file/unreadable', message: error.message } };
    if (error instanceof DataError) return { file, ok: false, error: { code: error.code, message: error.message } };
    throw error;
  }
}

function plain(done: ImportedFile): string {
  if (!done.ok)
    return words('cli.import.procedure-error', { file: done.file, code: done.error.code, message: done.error.message });
  const { steps, methods, fees, cases, components, legalBases } = done.counts;
  const counts = words('cli.import.procedure-counts', { steps, methods, fees, cases, components, legalBases });
  const state =
    done.state === 'unchanged' ? words('cli.import.procedure-unchanged') : words('cli.import.procedure-new');
  return words('cli.import.procedure-line', {
    file: done.file,
    code: done.code,
    name: done.name,
    state,
    counts,
    kept: done.keptAsText.length,
    findings: done.findings.length,
  });
}
