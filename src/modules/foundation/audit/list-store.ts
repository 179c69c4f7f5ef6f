import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type AuditFilters = {
  /** Chains the reader may see, already narrowed to the one asked for. */
  readonly chainIds: readonly string[];
  readonly objectType?: string | undefined;
  readonly objectId?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Only entries older than this id. */
  readonly before?: string | undefined;
  readonly limit: number;
};

export type AuditRecord = {
  readonly id: string;
  readonly chainId: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly actor: string;
  readonly assurance: string;
  readonly address: string | null;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly payload: unknown;
  readonly erasedAt: Date | null;
};

/** Youngest first by id. */
export async function findEntries(db: Db, filters: AuditFilters): Promise<readonly AuditRecord[]> {
  const { objectType, objectId, actor, action, from, to, before } = filters;
  const conditions = [sql`chain_id = any(${filters.chainIds}::text[])`];
  if (objectType) conditions.push(sql`object_type = ${objectType}`);
  // A dossier also stood in lists; their entries have an index of their own (entry_list).
  if (objectId) {
    conditions.push(
      sql`(object_id = ${objectId} or (object_type = 'dossier-list' and payload->'ids' ? ${objectId}::text))`,
    );
  }
  if (actor) conditions.push(sql`actor = ${actor}`);
  if (action?.endsWith('*')) conditions.push(sql`starts_with(action, ${action.slice(0, -1)})`);
  else if (action) conditions.push(sql`action = ${action}`);
  if (from) conditions.push(sql`occurred_at >= ${from}`);
  if (to) conditions.push(sql`occurred_at < ${to}`);
  if (before) conditions.push(sql`id < ${before}::uuid`);
  const { rows } = await sql<AuditRecord>`select id, chain_id "chainId", occurred_at "occurredAt",
      recorded_at "recordedAt", actor, assurance, address, action, object_type "objectType", object_id "objectId",
      payload, erased_at "erasedAt"
    from audit.entry where ${sql.join(conditions, sql` and `)} order by id desc limit ${filters.limit}`.execute(db);
  return rows;
}

/** Erases the personal part of entries not erased yet. @returns id and chain of those it erased. */
export async function eraseParts(
  db: Db,
  entryIds: readonly string[],
  at: Date,
): Promise<readonly { id: string; chainId: string }[]> {
  const { rows } = await sql<{ id: string; chainId: string }>`update audit.entry
    set payload = null, payload_salt = null, address = null, erased_at = ${at}
    where id = any(${entryIds}::uuid[]) and erased_at is null and payload_digest is not null
    returning id, chain_id "chainId"`.execute(db);
  return rows;
}

/** Ids of all entries about one object. */
export async function findEntryIds(db: Db, object: { type: string; id: string }): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select id from audit.entry
    where object_id = ${object.id} and object_type = ${object.type}`.execute(db);
  return rows.map((row) => row.id);
}

/** How many entries about these objects still have a personal part. */
export async function countErasable(
  db: Db,
  object: { readonly type: string; readonly ids: readonly string[] },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from audit.entry
    where object_id = any(${[...object.ids]}::text[]) and object_type = ${object.type} and erased_at is null
      and payload_digest is not null`.execute(db);
  return rows[0]?.n ?? 0;
}
