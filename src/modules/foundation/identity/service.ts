import type { Actor } from '../../../core/access/actor.ts';
import { createAccountService } from './account-service.ts';
import { createAttemptGuard } from './attempt-guard.ts';
import { forgetAttemptsBefore } from './attempt-store.ts';
import { createCitizenService } from './citizen-service.ts';
import { createContext, type IdentityDeps } from './context.ts';
import { createPasswordService } from './password-service.ts';
import type { StaffGrants } from './ports.ts';
import { createSessionService } from './session-service.ts';
import { deleteSessionsBefore } from './session-store.ts';
import { createSignInService } from './sign-in-service.ts';
import { findAccount } from './store.ts';
import { createTotpService } from './totp-service.ts';

const DAY_MS = 86_400_000;
/** Sessions are kept for a while after their end, so that their owner and an inspector can be told of them. */
const KEEP_SESSIONS_DAYS = 90;

/** What `GET /api/me` tells beyond the actor. */
export type OwnAccount = {
  readonly login: string | null;
  readonly mustChangePassword: boolean;
  readonly totpEnabled: boolean;
  readonly positions: NonNullable<StaffGrants['positions']>;
};

export type IdentityService = ReturnType<typeof createIdentityService>;

/** Accounts, sign-in, sessions. One per process; `authenticate` goes to the HTTP application. */
export function createIdentityService(deps: IdentityDeps) {
  const ctx = createContext(deps);
  const guard = createAttemptGuard(ctx);
  const sessionService = createSessionService(ctx);
  const signIn = createSignInService(ctx, guard, sessionService);
  return {
    authenticate: sessionService.authenticate,
    listSessions: sessionService.listSessions,
    endSession: sessionService.endSession,
    endOtherSessions: sessionService.endOtherSessions,
    signOut: sessionService.signOut,
    signInStaff: signIn.signInStaff,
    ...createPasswordService(ctx, signIn),
    ...createTotpService(ctx, guard, signIn),
    ...createAccountService(ctx),
    ...createCitizenService(ctx, sessionService),

    /** Account of a signed-in member of staff as the head of the screen shows it; undefined for everybody else. */
    async findOwnAccount(actor: Actor): Promise<OwnAccount | undefined> {
      if (actor.kind !== 'staff') return undefined;
      const account = await findAccount(ctx.db, actor.accountId);
      const grants = await ctx.loadGrants(actor.staffId, ctx.clock.now());
      return (
        account && {
          login: account.login,
          mustChangePassword: account.must_change,
          totpEnabled: account.totp_secret !== null,
          positions: grants?.positions ?? [],
        }
      );
    },

    /** Deletes sessions outlived 90 days ago and counters of failed attempts a day old. For an hourly timer. */
    async removeOutlived(): Promise<void> {
      const now = ctx.clock.now().getTime();
      await deleteSessionsBefore(ctx.db, new Date(now - KEEP_SESSIONS_DAYS * DAY_MS));
      await forgetAttemptsBefore(ctx.db, new Date(now - DAY_MS));
    },
  };
}
