import crypto from 'node:crypto';
import path from 'node:path';
import { type Day, dayOf } from '../../core/time/index.ts';
import { authorityName, type UnitVersion } from '../../modules/foundation/organisation/index.ts';
import { loadRegimes, type RegimeAspect, resolveRegime } from '../../modules/foundation/reference/index.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { words } from '../../platform/messages/words.ts';
import { loadContent } from '../content.ts';
import { createInstallation, findInstallation, installationSecret } from '../installation.ts';
import type { System } from '../system.ts';
import { DataError, type Io } from './command.ts';
import { envFileText, writePrivate } from './env-file.ts';
import type { InitSettings } from './init-settings.ts';
import { readJson } from './read-input.ts';
import { ENV_FILE } from './settings.ts';

const INIT = { kind: 'system', name: 'init', assurance: 'system' } as const;
/** Finds the first administrator again where an `init` was cut short. */
const ADMINISTRATOR_KEY = 'init.administrator';

/** Told at the end, so that the administrator sees under which law this installation begins. */
const ASPECTS: readonly RegimeAspect[] = [
  'forms',
  'dossier-code',
  'channels',
  'sign-in',
  'supplement',
  'classification',
];

export type Initialised = {
  readonly installationId: string;
  readonly name: string;
  readonly unit: { readonly id: string; readonly name: string };
  readonly day: Day;
  readonly regimes: Readonly<Record<string, string>>;
  readonly login: string;
  /** Only where no password was given: must be used within 72 hours. */
  readonly oneTimePassword: string | undefined;
  readonly settingsFile: string;
};

/** Settings by name, as `motcua.env` keeps them. Makes the key of files at rest where one is asked for. */
export function environmentOf(settings: InitSettings, dataDir: string): Record<string, string | undefined> {
  const { listen, smtp, database, oidc, storage } = settings;
  const publicUrl = settings.publicUrl.replace(/\/$/, '');
  const encrypt = storage?.encryptFiles;
  return {
    MOTCUA_ERA: '2026',
    MOTCUA_DATA_DIR: dataDir,
    MOTCUA_PUBLIC_URL: publicUrl,
    MOTCUA_HOST: listen?.host ?? '127.0.0.1',
    MOTCUA_PORT: String(listen?.port ?? 8080),
    // Behind a proxy on this machine the client's address is in its header; nobody else can reach the port.
    MOTCUA_TRUST_PROXY: publicUrl.startsWith('https:') ? '1' : undefined,
    DATABASE_URL: database?.url,
    DATABASE_READ_URL: database?.readUrl,
    MOTCUA_SMTP_URL: smtp?.url,
    MOTCUA_MAIL_FROM: smtp?.from,
    MOTCUA_FILES_KEY:
      typeof encrypt === 'string' ? encrypt : encrypt ? crypto.randomBytes(32).toString('hex') : undefined,
    MOTCUA_OIDC_ISSUER: oidc?.issuer,
    MOTCUA_OIDC_CLIENT_ID: oidc?.clientId,
    MOTCUA_OIDC_CLIENT_SECRET: oidc?.clientSecret,
  };
}

/**
 * Makes a real installation: content, units, the first administrator, settings. No demo rows. What was cut short can
 * be run again; the installation's row, which makes it one, comes last.
 * @throws DataError | AppError where the settings do not fit; nothing but public content was written then.
 */
