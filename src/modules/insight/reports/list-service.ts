import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { foldVietnamese } from '../../../core/text/fold.ts';
import { formatNumberVi } from '../../../core/text/numbers.ts';
import { dayOf, parseInstant } from '../../../core/time/index.ts';
import { words } from '../../../platform/messages/words.ts';
import { writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import type { ReportContext } from './context.ts';
import type * as contract from './contract-list.ts';
import { definitionOf, reportsOn } from './forms.ts';
import { lateDaysOf, lineOf } from './line.ts';
import * as list from './list-store.ts';
import { isOpen } from './rules/acts.ts';
import { periodName, periodOf } from './rules/period.ts';
import { RECEIVE, seenBy, unitsFilled } from './sides.ts';
import type { Assignment, ReportScope } from './store.ts';

const PAGE = 50;
const PERIODS = 60;
const ROUNDS = 12;

/** Reports to fill in, or received. */
export async function listReports(
  ctx: ReportContext,
  actor: Actor,
  { page = 1, ...wish }: QueryOf<typeof contract.listReports>,
): Promise<ReplyOf<typeof contract.listReports>> {
  const scope = await scopeOf(ctx, actor, wish.side);
  const [found, periods] = await Promise.all([
    findLines(ctx, scope, wish, { offset: (page - 1) * PAGE, limit: PAGE }),
    list.listPeriods(ctx.db, scope, PERIODS),
  ]);
  const named = periods.flatMap(({ periodId, cutoff }) => {
    const period = periodOf(periodId, cutoff);
    return period ? [{ id: periodId, name: periodName(period) }] : [];
  });
  return { ...found, pageSize: PAGE, periods: named };
}

/** More are not told at once. */
const MOST_OVERDUE = 5000;

/** Reports that somebody fills in or receives and that were to be sent before today, for pages of other modules. */
export async function listOverdueReports(
  ctx: ReportContext,
  actor: Actor,
): Promise<ReplyOf<typeof contract.listReports>['rows']> {
  const today = dayOf(ctx.clock.now());
  const [rows, directory] = await Promise.all([
    list.listOverdue(ctx.db, seenBy(actor), today, MOST_OVERDUE),
    ctx.ports.directory(),
  ]);
  return Promise.all(rows.map(async (row) => lineOf(row, await definitionOf(ctx.db, row), directory, today)));
}

/** The list as a workbook, however many pages it has: the first `most` lines, and how many there are. */
export async function listWorkbook(
  ctx: ReportContext,
  actor: Actor,
  wish: contract.ListWishType,
  most: number,
): Promise<Uint8Array> {
  const { rows, total } = await findLines(ctx, await scopeOf(ctx, actor, wish.side), wish, { offset: 0, limit: most });
  const text = (key: string, width: number) => ({ title: words(`reports.${key}`), width, format: 'text' as const });
  return writeSheets([
    {
      name: words(`reports.${wish.side}`),
      columns: [
        text('report', 20),
        text('forms.name', 44),
        text('unit', 28),
        text('receiver', 28),
        text('period', 44),
        { title: words('reports.deadline'), width: 12, format: 'day' },
        text('state', 16),
        { title: words('reports.sent-on'), width: 12, format: 'day' },
        { title: words('reports.late-by'), width: 12, format: 'integer' },
      ],
      rows: rows.map((row) => {
        const sent = row.sentAt === null ? undefined : parseInstant(row.sentAt);
        return [
          row.reportCode,
          row.reportName,
          row.unitName,
          row.receiverName,
          row.periodName,
          row.deadline,
          row.stateName,
          sent ? dayOf(sent) : null,
          row.lateDays,
        ];
      }),
      notes: [
        words('reports.title'),
        total > rows.length
          ? words('reports.list-cut', { listed: formatNumberVi(rows.length), total: formatNumberVi(total) })
          : words('reports.list-whole', { total: formatNumberVi(total) }),
      ],
    },
  ]);
}

/** Of every report and period somebody receives: how many have sent it, who has not, and who was never given it. */
export async function readProgress(
  ctx: ReportContext,
  actor: Actor,
  query: QueryOf<typeof contract.listReportProgress>,
): Promise<ReplyOf<typeof contract.listReportProgress>> {
  const today = dayOf(ctx.clock.now());
  const directory = await ctx.ports.directory();
  const rows = await list.listRounds(ctx.db, unitsFor(actor, RECEIVE), query, ROUNDS);
  const rounds = Map.groupBy(rows, (row) => [row.reportId, row.periodId, row.cutoff, row.receiverUnitId].join(' '));
  const told = await Promise.all([...rounds.values()].map((round) => progressOf(ctx, round, directory, today)));
  return { rows: told.flat().sort((a, b) => (a.deadline < b.deadline ? 1 : a.deadline > b.deadline ? -1 : 0)) };
}

async function progressOf(
  ctx: ReportContext,
  round: readonly Assignment[],
  directory: UnitDirectory,
  today: string,
): Promise<contract.ReportProgress[]> {
  const [first] = round;
  const receiverId = first?.receiverUnitId;
  const report = first && (await definitionOf(ctx.db, first));
  const period = first && periodOf(first.periodId, first.cutoff);
  if (!first || !receiverId || !report || !period) return [];
  const day = first.toDay < today ? first.toDay : today;
  const given = new Set(round.map((row) => row.unitId));
  const open = round.filter((row) => isOpen(row.state));
  const below = directory
    .childrenOn(receiverId, day)
    .filter((unit) => unit.type === 'administrative' && report.levels.some((level) => level === unit.level));
  return [
    {
      reportId: first.reportId,
      reportCode: report.code,
      reportName: report.name,
      periodId: first.periodId,
      periodName: periodName(period),
      cutoff: first.cutoff,
      receiverName: unitNameOn(directory, receiverId, first.toDay),
      deadline: first.deadline,
      given: round.length,
      sent: round.length - open.length,
      unsent: open
        .map((row) => ({
          id: row.id,
          unitName: unitNameOn(directory, row.unitId, row.toDay),
          lateDays: lateDaysOf(row, today),
        }))
        .sort((a, b) => (b.lateDays ?? -1) - (a.lateDays ?? -1) || a.unitName.localeCompare(b.unitName, 'vi')),
      notGiven: below
        .filter((unit) => !given.has(unit.unitId))
        .map((unit) => unit.name)
        .sort((a, b) => a.localeCompare(b, 'vi')),
    },
  ];
}

const scopeOf = async (ctx: ReportContext, actor: Actor, side: 'fill' | 'receive'): Promise<ReportScope> =>
  side === 'fill'
    ? { fill: [...unitsFilled(actor, await ctx.ports.directory())], receive: [] }
    : { fill: [], receive: unitsFor(actor, RECEIVE) };

async function findLines(
  ctx: ReportContext,
  scope: ReportScope,
  { q, side: _, ...wish }: contract.ListWishType,
  page: { readonly offset: number; readonly limit: number },
): Promise<Pick<ReplyOf<typeof contract.listReports>, 'rows' | 'total'>> {
  const today = dayOf(ctx.clock.now());
  const directory = await ctx.ports.directory();
  const wanted = foldVietnamese(q?.trim() ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const kinds = wanted.length > 0 || wish.sort === 'unit' ? await list.listKinds(ctx.db, scope) : [];
  const nameOf = (unitId: string): string => unitNameOn(directory, unitId, today);
  const unitOrder = [...new Set(kinds.map((kind) => kind.unitId))].sort((a, b) =>
    nameOf(a).localeCompare(nameOf(b), 'vi'),
  );
  const among = wanted.length > 0 ? await matching(ctx, kinds, wanted, nameOf, today) : undefined;
  const found = await list.listAssignments(ctx.db, scope, { ...wish, among, unitOrder, today }, page);
  const rows = await Promise.all(
    found.rows.map(async (row) => lineOf(row, await definitionOf(ctx.db, row), directory, today)),
  );
  return { rows, total: found.total };
}

/** Kinds whose unit, code and name together hold every word. */
async function matching(
  ctx: ReportContext,
  kinds: readonly list.ReportOfUnit[],
  wanted: readonly string[],
  nameOf: (unitId: string) => string,
  today: string,
): Promise<readonly list.ReportOfUnit[]> {
  const reports = new Map((await reportsOn(ctx.db, today)).map(({ report }) => [report.id, report]));
  return kinds.filter(({ unitId, reportId }) => {
    const report = reports.get(reportId);
    const text = foldVietnamese([nameOf(unitId), reportId, report?.code, report?.name].filter(Boolean).join(' '));
    return wanted.every((word) => text.includes(word));
  });
}
