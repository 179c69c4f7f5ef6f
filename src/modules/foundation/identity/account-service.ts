import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type Db, isDuplicate } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { IdentityContext } from './context.ts';
import { requireGoodPassword } from './password-service.ts';
import type { StaffGrants } from './ports.ts';
import { isLogin, normaliseLogin } from './rules/login.ts';
import { endSessions } from './session-store.ts';
import * as store from './store.ts';
import { newOneTimePassword } from './tokens.ts';
import { NO_TOTP } from './totp-service.ts';

/** Needed for everything here; holds for the home units of the accounts. */
export const ACCOUNT_PERMISSION = 'account.manage';
/** Whoever holds this may only be touched by somebody who holds it for the same units: no way up by resetting a password. */
const HIGHEST_PERMISSION = 'system.administer';
/** Hours in which a one-time password must be used. */
const ONE_TIME_HOURS = 72;

export type AccountFilter = {
  readonly search?: string | undefined;
  readonly state?: 'all' | 'enabled' | 'disabled' | undefined;
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
};

export function createAccountService(ctx: IdentityContext) {
  const { db, clock } = ctx;

  /** @param takesOver whether the act gives the account into other hands or out of its owner's; ending sessions does not. */
  function requireRights(
    actor: Actor,
    unitId: string | null,
    grants: StaffGrants | undefined,
    takesOver: boolean,
  ): void {
    if (actor.kind === 'system') return;
    // A foreign account looks like a missing one.
    if (unitId === null || !holds(actor, ACCOUNT_PERMISSION, unitId)) throw new AppError('row/missing');
    for (const administered of grants?.unitsByPermission.get(HIGHEST_PERMISSION) ?? [])
      if (!holds(actor, HIGHEST_PERMISSION, administered)) throw new AppError('access/forbidden');
    // Nor sideways: with somebody's password come all the roles, also those at units of others.
    for (const units of grants?.unitsByPermission.values() ?? [])
      for (const unit of units)
        if (takesOver && !holds(actor, ACCOUNT_PERMISSION, unit)) throw new AppError('account/roles-elsewhere');
  }

  async function record(trx: Db, actor: Actor, action: string, accountId: string, payload?: unknown): Promise<void> {
    const object = { type: 'account', id: accountId };
    const base = { chainId: INSTALLATION_CHAIN, occurredAt: clock.now(), actor, action, object };
    await recordAudit(trx, [payload === undefined ? base : { ...base, payload }]);
  }

  /** Changes another's account in one transaction with its record; its sessions end. */
  async function change(
    actor: Actor,
    accountId: string,
    action: string,
    reason: 'administrator' | 'disabled' | 'password',
    columns: Parameters<typeof store.updateAccount>[2] | undefined,
    also: (trx: Db) => Promise<void> = async () => {},
  ): Promise<void> {
    await db.transaction().execute(async (trx) => {
      const account = await store.lockAccount(trx, accountId);
      if (account?.kind !== 'staff' || account.staff_id === null) throw new AppError('row/missing');
      const grants = await ctx.loadGrants(account.staff_id, clock.now());
      requireRights(actor, grants?.homeUnitId ?? account.unit_id, grants, columns !== undefined);
      if (columns) await store.updateAccount(trx, accountId, columns);
      await also(trx);
      await endSessions(trx, { accountId }, clock.now(), reason);
      await record(trx, actor, action, accountId);
    });
    ctx.cache.clear();
  }

  const oneTimeUntil = (): Date => new Date(clock.now().getTime() + ONE_TIME_HOURS * 3_600_000);

  async function insert(
    actor: Actor,
    input: { login: string; staffId: string },
    secret: { password: string; oneTime: boolean; demo: boolean },
  ): Promise<string> {
    const login = normaliseLogin(input.login);
    if (!isLogin(login)) throw new AppError('account/login-invalid');
    const now = clock.now();
    const grants = await ctx.loadGrants(input.staffId, now);
    if (!grants) throw new AppError('row/missing');
    requireRights(actor, grants.homeUnitId, grants, true);
    const id = uuidv7(now);
    const passwordHash = await ctx.hasher.hash(secret.password);
    try {
      await db.transaction().execute(async (trx) => {
        await store.insertStaffAccount(trx, {
          id,
          login,
          staffId: input.staffId,
          displayName: grants.displayName,
          unitId: grants.homeUnitId,
          passwordHash,
          mustChange: secret.oneTime,
          oneTimeUntil: secret.oneTime ? oneTimeUntil() : null,
          demo: secret.demo,
          createdAt: now,
        });
        await record(trx, actor, 'identity.create-account', id, { login, staffId: input.staffId, demo: secret.demo });
      });
    } catch (error) {
      if (isDuplicate(error)) throw new AppError('account/duplicate');
      throw error;
    }
    return id;
  }

  return {
    /** Makes an account for a member of staff and a one-time password (72 h), told this once. */
    async createAccount(
      actor: Actor,
      input: { readonly login: string; readonly staffId: string },
    ): Promise<{ accountId: string; oneTimePassword: string }> {
      const oneTimePassword = newOneTimePassword();
      const accountId = await insert(actor, input, { password: oneTimePassword, oneTime: true, demo: false });
      return { accountId, oneTimePassword };
    },

    /** For `motcua init`: the first administrator with a password of their own choice; the policy holds. */
    async createAccountWithPassword(
      actor: Actor & { kind: 'system' },
      input: { readonly login: string; readonly staffId: string; readonly password: string },
    ): Promise<string> {
      requireGoodPassword(input.password, normaliseLogin(input.login));
      return insert(actor, input, { password: input.password, oneTime: false, demo: false });
    },

    /** For the demo: a published password, so the account works only where `demoAllowed` is set. No policy. */
    async createDemoAccount(
      actor: Actor & { kind: 'system' },
      input: { readonly login: string; readonly staffId: string; readonly password: string },
    ): Promise<string> {
      return insert(actor, input, { password: input.password, oneTime: false, demo: true });
    },

    /** Gives a new one-time password (72 h), told this once; all sessions of the account end. */
    async resetPassword(actor: Actor, accountId: string): Promise<{ oneTimePassword: string }> {
      const oneTimePassword = newOneTimePassword();
      const hash = await ctx.hasher.hash(oneTimePassword);
      const columns = {
        password_hash: hash,
        password_changed_at: clock.now(),
        must_change: true,
        one_time_until: oneTimeUntil(),
      };
      await change(actor, accountId, 'identity.reset-password', 'password', columns);
      return { oneTimePassword };
    },

    /** Takes the second factor away (telephone lost); all sessions of the account end. */
    async resetTotp(actor: Actor, accountId: string): Promise<void> {
      await change(actor, accountId, 'identity.reset-totp', 'administrator', NO_TOTP, (trx) =>
        store.replaceRecoveryCodes(trx, accountId, []),
      );
    },

    /** Closes an account; its sessions end. Closing a closed one only changes the reason. */
    async disableAccount(actor: Actor, accountId: string, reason: string): Promise<void> {
      if (actor.kind === 'staff' && actor.accountId === accountId) throw new AppError('access/forbidden');
      const columns = { disabled_at: clock.now(), disabled_reason: reason };
      await change(actor, accountId, 'identity.disable-account', 'disabled', columns);
    },

    async enableAccount(actor: Actor, accountId: string): Promise<void> {
      const columns = { disabled_at: null, disabled_reason: null };
      await change(actor, accountId, 'identity.enable-account', 'administrator', columns);
    },

    /** Ends all sessions of somebody's account (a lost computer). */
    async endAccountSessions(actor: Actor, accountId: string): Promise<void> {
      await change(actor, accountId, 'identity.end-account-sessions', 'administrator', undefined);
    },

    /** Accounts of the units the actor manages, by login. Pages begin at 1, up to 200 rows. */
    async listAccounts(actor: Actor, filter: AccountFilter): Promise<{ rows: store.AccountListRow[]; total: number }> {
      const limit = Math.min(200, filter.pageSize ?? 50);
      return store.listAccounts(
        db,
        { unitIds: unitsFor(actor, ACCOUNT_PERMISSION) },
        { search: (filter.search ?? '').trim(), state: filter.state ?? 'all' },
        { limit, offset: ((filter.page ?? 1) - 1) * limit },
      );
    },
  };
}