export async function initialise(
  system: System,
  settings: InitSettings,
  env: Record<string, string | undefined>,
  io: Io,
): Promise<Initialised> {
  const { organisation, config, clock, db } = system;
  const found = await findInstallation(db);
  if (found) {
    const kind = found.demo ? words('cli.init.kind-demo') : words('cli.init.kind-real');
    throw new DataError('init/exists', words('cli.init.exists', { kind, name: found.name }));
  }
  const day = dayOf(clock.now());
  io.note(words('cli.init.loading'));
  await loadContent(system);
  for (const { file, validFrom, validTo } of settings.units ?? []) {
    const report = await organisation.importUnits(INIT, await readJson(io, file), { validFrom, validTo });
    io.note(
      words('cli.init.units-read', {
        file,
        read: report.read,
        created: report.created,
        skipped: report.skipped,
        errors: report.errors.length,
      }),
    );
  }
  const unit = await findUnit(system, String(settings.unit), day);
  await makeOffices(system, unit, settings.offices, day, io);
  const { login, oneTimePassword } = await makeAdministrator(system, settings, unit, day);
  installationSecret(config);
  const settingsFile = path.join(config.dataDir, ENV_FILE);
  writePrivate(settingsFile, envFileText(env, words('cli.init.env-heading', { day })));
  const name = settings.name ?? authorityName(unit.name);
  const installation = await createInstallation(
    db,
    { name, demo: false, era: config.era, settings: { homeUnitIds: [unit.unitId] } },
    clock.now(),
  );
  return {
    installationId: installation.id,
    name,
    unit: { id: unit.unitId, name: unit.name },
    day,
    regimes: regimesOn(day),
    login,
    oneTimePassword,
    settingsFile,
  };
}

async function findUnit({ organisation }: System, code: string, day: Day): Promise<UnitVersion> {
  const unit = (await organisation.directory()).byCode('gso', code, day);
  if (unit) return unit;
  throw new DataError('init/unit-missing', words('cli.init.unit-missing', { code, day }));
}

async function makeOffices(
  system: System,
  unit: UnitVersion,
  asked: string | undefined,
  day: Day,
  io: Io,
): Promise<void> {
  const { organisation } = system;
  const units = await organisation.directory();
  if (units.officeOn(unit.unitId, 'mot-cua', day)) return;
  const fitting = organisation.listOfficeTemplates().filter(({ levels }) => levels.includes(unit.level));
  // Templates are named by the year they begin: the newest that has begun.
  const template =
    asked ??
    fitting
      .map(({ id }) => id)
      .filter((id) => Number(id.slice(-4)) <= Number(day.slice(0, 4)))
      .sort((a, b) => b.slice(-4).localeCompare(a.slice(-4)))[0];
  const choices = fitting.map(({ id }) => id).join(', ') || words('cli.init.no-template');
  if (template === undefined || !fitting.some(({ id }) => id === template))
    throw new DataError(
      'init/offices',
      words('cli.init.offices-missing', { template: template ?? '', unit: unit.name, choices }),
    );
  const made = await organisation.createOffices(INIT, unit.unitId, template, day);
  io.note(words('cli.init.offices-made', { count: made.length, template }));
}

async function makeAdministrator(system: System, { administrator }: InitSettings, unit: UnitVersion, day: Day) {
  const { organisation, identity } = system;
  const { fullName, login, email, phone, title = words('cli.init.administrator-title'), password } = administrator;
  const known = await organisation.findStaffByKey(ADMINISTRATOR_KEY);
  const position = { unitId: unit.unitId, title, main: true, validFrom: day };
  const staffId =
    known ??
    (await organisation.createStaff(INIT, { fullName, email, phone, position, contentKey: ADMINISTRATOR_KEY }));
  await unlessThere(() =>
    organisation.grantRole(INIT, staffId, {
      roleCode: 'administrator',
      unitId: unit.unitId,
      validFrom: day,
      reason: 'motcua init',
    }),
  );
  if (password !== undefined) {
    await unlessThere(() => identity.createAccountWithPassword(INIT, { login, staffId, password }));
    return { login, oneTimePassword: undefined };
  }
  const made = await unlessThere(() => identity.createAccount(INIT, { login, staffId }));
  if (made) return { login, oneTimePassword: made.oneTimePassword };
  const { rows } = await identity.listAccounts(INIT, { search: login });
  const account = rows.find((row) => row.login === login);
  if (!account) throw new AppError('account/duplicate');
  return { login, ...(await identity.resetPassword(INIT, account.id)) };
}

/** Does something once: an `init` cut short has done it before. */
async function unlessThere<T>(make: () => Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof AppError && (error.code === 'row/duplicate' || error.code === 'account/duplicate'))
      return undefined;
    throw error;
  }
}

function regimesOn(day: Day): Record<string, string> {
  const table = loadRegimes();
  return Object.fromEntries(
    ASPECTS.flatMap((aspect) => {
      const resolved = resolveRegime(table, aspect, day);
      return resolved.ok ? [[aspect, resolved.entry.id]] : [];
    }),
  );
}
