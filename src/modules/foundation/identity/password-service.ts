import type { Actor, StaffActor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { IdentityContext } from './context.ts';
import { checkNewPassword } from './rules/password-policy.ts';
import { endSessions } from './session-store.ts';
import type { SignInService } from './sign-in-service.ts';
import { type AccountRow, findAccount, updateAccount } from './store.ts';
import { tokenHash } from './tokens.ts';

/** @throws AppError `password/refused`, with the field and the reason in words */
export function requireGoodPassword(next: string, login: string, current?: string): void {
  const check = checkNewPassword(next, login, current);
  if (check.ok) return;
  const reason = words(`server.password.${check.problem}`);
  const message = words('server.password.refused', { reason });
  throw new AppError('password/refused', {
    params: { reason },
    fields: [{ path: 'next', code: check.problem, message }],
  });
}

/** The actor's own staff account. @throws AppError `access/forbidden` for everybody else */
export async function ownAccount(
  ctx: IdentityContext,
  actor: Actor,
): Promise<{ actor: StaffActor; account: AccountRow }> {
  if (actor.kind !== 'staff') throw new AppError(actor.kind === 'guest' ? 'access/sign-in' : 'access/forbidden');
  const account = await findAccount(ctx.db, actor.accountId);
  if (!account) throw new AppError('access/sign-in');
  return { actor, account };
}

export function createPasswordService(ctx: IdentityContext, signIn: SignInService) {
  return {
    /**
     * Changes the actor's own password and ends the actor's other sessions.
     * @throws AppError `password/wrong`, `password/refused`, `sign-in/locked`
     */
    async changePassword(
      given: Actor,
      token: string | undefined,
      input: { readonly current: string; readonly next: string },
    ): Promise<void> {
      const { actor, account } = await ownAccount(ctx, given);
      await signIn.provePassword(actor, account, input.current);
      requireGoodPassword(input.next, account.login ?? '', input.current);
      const hash = await ctx.hasher.hash(input.next);
      const now = ctx.clock.now();
      await ctx.db.transaction().execute(async (trx) => {
        await updateAccount(trx, account.id, {
          password_hash: hash,
          password_changed_at: now,
          must_change: false,
          one_time_until: null,
        });
        const others = { accountId: account.id, exceptTokenHash: tokenHash(token) };
        await endSessions(trx, others, now, 'password');
        const object = { type: 'account', id: account.id };
        const action = 'identity.change-password';
        await recordAudit(trx, [{ chainId: INSTALLATION_CHAIN, occurredAt: now, actor, action, object }]);
      });
      ctx.cache.clear();
    },
  };
}
