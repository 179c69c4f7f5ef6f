import { type RawBuilder, sql } from 'kysely';

/**
 * SQL condition: a dossier that has not ended is late at an instant, the one definition of all figures (`isLate` of
 * apologies says the same in memory). Paused in time it is not: the promise moves when the clock runs again.
 * @param alias of `dossiers.dossier` in the statement.
 */
export function openLate(alias: string, at: Date): RawBuilder<boolean> {
  const d = sql.raw(alias);
  return sql<boolean>`(${d}.due_current < ${at} and (${d}.clock_status <> 'paused' or (${d}.clock_events->-1->>'at')::timestamptz > ${d}.due_current))`;
}
