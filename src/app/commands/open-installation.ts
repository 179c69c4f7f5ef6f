import type { Config } from '../../platform/config/config.ts';
import { createLog } from '../../platform/log/log.ts';
import { words } from '../../platform/messages/words.ts';
import { findInstallation, type Installation } from '../installation.ts';
import { openSystem, type System } from '../system.ts';
import { EnvironmentError } from './command.ts';
import { openDatabase } from './open-database.ts';

/** Who acts when a command does. */
export const COMMAND_ACTOR = { kind: 'system', name: 'command', assurance: 'system' } as const;

export type OpenedInstallation = {
  readonly system: System;
  readonly installation: Installation;
  close(): Promise<void>;
};

/**
 * Opens an installation with all its modules, also while the application is running on it. What is a demo is known
 * from the database, not from the environment.
 * @throws EnvironmentError where there is no database or it was never initialised.
 */
export async function openInstallation(config: Config): Promise<OpenedInstallation> {
  const base = await openDatabase(config);
  try {
    const installation = await findHere(base.db);
    if (!installation) throw new EnvironmentError(words('cli.environment.not-initialised'));
    const era = installation.era === '2023' ? '2023' : '2026';
    const system = await openSystem({ ...config, era, demo: installation.demo }, createLog('warn', 2));
    const close = async (): Promise<void> => {
      await system.close();
      await base.close();
    };
    return { system, installation, close };
  } catch (error) {
    await base.close();
    throw error;
  }
}

async function findHere(db: Parameters<typeof findInstallation>[0]): Promise<Installation | undefined> {
  try {
    return await findInstallation(db);
  } catch (error) {
    // No such table: nothing was ever migrated here.
    if (error instanceof Error && 'code' in error && error.code === '42P01') return undefined;
    throw error;
  }
}
