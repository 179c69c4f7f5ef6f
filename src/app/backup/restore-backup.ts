import fs from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { type AuditVerdict, verifyAudit } from '../../modules/foundation/audit/index.ts';
import { startEmbedded } from '../../platform/db/embedded.ts';
import { openDb } from '../../platform/db/open.ts';
import { words } from '../../platform/messages/words.ts';
import { envFileText, writePrivate } from '../commands/env-file.ts';
import { type BackupProblem, checkBackup, readFileList } from './check-backup.ts';
import { checkMigrations, type LoadProblem, loadDatabase } from './load-database.ts';
import type { Manifest, TablePart } from './manifest.ts';

export type RestoreTarget = {
  /** Data folder of the restored installation; must not exist or be empty. */
  readonly dataDir: string;
  /** Undefined: an embedded server in `dataDir/pg18`. Else an empty database. */
  readonly databaseUrl: string | undefined;
};

export type Restored =
  | {
      readonly ok: true;
      readonly manifest: Manifest;
      readonly rows: number;
      readonly files: number;
      readonly migratedFurther: readonly string[];
      readonly audit: AuditVerdict;
    }
  | { readonly ok: false; readonly code: 'restore/target-not-empty' }
  | { readonly ok: false; readonly code: 'restore/damaged'; readonly problems: readonly BackupProblem[] }
  | LoadProblem;

/**
 * Checks the whole backup, loads it into an empty place, and verifies the audit trail against the heads noted in the
 * backup. What fails leaves the target as empty as it was. A broken trail is restored all the same and told.
 */
export async function restoreBackup(
  folder: string,
  target: RestoreTarget,
  onTable: (table: TablePart) => void = () => {},
): Promise<Restored> {
  const existed = fs.existsSync(target.dataDir);
  if (existed && fs.readdirSync(target.dataDir).length > 0) return { ok: false, code: 'restore/target-not-empty' };
  const checked = await checkBackup(folder);
  if (!checked.ok) return { ok: false, code: 'restore/damaged', problems: checked.problems };
  const { manifest } = checked;
  const unfit = checkMigrations(manifest);
  if (unfit) return unfit;
  fs.mkdirSync(target.dataDir, { recursive: true });
  const empty = (): void => {
    for (const name of fs.readdirSync(target.dataDir))
      fs.rmSync(path.join(target.dataDir, name), { recursive: true, force: true });
    if (!existed) fs.rmdirSync(target.dataDir);
  };
  try {
    const files = await restoreFiles(folder, target.dataDir);
    restoreSettings(folder, manifest, target);
    const done = await restoreDatabase(folder, manifest, target, onTable);
    if (!done.ok) {
      empty();
      return done;
    }
    return { ...done, manifest, files };
  } catch (error) {
    empty();
    throw error;
  }
}

async function restoreDatabase(
  folder: string,
  manifest: Manifest,
  target: RestoreTarget,
  onTable: (table: TablePart) => void,
) {
  const server = target.databaseUrl === undefined ? await startEmbedded(path.join(target.dataDir, 'pg18')) : undefined;
  const url = target.databaseUrl ?? server?.url ?? '';
  try {
    const loaded = await loadDatabase(url, folder, manifest, onTable);
    if (!loaded.ok) return loaded;
    const db = openDb(url, 2);
    try {
      return { ...loaded, audit: await verifyAudit(db, manifest.auditHeads) };
    } finally {
      await db.destroy();
    }
  } finally {
    await server?.stop();
  }
}

async function restoreFiles(folder: string, dataDir: string): Promise<number> {
  let count = 0;
  for await (const line of readFileList(folder)) {
    const place = path.join(dataDir, line.path);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    await fs.promises.copyFile(path.join(folder, line.path), place, fs.constants.COPYFILE_EXCL);
    await fs.promises.chmod(place, 0o600);
    count++;
  }
  return count;
}

/**
 * Puts the settings back with two changes: the new places of data and database, and mail switched off. Letters that
 * waited when the backup was made have mostly been sent since; sending them again is for a person to decide.
 */
function restoreSettings(folder: string, manifest: Manifest, target: RestoreTarget): void {
  for (const { path: place } of manifest.settings) {
    const name = path.basename(place);
    const text = fs.readFileSync(path.join(folder, place), 'utf8');
    writePrivate(path.join(target.dataDir, name), name === 'motcua.env' ? movedSettings(text, target) : text);
  }
}

/** Settings of the restored installation, from those of the saved one. */
export function movedSettings(text: string, { dataDir, databaseUrl }: RestoreTarget): string {
  const { DATABASE_URL: _old, DATABASE_READ_URL: _read, MOTCUA_SMTP_URL: smtp, ...kept } = parseEnv(text);
  return envFileText(
    { ...kept, MOTCUA_DATA_DIR: dataDir, DATABASE_URL: databaseUrl, '# MOTCUA_SMTP_URL': smtp },
    words('server.start.restored-env'),
  );
}
