import type { Pool } from '../../src/platform/db/open.ts';

export type Stored = {
  readonly id: string;
  readonly code: string;
  readonly mark: string;
  readonly actions: number;
  readonly version: number;
};

/** Dossiers of a load as the database has them, with the number of their actions. */
export async function storedDossiers(db: Pool, mark: string): Promise<readonly Stored[]> {
  const { rows } = await db.raw.query<Stored>(
    `select d.id, d.code, regexp_replace(p.snapshot->>'fullName', '^.* ', '') mark, d.version,
       (select count(*)::int from dossiers.action a where a.dossier_id = d.id) actions
     from dossiers.dossier d join dossiers.party p on p.dossier_id = d.id and p.role = 'owner'
     where p.snapshot->>'fullName' like $1`,
    [`Nguyễn Văn Thử ${mark}-%`],
  );
  return rows;
}
