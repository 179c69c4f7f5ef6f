import fs from 'node:fs';
import { words } from '../../platform/messages/words.ts';
import { DataError, type Io, UsageError } from './command.ts';

/** Reads a file given on the command line as UTF-8; `-` is stdin. @throws UsageError where it cannot be read. */
export async function readText(io: Io, typed: string): Promise<string> {
  try {
    const bytes = typed === '-' ? await readStdin() : await fs.promises.readFile(io.path(typed));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new DataError('file/not-utf8', words('cli.input.not-utf8', { file: typed }));
    throw new UsageError(words('cli.input.unreadable', { file: typed, reason: reasonOf(error) }));
  }
}

/** As `readText`, parsed as JSON. @throws DataError `file/not-json` naming the file. */
export async function readJson(io: Io, typed: string): Promise<unknown> {
  return parseJson(await readText(io, typed), typed);
}

/** The text of a file as JSON. @throws DataError `file/not-json` naming the file `typed`, with the place */
export function parseJson(text: string, typed: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? jsonReason(error.message) : '';
    throw new DataError('file/not-json', words('cli.input.not-json', { file: typed, reason }));
  }
}

/** What the engine says of broken JSON, in words and with the place it tells. */
function jsonReason(message: string): string {
  if (message.startsWith('Unexpected end')) return words('cli.input.json-end');
  const [, line, column] = /\(line (\d+) column (\d+)\)$/.exec(message) ?? [];
  if (line !== undefined && column !== undefined) return words('cli.input.json-place', { line, column });
  const [, token, near] = /^Unexpected token '(.+?)', (.+) is not valid JSON$/su.exec(message) ?? [];
  return token !== undefined && near !== undefined ? words('cli.input.json-token', { token, near }) : message;
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  return Buffer.concat(chunks);
}

const KNOWN_REASONS = new Set(['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'ENOSPC', 'EROFS']);

/** Vietnamese reason of a file system error. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (KNOWN_REASONS.has(code)) return words(`cli.input.reason-${code}`);
  return error instanceof Error ? error.message : String(error);
}
