import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { FILE_LIST, type FileLine, type Manifest, type Part, readManifest } from './manifest.ts';
import { foreignNames, isContentLine, isPlainFile } from './safe-parts.ts';
import { measure } from './write-part.ts';

export type BackupProblem = {
  readonly path: string;
  readonly problem: 'not-a-backup' | 'manifest-damaged' | 'newer-format' | 'missing' | 'changed' | 'foreign';
};

export type CheckedBackup =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly problems: readonly BackupProblem[] };

/** Reads the whole backup and compares every byte with the manifest, before anything is written anywhere. */
export async function checkBackup(folder: string): Promise<CheckedBackup> {
  const read = readManifest(folder);
  if (!read.ok) return { ok: false, problems: [{ path: folder, problem: read.problem }] };
  const foreign = foreignNames(read.manifest);
  if (foreign.length > 0) return { ok: false, problems: foreign.map((name) => ({ path: name, problem: 'foreign' })) };
  const { tables, settings, files } = read.manifest;
  const problems: BackupProblem[] = [];
  const check = async (part: Part): Promise<void> => {
    const problem = await judge(folder, part);
    if (problem) problems.push({ path: part.path, problem });
  };
  for (const part of [...tables, ...settings, files.list]) await check(part);
  // A damaged list would only name wrong files: its own problem is enough.
  if (problems.every(({ path: name }) => name !== FILE_LIST))
    for await (const line of readFileList(folder)) {
      if (isContentLine(line)) await check(line);
      else problems.push({ path: line.path, problem: 'foreign' });
    }
  return problems.length === 0 ? { ok: true, manifest: read.manifest } : { ok: false, problems };
}

/** The stored contents of a backup, in the order they were written. */
export async function* readFileList(folder: string): AsyncGenerator<FileLine> {
  const input = fs.createReadStream(path.join(folder, FILE_LIST));
  for await (const line of readline.createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
    if (line !== '') yield JSON.parse(line) as FileLine;
}

async function judge(folder: string, part: Part): Promise<BackupProblem['problem'] | undefined> {
  const file = path.join(folder, part.path);
  if (!fs.lstatSync(file, { throwIfNoEntry: false })) return 'missing';
  if (!isPlainFile(folder, part)) return 'foreign';
  const found = await measure(file);
  return found.bytes === part.bytes && found.sha256 === part.sha256 ? undefined : 'changed';
}
