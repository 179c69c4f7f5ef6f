import { addMonths, type Day, dayOf, instantAt } from '../../../core/time/index.ts';
import { reasonName } from './content.ts';
import type { ApologyContext } from './context.ts';
import { apologyText } from './rules/words.ts';
import { type Apology, findPublic, findPublicRange, issuedByCode } from './store.ts';

/** A line of the public page: no person's data, and the category instead of the reason's words. */
export type PublicApology = {
  readonly code: string;
  readonly procedureName: string;
  readonly unitName: string;
  readonly issuedAt: Date;
  readonly dueOriginal: Date;
  readonly newDueAt: Date | null;
  readonly finishedAt: Date | null;
  readonly reasonName: string;
};

export type PublicApologies = {
  readonly rows: readonly PublicApology[];
  readonly total: number;
  /** Authorities that have apologised, by name; and the first month, `YYYY-MM`. */
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly firstMonth: string | undefined;
};

/** What the owner of a dossier, or somebody with its code and a second fact, reads on the portal. */
export type ShownApology = {
  readonly issuedAt: Date;
  readonly number: string;
  readonly text: string;
  readonly reasonName: string;
  /** The office's own words; for the owner only. */
  readonly reason: string;
  readonly newDueAt: Date | null;
};

/** @param month `YYYY-MM`; undefined: all months. @param page from 1 */
export async function listPublic(
  ctx: ApologyContext,
  query: {
    readonly unitId: string | undefined;
    readonly month: string | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<PublicApologies> {
  const first: Day | undefined = query.month === undefined ? undefined : `${query.month}-01`;
  const [page, range] = await Promise.all([
    findPublic(ctx.readDb, {
      unitId: query.unitId,
      from: first === undefined ? undefined : instantAt(first, '00:00'),
      to: first === undefined ? undefined : instantAt(addMonths(first, 1), '00:00'),
      offset: query.offset,
      limit: query.limit,
    }),
    findPublicRange(ctx.readDb),
  ]);
  const day = dayOf(ctx.clock.now());
  const shown = page.rows.filter((row) => isPublic(ctx, row));
  const [procedures, units] = await Promise.all([
    ctx.ports.procedureNames([...new Set(shown.map((row) => row.procedureRevisionId))]),
    ctx.ports.unitNames(range.unitIds, day),
  ]);
  return {
    rows: shown.map((row) => ({
      code: row.dossierCode,
      procedureName: procedures.get(row.procedureRevisionId) ?? '',
      unitName: units.get(row.authorityUnitId) ?? '',
      issuedAt: row.issuedAt ?? row.createdAt,
      dueOriginal: row.dueOriginal,
      newDueAt: row.newDueAt,
      finishedAt: row.dossierEndedAt,
      reasonName: reasonName(row.reasonCode),
    })),
    total: page.total,
    units: [...units].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'vi')),
    firstMonth: range.first ? dayOf(range.first).slice(0, 7) : undefined,
  };
}

/** The law of the day of issue says whether apologies are published. */
const isPublic = (ctx: ApologyContext, row: Apology): boolean =>
  ctx.ports.lateNoticeOn(dayOf(row.issuedAt ?? row.createdAt)).publicApology;

/** Issued papers of a code, oldest first. The caller has made sure that the reader may follow the dossier. */
export async function shownFor(ctx: ApologyContext, code: string): Promise<readonly ShownApology[]> {
  const rows = await issuedByCode(ctx.db, code);
  const units = await ctx.ports.unitNames([...new Set(rows.map((row) => row.authorityUnitId))], dayOf(ctx.clock.now()));
  return rows.map((row) => ({
    issuedAt: row.issuedAt ?? row.createdAt,
    number: row.number ?? '',
    text: apologyText({
      kind: row.kind,
      agency: units.get(row.authorityUnitId) ?? '',
      dueBefore: row.dueBefore,
      newDueAt: row.newDueAt,
    }),
    reasonName: reasonName(row.reasonCode),
    reason: row.reason ?? '',
    newDueAt: row.newDueAt,
  }));
}
