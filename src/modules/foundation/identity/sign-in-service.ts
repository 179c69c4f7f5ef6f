import type { StaffActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { AttemptGuard, Verdict } from './attempt-guard.ts';
import type { IdentityContext } from './context.ts';
import { normaliseLogin } from './rules/login.ts';
import { guestActor, type OpenedSession, type SessionService } from './session-service.ts';
import { makeStaffActor } from './staff-actor.ts';
import { type AccountRow, findAccountByLogin, spendRecoveryCode, spendTotpStep, updateAccount } from './store.ts';
import { readableCode, readRecoveryCode } from './tokens.ts';
import { matchTotp } from './totp.ts';

export type StaffCredentials = {
  readonly login: string;
  readonly password: string;
  readonly code?: string | undefined;
};

export type SignedIn = OpenedSession & { readonly actor: StaffActor; readonly mustChangePassword: boolean };

type Proven = { readonly account: AccountRow; readonly factor: 'password' | 'totp' | 'recovery-code' };

export type SignInService = ReturnType<typeof createSignInService>;

export function createSignInService(ctx: IdentityContext, guard: AttemptGuard, sessionService: SessionService) {
  const { db, clock, sealer, hasher } = ctx;
  // Verified for unknown logins, so that they cost as much as known ones. Made once, when first needed.
  let decoy: Promise<string> | undefined;

  function mayWork(account: AccountRow): boolean {
    if (account.kind !== 'staff' || account.disabled_at !== null) return false;
    if (account.demo && !ctx.demoAllowed) return false;
    return account.one_time_until === null || account.one_time_until.getTime() > clock.now().getTime();
  }

  /** Checks the second factor; each code works once, also against two processes at the same moment. */
  async function proveCode(account: AccountRow, code: string): Promise<Proven['factor'] | undefined> {
    const secret = account.totp_secret && sealer.open('totp', account.totp_secret);
    if (secret) {
      const step = await matchTotp(secret, code, ctx.realClock.now());
      if (step !== undefined) return (await spendTotpStep(db, account.id, step)) ? 'totp' : undefined;
    }
    const recovery = readRecoveryCode(code);
    if (recovery === undefined) return undefined;
    const used = await spendRecoveryCode(db, account.id, sealer.digest('recovery', recovery), clock.now());
    return used ? 'recovery-code' : undefined;
  }

  async function prove(credentials: StaffCredentials, login: string): Promise<Verdict<Proven>> {
    const account = await findAccountByLogin(db, login);
    decoy ??= hasher.hash(readableCode(20));
    const right = await hasher.verify(account?.password_hash ?? (await decoy), credentials.password);
    if (!account || !right || !mayWork(account)) return { outcome: 'failure' };
    if (account.totp_secret === null) return { outcome: 'success', value: { account, factor: 'password' } };
    const code = credentials.code?.trim() ?? '';
    if (code === '') return { outcome: 'incomplete' };
    const factor = await proveCode(account, code);
    return factor ? { outcome: 'success', value: { account, factor } } : { outcome: 'failure' };
  }

  async function recordFailure(login: string, address: string): Promise<void> {
    const account = await findAccountByLogin(db, login);
    // What was typed is not kept where it is no login: it may be a password.
    const object = account ? { type: 'account', id: account.id } : { type: 'account', id: 'unknown' };
    const actor = guestActor(address);
    const action = 'identity.fail-sign-in';
    await recordAudit(db, [{ chainId: INSTALLATION_CHAIN, occurredAt: clock.now(), actor, action, object }]);
  }

  return {
    /**
     * Signs in a member of staff.
     * @param previousToken the browser's present session, which the new one replaces
     * @throws AppError `sign-in/failed` (also for disabled accounts, demo accounts elsewhere, outlived one-time
     *   passwords), `sign-in/code-needed`, `sign-in/locked`, `sign-in/no-position`
     */
    async signInStaff(
      credentials: StaffCredentials,
      address: string,
      userAgent: string,
      previousToken?: string,
    ): Promise<SignedIn> {
      const login = normaliseLogin(credentials.login);
      const verdict = await guard.run(address, login, () => prove(credentials, login));
      if (verdict.outcome === 'incomplete') throw new AppError('sign-in/code-needed');
      if (verdict.outcome === 'failure') {
        await recordFailure(login, address);
        throw new AppError('sign-in/failed');
      }
      const { account, factor } = verdict.value;
      const now = clock.now();
      const grants = account.staff_id === null ? undefined : await ctx.loadGrants(account.staff_id, now);
      if (!grants) throw new AppError('sign-in/no-position');
      const hash = account.password_hash ?? '';
      const renewed = hasher.isOutdated(hash) ? await hasher.hash(credentials.password) : hash;
      const assurance = factor === 'password' ? 'password' : 'password+totp';
      const actor = makeStaffActor(
        { id: account.id, mustChange: account.must_change, demo: account.demo },
        grants,
        assurance,
        address,
        ctx.twoFactorPermissions,
      );
      const session = await db.transaction().execute(async (trx) => {
        await updateAccount(trx, account.id, {
          last_sign_in_at: now,
          display_name: grants.displayName,
          unit_id: grants.homeUnitId,
          ...(renewed === hash ? {} : { password_hash: renewed }),
        });
        const opened = await sessionService.open(
          trx,
          { id: account.id, kind: 'staff' },
          { assurance, address, userAgent, replaces: previousToken },
        );
        const object = { type: 'session', id: opened.sessionId };
        const payload = { accountId: account.id, factor };
        const entry = {
          chainId: INSTALLATION_CHAIN,
          occurredAt: now,
          actor,
          action: 'identity.sign-in',
          object,
          payload,
        };
        await recordAudit(trx, [{ id: uuidv7(now), ...entry }]);
        return opened;
      });
      if (previousToken !== undefined) ctx.cache.clear();
      return { ...session, actor, mustChangePassword: account.must_change };
    },

    /**
     * Checks the actor's own password before something grave, counted like a sign-in.
     * @throws AppError `password/wrong`, `sign-in/locked`
     */
    async provePassword(actor: StaffActor, account: AccountRow, password: string): Promise<void> {
      const verdict = await guard.run<true>(actor.address, account.login ?? '', async () => {
        const right = await hasher.verify(account.password_hash ?? '', password);
        return right ? { outcome: 'success', value: true } : { outcome: 'failure' };
      });
      if (verdict.outcome !== 'success') throw new AppError('password/wrong');
    },
  };
}
