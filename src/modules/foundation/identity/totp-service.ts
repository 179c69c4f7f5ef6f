import type { Actor } from '../../../core/access/actor.ts';
import { qrSvg } from '../../../platform/documents/qr.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { AttemptGuard } from './attempt-guard.ts';
import type { IdentityContext } from './context.ts';
import { ownAccount } from './password-service.ts';
import { endSessions, raiseAssurance } from './session-store.ts';
import type { SignInService } from './sign-in-service.ts';
import { needsSecondFactor } from './staff-actor.ts';
import { countRecoveryCodes, lockAccount, replaceRecoveryCodes, updateAccount } from './store.ts';
import { newRecoveryCode, readRecoveryCode, tokenHash } from './tokens.ts';
import { matchTotp, newTotpSecret, totpUri } from './totp.ts';

const RECOVERY_CODES = 10;

/** What the authenticator app needs. `qrSvg` may stand inline under a strict CSP. */
export type TotpEnrolment = { readonly secret: string; readonly uri: string; readonly qrSvg: string };

export function createTotpService(ctx: IdentityContext, guard: AttemptGuard, signIn: SignInService) {
  const { db, clock, sealer } = ctx;
  const entry = (actor: Actor, accountId: string, action: string) => ({
    chainId: INSTALLATION_CHAIN,
    occurredAt: clock.now(),
    actor,
    action,
    object: { type: 'account', id: accountId },
  });

  return {
    /** Whether two factors are on, and how many recovery codes are left. */
    async totpState(given: Actor): Promise<{ enabledAt: Date | null; recoveryCodesLeft: number }> {
      const { account } = await ownAccount(ctx, given);
      return { enabledAt: account.totp_confirmed_at, recoveryCodesLeft: await countRecoveryCodes(db, account.id) };
    },

    /** Begins (again) to enrol an authenticator; the present one stays until the new one is confirmed. */
    async startTotp(given: Actor, password: string): Promise<TotpEnrolment> {
      const { actor, account } = await ownAccount(ctx, given);
      await signIn.provePassword(actor, account, password);
      const secret = newTotpSecret();
      await updateAccount(db, account.id, { totp_pending: sealer.seal('totp', secret) });
      const uri = totpUri(secret, account.login ?? '', ctx.issuerName);
      return { secret, uri, qrSvg: qrSvg(uri, words('server.totp.qr')) };
    },

    /**
     * Confirms the enrolment by a first code. The present session counts as two-factor from now on; the others end.
     * @returns recovery codes, shown this once
     * @throws AppError `totp/not-started`, `totp/wrong-code`, `sign-in/locked`
     */
    async confirmTotp(given: Actor, token: string | undefined, code: string): Promise<{ recoveryCodes: string[] }> {
      const { actor, account } = await ownAccount(ctx, given);
      const secret = account.totp_pending && sealer.open('totp', account.totp_pending);
      if (!secret) throw new AppError('totp/not-started');
      const verdict = await guard.run<number>(actor.address, account.login ?? '', async () => {
        const step = await matchTotp(secret, code, ctx.realClock.now());
        return step === undefined ? { outcome: 'failure' } : { outcome: 'success', value: step };
      });
      if (verdict.outcome !== 'success') throw new AppError('totp/wrong-code');
      const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
      const digests = recoveryCodes.map((each) => sealer.digest('recovery', readRecoveryCode(each) ?? each));
      const current = tokenHash(token);
      await db.transaction().execute(async (trx) => {
        const locked = await lockAccount(trx, account.id);
        // Confirmed twice at once, or started anew meanwhile: only the enrolment that was checked may go on.
        if (!locked?.totp_pending?.equals(account.totp_pending ?? Buffer.alloc(0)))
          throw new AppError('totp/not-started');
        await updateAccount(trx, account.id, {
          totp_secret: account.totp_pending,
          totp_pending: null,
          totp_last_step: verdict.value,
          totp_confirmed_at: clock.now(),
        });
        await replaceRecoveryCodes(trx, account.id, digests);
        await endSessions(trx, { accountId: account.id, exceptTokenHash: current }, clock.now(), 'totp');
        if (current) await raiseAssurance(trx, current, 'password+totp');
        await recordAudit(trx, [entry(actor, account.id, 'identity.enrol-totp')]);
      });
      ctx.cache.clear();
      return { recoveryCodes };
    },

    /** Turns two factors off for the actor's own account. @throws AppError `totp/required` where a role asks for them */
    async disableTotp(given: Actor, token: string | undefined, password: string): Promise<void> {
      const { actor, account } = await ownAccount(ctx, given);
      await signIn.provePassword(actor, account, password);
      const grants = await ctx.loadGrants(actor.staffId, clock.now());
      if (grants && !account.demo && needsSecondFactor(grants, ctx.twoFactorPermissions))
        throw new AppError('totp/required');
      await db.transaction().execute(async (trx) => {
        await updateAccount(trx, account.id, NO_TOTP);
        await replaceRecoveryCodes(trx, account.id, []);
        await endSessions(trx, { accountId: account.id, exceptTokenHash: tokenHash(token) }, clock.now(), 'totp');
        await recordAudit(trx, [entry(actor, account.id, 'identity.disable-totp')]);
      });
      ctx.cache.clear();
    },
  };
}

/** Columns of an account without a second factor. */
export const NO_TOTP = { totp_secret: null, totp_pending: null, totp_last_step: null, totp_confirmed_at: null };
