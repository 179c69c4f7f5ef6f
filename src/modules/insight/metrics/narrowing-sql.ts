import { type RawBuilder, sql } from 'kysely';

/** Filters of a reading of dossiers; undefined: all. */
export type Narrowing = {
  readonly procedureCodes?: readonly string[] | undefined;
  readonly receivedUnitIds?: readonly string[] | undefined;
};

export const isNarrowed = ({ procedureCodes, receivedUnitIds }: Narrowing): boolean =>
  procedureCodes !== undefined || receivedUnitIds !== undefined;

/** The condition on rows of `alias`. */
export function narrowed({ procedureCodes, receivedUnitIds }: Narrowing, alias: string): RawBuilder<unknown> {
  const a = sql.raw(alias);
  const conditions = [
    ...(procedureCodes === undefined ? [] : [sql`${a}.procedure_code = any(${[...procedureCodes]}::text[])`]),
    ...(receivedUnitIds === undefined ? [] : [sql`${a}.received_unit_id = any(${[...receivedUnitIds]}::uuid[])`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}
