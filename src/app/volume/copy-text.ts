import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | boolean | Date | null | undefined | { readonly json: unknown };

const SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escapeText = (text: string): string => text.replace(SPECIAL, (c) => ESCAPES[c] ?? c);

/** One line of COPY's text format. Objects go as `{json: value}`. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) line += '\t';
    if (value === null || value === undefined) line += '\\N';
    else if (typeof value === 'string') line += escapeText(value);
    else if (typeof value === 'number') line += value;
    else if (typeof value === 'boolean') line += value ? 't' : 'f';
    else if (value instanceof Date) line += value.toISOString();
    else {
      // JSON has no raw control characters: only its backslashes need another one.
      const text = JSON.stringify(value.json);
      line += text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
    }
  }
  return `${line}\n`;
}

/** Loads lines into a table by COPY; the statement is part of the client's transaction. */
export async function copyInto(
  client: pg.PoolClient,
  table: string,
  columns: string,
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) return;
  const stream = client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
  const done = once(stream, 'finish');
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < 65_536) continue;
    if (!stream.write(chunk)) await once(stream, 'drain');
    chunk = '';
  }
  stream.end(chunk);
  await done;
}
