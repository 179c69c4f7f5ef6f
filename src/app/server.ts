import type { Config } from '../platform/config/config.ts';
import { startTimers } from '../platform/events/timers.ts';
import type { Log } from '../platform/log/log.ts';
import { words } from '../platform/messages/words.ts';
import { createApp } from './http.ts';
import { findInstallation } from './installation.ts';
import { stopGracefully } from './stop.ts';
import { openSystem, type System } from './system.ts';

export type Running = { readonly url: string; readonly system: System; close(): Promise<void> };

/**
 * Starts serving: database, migrations, modules, background work, HTTP. Several processes may serve one database.
 * @throws Error where the installation has not been initialised (`motcua init`), or is a demo and would not say so.
 */
export async function start(config: Config, log: Log): Promise<Running> {
  const system = await openSystem(config, log);
  const state = { closing: false };
  try {
    if (config.demo) {
      const { loadDemo } = await import('./demo/load.ts');
      await loadDemo(system);
    } else {
      const found = await findInstallation(system.db);
      if (!found) throw new Error(words('server.start.not-initialised'));
      // Without its banner and its shifted clock a demo would pass for a real office.
      if (found.demo) throw new Error(words('server.start.demo-data'));
    }
    const app = await createApp(system, state);
    const timers = startTimers(app.timers, log);
    await app.fastify.listen({ host: config.host, port: config.port });
    const address = app.fastify.server.address();
    const url =
      config.port === 0 && address !== null && typeof address === 'object'
        ? `http://127.0.0.1:${address.port}`
        : config.publicUrl;
    return {
      url,
      system,
      close: async () => {
        state.closing = true;
        // Requests under way finish, then the timers, then the database: nobody loses an answer.
        await app.fastify.close();
        await timers.stop();
        await system.close();
      },
    };
  } catch (error) {
    await system.close();
    throw error;
  }
}

/** Serves until SIGTERM or SIGINT; work under way gets 20 seconds. */
export async function serve(config: Config, log: Log): Promise<void> {
  const running = await start(config, log);
  log.info({ url: running.url, era: config.era, demo: config.demo }, 'listening');
  stopGracefully(() => running.close(), log);
}
