import { type SqlBool, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import {
  HEAD,
  headOf,
  type RevisionHead,
  type RevisionOrigin,
  type RevisionRow,
  type RevisionStatus,
} from './revision-head.ts';
import type { ProcedureDefinition } from './rules/definition.ts';

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
