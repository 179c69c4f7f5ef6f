import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { DB } from '../../../platform/db/types.ts';
import type { ProcedureDefinition } from './rules/definition.ts';
import type { Level } from './rules/parts.ts';

export type RevisionStatus = 'draft' | 'published' | 'discarded';
export type RevisionOrigin = 'content' | 'national' | 'editor';

/** A revision without its content: what lists show. */
export type RevisionHead = {
  readonly id: string;
  readonly code: string;
  readonly revision: string;
  readonly name: string;
  readonly status: RevisionStatus;
  readonly version: number;
  readonly fieldCode: string;
  readonly fieldName: string;
  readonly levels: readonly string[];
  readonly onlineLevel: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly verified: boolean;
  readonly origin: RevisionOrigin;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
};
export type RevisionRow = RevisionHead & { readonly definition: ProcedureDefinition; readonly digest: string };

const HEAD = [
  'id',
  'code',
  'revision',
  'name',
  'status',
  'version',
  'field_code',
  'field_name',
  'levels',
  'online_level',
  'valid_from',
  'valid_to',
  'verified',
  'origin',
  'created_at',
  'created_by',
  'published_at',
  'published_by',
] as const;

type HeadColumns = {
  id: string;
  code: string;
  revision: string;
  name: string;
  status: string;
  version: number;
  field_code: string;
  field_name: string;
  levels: string[];
  online_level: string;
  valid_from: string;
  valid_to: string | null;
  verified: boolean;
  origin: string;
  created_at: Date;
  created_by: string;
  published_at: Date | null;
  published_by: string | null;
};

function headOf(row: HeadColumns): RevisionHead {
  return {
    id: row.id,
    code: row.code,
    revision: row.revision,
    name: row.name,
    status: row.status as RevisionStatus,
    version: row.version,
    fieldCode: row.field_code,
    fieldName: row.field_name,
    levels: row.levels,
    onlineLevel: row.online_level,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    verified: row.verified,
    origin: row.origin as RevisionOrigin,
    createdAt: row.created_at,
    createdBy: row.created_by,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
  };
}

