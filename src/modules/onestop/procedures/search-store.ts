import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { DB } from '../../../platform/db/types.ts';
import { HEAD, headOf, type RevisionHead } from './revision-head.ts';
import type { ProcedureDefinition } from './rules/definition.ts';
import type { Level } from './rules/parts.ts';

export type SearchInput = {
  readonly q: string;
  readonly fieldCode?: string | undefined;
  readonly level?: Level | string | null | undefined;
  /** Only published revisions in force on the day; left out: the newest revision of every code, whatever its state. */
  readonly day?: Day | undefined;
  readonly offset: number;
  readonly limit: number;
};

type RevisionTable = ExpressionBuilder<DB, 'procedures.revision'>;

/** Every word must be found, without diacritics; `%` and `_` are plain characters. */
function matching(q: string) {
  const words = q.trim().split(/\s+/).filter(Boolean).slice(0, 12);
  return (eb: RevisionTable) =>
    eb.and(
      words.map(
        (word) => sql<SqlBool>`search like '%' || platform.fold(${word.replace(/[\\%_]/g, (c) => `\\${c}`)}) || '%'`,
      ),
    );
}

function listQuery(db: Db, input: SearchInput, byLikeness: boolean) {
  let query = db.selectFrom('procedures.revision').where('status', '<>', 'discarded');
  if (input.day !== undefined) {
    const day = input.day;
    query = query
      .where('status', '=', 'published')
      .where('valid_from', '<=', day)
      .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', day)]));
  } else {
    query =
      query.where(sql<SqlBool>`id = (select r.id from procedures.revision r where r.procedure_id = revision.procedure_id
      and r.status <> 'discarded' order by (r.status = 'published') desc, r.valid_from desc, r.id desc limit 1)`);
  }
  if (input.fieldCode) query = query.where('field_code', '=', input.fieldCode);
  if (input.level) query = query.where(sql<SqlBool>`${input.level} = any(levels)`);
  if (input.q.trim() === '') return query;
  return byLikeness
    ? query.where(sql<SqlBool>`platform.fold(${input.q.trim()}) <% search`)
    : query.where(matching(input.q));
}

/**
 * Accent-blind search; where no name has every word, names that are nearly alike (typing errors). Best match first:
 * exact code, then how much of the name is met, then name.
 */
export async function searchRevisions(
  db: Db,
  input: SearchInput,
): Promise<{ rows: RevisionHead[]; total: number; likely: boolean }> {
  for (const likely of [false, true]) {
    if (likely && input.q.trim() === '') break;
    const query = listQuery(db, input, likely);
    const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    if (Number(total) === 0) continue;
    const rows = await query
      .select(HEAD)
      .orderBy(sql`(code = ${input.q.trim()})`, 'desc')
      .orderBy(sql`word_similarity(platform.fold(${input.q.trim()}), search)`, 'desc')
      .orderBy('name')
      .orderBy('code')
      .limit(input.limit)
      .offset(input.offset)
      .execute();
    return { rows: rows.map(headOf), total: Number(total), likely };
  }
  return { rows: [], total: 0, likely: false };
}

/** Fields with a published procedure in force on the day. */
export async function fieldsInForce(db: Db, day: Day): Promise<{ code: string; name: string; count: number }[]> {
  const rows = await db
    .selectFrom('procedures.revision')
    .select(['field_code', sql<string>`min(field_name)`.as('name'), (eb) => eb.fn.countAll<number>().as('count')])
    .where('status', '=', 'published')
    .where('valid_from', '<=', day)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', day)]))
    .groupBy('field_code')
    .orderBy('name')
    .execute();
  return rows.map((row) => ({ code: row.field_code, name: row.name, count: Number(row.count) }));
}

export async function loadDefinitions(db: Db, ids: readonly string[]): Promise<Map<string, ProcedureDefinition>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('procedures.revision')
    .select(['id', 'definition'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.definition as unknown as ProcedureDefinition]));
}
