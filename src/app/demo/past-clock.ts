import { type Day, instantAt } from '../../core/time/index.ts';
import type { System } from '../system.ts';

/** Nine o'clock of a day; now where that is still to come. */
export function pastClock({ clock }: Pick<System, 'clock'>, day: Day): System['clock'] {
  const [now, then] = [clock.now(), instantAt(day, '09:00')];
  return { now: () => (then < now ? then : now) };
}
