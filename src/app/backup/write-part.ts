import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Part } from './manifest.ts';

const LINE_FEED = 10;

/** Hashes and counts the bytes that flow through. */
function createMeter() {
  const hash = crypto.createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

/**
 * Writes COPY text as gzip, durable when it returns.
 * @returns the part and the number of rows: COPY escapes line breaks inside values, so a line is a row.
 */
export async function writeRows(folder: string, name: string, source: Readable): Promise<Part & { rows: number }> {
  let rows = 0;
  const lines = new Transform({
    transform(chunk: Buffer, _, done) {
      for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) rows++;
      done(null, chunk);
    },
  });
  const meter = createMeter();
  await pipeline(source, lines, createGzip({ level: 3 }), meter.stream, createOutput(folder, name));
  return { path: name, ...meter.result(), rows };
}

/** Copies a file into the backup, hashed on the way, durable when it returns. */
export async function copyPart(folder: string, name: string, source: string): Promise<Part> {
  const meter = createMeter();
  await pipeline(fs.createReadStream(source), meter.stream, createOutput(folder, name));
  return { path: name, ...meter.result() };
}

/** Hash and size of a file as it stands. */
export async function measure(file: string): Promise<{ bytes: number; sha256: string }> {
  const meter = createMeter();
  meter.stream.resume();
  await pipeline(fs.createReadStream(file), meter.stream);
  return meter.result();
}

function createOutput(folder: string, name: string): fs.WriteStream {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  return fs.createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
}
