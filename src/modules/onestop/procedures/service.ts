import type { Day } from '../../../core/time/index.ts';
import { dayOf } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { createProcedureCatalogue, type ProcedureCatalogue } from './catalogue.ts';
import { createProcedureEditing, type ProcedureEditing } from './edit-service.ts';
import { createProcedureImport, type ProcedureImport } from './import-service.ts';
import { findSource } from './import-store.ts';
import { createLocalFees, type LocalFees } from './local-fees.ts';
import type { CatalogueUnits } from './permission.ts';
import type { RevisionHead, RevisionRow } from './revision-head.ts';
import { type Difference, diffRevisions } from './rules/diff.ts';
import { lintProcedure } from './rules/lint.ts';
import type { Finding } from './rules/national-read.ts';
import { type SearchInput, searchRevisions } from './search-store.ts';
import { findRevisionRow, revisionsOfCode } from './store.ts';

export type RevisionDetail = RevisionRow & { readonly findings: readonly Finding[] };

/** Everything the module can do. Reading is public or by `procedure.read` at the endpoint: procedures hold no personal data. */
export type ProceduresService = ProcedureCatalogue &
  ProcedureEditing &
  LocalFees &
  ProcedureImport & {
    today(): Day;
    /** The newest revision of every code (a published one before a draft), accent-blind. */
    searchCatalogue(input: Omit<SearchInput, 'day'>): Promise<{ rows: readonly RevisionHead[]; total: number }>;
    listRevisions(code: string): Promise<readonly RevisionHead[]>;
    getRevisionDetail(id: string): Promise<RevisionDetail>;
    diff(beforeId: string, afterId: string): Promise<readonly Difference[]>;
    /** The portal's file a revision was made from. @throws AppError `row/missing`. */
    getSource(id: string): Promise<{ fileName: string; raw: string; report: unknown; importedAt: Date }>;
  };

export type ProcedureDeps = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly contentDir?: string | undefined;
  /** Units of the installation, for which an editor must hold the permission; left out: any will do. */
  readonly catalogueUnits?: CatalogueUnits;
};

export function createProceduresService(deps: ProcedureDeps): ProceduresService {
  const { db, clock } = deps;
  const catalogue = createProcedureCatalogue(deps);
  const catalogueUnits = deps.catalogueUnits ?? (async () => []);
  const inner = { db, clock, contentDir: deps.contentDir, catalogueUnits, onPublished: () => catalogue.forget() };
  const getRow = async (id: string): Promise<RevisionRow> => {
    const row = await findRevisionRow(db, id);
    if (!row) throw new AppError('row/missing');
    return row;
  };
  return {
    ...catalogue,
    ...createProcedureEditing(inner),
    ...createLocalFees(inner),
    ...createProcedureImport(inner),
    today: () => dayOf(clock.now()),
    searchCatalogue: (input) => searchRevisions(db, input),
    async listRevisions(code) {
      const rows = await revisionsOfCode(db, code);
      if (rows.length === 0) throw new AppError('row/missing');
      return rows;
    },
    async getRevisionDetail(id) {
      const row = await getRow(id);
      return { ...row, findings: lintProcedure(row.definition) };
    },
    async diff(beforeId, afterId) {
      const [before, after] = [await getRow(beforeId), await getRow(afterId)];
      return diffRevisions(before.definition, after.definition);
    },
    async getSource(id) {
      const source = await findSource(db, id);
      if (!source) throw new AppError('row/missing');
      return source;
    },
  };
}
