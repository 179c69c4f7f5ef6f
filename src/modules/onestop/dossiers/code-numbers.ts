import { sql } from 'kysely';
import type { Pool } from '../../../platform/db/open.ts';

export type CodeNumbers = { next(prefix: string): Promise<number> };

/**
 * Numbers for dossier codes, unique across processes. A counter row locked until commit would make intake one queue, so
 * a process takes numbers in advance by a statement of its own: one at a time at a quiet desk (no gaps), more at once
 * when they go fast. Numbers are never reused; gaps are allowed (contracts, domain §3.2).
 */
export function createCodeNumbers(db: Pool): CodeNumbers {
  type Block = { next: number; end: number; size: number; takenAtMs: number; filling: Promise<void> | null };
  const blocks = new Map<string, Block>();

  async function fill(prefix: string, block: Block): Promise<void> {
    const nowMs = performance.now();
    block.size = nowMs - block.takenAtMs < 1000 ? Math.min(64, block.size * 2) : 1;
    const { rows } = await sql<{ last_number: number }>`insert into dossiers.code_counter (prefix, last_number)
      values (${prefix}, ${block.size}) on conflict (prefix) do update set last_number = code_counter.last_number + ${block.size}
      returning last_number`.execute(db);
    const last = rows[0]?.last_number ?? 0;
    block.next = last - block.size + 1;
    block.end = last;
    block.takenAtMs = nowMs;
  }

  return {
    async next(prefix) {
      let block = blocks.get(prefix);
      if (!block) {
        if (blocks.size > 2000) blocks.clear();
        block = { next: 1, end: 0, size: 1, takenAtMs: -10_000, filling: null };
        blocks.set(prefix, block);
      }
      while (block.next > block.end) {
        const mine = block;
        block.filling ??= fill(prefix, mine).finally(() => {
          mine.filling = null;
        });
        await block.filling;
      }
      return block.next++;
    },
  };
}
