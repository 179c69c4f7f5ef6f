import { createStillReadings, standOf } from '../platform/db/still-readings.ts';
import type { System } from './system.ts';

/** How old what only the clock changes may be (a dossier or report turns late): pages say when they were read. */
const KEPT_MS = 20_000;

/** Readings of pages, kept until something is written to the database, by whatever process. @param most see `createStillReadings` */
export const keepWhileStill = ({ db, readDb, clock }: System, most: number): ReturnType<typeof createStillReadings> =>
  createStillReadings(standOf([db, readDb]), clock, KEPT_MS, most);
