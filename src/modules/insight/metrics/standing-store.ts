import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import { createSharedReader } from '../../../platform/db/gather.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import { LAYOUT } from './rebuild-store.ts';

/** What tells whether figures that are kept in memory are still true. */
export type Standing = {
  /** Whether the sums of dossiers were made. */
  readonly built: boolean;
  /** The changes of sums that are on record. */
  readonly last: number;
  readonly first: number;
  /** The earliest day touched after the change asked about; of several who ask, the earliest one. */
  readonly fromDay: string | null;
  /** Another one after each closing. */
  readonly closings: string;
  /** Visits are added up to and with this day; with a stamp that is another one after every summing. */
  readonly frontier: { readonly day: Day; readonly stamp: string } | null;
};

/** For who does not ask about changes. */
export const ANY_CHANGE = Number.MAX_SAFE_INTEGER;

/** Who look together, at most. */
const LOOKING = 1000;

/** How things stand after the change of this number: one statement for all who ask at one moment. */
export const lookOf = onePerDb((db) =>
  createSharedReader((after: readonly number[]) => readStanding(db, Math.min(...after)), LOOKING),
);

async function readStanding(db: Db, after: number): Promise<Standing> {
  const { rows } = await sql<Standing>`select
      exists (select 1 from metrics.built where layout = ${LAYOUT}) built,
      coalesce((select max(id) from metrics.change), 0)::float8 last, coalesce((select min(id) from metrics.change), 0)::float8 first,
      (select min(from_day) from metrics.change where id > ${after}) "fromDay",
      (select concat_ws(' ', count(*), max(closed_at)) from metrics.closing) closings,
      (select jsonb_build_object('day', day, 'stamp', xmin::text) from metrics.visit_frontier) frontier`.execute(db);
  const [standing] = rows;
  if (!standing) throw new Error('one row is read');
  return standing;
}
