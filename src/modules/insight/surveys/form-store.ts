import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { Questionnaire } from './rules/questionnaire.ts';

export type StoredForm = {
  readonly id: string;
  readonly code: string;
  readonly no: number;
  readonly status: 'draft' | 'published';
  readonly version: number;
  readonly unitId: string;
  readonly definition: Questionnaire;
};

const FIELDS = sql.raw('id, code, no, status, version, unit_id "unitId", definition');

/** Published ones, and drafts of these units. Questionnaires hold no personal data. */
export async function listForms(db: Db, unitIds: readonly string[]): Promise<StoredForm[]> {
  const { rows } = await sql<StoredForm>`select ${FIELDS} from surveys.form
    where status = 'published' or unit_id = any(${[...unitIds]}::uuid[]) order by code, no desc limit 500`.execute(db);
  return rows;
}

export async function findForm(db: Db, unitIds: readonly string[], id: string): Promise<StoredForm | undefined> {
  const { rows } = await sql<StoredForm>`select ${FIELDS} from surveys.form
    where id = ${id}::uuid and (status = 'published' or unit_id = any(${[...unitIds]}::uuid[]))`.execute(db);
  return rows[0];
}

/** A new draft, the next number of its code. @throws the database's duplicate error where there is a draft already */
export async function insertForm(
  db: Db,
  one: { id: string; code: string; unitId: string; definition: Questionnaire; by: string; at: Date },
): Promise<void> {
  await sql`insert into surveys.form (id, code, no, status, unit_id, definition, created_at, created_by)
    select ${one.id}::uuid, ${one.code}, coalesce(max(no), 0) + 1, 'draft', ${one.unitId}::uuid, ${JSON.stringify(one.definition)}::jsonb, ${one.at}, ${one.by}
    from surveys.form where code = ${one.code}`.execute(db);
}

/** @returns false where the draft was changed or published meanwhile */
export async function saveForm(trx: Db, id: string, version: number, definition: Questionnaire): Promise<boolean> {
  const done =
    await sql`update surveys.form set definition = ${JSON.stringify(definition)}::jsonb, version = version + 1
    where id = ${id}::uuid and version = ${version} and status = 'draft'`.execute(trx);
  return done.numAffectedRows === 1n;
}

export async function publishForm(
  trx: Db,
  id: string,
  version: number,
  by: { readonly digest: string; readonly at: Date; readonly by: string },
): Promise<boolean> {
  const done = await sql`update surveys.form set status = 'published', version = version + 1, digest = ${by.digest},
      published_at = ${by.at}, published_by = ${by.by}
    where id = ${id}::uuid and version = ${version} and status = 'draft'`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** @returns false where the draft was changed or published meanwhile */
export async function deleteForm(trx: Db, id: string, version: number): Promise<boolean> {
  const done = await sql`delete from surveys.form
    where id = ${id}::uuid and version = ${version} and status = 'draft'`.execute(trx);
  return done.numAffectedRows === 1n;
}
