import type { CitizenActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import { saveCitizen } from './citizen-store.ts';
import type { IdentityContext } from './context.ts';
import type { CitizenIdentityProvider } from './ports.ts';
import { readCitizenClaims } from './rules/citizen-claims.ts';
import { safeReturnTo } from './rules/return-to.ts';
import { guestActor, type OpenedSession, type SessionService } from './session-service.ts';

/** Minutes between leaving for the provider and coming back. */
export const CITIZEN_FLOW_MINUTES = 10;

/** Why a citizen is not signed in; the sign-in page says it in words. */
export type CitizenSignInProblem = 'refused' | 'invalid' | 'unreachable' | 'outlived' | 'no-name' | 'disabled';

export type CitizenSignIn =
  | { readonly ok: true; readonly session: OpenedSession; readonly actor: CitizenActor; readonly returnTo: string }
  | { readonly ok: false; readonly problem: CitizenSignInProblem; readonly returnTo: string };

type Flow = { state: string; nonce: string; codeVerifier: string; returnTo: string; endsAtMs: number };

const isFlow = (value: unknown): value is Flow =>
  typeof value === 'object' && value !== null && 'state' in value && 'endsAtMs' in value;

export function createCitizenService(ctx: IdentityContext, sessionService: SessionService) {
  const { db, clock, sealer } = ctx;

  async function recordFailure(problem: CitizenSignInProblem, detail: string, address: string): Promise<void> {
    await recordAudit(db, [
      {
        chainId: INSTALLATION_CHAIN,
        occurredAt: clock.now(),
        actor: guestActor(address),
        action: 'identity.fail-citizen-sign-in',
        object: { type: 'account', id: 'unknown' },
        payload: { problem, detail },
      },
    ]);
  }

  return {
    /**
     * Begins a citizen's sign-in. What must be remembered goes, sealed, into a cookie of this browser: no table to
     * fill from outside, any process can take the callback, and nobody else's browser can finish it.
     * @returns address to send the browser to, and the cookie's value; undefined: provider out of reach
     */
    async startCitizenSignIn(
      provider: CitizenIdentityProvider,
      redirectUri: string,
      returnTo: unknown,
    ): Promise<{ url: string; sealed: string } | undefined> {
      try {
        const { url, state, nonce, codeVerifier } = await provider.start(redirectUri);
        const endsAtMs = ctx.realClock.now().getTime() + CITIZEN_FLOW_MINUTES * 60_000;
        const flow: Flow = { state, nonce, codeVerifier, returnTo: safeReturnTo(returnTo), endsAtMs };
        return { url, sealed: sealer.seal('citizen-flow', JSON.stringify(flow)).toString('base64url') };
      } catch {
        return undefined;
      }
    },

    /** Ends a citizen's sign-in: redeems the callback, saves what was told, opens a session. Never throws for lies. */
    async finishCitizenSignIn(
      provider: CitizenIdentityProvider,
      callback: URL,
      browser: {
        sealed: string | undefined;
        address: string;
        userAgent: string;
        previousToken?: string | undefined;
      },
    ): Promise<CitizenSignIn> {
      const opened = sealer.open('citizen-flow', Buffer.from(browser.sealed ?? '', 'base64url'));
      const flow: unknown = opened === undefined ? undefined : JSON.parse(opened);
      if (!isFlow(flow) || flow.endsAtMs <= ctx.realClock.now().getTime()) {
        return { ok: false, problem: 'outlived', returnTo: '/' };
      }
      const fail = async (problem: CitizenSignInProblem, detail: string): Promise<CitizenSignIn> => {
        await recordFailure(problem, detail, browser.address);
        return { ok: false, problem, returnTo: flow.returnTo };
      };
      const result = await provider.finish(callback, flow);
      if (!result.ok) return fail(result.code, result.detail);
      const read = readCitizenClaims(result.claims);
      if (!read.ok) return fail('no-name', `claim missing: ${read.missing}`);
      const { profile } = read;
      const now = clock.now();
      const done = await db.transaction().execute(async (trx) => {
        const saved = await saveCitizen(trx, uuidv7(now), result, profile, result.claims, now);
        if (saved.disabledAt !== null) return undefined;
        const actor: CitizenActor = {
          kind: 'citizen',
          accountId: saved.accountId,
          subject: result.subject,
          fullName: profile.fullName,
          idNumber: profile.idNumber,
          birthDate: profile.birthDate,
          email: profile.email,
          phone: profile.phone,
          assurance: profile.assurance,
          address: browser.address,
        };
        const session = await sessionService.open(
          trx,
          { id: saved.accountId, kind: 'citizen' },
          { ...browser, assurance: profile.assurance, replaces: browser.previousToken },
        );
        const object = { type: 'session', id: session.sessionId };
        const payload = { accountId: saved.accountId, issuer: result.issuer };
        const entry = {
          chainId: INSTALLATION_CHAIN,
          occurredAt: now,
          actor,
          action: 'identity.sign-in',
          object,
          payload,
        };
        await recordAudit(trx, [entry]);
        return { session, actor };
      });
      if (!done) return fail('disabled', 'account disabled');
      ctx.cache.clear();
      return { ok: true, ...done, returnTo: flow.returnTo };
    },
  };
}
