import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type FileOwner = { readonly type: string; readonly id: string };

export type FileReference = {
  readonly id: string;
  readonly owner: FileOwner;
  readonly name: string;
  /** What the file is to its owner: `component`, `result`, `slip` … */
  readonly kind: string;
  readonly mime: string;
  readonly size: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly legalHold: boolean;
  readonly scanStatus: string;
};

export type StoredReference = FileReference & { readonly digest: string };
type Row = Omit<StoredReference, 'owner'> & { readonly ownerType: string; readonly ownerId: string };

const COLUMNS = sql.raw(`r.id, r.owner_type "ownerType", r.owner_id "ownerId", r.name, r.kind, b.mime, b.size,
  r.created_by "createdBy", r.created_at "createdAt", r.legal_hold "legalHold", r.scan_status "scanStatus", r.digest`);

const toReference = ({ ownerType, ownerId, ...row }: Row): StoredReference => ({
  ...row,
  owner: { type: ownerType, id: ownerId },
});

/** Notes a content; holds its row until the transaction ends, which keeps the sweeper away from it. */
export async function touchBlob(db: Db, blob: { digest: string; size: number; mime: string; at: Date }): Promise<void> {
  await sql`insert into files.blob (digest, size, mime, created_at, used_at)
    values (${blob.digest}, ${blob.size}, ${blob.mime}, ${blob.at}, ${blob.at})
    on conflict (digest) do update set used_at = greatest(files.blob.used_at, excluded.used_at)`.execute(db);
}

export type NewReference = Pick<
  StoredReference,
  'id' | 'digest' | 'owner' | 'name' | 'kind' | 'createdBy' | 'createdAt'
>;

export async function insertReference(db: Db, reference: NewReference): Promise<void> {
  const { id, digest, owner, name, kind, createdBy, createdAt } = reference;
  await sql`insert into files.reference (id, digest, owner_type, owner_id, name, kind, created_by, created_at)
    values (${id}, ${digest}, ${owner.type}, ${owner.id}, ${name}, ${kind}, ${createdBy}, ${createdAt})`.execute(db);
}

/** Live references only, oldest first. */
export async function findByIds(db: Db, ids: readonly string[]): Promise<readonly StoredReference[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from files.reference r join files.blob b using (digest)
    where r.id = any(${ids}::uuid[]) and r.erased_at is null order by r.id`.execute(db);
  return rows.map(toReference);
}

/** Live references only, oldest first. */
export async function findByOwner(db: Db, owner: FileOwner): Promise<readonly StoredReference[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from files.reference r join files.blob b using (digest)
    where r.owner_type = ${owner.type} and r.owner_id = ${owner.id} and r.erased_at is null order by r.id`.execute(db);
  return rows.map(toReference);
}

/** @returns ids that belonged to `from` and now belong to `to`. */
export async function changeOwner(db: Db, ids: readonly string[], from: FileOwner, to: FileOwner): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update files.reference set owner_type = ${to.type}, owner_id = ${to.id}
    where id = any(${ids}::uuid[]) and owner_type = ${from.type} and owner_id = ${from.id} and erased_at is null
    returning id`.execute(db);
  return rows.map((row) => row.id);
}

export async function changeHold(db: Db, owner: FileOwner, hold: boolean): Promise<void> {
  await sql`update files.reference set legal_hold = ${hold}
    where owner_type = ${owner.type} and owner_id = ${owner.id}`.execute(db);
}

/** @returns true where the reference was live and not held. */
export async function markErased(db: Db, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`update files.reference set erased_at = ${at}, name = ''
    where id = ${id} and erased_at is null and not legal_hold returning id`.execute(db);
  return rows.length > 0;
}

/** Takes contents no live reference needs and nobody used since `before` out of the table. @returns their digests. */
export async function takeUnused(db: Db, before: Date, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ digest: string }>`delete from files.blob b where b.digest in (
      select c.digest from files.blob c where c.used_at < ${before}
        and not exists (select 1 from files.reference r where r.digest = c.digest and r.erased_at is null)
      limit ${limit} for update skip locked)
    returning b.digest`.execute(db);
  return rows.map((row) => row.digest);
}
