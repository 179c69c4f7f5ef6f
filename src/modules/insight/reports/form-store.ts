import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import { type Db, isDuplicate } from '../../../platform/db/open.ts';
import type { ReportDefinition } from './rules/form.ts';

export type FormRow = {
  readonly id: string;
  readonly version: number;
  readonly reportId: string;
  readonly state: 'draft' | 'published';
  readonly definition: ReportDefinition;
  readonly validFrom: Day | null;
  readonly digest: string | null;
  readonly changedAt: Date;
  readonly changedBy: string;
  readonly publishedAt: Date | null;
};

const FIELDS =
  sql.raw(`f.id, f.version, f.report_id "reportId", f.state, f.definition, f.valid_from "validFrom", f.digest,
  f.changed_at "changedAt", f.changed_by "changedBy", f.published_at "publishedAt"`);

/** All designed forms, by report, drafts first, then the newest. */
export async function listForms(db: Db): Promise<FormRow[]> {
  const { rows } =
    await sql<FormRow>`select ${FIELDS} from reports.form f order by f.report_id, f.valid_from desc nulls first, f.id desc`.execute(
      db,
    );
  return rows;
}

export async function findForm(db: Db, id: string): Promise<FormRow | undefined> {
  const { rows } = await sql<FormRow>`select ${FIELDS} from reports.form f where f.id = ${id}::uuid`.execute(db);
  return rows[0];
}

/** Published forms in force on a day: of one report the newest. */
export async function formsOn(db: Db, day: Day): Promise<FormRow[]> {
  const { rows } = await sql<FormRow>`select distinct on (f.report_id) ${FIELDS} from reports.form f
    where f.state = 'published' and f.valid_from <= ${day}::date order by f.report_id, f.valid_from desc`.execute(db);
  return rows;
}

type Stamp = { readonly at: Date; readonly by: string };

export async function insertForm(
  db: Db,
  one: { readonly id: string; readonly definition: ReportDefinition } & Stamp,
): Promise<void> {
  await sql`insert into reports.form (id, report_id, state, definition, changed_at, changed_by)
    values (${one.id}::uuid, ${one.definition.id}, 'draft', ${JSON.stringify(one.definition)}::jsonb, ${one.at}, ${one.by})`.execute(
    db,
  );
}

/** Changes a draft at the version that was seen. @returns false where somebody was faster or it is published. */
export async function changeForm(
  db: Db,
  id: string,
  version: number,
  definition: ReportDefinition,
  { at, by }: Stamp,
): Promise<boolean> {
  const { rows } = await sql`update reports.form set version = version + 1, report_id = ${definition.id},
      definition = ${JSON.stringify(definition)}::jsonb, changed_at = ${at}, changed_by = ${by}
    where id = ${id}::uuid and version = ${version} and state = 'draft' returning id`.execute(db);
  return rows.length === 1;
}

/** Publishes a draft for good. @returns `taken`: the report has another form from that very day */
export async function publishForm(
  db: Db,
  id: string,
  version: number,
  published: { readonly definition: ReportDefinition; readonly digest: string } & Stamp,
): Promise<'done' | 'stale' | 'taken'> {
  const { definition, digest, at, by } = published;
  try {
    const { rows } = await sql`update reports.form set version = version + 1, state = 'published',
        definition = ${JSON.stringify(definition)}::jsonb, valid_from = ${definition.validFrom}::date, digest = ${digest},
        changed_at = ${at}, changed_by = ${by}, published_at = ${at}, published_by = ${by}
      where id = ${id}::uuid and version = ${version} and state = 'draft' returning id`.execute(db);
    return rows.length === 1 ? 'done' : 'stale';
  } catch (error) {
    if (isDuplicate(error, 'form_published')) return 'taken';
    throw error;
  }
}

/** Throws a draft away. @returns false where somebody was faster or it is published. */
export async function deleteForm(db: Db, id: string, version: number): Promise<boolean> {
  const { rows } =
    await sql`delete from reports.form where id = ${id}::uuid and version = ${version} and state = 'draft' returning id`.execute(
      db,
    );
  return rows.length === 1;
}
