import type { Db } from '../../../platform/db/open.ts';

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
