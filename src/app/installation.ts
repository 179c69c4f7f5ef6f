import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { uuidv7 } from '../core/ids/uuid.ts';
import type { Day } from '../core/time/index.ts';
import { successorsOn, type UnitDirectory } from '../modules/foundation/organisation/index.ts';
import type { Config } from '../platform/config/config.ts';
import type { Db } from '../platform/db/open.ts';
import { words } from '../platform/messages/words.ts';

export type Installation = {
  readonly id: string;
  readonly name: string;
  readonly demo: boolean;
  readonly era: string;
  readonly createdAt: Date;
  readonly settings: Record<string, unknown>;
};

type Row = {
  id: string;
  name: string;
  demo: boolean;
  era: string;
  created_at: Date;
  settings: Record<string, unknown>;
};

/** The installation this database belongs to; undefined before `init` or the first demo start. */
export async function findInstallation(db: Db): Promise<Installation | undefined> {
  const { rows } =
    await sql<Row>`select id, name, demo, era, created_at, settings from platform.installation limit 1`.execute(db);
  const row = rows[0];
  return (
    row && {
      id: row.id,
      name: row.name,
      demo: row.demo,
      era: row.era,
      createdAt: row.created_at,
      settings: row.settings,
    }
  );
}

/**
 * Administrative units an installation is for on a day: those it was made for, or the units that took over from them.
 * @example made for xã Hiệp Thuận, asked for 2026-01-01 → xã Hiệp Đức
 */
export function homeUnitsOn(
  units: UnitDirectory,
  installation: Pick<Installation, 'settings'> | undefined,
  day: Day,
): readonly string[] {
  const made = installation?.settings['homeUnitIds'];
  const ids = Array.isArray(made) ? made.filter((id): id is string => typeof id === 'string') : [];
  const living = ids.flatMap((id) =>
    // An office may have been named as home; of what it went into only authorities count.
    units.unitOn(id, day)
      ? [id]
      : successorsOn(units, id, day).flatMap((u) => (u.type === 'administrative' ? u.unitId : [])),
  );
  return [...new Set(living)];
}

export async function createInstallation(
  db: Db,
  given: { name: string; demo: boolean; era: string; settings?: Record<string, unknown> },
  at: Date,
): Promise<Installation> {
  const installation: Installation = { id: uuidv7(at), createdAt: at, settings: {}, ...given };
  await sql`insert into platform.installation (id, name, demo, era, created_at, settings)
    values (${installation.id}, ${installation.name}, ${installation.demo}, ${installation.era}, ${at}, ${JSON.stringify(installation.settings)}::jsonb)`.execute(
    db,
  );
  return installation;
}

/**
 * Key of digests and sealed secrets: from MOTCUA_SECRET, else made once and kept in `<dataDir>/secret` (mode 600). Part
 * of the backup: without it nobody finds a dossier by ID number and authenticators must be enrolled anew.
 */
export function installationSecret(
  config: Config,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const given = env['MOTCUA_SECRET'];
  if (given) {
    if (given.length < 32) throw new Error(words('server.start.secret-short'));
    return given;
  }
  const file = path.join(config.dataDir, 'secret');
  fs.mkdirSync(config.dataDir, { recursive: true });
  try {
    fs.writeFileSync(file, crypto.randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return fs.readFileSync(file, 'utf8').trim();
}
