import { sql } from 'kysely';
import type { IndicatorSet } from '../../../core/scoring/index.ts';
import type { Db } from '../../../platform/db/open.ts';

export type OwnSet = {
  readonly code: string;
  readonly version: number;
  readonly state: 'draft' | 'published';
  readonly body: IndicatorSet;
  readonly basedOn: string;
  readonly unitId: string;
  readonly digest: string | null;
};

const FIELDS = sql.raw(`code, version, state, body, based_on "basedOn", unit_id "unitId", digest`);

/** Sets made here: published ones for everybody, drafts of the units given. */
export async function listOwnSets(db: Db, editUnits: readonly string[]): Promise<OwnSet[]> {
  const { rows } = await sql<OwnSet>`select ${FIELDS} from indices.own_set
    where state = 'published' or unit_id = any(${[...editUnits]}::uuid[]) order by code`.execute(db);
  return rows;
}

export async function findOwnSet(db: Db, editUnits: readonly string[], code: string): Promise<OwnSet | undefined> {
  const { rows } = await sql<OwnSet>`select ${FIELDS} from indices.own_set
    where code = ${code} and (state = 'published' or unit_id = any(${[...editUnits]}::uuid[]))`.execute(db);
  return rows[0];
}

type By = { readonly at: Date; readonly ref: string };

/** @returns false where the code is taken */
export async function insertOwnSet(
  db: Db,
  set: Pick<OwnSet, 'code' | 'body' | 'basedOn' | 'unitId'>,
  { at, ref }: By,
): Promise<boolean> {
  const { rows } = await sql`insert into indices.own_set
      (code, state, body, based_on, unit_id, made_at, made_by, saved_at, saved_by)
    values (${set.code}, 'draft', ${JSON.stringify(set.body)}::jsonb, ${set.basedOn}, ${set.unitId}::uuid, ${at}, ${ref}, ${at}, ${ref})
    on conflict do nothing returning code`.execute(db);
  return rows.length === 1;
}

/** Saves a draft at the version that was seen; with a digest it is published. @returns false where somebody was faster */
export async function changeOwnSet(
  db: Db,
  code: string,
  version: number,
  change: { readonly body?: IndicatorSet; readonly digest?: string },
  { at, ref }: By,
): Promise<boolean> {
  const published = change.digest !== undefined;
  const { rows } = await sql`update indices.own_set set version = version + 1,
      body = coalesce(${change.body ? JSON.stringify(change.body) : null}::jsonb, body),
      state = ${published ? 'published' : 'draft'}, digest = ${change.digest ?? null},
      saved_at = ${at}, saved_by = ${ref},
      published_at = ${published ? at : null}::timestamptz, published_by = ${published ? ref : null}
    where code = ${code} and version = ${version} and state = 'draft' returning code`.execute(db);
  return rows.length === 1;
}
