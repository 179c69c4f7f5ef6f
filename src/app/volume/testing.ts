import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createFixedClock, readConfig } from '../../platform/config/config.ts';
import { createLog } from '../../platform/log/log.ts';
import { createTestDatabase } from '../../platform/testing/database.ts';
import { loadContent } from '../content.ts';
import { loadDemoOrganisation } from '../demo/organisation.ts';
import { createInstallation } from '../installation.ts';
import { openSystem, type System } from '../system.ts';

/** A demo of 2026 on a test database, its clock standing on Wednesday 18/11/2026 10:00 until it is set. */
export async function openDemoSystem(demo = true): Promise<{
  system: System;
  clock: ReturnType<typeof createFixedClock>;
  close(): Promise<void>;
}> {
  const test = await createTestDatabase();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-volume-'));
  const clock = createFixedClock(new Date('2026-11-18T10:00:00+07:00'));
  const config = readConfig({
    MOTCUA_DEMO: demo ? '1' : '0',
    MOTCUA_DATA_DIR: dir,
    DATABASE_URL: test.url,
    MOTCUA_LOG_LEVEL: 'silent',
  });
  const system = await openSystem(config, createLog('silent'), { clock });
  await loadContent(system);
  if (demo) await loadDemoOrganisation(system.organisation, '2026');
  await createInstallation(system.db, { name: 'Thử', demo, era: '2026' }, clock.now());
  return {
    system,
    clock,
    close: async () => {
      await system.close();
      await test.drop();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}
