import type { ServerResponse } from 'node:http';
import { type CryptoKey, decodeJwt, type JWTPayload, SignJWT } from 'jose';

/** What a faulty or hostile provider does. `none`: it behaves. */
export type SimulatorBehaviour =
  | 'none'
  /** ID token for another request. */
  | 'wrong-nonce'
  /** ID token of another issuer. */
  | 'wrong-issuer'
  /** ID token for another client. */
  | 'wrong-audience'
  /** ID token of an hour ago. */
  | 'outlived-token'
  /** ID token signed by a foreign key. */
  | 'wrong-signature'
  /** No ID token at all. */
  | 'no-token'
  /** Userinfo of somebody else. */
  | 'wrong-subject'
  /** Brings the browser back with the code of an earlier sign-in. */
  | 'repeat-code'
  /** Brings the browser back with another state. */
  | 'wrong-state'
  /** Claims without a name. */
  | 'no-name'
  /** Token endpoint answers 503. */
  | 'down'
  /** Token endpoint answers after `delayMs`. */
  | 'slow';

export type Keys = { readonly own: CryptoKey; readonly foreign: CryptoKey; readonly kid: string };

function lieAbout(payload: JWTPayload, behaviour: SimulatorBehaviour): JWTPayload {
  const hourAgo = Math.floor(Date.now() / 1000) - 3600;
  switch (behaviour) {
    case 'wrong-nonce':
      return { ...payload, nonce: 'mot-yeu-cau-khac' };
    case 'wrong-issuer':
      return { ...payload, iss: 'https://ke-mao-danh.invalid' };
    case 'wrong-audience':
      return { ...payload, aud: 'mot-he-thong-khac' };
    case 'outlived-token':
      return { ...payload, iat: hourAgo - 600, exp: hourAgo };
    default:
      return payload;
  }
}

/** The token endpoint's answer as the behaviour wants it; ID tokens are really signed. */
export async function alterTokenAnswer(body: string, behaviour: SimulatorBehaviour, keys: Keys): Promise<string> {
  const answer = JSON.parse(body) as Record<string, unknown>;
  const idToken = answer['id_token'];
  if (typeof idToken !== 'string') return body;
  if (behaviour === 'no-token') return JSON.stringify({ ...answer, id_token: undefined });
  const payload = lieAbout(decodeJwt(idToken), behaviour);
  const key = behaviour === 'wrong-signature' ? keys.foreign : keys.own;
  const signed = await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: keys.kid }).sign(key);
  return JSON.stringify({ ...answer, id_token: signed });
}

/** Lets `change` have the last word on the body of a reply that is sent in one piece, as this provider's are. */
export function interceptBody(response: ServerResponse, change: (body: string) => Promise<string>): void {
  const end = response.end.bind(response) as (body?: unknown) => ServerResponse;
  const patched = (body?: unknown): ServerResponse => {
    const text = typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString('utf8') : '';
    void change(text).then(
      (changed) => {
        response.setHeader('content-length', Buffer.byteLength(changed));
        end(changed);
      },
      () => end(body),
    );
    return response;
  };
  Object.assign(response, { end: patched });
}
