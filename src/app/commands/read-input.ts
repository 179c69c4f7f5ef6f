import fs from 'node:fs';
import { DataError, type Io, UsageError } from './command.ts';

/** Reads a file given on the command line as UTF-8; `-` is stdin. @throws UsageError where it cannot be read. */
export async function readText(io: Io, typed: string): Promise<string> {
  try {
    const bytes = typed === '-' ? await readStdin() : await fs.promises.readFile(io.path(typed));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new DataError('file/not-utf8', `Tệp ${typed} không phải văn bản UTF-8.`);
    throw new UsageError(`Không đọc được tệp ${typed}: ${reasonOf(error)}.`);
  }
}

/** As `readText`, parsed as JSON. @throws DataError `file/not-json` naming the file. */
export async function readJson(io: Io, typed: string): Promise<unknown> {
  const text = await readText(io, typed);
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new DataError('file/not-json', `Tệp ${typed} không phải JSON hợp lệ (${reason}).`);
  }
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  return Buffer.concat(chunks);
}

/** Vietnamese reason of a file system error. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'không có tệp hoặc thư mục này',
    EACCES: 'không có quyền',
    EPERM: 'không có quyền',
    EISDIR: 'đây là thư mục',
    ENOTDIR: 'một phần của đường dẫn không phải thư mục',
    ENOSPC: 'đĩa đã đầy',
    EROFS: 'ổ đĩa chỉ cho đọc',
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}
