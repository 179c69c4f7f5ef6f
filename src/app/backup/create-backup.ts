import fs from 'node:fs';
import path from 'node:path';
import { toIso } from '../../core/time/index.ts';
import { copyFiles, type Earlier } from './copy-files.ts';
import { dumpDatabase } from './dump-database.ts';
import {
  FILE_LIST,
  type FileLine,
  type Manifest,
  type Part,
  readManifest,
  sha256,
  type TablePart,
  writeManifest,
} from './manifest.ts';

export type BackupSource = {
  readonly databaseUrl: string;
  /** The installation's data folder; contents are in `files` below it. */
  readonly dataDir: string;
  /** Small files kept with the backup: `motcua.env`, `secret`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly version: string;
};

export type BackupProgress = { onTable?(table: TablePart): void };

export type BackupReport = {
  readonly path: string;
  readonly manifest: Manifest;
  readonly linkedFiles: number;
  readonly seconds: number;
};

/** `motcua-20261122-020000.123` → a folder name that sorts by time (UTC, milliseconds). */
export function backupName(at: Date): string {
  return `motcua-${at.toISOString().replaceAll('-', '').replaceAll(':', '').replace('T', '-').replace('Z', '')}`;
}

/**
 * Makes one backup as a new folder below `parent`, readable by its owner only. While it is being written it ends in
 * `.part`: what has its proper name is complete.
 */
export async function createBackup(
  source: BackupSource,
  parent: string,
  progress: BackupProgress = {},
): Promise<BackupReport> {
  const begun = performance.now();
  fs.mkdirSync(parent, { recursive: true, mode: 0o700 });
  const final = path.join(parent, backupName(new Date()));
  const folder = `${final}.part`;
  fs.mkdirSync(folder, { mode: 0o700 });
  try {
    const earlier = readEarlier(parent);
    const { wantedFiles, snapshotAt, ...dumped } = await dumpDatabase(
      source.databaseUrl,
      folder,
      progress.onTable ?? (() => {}),
    );
    const { linked, ...files } = await copyFiles(path.join(source.dataDir, 'files'), folder, wantedFiles, earlier);
    fs.rmSync(wantedFiles);
    const settings = Object.entries(source.settings).map(([name, text]) => writeSetting(folder, name, text));
    const manifest: Manifest = {
      product: 'motcua',
      format: 1,
      version: source.version,
      createdAt: toIso(snapshotAt),
      ...dumped,
      files,
      settings,
    };
    writeManifest(folder, manifest);
    fs.renameSync(folder, final);
    syncFolder(parent);
    return { path: final, manifest, linkedFiles: linked, seconds: Math.round(performance.now() - begun) / 1000 };
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function writeSetting(folder: string, name: string, text: string): Part {
  const place = `settings/${name}`;
  fs.mkdirSync(path.join(folder, 'settings'), { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(folder, place), text, { mode: 0o600, flag: 'wx', flush: true });
  return { path: place, bytes: Buffer.byteLength(text), sha256: sha256(text) };
}

/** The newest complete backup beside the new one. */
function readEarlier(parent: string): Earlier {
  const newest = listBackups(parent).at(-1);
  if (newest === undefined) return new Map();
  const found = readManifest(newest);
  const list = path.join(newest, FILE_LIST);
  if (!found.ok || !fs.existsSync(list)) return new Map();
  const text = fs.readFileSync(list, 'utf8');
  if (sha256(text) !== found.manifest.files.list.sha256) return new Map();
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as FileLine);
  const damaged = new Set(found.manifest.files.damaged);
  return new Map(
    lines.filter((line) => !damaged.has(line.digest)).map((line) => [line.path, { folder: newest, line }]),
  );
}

/** Complete backups directly below a folder, oldest first. */
export function listBackups(parent: string): readonly string[] {
  if (!fs.existsSync(parent)) return [];
  return fs
    .readdirSync(parent)
    .filter((name) => /^motcua-\d{8}-\d{6}(\.\d+)?$/.test(name))
    .sort()
    .map((name) => path.join(parent, name));
}

/** Removes the oldest complete backups so that `keep` stay. @returns what was removed. */
export function removeOldBackups(parent: string, keep: number): readonly string[] {
  const old = listBackups(parent).slice(0, -keep);
  for (const folder of old) fs.rmSync(folder, { recursive: true, force: true });
  return old;
}

/** A rename is durable only when its folder is. */
function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
