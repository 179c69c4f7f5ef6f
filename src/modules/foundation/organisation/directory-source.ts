import type { Pool } from '../../../platform/db/open.ts';
import { buildUnitDirectory, type UnitDirectory } from './rules/unit-directory.ts';
import { loadCodes, loadSuccessions, loadVersions, readStamp } from './store.ts';

/** How long a directory is used before the stamp of changes is looked at again: what another process changed shows after it. */
const LOOK_AGAIN_MS = 2000;

export type DirectorySource = {
  /** The directory, at most two seconds behind other processes and never behind this one. */
  get(): Promise<UnitDirectory>;
  /** To be called after a change in this process. */
  forget(): void;
};

/** Keeps the unit directory in memory and rebuilds it when units have changed. */
export function createDirectorySource(db: Pool): DirectorySource {
  let current: { directory: UnitDirectory; stamp: number; lookedAt: number } | undefined;
  let building: Promise<UnitDirectory> | undefined;
  // A build that began before a change in this process must not pass for a fresh one.
  let generation = 0;

  const build = async (): Promise<UnitDirectory> => {
    const begun = generation;
    // One snapshot, so that a change between two statements cannot split a unit from its codes.
    const loaded = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        const stamp = await readStamp(trx);
        if (current && current.stamp === stamp) return { directory: current.directory, stamp };
        const versions = await loadVersions(trx);
        const codes = await loadCodes(trx);
        return { directory: buildUnitDirectory(versions, codes, await loadSuccessions(trx)), stamp };
      });
    if (begun === generation) current = { ...loaded, lookedAt: performance.now() };
    return loaded.directory;
  };

  return {
    async get() {
      if (current && performance.now() - current.lookedAt < LOOK_AGAIN_MS) return current.directory;
      const mine = building ?? build();
      building = mine;
      try {
        return await mine;
      } finally {
        if (building === mine) building = undefined;
      }
    },
    forget() {
      generation++;
      building = undefined;
      if (current) current.lookedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
