import type { ImportedFile } from '../../modules/onestop/procedures/index.ts';
import { DataError, type ExitCode, type Io, UsageError } from './command.ts';
import { COMMAND_ACTOR, openInstallation } from './open-installation.ts';
import { COMMON, readOptions } from './options.ts';
import { readText } from './read-input.ts';
import { readSettings } from './settings.ts';

/** `motcua import procedures FILES…`: a line per file, in the order given; one bad file does not stop the rest. */
export async function importProcedureFiles(args: readonly string[], io: Io): Promise<ExitCode> {
  const places = { min: 1, max: Number.POSITIVE_INFINITY, what: 'tệp thủ tục' };
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
  io.note(`${positionals.length - failed}/${positionals.length} tệp đã nhập.`);
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
  if (!done.ok) return `${done.file}\tlỗi ${done.error.code}: ${done.error.message}`;
  const { steps, methods, fees, cases, components, legalBases } = done.counts;
  const counts = `${steps} bước, ${methods} cách thực hiện, ${fees} phí, ${cases} trường hợp, ${components} thành phần, ${legalBases} căn cứ`;
  const state = done.state === 'unchanged' ? 'đã nhập từ trước' : 'bản nháp mới';
  return `${done.file}\t${done.code} ${done.name} (${state}): ${counts}; ${done.keptAsText.length} phần giữ dạng chữ, ${done.findings.length} điều cần xem lại`;
}
