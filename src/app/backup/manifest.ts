import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Anchor } from '../../modules/foundation/audit/index.ts';

export const MANIFEST = 'manifest.json';
export const MANIFEST_DIGEST = 'manifest.json.sha256';
export const FILE_LIST = 'files.ndjson';

/** A file of the backup folder; `path` is relative to it, with `/`. */
export type Part = { readonly path: string; readonly bytes: number; readonly sha256: string };

/** One table as `COPY` text, gzip. `columns` as the COPY names them (quoted where needed). */
export type TablePart = Part & {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
};

export type Sequence = { readonly schema: string; readonly name: string; readonly last: number };

/** One stored content: a line of `files.ndjson`. Hash of the bytes on disk, which may be encrypted. */
export type FileLine = Part & { readonly digest: string };

export type Manifest = {
  readonly product: 'motcua';
  readonly format: 1;
  readonly version: string;
  /** ISO instant of the database snapshot. */
  readonly createdAt: string;
  readonly installation: {
    readonly id: string;
    readonly name: string;
    readonly demo: boolean;
    readonly era: string;
  } | null;
  readonly postgres: string;
  /** Migrations applied, in order: a restore applies exactly these before it loads, and later ones after. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  readonly tables: readonly TablePart[];
  readonly sequences: readonly Sequence[];
  /** Heads of the audit chains in the snapshot: the anchors of the verification after a restore. */
  readonly auditHeads: readonly Anchor[];
  readonly files: {
    readonly count: number;
    readonly bytes: number;
    readonly list: Part;
    /** Contents the database needs and the store does not have. */
    readonly missing: readonly string[];
    /** Contents whose bytes are not what their name says. */
    readonly damaged: readonly string[];
  };
  readonly settings: readonly Part[];
};

export function sha256(data: string | Buffer): string {
  return crypto.createHash('sha256').update(data).digest('hex');
}

/** Writes the manifest and its digest; the last thing a backup does. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  fs.writeFileSync(path.join(folder, MANIFEST), text, { mode: 0o600, flush: true });
  const line = `${sha256(text)}  ${MANIFEST}\n`;
  fs.writeFileSync(path.join(folder, MANIFEST_DIGEST), line, { mode: 0o600, flush: true });
}

export type ReadManifest =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly problem: 'not-a-backup' | 'manifest-damaged' | 'newer-format' };

/** Reads a backup's manifest and holds it against its digest. */
export function readManifest(folder: string): ReadManifest {
  let text: string;
  try {
    // A link, or a device that never ends, is no manifest.
    for (const name of [MANIFEST, MANIFEST_DIGEST])
      if (!fs.lstatSync(path.join(folder, name)).isFile()) return { ok: false, problem: 'not-a-backup' };
    text = fs.readFileSync(path.join(folder, MANIFEST), 'utf8');
  } catch {
    return { ok: false, problem: 'not-a-backup' };
  }
  try {
    const [digest] = fs.readFileSync(path.join(folder, MANIFEST_DIGEST), 'utf8').split(' ');
    if (digest !== sha256(text)) return { ok: false, problem: 'manifest-damaged' };
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.product !== 'motcua') return { ok: false, problem: 'not-a-backup' };
    if (manifest.format !== 1) return { ok: false, problem: 'newer-format' };
    return isWhole(manifest) ? { ok: true, manifest } : { ok: false, problem: 'manifest-damaged' };
  } catch {
    return { ok: false, problem: 'manifest-damaged' };
  }
}

/** Whether the lists that are walked later are there, with the texts that become paths and SQL. */
function isWhole(manifest: Manifest): boolean {
  const texts = (rows: unknown, ...names: string[]): boolean =>
    Array.isArray(rows) && rows.every((row) => names.every((name) => typeof row?.[name] === 'string'));
  return (
    texts(manifest.migrations, 'name', 'checksum') &&
    texts(manifest.tables, 'path', 'sha256', 'schema', 'name') &&
    manifest.tables.every(
      ({ columns }) => Array.isArray(columns) && columns.every((column) => typeof column === 'string'),
    ) &&
    texts(manifest.sequences, 'schema', 'name') &&
    texts(manifest.settings, 'path', 'sha256') &&
    texts([manifest.files?.list], 'path', 'sha256')
  );
}
