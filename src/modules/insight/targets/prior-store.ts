import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Reading } from './rules/attain.ts';
import type { TargetTerms } from './rules/definition.ts';

/** A target of the period before: the same unit, the same name. */
export type Prior = { readonly id: string; readonly terms: TargetTerms };

/** By target, the one of the same unit and name in the period before; of several the one followed, else the newest. */
export async function findPriors(
  db: Db,
  asks: readonly { readonly id: string; readonly unitId: string; readonly name: string; readonly periodId: string }[],
): Promise<ReadonlyMap<string, Prior>> {
  if (asks.length === 0) return new Map();
  const { rows } = await sql<Prior & { of: string }>`select distinct on (a.id) a.id "of", t.id, t.terms
    from jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) as a(id uuid, "unitId" uuid, name text, "periodId" text)
    join targets.target t on t.unit_id = a."unitId" and t.period_id = a."periodId" and t.terms->>'name' = a.name and t.id <> a.id
    order by a.id, (t.ended_at is null) desc, t.id desc`.execute(db);
  return new Map(rows.map(({ of, ...prior }) => [of, prior]));
}

/** By target, the entry that counted on a day: of the newest day up to it, the last one. */
export async function findValuesUpTo(
  db: Db,
  asks: readonly { readonly id: string; readonly upTo: Day }[],
): Promise<ReadonlyMap<string, Reading>> {
  if (asks.length === 0) return new Map();
  const { rows } = await sql<Reading & { id: string }>`select distinct on (v.target_id) v.target_id id,
      v.numerator::float8 numerator, v.denominator::float8 denominator, v.value::float8 "value", v.bound
    from jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) as a(id uuid, "upTo" date)
    join targets.value v on v.target_id = a.id and v.as_of <= a."upTo"
    order by v.target_id, v.as_of desc, v.no desc`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
