import type { TimerState } from '../../modules/foundation/operation/index.ts';
import type { Clock } from '../../platform/config/config.ts';
import type { Timer } from '../../platform/events/timers.ts';

type Watched = { -readonly [K in keyof TimerState]: TimerState[K] };

export type TimerWatch = {
  /** The same timers, noting how each run ended; a failure goes on to whoever runs them. */
  watch(timers: readonly Timer[]): readonly Timer[];
  states(): readonly TimerState[];
};

/** Notes how the background work of this process fares. @param clock real time, not the business clock */
export function createTimerWatch(clock: Clock): TimerWatch {
  const states: Watched[] = [];
  const watched = (timer: Timer): Timer => {
    const state: Watched = {
      name: timer.name,
      everyMs: timer.everyMs,
      runs: 0,
      failures: 0,
      lastEndedAt: null,
      lastMs: null,
      lastError: null,
    };
    states.push(state);
    return {
      ...timer,
      run: async () => {
        const begun = performance.now();
        let problem: string | null = null;
        try {
          return await timer.run();
        } catch (error) {
          problem = error instanceof Error ? error.message.slice(0, 300) : String(error).slice(0, 300);
          throw error;
        } finally {
          state.runs++;
          if (problem !== null) state.failures++;
          state.lastError = problem;
          state.lastEndedAt = clock.now();
          state.lastMs = Math.round(performance.now() - begun);
        }
      },
    };
  };
  return { watch: (timers) => timers.map(watched), states: () => states };
}
