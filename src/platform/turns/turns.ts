import { setImmediate } from 'node:timers/promises';

/** Long work in short turns: who else waits for the one thread comes in between. */
export type Turns = {
  /** Whether this turn has lasted long enough. */
  over(): boolean;
  /** Lets the others do what they have, then begins the next turn. */
  next(): Promise<void>;
};

/**
 * @param turnMs how long a turn lasts, in milliseconds
 * @example const turns = createTurns(); for (const one of many) { if (turns.over()) await turns.next(); work(one); }
 */
export function createTurns(turnMs = 4): Turns {
  let begunMs = performance.now();
  return {
    over: () => performance.now() - begunMs >= turnMs,
    async next() {
      await setImmediate();
      begunMs = performance.now();
    },
  };
}
