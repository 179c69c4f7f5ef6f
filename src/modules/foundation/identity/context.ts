import { type Clock, createClock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { argon2Hasher } from './password-hasher.ts';
import type { LoadGrants, PasswordHasher } from './ports.ts';
import { DEFAULT_LOCKOUT, type LockoutSettings } from './rules/lockout.ts';
import { DEFAULT_SESSION_SETTINGS, type SessionSettings } from './rules/session-life.ts';
import { createSealer, type Sealer } from './sealing.ts';
import { createSessionCache, type SessionCache } from './session-cache.ts';

/** What the identity service is made of. Optional members have the settings of a real installation as default. */
export type IdentityDeps = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly loadGrants: LoadGrants;
  /** Demo accounts work: only where the process listens on a loopback address (contracts §3). */
  readonly demoAllowed: boolean;
  /** At least 32 random characters, the same in every process; losing it means enrolling every authenticator anew. */
  readonly secretKey: string;
  /**
   * Permissions that only a sign-in with two factors gives (`secondFactor` of `content/roles.yaml`); default none.
   * Whoever holds one of them and has no authenticator yet can do nothing but enrol one. Demo accounts are free of it.
   */
  readonly twoFactorPermissions?: ReadonlySet<string>;
  /** Name shown by the authenticator app. */
  readonly issuerName?: string;
  readonly lockout?: LockoutSettings;
  readonly sessions?: SessionSettings;
  /** Real time for one-time codes; a demo's business clock lives on another day than the telephone. */
  readonly realClock?: Clock;
  readonly hasher?: PasswordHasher;
  /** How long another process may still believe an ended session, at most; default 3,000. */
  readonly cacheTtlMs?: number;
  /** Milliseconds that never go back, for the cache's age. */
  readonly monotonicMs?: () => number;
};

/** The same with every default filled in; what the parts of the service take. */
export type IdentityContext = Required<Omit<IdentityDeps, 'secretKey' | 'cacheTtlMs' | 'monotonicMs'>> & {
  readonly sealer: Sealer;
  readonly cache: SessionCache;
};

export function createContext(deps: IdentityDeps): IdentityContext {
  return {
    db: deps.db,
    clock: deps.clock,
    loadGrants: deps.loadGrants,
    demoAllowed: deps.demoAllowed,
    twoFactorPermissions: deps.twoFactorPermissions ?? new Set(),
    issuerName: deps.issuerName ?? 'Một Cửa',
    lockout: deps.lockout ?? DEFAULT_LOCKOUT,
    sessions: deps.sessions ?? DEFAULT_SESSION_SETTINGS,
    realClock: deps.realClock ?? createClock(0),
    hasher: deps.hasher ?? argon2Hasher,
    sealer: createSealer(deps.secretKey),
    cache: createSessionCache(deps.cacheTtlMs ?? 3000, deps.monotonicMs ?? (() => performance.now())),
  };
}
