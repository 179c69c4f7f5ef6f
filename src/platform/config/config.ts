import path from 'node:path';
import { words } from '../messages/words.ts';

/** Settings of one process, all from the environment; `motcua init` writes them to `<dataDir>/motcua.env`. */
export type Config = {
  readonly era: '2023' | '2026';
  /** Demo installation: banner, training mode, demo accounts; never set by `motcua init`. */
  readonly demo: boolean;
  readonly host: string;
  readonly port: number;
  /** Address people type, without trailing slash; cookies are `Secure` where it is https. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Undefined: the embedded PostgreSQL in `dataDir/pg18`. */
  readonly databaseUrl: string | undefined;
  /** Read-only pool for public pages; falls back to the main pool. */
  readonly databaseReadUrl: string | undefined;
  readonly poolSize: number;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly logLevel: string;
  /** Shift of the business clock against the real one, milliseconds (the 2023 demo lives on 31/8/2023). */
  readonly clockShiftMs: number;
  /** OIDC issuer of citizens; undefined with `demo` means the built-in simulator. */
  readonly oidcIssuer: string | undefined;
  readonly oidcClientId: string;
  readonly oidcClientSecret: string | undefined;
  readonly trustProxy: boolean;
  /** Key of files at rest as text (`readFilesKey` reads it); undefined: files are stored as they are. */
  readonly filesKey: string | undefined;
};

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads settings; an unknown or malformed value is an error that names the variable.
 * @throws Error with a Vietnamese sentence.
 */
export function readConfig(env: Env): Config {
  const era = env['MOTCUA_ERA'] ?? '2026';
  if (era !== '2023' && era !== '2026') throw new Error(words('server.start.era', { era }));
  const port = Number(env['MOTCUA_PORT'] ?? env['PORT'] ?? '8080');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(words('server.start.port'));
  const host = env['MOTCUA_HOST'] ?? '127.0.0.1';
  const demo = env['MOTCUA_DEMO'] === '1';
  const dataDir = path.resolve(env['MOTCUA_DATA_DIR'] ?? path.join('.data', era));
  return {
    era,
    demo,
    host,
    port,
    publicUrl: (env['MOTCUA_PUBLIC_URL'] ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`).replace(
      /\/$/,
      '',
    ),
    dataDir,
    databaseUrl: env['DATABASE_URL'] || undefined,
    databaseReadUrl: env['DATABASE_READ_URL'] || undefined,
    poolSize: Number(env['MOTCUA_POOL_SIZE'] ?? '12'),
    smtpUrl: env['MOTCUA_SMTP_URL'] || undefined,
    mailFrom: env['MOTCUA_MAIL_FROM'] ?? words('server.start.mail-from'),
    logLevel: env['MOTCUA_LOG_LEVEL'] ?? 'info',
    clockShiftMs: Number(env['MOTCUA_CLOCK_SHIFT_MS'] ?? '0'),
    oidcIssuer: env['MOTCUA_OIDC_ISSUER'] || undefined,
    oidcClientId: env['MOTCUA_OIDC_CLIENT_ID'] ?? 'motcua',
    oidcClientSecret: env['MOTCUA_OIDC_CLIENT_SECRET'] || undefined,
    trustProxy: env['MOTCUA_TRUST_PROXY'] === '1',
    filesKey: env['MOTCUA_FILES_KEY'] || undefined,
  };
}

/** The business clock: the only source of "now" a service is given. */
export type Clock = { now(): Date };

/** A clock running `shiftMs` beside the real one (0: the real one). */
export function createClock(shiftMs: number): Clock {
  return { now: () => new Date(Date.now() + shiftMs) };
}

/** A clock for tests that stands still until it is set. */
export function createFixedClock(start: Date): Clock & { set(at: Date): void } {
  let current = start;
  return {
    now: () => current,
    set: (at) => {
      current = at;
    },
  };
}
