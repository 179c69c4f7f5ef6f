import fs from 'node:fs';

export type NdjsonLine =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly problem: 'too-long' | 'encoding' };

/** Longest line taken, in bytes: a record of an older system is a few hundred. */
const MOST_BYTES = 65_536;

/**
 * Lines of a file one by one, whatever its size, numbered from 1. Blank lines and a byte order mark are passed over.
 * Bytes that are no UTF-8 and lines without an end in sight are told, not thrown.
 */
export async function* readLines(file: string): AsyncGenerator<NdjsonLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest: Buffer = Buffer.alloc(0);
  let dropping = false;
  let number = 0;
  const give = (bytes: Buffer): NdjsonLine | undefined => {
    number++;
    if (dropping || bytes.length > MOST_BYTES) {
      dropping = false;
      return { line: number, problem: 'too-long' };
    }
    try {
      const text = decoder.decode(bytes).trim();
      return text === '' ? undefined : { line: number, text };
    } catch {
      return { line: number, problem: 'encoding' };
    }
  };
  for await (const chunk of fs.createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const part = chunk.subarray(from, end);
      const line = give(rest.length > 0 ? Buffer.concat([rest, part]) : part);
      rest = Buffer.alloc(0);
      from = end + 1;
      if (line) yield line;
    }
    const left = chunk.subarray(from);
    if (dropping || rest.length + left.length > MOST_BYTES) {
      dropping = true;
      rest = Buffer.alloc(0);
    } else rest = Buffer.concat([rest, left]);
  }
  if (rest.length > 0 || dropping) {
    const line = give(rest);
    if (line) yield line;
  }
}
