import { AppError, errorText } from '../../platform/errors/app-error.ts';
import { words } from '../../platform/messages/words.ts';
import { DataError, EnvironmentError, type ExitCode, UsageError } from './command.ts';
import { reasonOf } from './read-input.ts';

export type Explained = { readonly exit: ExitCode; readonly code: string; readonly message: string };

/** PostgreSQL's and the system's codes that mean: not the data, the surroundings. */
const ENVIRONMENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'ECONNRESET',
  '28P01',
  '28000',
  '3D000',
  '42501',
  '53100',
  '53300',
  '57P01',
  '57P03',
]);
const FILE_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EMFILE']);

/** Turns whatever a command threw into an exit code and a sentence that says what to do. */
export function explain(error: unknown, command: string): Explained {
  if (error instanceof UsageError) return { exit: 2, code: 'usage', message: error.message };
  if (error instanceof DataError) return { exit: 1, code: error.code, message: error.message };
  if (error instanceof EnvironmentError) return { exit: 3, code: 'environment', message: error.message };
  if (error instanceof AppError) return { exit: 1, code: error.code, message: appText(error) };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (ENVIRONMENT.has(code)) return { exit: 3, code: 'environment', message: words(`cli.environment.${code}`) };
  if (FILE_CODES.has(code)) {
    const place = error instanceof Error && 'path' in error ? ` (${String(error.path)})` : '';
    return { exit: 3, code: 'environment', message: `${reasonOf(error)}${place}` };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exit: 3, code: 'bug', message: words('cli.overview.bug', { command, text }) };
}

function appText({ code, details }: AppError): string {
  return [errorText(code, details.params), ...(details.fields ?? []).map((f) => `${f.path}: ${f.message}`)].join('\n');
}
