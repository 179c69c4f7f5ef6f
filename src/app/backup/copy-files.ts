import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { FILE_LIST, type FileLine, type Manifest } from './manifest.ts';
import { copyPart, measure } from './write-part.ts';

/** Contents of earlier backups by their path: unchanged by nature, so they are linked instead of copied. */
export type Earlier = ReadonlyMap<string, { readonly folder: string; readonly line: FileLine }>;

/**
 * Copies the contents the snapshot knows, after the snapshot: a content is in the store before the row that names it
 * can be seen, and is never changed, so the two belong together without stopping anybody.
 */
export async function copyFiles(
  from: string,
  folder: string,
  wanted: string,
  earlier: Earlier,
): Promise<Manifest['files'] & { readonly linked: number }> {
  const list = fs.createWriteStream(path.join(folder, FILE_LIST), { flags: 'wx', mode: 0o600, flush: true });
  const missing: string[] = [];
  const damaged: string[] = [];
  let [count, bytes, linked] = [0, 0, 0];
  const lines = readline.createInterface({ input: fs.createReadStream(wanted), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const text of lines) {
    const [digest = '', live] = text.split('\t');
    const copied = await copyOne(from, folder, digest, earlier);
    if (!copied) {
      // Without a live reference it may have been swept meanwhile; nobody needs it.
      if (live === 't') missing.push(digest);
      continue;
    }
    if (!copied.line.path.endsWith('.enc') && copied.line.sha256 !== digest) damaged.push(digest);
    if (copied.linked) linked++;
    count++;
    bytes += copied.line.bytes;
    if (!list.write(`${JSON.stringify(copied.line)}\n`))
      await new Promise<void>((resolve) => list.once('drain', () => resolve()));
  }
  await new Promise<void>((resolve, reject) => list.on('error', reject).end(() => resolve()));
  const measured = { path: FILE_LIST, ...(await measure(path.join(folder, FILE_LIST))) };
  return { count, bytes, list: measured, missing, damaged, linked };
}

async function copyOne(
  from: string,
  folder: string,
  digest: string,
  earlier: Earlier,
): Promise<{ line: FileLine; linked: boolean } | undefined> {
  for (const suffix of ['', '.enc']) {
    const place = `${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}${suffix}`;
    const source = path.join(from, place);
    const stat = fs.statSync(source, { throwIfNoEntry: false });
    if (!stat) continue;
    const name = `files/${place}`;
    const before = earlier.get(name);
    if (before && before.line.bytes === stat.size && link(path.join(before.folder, name), path.join(folder, name)))
      return { line: before.line, linked: true };
    return { line: { ...(await copyPart(folder, name, source)), digest }, linked: false };
  }
  return undefined;
}

function link(source: string, target: string): boolean {
  try {
    fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    fs.linkSync(source, target);
    return true;
  } catch {
    return false;
  }
}
