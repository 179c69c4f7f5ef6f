import type { Acting } from '../../../core/access/actor.ts';

/**
 * What a member of staff may do at an instant; given by the organisation module. Asked at most once every three
 * seconds per session, so it should be one query.
 */
export type StaffGrants = {
  readonly staffId: string;
  readonly displayName: string;
  /** Unit of the primary position. */
  readonly homeUnitId: string;
  /** Units of all current positions. */
  readonly unitIds: readonly string[];
  readonly roles: readonly string[];
  /** permission → units it holds for, descendants already expanded. */
  readonly unitsByPermission: ReadonlyMap<string, ReadonlySet<string>>;
  /** Unit → former units whose dossiers are read where its own are. */
  readonly formerUnits?: ReadonlyMap<string, readonly string[]>;
  /** Absent colleagues acted for now, and what is held without them; absent where there are none. */
  readonly actingFor?: readonly Acting[];
  readonly ownUnitsByPermission?: ReadonlyMap<string, ReadonlySet<string>>;
  /** When acting begins or ends next: what is remembered is not believed beyond that instant. */
  readonly changesAt?: Date;
  /** Current positions for the head of the screen, where the organisation module tells them. */
  readonly positions?: readonly { readonly unitId: string; readonly unitName: string; readonly title: string }[];
};

/** Undefined: no such person, or no position at that instant; such a person cannot sign in. */
export type LoadGrants = (staffId: string, at: Date) => Promise<StaffGrants | undefined>;

/** What must be remembered between leaving for the identity provider and coming back. */
export type CitizenSignInStart = {
  /** Address of the provider to send the browser to. */
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
};

/** What a provider says in the end. `refused`: the citizen did not consent; `invalid`: it lied or broke the protocol. */
export type CitizenSignInResult =
  | {
      readonly ok: true;
      readonly issuer: string;
      readonly subject: string;
      readonly claims: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly code: 'refused' | 'invalid' | 'unreachable'; readonly detail: string };

/** An outside system that vouches for citizens. Adapters: `src/adapters/oidc`. */
export type CitizenIdentityProvider = {
  /** Name shown on the button, e.g. `Tài khoản định danh điện tử (VNeID)`. */
  readonly name: string;
  /**
   * @param redirectUri absolute address of the callback, as registered with the provider
   * @throws Error when the provider is out of reach
   */
  start(redirectUri: string): Promise<CitizenSignInStart>;
  /** Redeems the callback. Never throws for what the provider or the browser did. */
  finish(callback: URL, saved: Omit<CitizenSignInStart, 'url'>): Promise<CitizenSignInResult>;
};

/** Makes and checks password hashes. One implementation, argon2id; a port so that tests can count its work. */
export type PasswordHasher = {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
  /** True where the hash was made with weaker settings than today's. */
  isOutdated(hash: string): boolean;
};
