import type { Log } from '../log/log.ts';

/** Repeated background work of one process. `run` returns true where more work waits (it is then called at once). */
export type Timer = { readonly name: string; readonly everyMs: number; run(): Promise<boolean | undefined> };

export type RunningTimers = { stop(): Promise<void> };

/**
 * Runs each timer in its own loop: never two runs of one timer at once in a process; a failing run is logged and tried
 * again after its pause. `stop` waits for the runs under way.
 */
export function startTimers(timers: readonly Timer[], log: Log): RunningTimers {
  let stopping = false;
  const wakes = new Set<() => void>();
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(handle);
        wakes.delete(done);
        resolve();
      };
      const handle = setTimeout(done, ms);
      wakes.add(done);
    });
  const loops = timers.map(async (timer) => {
    while (!stopping) {
      let more: boolean | undefined = false;
      try {
        more = await timer.run();
      } catch (error) {
        log.error({ timer: timer.name, err: error }, 'timer failed');
      }
      if (!more && !stopping) await sleep(timer.everyMs);
    }
  });
  return {
    stop: async () => {
      stopping = true;
      for (const wake of wakes) wake();
      await Promise.all(loops);
    },
  };
}
