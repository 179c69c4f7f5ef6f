import { addDays, type Day } from '../../../../core/time/index.ts';
import type { Register, RegisterDefinition } from './register.ts';

/**
 * A register made of its versions as it stands on a day: the newest one that has begun, with those before it. One that
 * begins later is not there yet, unless there is no other.
 * @param versions of one register, not empty, in rising order of `validFrom`
 * @param lastDay no period begins after it; null: the register goes on
 */
export function registerOn(versions: readonly RegisterDefinition[], day: Day, lastDay: Day | null): Register {
  const begun = versions.filter((version) => version.validFrom <= day);
  const [newest, ...earlier] = (begun.length > 0 ? begun : versions.slice(0, 1)).toReversed();
  if (!newest) throw new Error('a register without versions');
  const current = lastDay === null ? newest : endedOn(newest, lastDay);
  if (earlier.length === 0) return current;
  let next = newest.validFrom;
  const before = earlier.map((version) => {
    const ended = endedOn(version, addDays(next, -1));
    next = version.validFrom;
    return ended;
  });
  return { ...current, earlier: before };
}

function endedOn(version: RegisterDefinition, lastDay: Day): RegisterDefinition {
  if (version.validTo !== undefined && version.validTo <= lastDay) return version;
  const rounds = version.rounds?.filter((round) => round.from <= lastDay);
  return { ...version, validTo: lastDay, ...(rounds ? { rounds } : {}) };
}

/** The versions of a register, newest first. */
export const versionsOf = (register: Register): readonly RegisterDefinition[] => [
  register,
  ...(register.earlier ?? []),
];