export async function findRevisionRow(db: Db, id: string): Promise<RevisionRow | undefined> {
  const row = await db
    .selectFrom('procedures.revision')
    .select([...HEAD, 'definition', 'digest'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...headOf(row), definition: row.definition as unknown as ProcedureDefinition, digest: row.digest };
}

/** The same row, held until the transaction ends. */
export async function lockRevision(trx: Db, id: string): Promise<RevisionRow | undefined> {
  await trx.selectFrom('procedures.revision').select('id').where('id', '=', id).forUpdate().execute();
  return findRevisionRow(trx, id);
}

/** Id of the published revision in force on a day for a level; `null` level: whatever level. */
export async function findInForce(db: Db, code: string, level: string | null, day: Day): Promise<string | undefined> {
  let query = db
    .selectFrom('procedures.revision')
    .select('id')
    .where('code', '=', code)
    .where('status', '=', 'published')
    .where('valid_from', '<=', day)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', day)]));
  if (level !== null) query = query.where(sql<SqlBool>`${level} = any(levels)`);
  return (await query.executeTakeFirst())?.id;
}

/** The published revisions of a code whose days meet the given range, oldest first. */
export async function publishedBetween(db: Db, code: string, from: Day, to: Day | null): Promise<RevisionHead[]> {
  const rows = await db
    .selectFrom('procedures.revision')
    .select(HEAD)
    .where('code', '=', code)
    .where('status', '=', 'published')
    .where(sql<SqlBool>`daterange(valid_from, valid_to, '[]') && daterange(${from}, ${to}, '[]')`)
    .orderBy('valid_from')
    .execute();
  return rows.map(headOf);
}

export async function revisionsOfCode(db: Db, code: string): Promise<RevisionHead[]> {
  const rows = await db
    .selectFrom('procedures.revision')
    .select(HEAD)
    .where('code', '=', code)
    .orderBy('valid_from', 'desc')
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(headOf);
}

export async function findByName(db: Db, code: string, revision: string): Promise<RevisionHead | undefined> {
  const row = await db
    .selectFrom('procedures.revision')
    .select(HEAD)
    .where('code', '=', code)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return row && headOf(row);
}

export async function findDigest(db: Db, code: string, digest: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('procedures.revision')
    .select('id')
    .where('code', '=', code)
    .where('digest', '=', digest)
    .where('status', '<>', 'discarded')
    .executeTakeFirst();
  return row?.id;
}

/** Columns that repeat what the definition says, so that lists need not open it. */
function facts(definition: ProcedureDefinition) {
  return {
    definition: JSON.stringify(definition),
    name: definition.name,
    field_code: definition.field.code,
    field_name: definition.field.name,
    levels: [...definition.levels],
    online_level: definition.onlineLevel,
    keywords: (definition.keywords ?? []).join(' '),
    valid_from: definition.validFrom,
    valid_to: definition.validTo ?? null,
    verified: definition.verified,
  };
}

export type NewRevision = {
  readonly id: string;
  readonly procedureId: string;
  readonly definition: ProcedureDefinition;
  readonly origin: RevisionOrigin;
  readonly digest: string;
  readonly at: Date;
  readonly by: string;
};

/** Makes the procedure where its code is new; the id that counts comes back. */
export async function ensureProcedure(trx: Db, id: string, code: string, at: Date): Promise<string> {
  const made = await sql<{
    id: string;
  }>`insert into procedures.procedure (id, code, created_at) values (${id}, ${code}, ${at})
    on conflict (code) do update set code = excluded.code returning id`.execute(trx);
  return made.rows[0]?.id ?? id;
}

export async function insertDraft(trx: Db, revision: NewRevision): Promise<void> {
  await trx
    .insertInto('procedures.revision')
    .values({
      id: revision.id,
      procedure_id: revision.procedureId,
      code: revision.definition.code,
      revision: revision.definition.revision,
      status: 'draft',
      origin: revision.origin,
      digest: revision.digest,
      created_at: revision.at,
      created_by: revision.by,
      ...facts(revision.definition),
    })
    .execute();
}

export async function updateDraft(trx: Db, id: string, definition: ProcedureDefinition, digest: string): Promise<void> {
  await trx
    .updateTable('procedures.revision')
    .set({ ...facts(definition), revision: definition.revision, digest, version: sql`version + 1` })
    .where('id', '=', id)
    .execute();
}

export async function setStatus(
  trx: Db,
  id: string,
  change: { readonly status: RevisionStatus; readonly at?: Date; readonly by?: string; readonly validTo?: Day | null },
): Promise<void> {
  await trx
    .updateTable('procedures.revision')
    .set({
      status: change.status,
      version: sql`version + 1`,
      ...(change.at && change.by ? { published_at: change.at, published_by: change.by } : {}),
      ...(change.validTo !== undefined ? { valid_to: change.validTo } : {}),
    })
    .where('id', '=', id)
    .execute();
}

/** Ends a published revision. */
export async function endRevision(trx: Db, id: string, lastDay: Day): Promise<void> {
  await trx.updateTable('procedures.revision').set({ valid_to: lastDay }).where('id', '=', id).execute();
}

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

export async function findImport(db: Db, digest: string): Promise<{ revisionId: string } | undefined> {
  const row = await db
    .selectFrom('procedures.national_import')
    .select('revision_id')
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row && { revisionId: row.revision_id };
}

export async function insertImport(
  trx: Db,
  row: {
    id: string;
    code: string;
    revisionId: string;
    fileName: string;
    digest: string;
    raw: string;
    report: unknown;
    at: Date;
    by: string;
  },
): Promise<void> {
  await trx
    .insertInto('procedures.national_import')
    .values({
      id: row.id,
      code: row.code,
      revision_id: row.revisionId,
      file_name: row.fileName,
      digest: row.digest,
      raw: row.raw,
      report: JSON.stringify(row.report),
      imported_at: row.at,
      imported_by: row.by,
    })
    .execute();
}

export async function findSource(
  db: Db,
  revisionId: string,
): Promise<{ fileName: string; raw: string; report: unknown; importedAt: Date } | undefined> {
  const row = await db
    .selectFrom('procedures.national_import')
    .select(['file_name', 'raw', 'report', 'imported_at'])
    .where('revision_id', '=', revisionId)
    .orderBy('imported_at', 'desc')
    .executeTakeFirst();
  return row && { fileName: row.file_name, raw: row.raw, report: row.report, importedAt: row.imported_at };
}
