import crypto from 'node:crypto';
import type { JWK } from 'jose';
import { type ClientMetadata, Provider } from 'oidc-provider';
import { CLAIM_NAMES, claimsOf, type SimulatedCitizen } from './simulator-citizens.ts';
import type { SimulatorBehaviour } from './simulator-lies.ts';
import { simulatorErrorPage } from './simulator-page.ts';
import { createSimulatorStore } from './simulator-store.ts';

export type SimulatorOptions = {
  /** 0: any free port. */
  readonly port: number;
  readonly host?: string;
  readonly citizens?: readonly SimulatedCitizen[];
  readonly clientId: string;
  /** Absent: a public client. */
  readonly clientSecret?: string | undefined;
  /** Absolute addresses of the callback; one per public address of the installation. */
  readonly redirectUris: readonly string[];
};

/** The OpenID provider itself: one client, PKCE required, consent given with the choice of a citizen. */
export function createProvider(
  issuer: string,
  options: SimulatorOptions,
  citizens: readonly SimulatedCitizen[],
  jwk: JWK,
  behaviour: () => SimulatorBehaviour,
): Provider {
  const client: ClientMetadata = {
    client_id: options.clientId,
    redirect_uris: [...options.redirectUris],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    ...(options.clientSecret === undefined
      ? { token_endpoint_auth_method: 'none' as const }
      : { client_secret: options.clientSecret, token_endpoint_auth_method: 'client_secret_basic' as const }),
  };
  const provider = new Provider(issuer, {
    adapter: createSimulatorStore(),
    clients: [client],
    jwks: { keys: [{ ...jwk, kid: 'mo-phong', use: 'sig', alg: 'RS256' }] as never },
    cookies: {
      keys: [crypto.randomBytes(32).toString('hex')],
      names: { session: '_mo_phong', interaction: '_mo_phong_buoc', resume: '_mo_phong_tiep' },
    },
    claims: { openid: ['sub', ...CLAIM_NAMES], acr: null },
    acrValues: ['LoA1', 'LoA2'],
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_context, id) => {
      const citizen = citizens.find((each) => each.subject === id);
      if (!citizen) return undefined;
      return {
        accountId: id,
        claims: () => {
          const { HoVaTen, ...rest } = claimsOf(citizen);
          return { ...rest, sub: id, ...(behaviour() === 'no-name' ? {} : { HoVaTen }) };
        },
      };
    },
    // Consent is given with the choice on the login page.
    loadExistingGrant: async (context) => {
      const { session, client: asking } = context.oidc;
      if (!session?.accountId || !asking) return undefined;
      const grant = new provider.Grant({ accountId: session.accountId, clientId: asking.clientId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    renderError: (context) => {
      context.type = 'html';
      context.body = simulatorErrorPage();
    },
  });
  return provider;
}
