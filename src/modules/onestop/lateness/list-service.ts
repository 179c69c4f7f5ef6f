import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { toIso } from '../../../core/time/index.ts';
import { dossierScope } from '../dossiers/index.ts';
import { attributionOf, causesFor, type LatenessContext, type Names, namesFor } from './context.ts';
import type * as contract from './contract.ts';
import { livePart, partRow } from './page-service.ts';
import {
  findParts,
  listAttributions,
  type PartFilter,
  type StoredAttribution,
  type StoredPart,
  sumParts,
  type TotalRow,
  type Totals,
} from './store.ts';

type List = ReplyOf<typeof contract.listLateness>;

/** More open overdue dossiers than this are not counted at a reading; the screen says so. */
const OPEN_AT_MOST = 500;

const filterOf = (actor: Actor, query: contract.LatenessQuery): PartFilter => ({
  ...query,
  units: unitsFor(actor, 'board.read'),
});

/** Late dossiers with their parts: stored ones page by page, open ones counted now, the longest overdue first. */
export async function readList(
  ctx: LatenessContext,
  actor: Actor,
  query: QueryOf<typeof contract.listLateness>,
): Promise<List> {
  if (query.state === 'open') {
    const { rows } = await readOpen(ctx, actor, query);
    return present(ctx, actor, rows, null);
  }
  const limit = query.limit ?? 50;
  const found = await listAttributions(ctx.db, filterOf(actor, query), decode(query.cursor), limit + 1);
  const shown = found.slice(0, limit);
  const parts = Map.groupBy(
    await findParts(
      ctx.db,
      shown.map((row) => row.dossierId),
    ),
    (part) => part.dossierId,
  );
  const last = found.length > limit ? shown.at(-1) : undefined;
  return present(
    ctx,
    actor,
    shown.map((row) => ({ ...row, parts: parts.get(row.dossierId) ?? [] })),
    last ? `${last.endedAt.toISOString()} ${last.dossierId}` : null,
  );
}

/** Minutes of the parts that fit the filter, by step, unit, deciding unit, person, cause and kind. */
export async function readTotals(
  ctx: LatenessContext,
  actor: Actor,
  query: contract.LatenessQuery,
): Promise<ReplyOf<typeof contract.sumLateness>> {
  const open = query.state === 'open' ? await readOpen(ctx, actor, query) : undefined;
  const totals = open ? sumOpen(open.fitting) : await sumParts(ctx.db, filterOf(actor, query));
  const { step, unit, decided, staff, cause, kind } = totals.bySet;
  const names = await namesFor(
    ctx,
    [...unit, ...decided].map((row) => row.key || null),
    staff.map((row) => row.key || null),
  );
  const lines = (rows: readonly TotalRow[], nameOf: (row: TotalRow) => string | null): contract.TotalLineType[] =>
    rows.slice(0, 200).map((row) => ({ ...row, name: nameOf(row) ?? '' }));
  return {
    dossiers: totals.dossiers,
    minutes: totals.minutes,
    cut: open?.cut ?? false,
    causes: causesFor(ctx, ctx.clock.now()),
    step: lines(step, (row) => row.name),
    unit: lines(unit, (row) => names.unit(row.key)),
    decided: lines(decided, (row) => names.unit(row.key)),
    staff: lines(staff, (row) => names.staff(row.key)),
    cause: lines(cause, (row) => names.cause(row.key)),
    kind: lines(kind, () => ''),
  };
}

type Row = Omit<StoredAttribution, 'endedAt'> & {
  readonly endedAt: Date | null;
  readonly parts: readonly StoredPart[];
};

type OpenPart = StoredPart & Pick<Row, 'decidedByUnitId'>;

