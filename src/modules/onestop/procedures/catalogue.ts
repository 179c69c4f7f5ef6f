import type { FormDefinition } from '../../../core/forms/definition.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { ProcedureDefinition } from './rules/definition.ts';
import { fieldsInForce, loadDefinitions, type SearchInput, searchRevisions } from './search-store.ts';
import { findInForce as findIdInForce, findRevisionRow } from './store.ts';

/** A published revision, immutable: may be kept in memory for good. */
export type ProcedureRevision = {
  readonly id: string;
  readonly definition: ProcedureDefinition;
  readonly form: FormDefinition | null;
};

export type FoundProcedures = {
  readonly rows: readonly ProcedureRevision[];
  readonly total: number;
  /** True where nothing held every word and names that are nearly alike are shown. */
  readonly likely: boolean;
};

/** What other modules read: published revisions only, by day. */
export type ProcedureCatalogue = {
  /** The revision in force for a code, a level of the receiving unit (null: any) and a day; undefined where there is none. */
  findInForce(code: string, level: string | null, day: Day): Promise<ProcedureRevision | undefined>;
  /** Any revision a dossier may stand on. @throws AppError `row/missing`. */
  getRevision(id: string): Promise<ProcedureRevision>;
  /** Up to 200 published revisions in force on a day for a level (null: any), accent-blind. */
  listInForce(level: string | null, day: Day, q?: string | undefined): Promise<readonly ProcedureRevision[]>;
  /** Published revisions in force on a day, accent-blind. `limit` at most 200. */
  searchPublished(input: Omit<SearchInput, 'day'> & { readonly day: Day }): Promise<FoundProcedures>;
  listFields(day: Day): Promise<readonly { readonly code: string; readonly name: string; readonly count: number }[]>;
  /** Forgets what is in force, after a publication in this process. Others notice within five seconds. */
  forget(): void;
};

const LOOKUP_MS = 5_000;
const KEEP_REVISIONS = 1_000;

/**
 * Reads with two small caches: revisions by id for good (they do not change), the answer to "what is in force" for five
 * seconds, because another process may publish.
 */
export function createProcedureCatalogue(deps: { readonly db: Pool; readonly clock: Clock }): ProcedureCatalogue {
  const { db, clock } = deps;
  const byId = new Map<string, ProcedureRevision>();
  const inForce = new Map<string, { readonly until: number; readonly id: string | undefined }>();

  const keep = (id: string, definition: ProcedureDefinition): ProcedureRevision => {
    const revision = { id, definition, form: definition.form ?? null };
    if (byId.size >= KEEP_REVISIONS) byId.delete(byId.keys().next().value ?? '');
    byId.set(id, revision);
    return revision;
  };
  const getRevision = async (id: string): Promise<ProcedureRevision> => {
    const known = byId.get(id);
    if (known) return known;
    const row = await findRevisionRow(db, id);
    if (!row) throw new AppError('row/missing');
    // A draft may still change: it is read anew each time.
    return row.status === 'published'
      ? keep(id, row.definition)
      : { id, definition: row.definition, form: row.definition.form ?? null };
  };

  const searchPublished: ProcedureCatalogue['searchPublished'] = async (input) => {
    const found = await searchRevisions(db, { ...input, limit: Math.min(200, Math.max(1, input.limit)) });
    const missing = found.rows.map((row) => row.id).filter((id) => !byId.has(id));
    const loaded = await loadDefinitions(db, missing);
    const rows = found.rows.flatMap((row) => {
      const known = byId.get(row.id);
      if (known) return [known];
      const definition = loaded.get(row.id);
      return definition ? [keep(row.id, definition)] : [];
    });
    return { rows, total: found.total, likely: found.likely };
  };

  return {
    async findInForce(code, level, day) {
      const key = `${code}|${level ?? ''}|${day}`;
      const now = clock.now().getTime();
      let answer = inForce.get(key);
      if (!answer || answer.until <= now) {
        answer = { until: now + LOOKUP_MS, id: await findIdInForce(db, code, level, day) };
        if (inForce.size >= 5_000) inForce.clear();
        inForce.set(key, answer);
      }
      return answer.id === undefined ? undefined : getRevision(answer.id);
    },
    getRevision,
    searchPublished,
    async listInForce(level, day, q) {
      return (await searchPublished({ q: q ?? '', level, day, offset: 0, limit: 200 })).rows;
    },
    listFields: (day) => fieldsInForce(db, day),
    forget() {
      inForce.clear();
    },
  };
}
