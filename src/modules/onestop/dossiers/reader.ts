import os from 'node:os';
import { createGatherer } from '../../../platform/db/gather.ts';
import type { Db } from '../../../platform/db/open.ts';
import { findDossier, findEach, type StoredDossier, type Wanted } from './load.ts';
import type { DossierScope } from './scope.ts';

/** Reads one dossier within a scope, as `findDossier` does; what is asked for at the same moment is read together. */
export type DossierReader = (scope: DossierScope, id: string) => Promise<StoredDossier | undefined>;

const AT_ONCE = Math.max(1, Math.min(4, Math.floor(os.availableParallelism() / 2)));
const MOST = 32;

/** @param db the pool: each batch is read by a statement of its own, begun after every call in it. */
export function createDossierReader(db: Db): DossierReader {
  const find = createGatherer<Wanted, StoredDossier | undefined>({
    write: (wanted) => findEach(db, wanted),
    // A reading changes nothing: it may always be done again.
    mayRepeat: () => true,
    atOnce: AT_ONCE,
    most: MOST,
  });
  return (scope, id) => (scope.byUnits ? find({ scope, id }) : findDossier(db, scope, id));
}
