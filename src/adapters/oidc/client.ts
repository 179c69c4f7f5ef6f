import * as oidc from 'openid-client';
import type { CitizenIdentityProvider, CitizenSignInResult } from '../../modules/foundation/identity/ports.ts';

export type OidcClientOptions = {
  /** Issuer identifier; its metadata are read from `<issuer>/.well-known/openid-configuration`. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client, PKCE alone. */
  readonly clientSecret?: string | undefined;
  /** Name on the button. */
  readonly name: string;
  readonly scope?: string;
  /** Seconds to wait for each answer; default 10. */
  readonly timeoutSeconds?: number;
  /**
   * `prompt` of the request. Default `login`: at shared computers the provider's own session must not sign in the next
   * person. `undefined` leaves it out for providers that do not know it.
   */
  readonly prompt?: string | undefined;
  /** Wanted level, e.g. `LoA1`. */
  readonly acrValues?: string;
};

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A citizen's identity by OpenID Connect: code flow with PKCE, state, nonce; signatures of ID tokens are checked. */
export function createOidcProvider(options: OidcClientOptions): CitizenIdentityProvider {
  const issuer = new URL(options.issuer);
  const insecure = issuer.protocol === 'http:';
  if (insecure && !LOOPBACK.has(issuer.hostname)) {
    throw new Error(`Hệ thống định danh phải dùng https: ${issuer.origin}`);
  }
  let discovered: Promise<oidc.Configuration> | undefined;

  function configuration(): Promise<oidc.Configuration> {
    discovered ??= oidc
      .discovery(
        issuer,
        options.clientId,
        undefined,
        options.clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(options.clientSecret),
        {
          timeout: options.timeoutSeconds ?? 10,
          // The code flow alone trusts TLS to the token endpoint; proxies in between have been known to cut it.
          execute: [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])],
        },
      )
      .catch((error: unknown) => {
        // Out of reach now: the next citizen tries again.
        discovered = undefined;
        throw error;
      });
    return discovered;
  }

  return {
    name: options.name,
    async start(redirectUri) {
      const config = await configuration();
      const codeVerifier = oidc.randomPKCECodeVerifier();
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const prompt = 'prompt' in options ? options.prompt : 'login';
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: options.scope ?? 'openid',
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...(prompt === undefined ? {} : { prompt }),
        ...(options.acrValues === undefined ? {} : { acr_values: options.acrValues }),
      });
      return { url: url.href, state, nonce, codeVerifier };
    },
    async finish(callback, saved) {
      try {
        return await redeem(await configuration(), callback, saved);
      } catch (error) {
        return toFailure(error);
      }
    },
  };
}

async function redeem(
  config: oidc.Configuration,
  callback: URL,
  saved: { readonly state: string; readonly nonce: string; readonly codeVerifier: string },
): Promise<CitizenSignInResult> {
  const tokens = await oidc.authorizationCodeGrant(config, callback, {
    expectedState: saved.state,
    expectedNonce: saved.nonce,
    pkceCodeVerifier: saved.codeVerifier,
    idTokenExpected: true,
  });
  const idToken = tokens.claims();
  if (!idToken) return { ok: false, code: 'invalid', detail: 'no id token' };
  const hasUserInfo = config.serverMetadata().userinfo_endpoint !== undefined;
  const userInfo = hasUserInfo ? await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub) : {};
  const acr = idToken['acr'];
  const claims = { ...userInfo, ...(typeof acr === 'string' ? { acr } : {}) };
  return { ok: true, issuer: idToken.iss, subject: idToken.sub, claims };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Texts of failures go into the audit trail: kinds and codes only, no tokens and no claims. */
function toFailure(error: unknown): CitizenSignInResult {
  if (error instanceof oidc.AuthorizationResponseError) {
    const refused = error.error === 'access_denied' || error.error === 'consent_required';
    const passing = error.error === 'server_error' || error.error === 'temporarily_unavailable';
    return { ok: false, code: refused ? 'refused' : passing ? 'unreachable' : 'invalid', detail: error.error };
  }
  if (error instanceof oidc.ResponseBodyError) {
    return { ok: false, code: error.status >= 500 ? 'unreachable' : 'invalid', detail: error.error };
  }
  const code = codeOf(error);
  const serverFault = error instanceof Error && error.cause instanceof Response && error.cause.status >= 500;
  const outOfReach = code === 'OAUTH_TIMEOUT' || error instanceof DOMException || serverFault || isFetchFailure(error);
  return { ok: false, code: outOfReach ? 'unreachable' : 'invalid', detail: code || 'failure' };
}

function isFetchFailure(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof TypeError && at.message === 'fetch failed') return true;
    if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|UND_ERR)/.test(codeOf(at))) return true;
  }
  return false;
}
