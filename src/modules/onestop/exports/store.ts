import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { ColumnId } from './rules/column-ids.ts';

export type Template = {
  readonly id: string;
  readonly version: number;
  readonly accountId: string;
  readonly unitId: string | null;
  readonly name: string;
  readonly columns: readonly string[];
};
export type TemplateDraft = {
  readonly name: string;
  readonly columns: readonly ColumnId[];
  readonly unitId: string | null;
};

const COLUMNS = sql`id, version, account_id "accountId", unit_id "unitId", name, columns`;

/** Those of an account and those shared with the units, by name. */
export async function findTemplates(
  db: Db,
  accountId: string,
  unitIds: readonly string[],
): Promise<readonly Template[]> {
  const { rows } = await sql<Template>`select ${COLUMNS} from exports.template
    where account_id = ${accountId}::uuid or unit_id = any(${[...unitIds]}::uuid[]) order by name, id`.execute(db);
  return rows;
}

export async function findOwn(db: Db, accountId: string, id: string): Promise<Template | undefined> {
  const { rows } = await sql<Template>`select ${COLUMNS} from exports.template
    where id = ${id}::uuid and account_id = ${accountId}::uuid`.execute(db);
  return rows[0];
}

/** @returns false where the account has as many as it may have */
export async function insertTemplate(
  db: Db,
  id: string,
  accountId: string,
  { name, columns, unitId }: TemplateDraft,
  now: Date,
  most: number,
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into exports.template (id, account_id, unit_id, name, columns, created_at, changed_at)
    select ${id}::uuid, ${accountId}::uuid, ${unitId}::uuid, ${name}, ${[...columns]}::text[], ${now}::timestamptz, ${now}::timestamptz
    where (select count(*) from exports.template where account_id = ${accountId}::uuid) < ${most}`.execute(db);
  return numAffectedRows === 1n;
}

/** @returns false where it is not of this version any more */
export async function updateTemplate(
  db: Db,
  { id, version }: Pick<Template, 'id' | 'version'>,
  { name, columns, unitId }: TemplateDraft,
  now: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update exports.template
    set name = ${name}, columns = ${[...columns]}::text[], unit_id = ${unitId}::uuid, version = version + 1, changed_at = ${now}
    where id = ${id}::uuid and version = ${version}`.execute(db);
  return numAffectedRows === 1n;
}

export const deleteTemplate = async (db: Db, id: string): Promise<void> =>
  void (await sql`delete from exports.template where id = ${id}::uuid`.execute(db));
