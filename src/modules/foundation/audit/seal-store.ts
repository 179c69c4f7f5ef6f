import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { FixedFields } from './hashing.ts';

/** The last link of a chain; hash in hex. */
export type Head = { readonly seq: number; readonly hash: string };
export type NewLink = {
  readonly chainId: string;
  readonly seq: number;
  readonly entryId: string;
  readonly entryHash: string;
  readonly prevHash: string;
  readonly hash: string;
};

/** The fixed fields of `audit.entry e` under the names of `FixedFields`. */
export const FIXED_FIELDS = sql.raw(`e.id, e.chain_id "chainId", e.occurred_at "occurredAt", e.recorded_at "recordedAt",
  e.actor, e.assurance, e.action, e.object_type "objectType", e.object_id "objectId",
  encode(e.payload_digest, 'hex') "payloadDigest"`);

/**
 * Takes up to `limit` entries off the queue, oldest id first. A queued id without its entry stays queued: evidence.
 * Each entry is looked up by its key (`offset 0` keeps it so): a join over statistics of an ever changing queue was
 * planned as a scan of all entries.
 */
export async function takeWaiting(db: Db, limit: number): Promise<readonly FixedFields[]> {
  const { rows } = await sql<FixedFields>`
    with oldest as materialized (select entry_id from audit.waiting order by entry_id limit ${limit}),
    found as materialized (select e.* from oldest o cross join lateral (select ${FIXED_FIELDS} from audit.entry e where e.id = o.entry_id offset 0) e),
    taken as (delete from audit.waiting where entry_id = any (array(select id from found)))
    select * from found order by id`.execute(db);
  return rows;
}

export async function readHeads(db: Db, chainIds: readonly string[]): Promise<Map<string, Head>> {
  const { rows } = await sql<Head & { chainId: string }>`select chain_id "chainId", seq, encode(hash, 'hex') hash
    from audit.chain_head where chain_id = any(${chainIds}::text[]) for update`.execute(db);
  return new Map(rows.map((row) => [row.chainId, { seq: row.seq, hash: row.hash }]));
}

export async function saveLinks(db: Db, links: readonly NewLink[]): Promise<void> {
  await sql`insert into audit.link (chain_id, seq, entry_id, entry_hash, prev_hash, hash)
    select c, s, i, decode(e, 'hex'), decode(p, 'hex'), decode(h, 'hex') from unnest(
      ${links.map((l) => l.chainId)}::text[], ${links.map((l) => l.seq)}::bigint[], ${links.map((l) => l.entryId)}::uuid[],
      ${links.map((l) => l.entryHash)}::text[], ${links.map((l) => l.prevHash)}::text[],
      ${links.map((l) => l.hash)}::text[]) as t(c, s, i, e, p, h)`.execute(db);
}

export async function saveHeads(db: Db, heads: ReadonlyMap<string, Head>): Promise<void> {
  await sql`insert into audit.chain_head (chain_id, seq, hash)
    select c, s, decode(h, 'hex') from unnest(${[...heads.keys()]}::text[],
      ${[...heads.values()].map((head) => head.seq)}::bigint[], ${[...heads.values()].map((head) => head.hash)}::text[]) as t(c, s, h)
    on conflict (chain_id) do update set seq = excluded.seq, hash = excluded.hash, sealed_at = now()`.execute(db);
}
