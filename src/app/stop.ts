import type { Log } from '../platform/log/log.ts';

/** A terminal and `npm` may deliver one Ctrl+C twice; repeats within this time are the same wish. */
const SAME_WISH_MS = 2000;
const GRACE_MS = 20_000;

/**
 * Stops the process once: on SIGTERM, SIGINT, or an error nobody caught. Work under way gets 20 seconds; a second,
 * later signal ends at once. (`close-with-grace` takes the doubled signal for that second one and leaves the embedded
 * database running.)
 */
export function stopGracefully(close: () => Promise<void>, log: Log): void {
  let begunMs: number | undefined;
  const stop = (code: number): void => {
    const nowMs = performance.now();
    if (begunMs !== undefined) {
      if (nowMs - begunMs > SAME_WISH_MS) process.exit(1);
      return;
    }
    begunMs = nowMs;
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    close().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught error, stopping');
    stop(1);
  });
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled rejection, stopping');
    stop(1);
  });
}