async function readOpen(
  ctx: LatenessContext,
  actor: Actor,
  query: contract.LatenessQuery,
): Promise<{ rows: Row[]; fitting: OpenPart[]; cut: boolean }> {
  const now = ctx.clock.now();
  const scope = dossierScope(actor);
  const ids = await ctx.ledgers.overdueIds(ctx.db, scope, now, OPEN_AT_MOST + 1);
  const ledgers = await ctx.ledgers.ledgersOf(ctx.db, ids.slice(0, OPEN_AT_MOST), scope);
  const fitting: OpenPart[] = [];
  const rows = ledgers.flatMap((ledger): Row[] => {
    if (query.procedureCode && ledger.procedureCode !== query.procedureCode) return [];
    const { decidedByUnitId } = ledger;
    if (query.decidedByUnitId && decidedByUnitId !== query.decidedByUnitId) return [];
    const { latenessMinutes, parts: live } = attributionOf(ledger, now);
    const parts = live.map((part) => livePart(ledger, part));
    const mine = parts.filter((part) => fits(part, query));
    if (mine.length === 0) return [];
    fitting.push(...mine.map((part) => ({ ...part, decidedByUnitId })));
    return [{ ...ledger, dossierId: ledger.id, latenessMinutes, confirmed: false, endedAt: null, parts }];
  });
  rows.sort((a, b) => b.latenessMinutes - a.latenessMinutes);
  return { rows, fitting, cut: ids.length > OPEN_AT_MOST };
}

function fits(part: StoredPart, query: contract.LatenessQuery): boolean {
  return (
    (query.unitId === undefined || part.unitId === query.unitId) &&
    (query.stepId === undefined || part.stepId === query.stepId) &&
    (query.staffId === undefined || part.staffId === query.staffId) &&
    (query.kind === undefined || part.kind === query.kind) &&
    (query.causeCode === undefined || query.causeCode === 'none') &&
    query.confirmed !== true
  );
}

function sumOpen(parts: readonly OpenPart[]): Totals {
  const by = (key: (part: OpenPart) => string | null): TotalRow[] =>
    [...Map.groupBy(parts, (part) => key(part) ?? '')]
      .map(([group, own]) => ({
        key: group,
        name: own[0]?.stepName ?? null,
        minutes: own.reduce((sum, part) => sum + part.minutes, 0),
        dossiers: new Set(own.map((part) => part.dossierId)).size,
      }))
      .sort((a, b) => b.minutes - a.minutes);
  const whole = by(() => '')[0];
  return {
    dossiers: whole?.dossiers ?? 0,
    minutes: whole?.minutes ?? 0,
    bySet: {
      step: by((part) => part.stepId),
      unit: by((part) => part.unitId),
      decided: by((part) => part.decidedByUnitId),
      staff: by((part) => part.staffId),
      cause: by((part) => part.causeCode),
      kind: by((part) => part.kind),
    },
  };
}

async function present(
  ctx: LatenessContext,
  actor: Actor,
  rows: readonly Row[],
  nextCursor: string | null,
): Promise<List> {
  const parts = rows.flatMap((row) => row.parts);
  const names: Names = await namesFor(
    ctx,
    parts.map((part) => part.unitId),
    parts.flatMap((part) => [part.staffId, part.confirmedBy?.startsWith('staff:') ? part.confirmedBy.slice(6) : null]),
  );
  return {
    nextCursor,
    rows: rows.map((row) => ({
      dossierId: row.dossierId,
      code: row.code,
      procedureCode: row.procedureCode,
      dueAt: row.dueAt && toIso(row.dueAt),
      endedAt: row.endedAt && toIso(row.endedAt),
      latenessMinutes: row.latenessMinutes,
      confirmed: row.confirmed,
      parts: row.parts.map((part) => partRow(actor, part, names)),
    })),
  };
}

/** A cursor somebody changed by hand begins at the first page. */
function decode(cursor: string | undefined): { endedAt: Date; dossierId: string } | null {
  const [instant = '', dossierId = ''] = cursor?.split(' ') ?? [];
  const endedAt = new Date(instant);
  const good = !Number.isNaN(endedAt.getTime()) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(dossierId);
  return good ? { endedAt, dossierId } : null;
}
