import type { Db, Pool } from '../../../platform/db/open.ts';
import { entryHash, GENESIS, linkHash, payloadDigest } from './hashing.ts';
import type { Head } from './seal-store.ts';
import {
  countEntries,
  findDeletedWaiting,
  findUnknownChain,
  findUnqueued,
  listHeads,
  readLinks,
  type SealedLink,
} from './verify-store.ts';

/** Why a record does not verify. */
export type BrokenWhy =
  | 'entry-changed'
  | 'payload-changed'
  | 'erased-without-record'
  | 'entry-deleted'
  | 'link-missing'
  | 'link-changed'
  | 'head-changed'
  | 'never-sealed'
  | 'anchor-differs';

/** One broken record. `seq` is null where the record never got a place; `entryId` null where nobody knows it any more. */
export type BrokenRecord = {
  /** Null where an entry was deleted before anybody noted its chain. */
  readonly chainId: string | null;
  readonly seq: number | null;
  readonly entryId: string | null;
  readonly why: BrokenWhy;
};

/** A head noted elsewhere at some time (paper, another system): against it even a rewritten chain shows. */
export type Anchor = { readonly chainId: string; readonly seq: number; readonly hash: string };

export type AuditVerdict = {
  readonly ok: boolean;
  readonly chains: number;
  readonly entries: number;
  /** Entries recorded but not yet in a chain; normal while people work. */
  readonly unsealed: number;
  readonly firstBroken?: BrokenRecord;
  /** The first broken record of each broken chain; `firstBroken` is the first of these. */
  readonly broken: readonly BrokenRecord[];
  /** Heads as they stand: note them elsewhere to use as anchors later. */
  readonly heads: readonly Anchor[];
};

/**
 * Reads the whole trail in one snapshot, link by link in constant memory (pages of 5,000), while people go on working.
 * @param anchors heads noted earlier, to find a chain that was rewritten from some place to its end.
 */
export async function verifyAudit(db: Pool, anchors: readonly Anchor[] = []): Promise<AuditVerdict> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const heads = await listHeads(trx);
      const broken: BrokenRecord[] = [];
      for (const head of heads) {
        const noted = new Map(anchors.filter((a) => a.chainId === head.chainId).map((a) => [a.seq, a.hash]));
        const first = await findBroken(trx, head.chainId, head, noted);
        if (first) broken.push(first);
      }
      for (const anchor of anchors) {
        if (!heads.some((head) => head.chainId === anchor.chainId))
          broken.push({ chainId: anchor.chainId, seq: anchor.seq, entryId: null, why: 'anchor-differs' });
      }
      const strays = [await findUnknownChain(trx), await findUnqueued(trx), await findDeletedWaiting(trx)];
      broken.push(...strays.filter((stray) => stray !== undefined));
      const [firstBroken] = broken;
      return {
        ok: firstBroken === undefined,
        chains: heads.length,
        ...(await countEntries(trx)),
        ...(firstBroken ? { firstBroken } : {}),
        broken,
        heads,
      };
    });
}

async function findBroken(
  db: Db,
  chainId: string,
  head: Head,
  noted: ReadonlyMap<number, string>,
): Promise<BrokenRecord | undefined> {
  let last: Head = { seq: 0, hash: GENESIS };
  for (;;) {
    const page = await readLinks(db, chainId, last.seq);
    for (const link of page) {
      const seq = last.seq + 1;
      if (link.seq !== seq) return linkMissing(db, chainId, seq);
      const why = judge(link, chainId, last.hash) ?? judgeAnchor(noted, link);
      if (why) return { chainId, seq, entryId: link.entryId, why };
      last = { seq, hash: link.hash };
    }
    if (page.length === 0) break;
  }
  const beyond = [...noted.keys()].find((seq) => seq > last.seq);
  if (head.seq > last.seq) return linkMissing(db, chainId, last.seq + 1);
  if (beyond !== undefined) return { chainId, seq: last.seq + 1, entryId: null, why: 'anchor-differs' };
  if (head.seq !== last.seq || head.hash !== last.hash)
    return { chainId, seq: head.seq, entryId: null, why: 'head-changed' };
  return undefined;
}

/** Names the oldest entry of the chain that has no link: the one whose link was taken, if the entry itself still stands. */
async function linkMissing(db: Db, chainId: string, seq: number): Promise<BrokenRecord> {
  return { chainId, seq, entryId: (await findUnqueued(db, chainId))?.entryId ?? null, why: 'link-missing' };
}

function judgeAnchor(noted: ReadonlyMap<number, string>, link: SealedLink): BrokenWhy | undefined {
  const hash = noted.get(link.seq);
  return hash === undefined || hash === link.hash ? undefined : 'anchor-differs';
}

function judge(link: SealedLink, chainId: string, prevHash: string): BrokenWhy | undefined {
  if (link.prevHash !== prevHash || linkHash(chainId, link.seq, prevHash, link.entryHash) !== link.hash)
    return 'link-changed';
  const { entry } = link;
  if (!entry) return 'entry-deleted';
  if (entryHash(entry) !== link.entryHash) return 'entry-changed';
  if (entry.erasedAt !== null) return entry.erasureRecorded ? undefined : 'erased-without-record';
  if (entry.salt === null)
    return entry.payloadDigest === null && entry.payload === null && entry.address === null
      ? undefined
      : 'payload-changed';
  return payloadDigest(entry.salt, entry.address, entry.payload) === entry.payloadDigest
    ? undefined
    : 'payload-changed';
}
