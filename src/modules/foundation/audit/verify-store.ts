import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { FixedFields } from './hashing.ts';
import { FIXED_FIELDS } from './seal-store.ts';
import type { Anchor, BrokenRecord } from './verify.ts';

const PAGE = 5000;
export const ERASE_ACTION = 'audit.erase';

export type SealedEntry = FixedFields & {
  readonly address: string | null;
  readonly payload: unknown;
  /** Hex. */
  readonly salt: string | null;
  readonly erasedAt: Date | null;
  /** An entry of the trail itself says that this one was erased. */
  readonly erasureRecorded: boolean;
};

/** A link with its entry, hashes in hex; `entry` undefined where the row is gone. */
export type SealedLink = {
  readonly seq: number;
  readonly entryId: string;
  readonly entryHash: string;
  readonly prevHash: string;
  readonly hash: string;
  readonly entry: SealedEntry | undefined;
};

type Row = Omit<SealedLink, 'entry'> & Omit<SealedEntry, 'id'> & { readonly id: string | null };

/** The next page of links of a chain after `seq`, in order. Empty at the end. */
export async function readLinks(db: Db, chainId: string, afterSeq: number): Promise<readonly SealedLink[]> {
  const { rows } = await sql<Row>`
    select l.seq, l.entry_id "entryId", encode(l.entry_hash, 'hex') "entryHash", encode(l.prev_hash, 'hex') "prevHash",
      encode(l.hash, 'hex') hash, ${FIXED_FIELDS}, e.address, e.payload, encode(e.payload_salt, 'hex') salt,
      e.erased_at "erasedAt",
      e.erased_at is not null and exists (select 1 from audit.entry x
        where x.object_id = e.id::text and x.object_type = 'audit-entry' and x.action = ${ERASE_ACTION}) "erasureRecorded"
    from audit.link l left join audit.entry e on e.id = l.entry_id
    where l.chain_id = ${chainId} and l.seq > ${afterSeq} order by l.seq limit ${PAGE}`.execute(db);
  return rows.map(({ id, ...row }) => ({ ...row, entry: id === null ? undefined : { ...row, id } }));
}

export async function listHeads(db: Db): Promise<readonly Anchor[]> {
  const { rows } = await sql<Anchor>`select chain_id "chainId", seq, encode(hash, 'hex') hash
    from audit.chain_head order by chain_id collate "C"`.execute(db);
  return rows;
}

export async function countEntries(db: Db): Promise<{ entries: number; unsealed: number }> {
  const { rows } = await sql<{ entries: number; unsealed: number }>`
    select (select count(*) from audit.entry) entries, (select count(*) from audit.waiting) unsealed`.execute(db);
  return rows[0] ?? { entries: 0, unsealed: 0 };
}

/** Links of a chain whose head was removed. */
export async function findUnknownChain(db: Db): Promise<BrokenRecord | undefined> {
  const { rows } = await sql<{ chainId: string; entryId: string }>`select chain_id "chainId", entry_id "entryId"
    from audit.link l where not exists (select 1 from audit.chain_head h where h.chain_id = l.chain_id)
    order by chain_id collate "C", seq limit 1`.execute(db);
  const row = rows[0];
  return row && { ...row, seq: null, why: 'head-changed' };
}

/** An entry neither sealed nor queued: its link was taken away with the end of the chain, or it was smuggled in. */
export async function findUnqueued(db: Db, chainId?: string): Promise<BrokenRecord | undefined> {
  const { rows } = await sql<{ chainId: string; entryId: string }>`select chain_id "chainId", id "entryId"
    from audit.entry e where not exists (select 1 from audit.link l where l.entry_id = e.id)
      and not exists (select 1 from audit.waiting w where w.entry_id = e.id)
      and (${chainId ?? null}::text is null or chain_id = ${chainId ?? null})
    order by id limit 1`.execute(db);
  const row = rows[0];
  return row && { ...row, seq: null, why: 'never-sealed' };
}

/** An entry deleted before it was sealed: its id still waits. */
export async function findDeletedWaiting(db: Db): Promise<BrokenRecord | undefined> {
  const { rows } = await sql<{ entryId: string }>`select entry_id "entryId" from audit.waiting w
    where not exists (select 1 from audit.entry e where e.id = w.entry_id) order by entry_id limit 1`.execute(db);
  const row = rows[0];
  return row && { chainId: null, entryId: row.entryId, seq: null, why: 'entry-deleted' };
}
