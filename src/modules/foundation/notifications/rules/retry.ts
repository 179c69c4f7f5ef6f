/** A mail refused for good at this attempt or later is given up; before, it may be a relay's wrong setting. */
export const MAX_REFUSALS = 3;
/** A mail nobody could send for so long is of no use any more. */
export const MAX_AGE_MS = 7 * 86_400_000;
/** A mail claimed so long ago by a process that never reported belongs to nobody. Longer than any attempt can take. */
export const CLAIM_MS = 15 * 60_000;

const MINUTE_MS = 60_000;

/** Shortest wait after each outcome, minutes. */
const FLOOR = {
  later: 1,
  // A wrong setting of a relay takes somebody time to mend.
  refused: 30,
  // A receiver that did take the mail has it filed by then and can drop the double.
  unknown: 15,
};

/** When to try again after the n-th attempt (from 1): 1, 4, 16 minutes, then every hour, but not before the floor. */
export function retryAt(now: Date, attempts: number, outcome: 'later' | 'refused' | 'unknown'): Date {
  const minutes = Math.min(60, 4 ** (Math.max(1, attempts) - 1));
  return new Date(now.getTime() + Math.max(FLOOR[outcome], minutes) * MINUTE_MS);
}

/** A rough check that the text is one address; what it lets through the mail server judges. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+\.[^\s@<>(),;:"\\.]+$/.test(text);
}

/** For lists: `a***@example.org`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}***${at < 0 ? '' : address.slice(at)}`;
}
