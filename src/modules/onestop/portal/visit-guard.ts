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
 * Counts an act of a guest before it is done, and refuses it over the limits of the installation. People who have
 * signed in are known and not counted. The address goes first: one that is over its own limit takes nothing from all.
 * @throws AppError visit/too-many with the seconds until the next window
 */
export async function admitGuest(
  { db, clock, ports }: PortalDeps,
  visitor: Visitor,
  act: LimitedAct,
  by = 1,
): Promise<void> {
  if (visitor.kind === 'citizen' || by < 1) return;
  const now = clock.now();
  const limit = ports.place.limits()[act];
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
