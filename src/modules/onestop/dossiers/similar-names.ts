import { sql } from 'kysely';
import type { Pool } from '../../../platform/db/open.ts';
import { correctionsOf, indexNameWords, type NameWords } from './rules/name-corrections.ts';

const KEEP_MS = 600_000;
const known = new WeakMap<Pool, { readonly words: Promise<NameWords>; readonly readMs: number }>();

/** The words of all names, read again every ten minutes; a slip in a word that came since is found by its other words. */
function nameWords(db: Pool): Promise<NameWords> {
  const kept = known.get(db);
  const nowMs = performance.now();
  if (kept && nowMs - kept.readMs < KEEP_MS) return kept.words;
  const words = sql<{
    word: string;
  }>`select distinct unnest(string_to_array(value, ' ')) word from dossiers.search_name`
    .execute(db)
    .then(({ rows }) => indexNameWords(rows.map((row) => row.word)));
  known.set(db, { words, readMs: nowMs });
  words.catch(() => known.delete(db));
  // While the next list is read, the last one serves.
  return kept ? kept.words : words;
}

/** Names that exist and are one slip from the typed one, best guess first. Costs the same however many names there are. */
export async function nearNames(db: Pool, folded: string, limit: number): Promise<string[]> {
  const wanted = correctionsOf(folded, await nameWords(db));
  if (wanted.length === 0) return [];
  const { rows } = await sql<{
    value: string;
  }>`select value from dossiers.search_name where value = any(${wanted}::text[])`.execute(db);
  const there = new Set(rows.map((row) => row.value));
  return wanted.filter((name) => there.has(name)).slice(0, limit);
}

/**
 * Names alike by their letter triples, for more than one slip. Its cost grows with the number of names, so it is asked
 * last, and only for names (few words), not for contents.
 */
export async function alikeNames(db: Pool, folded: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`select value from dossiers.search_name
    where value % ${folded} order by similarity(value, ${folded}) desc limit ${limit}`.execute(db);
  return rows.map((row) => row.value);
}
