import { AppError } from '../../../platform/errors/app-error.ts';
import { addressKey } from '../../foundation/identity/index.ts';
import type { PortalDeps, Visitor } from './context.ts';
import { DAY_MINUTES, type LimitedAct } from './rules/limits.ts';
import { countVisits, forgetVisits } from './visit-store.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const startOf = (now: Date, lengthMs: number): Date => new Date(Math.floor(now.getTime() / lengthMs) * lengthMs);
const secondsLeft = (now: Date, lengthMs: number): number =>
  Math.ceil((startOf(now, lengthMs).getTime() + lengthMs - now.getTime()) / 1000);

/**
 * Counts an act of a visitor before it is done, and refuses it over the limits of the installation: a guest by the address
 * and by all guests together, somebody signed in by the account alone, as often as one address. The address goes first:
 * one that is over its own limit takes nothing from all.
 * @throws AppError visit/too-many (guests), request/too-many (accounts) with the seconds until the next window
 */
export async function admitVisitor(
  { db, clock, ports }: PortalDeps,
  visitor: Visitor,
  act: LimitedAct,
  by = 1,
): Promise<void> {
  if (by < 1) return;
  const now = clock.now();
  const limit = ports.place.limits()[act];
  if (visitor.kind === 'citizen') {
    const key = `account ${visitor.accountId}`;
    const [mine = 0] = await countVisits(db, [{ kind: act, key, windowStart: startOf(now, HOUR_MS), by }]);
    if (mine <= limit.addressPerHour) return;
    throw new AppError('request/too-many', { params: { seconds: secondsLeft(now, HOUR_MS) } });
  }
  const [own = 0] = await countVisits(db, [
    { kind: act, key: addressKey(visitor.address), windowStart: startOf(now, HOUR_MS), by },
  ]);
  if (own > limit.addressPerHour) throw tooMany(secondsLeft(now, HOUR_MS));
  const [all = 0] = await countVisits(db, [{ kind: act, key: '*', windowStart: startOf(now, MINUTE_MS), by }]);
  if (all > limit.allPerMinute) throw tooMany(secondsLeft(now, MINUTE_MS));
}

function tooMany(seconds: number): AppError {
  return new AppError('visit/too-many', { params: { seconds, minutes: Math.ceil(seconds / 60) } });
}

/** Counters of windows that are long over. */
export async function forgetOldVisits({ db, clock }: Pick<PortalDeps, 'db' | 'clock'>): Promise<void> {
  await forgetVisits(db, new Date(clock.now().getTime() - DAY_MINUTES * MINUTE_MS));
}
