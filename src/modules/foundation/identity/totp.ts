import { generateSecret, generateURI, verify } from 'otplib';

/** Seconds a code may be early or late: one step, for clocks that go wrong and slow fingers. */
const TOLERANCE_SECONDS = 30;

/** A new secret, 160 bits in base32. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** `otpauth://` address for the authenticator app. */
export function totpUri(secret: string, login: string, issuer: string): string {
  return generateURI({ issuer, label: login, secret });
}

/**
 * The time step of a right code, or undefined for a wrong one. The caller stores the step and refuses it from then on:
 * a code seen over somebody's shoulder is worth nothing.
 * @param at real time, not the business clock of a demo: the telephone shows today's code
 */
export async function matchTotp(secret: string, code: string, at: Date): Promise<number | undefined> {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const result = await verify({
    secret,
    token,
    epoch: Math.floor(at.getTime() / 1000),
    epochTolerance: TOLERANCE_SECONDS,
  });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
