import os from 'node:os';
import { createGatherer } from '../../../platform/db/gather.ts';
import { type Db, isRefusal } from '../../../platform/db/open.ts';
import { insertDossiers } from './insert-store.ts';
import { saveSteps } from './step-store.ts';
import type { NewDossier, SavedStep } from './store.ts';

/** Writes dossiers; what comes at the same moment travels in one statement (ADR 0024). */
export type DossierWriter = {
  /** @throws what the database says, of this dossier alone. */
  insert(dossier: NewDossier): Promise<void>;
  /** @returns false where the dossier has moved on since it was read: nothing was written. */
  saveStep(step: SavedStep): Promise<boolean>;
};

/**
 * Statements under way at once. Intakes are heavy to prepare: a second one is made while the first is written. Steps are
 * light: half as many, each of more steps, gave 15 % more on two cores.
 */
const INTAKES_AT_ONCE = Math.max(2, Math.min(6, os.availableParallelism()));
const STEPS_AT_ONCE = Math.max(1, Math.min(3, Math.floor(os.availableParallelism() / 2)));
const MOST = 32;

/** @param db the pool: a batch is a transaction of its own. */
export function createDossierWriter(db: Db): DossierWriter {
  const insert = createGatherer<NewDossier, void>({
    write: async (dossiers) => {
      await insertDossiers(db, dossiers);
      return dossiers.map(() => undefined);
    },
    keyOf: (dossier) => dossier.facts.id,
    mayRepeat: isRefusal,
    atOnce: INTAKES_AT_ONCE,
    most: MOST,
  });
  const saveStep = createGatherer<SavedStep, boolean>({
    write: (steps) => saveSteps(db, steps),
    keyOf: (step) => step.id,
    mayRepeat: isRefusal,
    atOnce: STEPS_AT_ONCE,
    most: MOST,
  });
  return {
    insert: async (dossier) => (dossier.told.also.length > 0 ? insertDossiers(db, [dossier]) : insert(dossier)),
    saveStep: async (step) =>
      step.told.also.length > 0 ? ((await saveSteps(db, [step]))[0] ?? false) : saveStep(step),
  };
}
