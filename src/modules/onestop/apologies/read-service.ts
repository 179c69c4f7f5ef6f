import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { addDays, type Day, dayOf, instantAt, isDay, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { dossierScope } from '../dossiers/index.ts';
import { exemptionReasonsOn, reasonsOn } from './content.ts';
import type { ApologyContext } from './context.ts';
import type * as contract from './contract.ts';
import type { ApologyLineType, FIGURES } from './contract.ts';
import { countLate, countOwed, findDuties, findDuty } from './duty-store.ts';
import { exemptionsOf, findExemptions } from './exemption-store.ts';
import { findLines, type ListFilter, type Tab } from './list-store.ts';
import type { DossierFacts } from './ports.ts';
import { getFacts, proposingUnit } from './proposal-service.ts';
import { SYSTEM } from './record.ts';
import { DENOMINATOR, figuresOf, type LateCounts, sumCounts } from './rules/figures.ts';
import { isLate } from './rules/lateness.ts';
import { lastNoticeDay } from './rules/proposal.ts';
import { apologiesOf, findApologies } from './store.ts';
import { createViewer } from './views.ts';

const PAGE_SIZE = 50;

/** One of the lists, within the units the reader may see dossiers of. */
export function listApologies(
  ctx: ApologyContext,
  actor: Actor,
  query: QueryOf<typeof contract.listApologies>,
): Promise<ReplyOf<typeof contract.listApologies>> {
  const filter = {
    unitIds: unitsFor(actor, 'dossier.read'),
    unitId: query.unitId,
    q: query.q?.trim() || undefined,
    offset: ((query.page ?? 1) - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  };
  return readLines(ctx, actor, query.tab, filter).then((page) => ({
    ...page,
    reasons: [...reasonsOn(dayOf(ctx.clock.now()))],
    exemptionReasons: [...exemptionReasonsOn(dayOf(ctx.clock.now()))],
  }));
}

/** The dossiers behind a figure: as many as the figure says. */
export function listLate(
  ctx: ApologyContext,
  actor: Actor,
  query: QueryOf<typeof contract.listLateDossiers>,
): Promise<ReplyOf<typeof contract.listLateDossiers>> {
  return readLines(ctx, actor, 'late', {
    unitIds: unitsFor(actor, 'board.read'),
    unitId: query.unitId,
    q: undefined,
    figure: query.figure ?? 'late',
    period: periodOf(ctx, query),
    offset: ((query.page ?? 1) - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  });
}

/**
 * Ids of the dossiers behind a figure of the period's days (both inclusive), for other modules' boards, the most pressing
 * first. @param unitIds only these deciding units
 */
export async function lateIds(
  ctx: ApologyContext,
  unitIds: readonly string[],
  days: { readonly from: Day; readonly to: Day },
  figure: (typeof FIGURES)[number],
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const filter = { unitIds, unitId: undefined, q: undefined, figure, period: periodOf(ctx, days), ...page };
  const { rows, total } = await findLines(ctx.readDb, 'late', filter);
  return { ids: rows.map((row) => row.dossierId), total };
}

async function readLines(
  ctx: ApologyContext,
  actor: Actor,
  tab: Tab,
  filter: ListFilter,
): Promise<{ rows: ApologyLineType[]; total: number; pageSize: number }> {
  const { rows: keys, total } = await findLines(ctx.db, tab, filter);
  const ids = [...new Set(keys.map((key) => key.dossierId))];
  const given = (list: readonly (string | null)[]) => list.filter((id): id is string => id !== null);
  const [apologies, exemptions, duties, facts] = await Promise.all([
    findApologies(ctx.db, given(keys.map((key) => key.apologyId))),
    findExemptions(ctx.db, given(keys.map((key) => key.exemptionId))),
    findDuties(ctx.db, ids),
    // The lines are within the reader's units already; the facts are read whole.
    ctx.ports.findDossiers(ctx.db, dossierScope(SYSTEM), ids),
  ]);
  const day = dayOf(ctx.clock.now());
  const all = [...facts.values()];
  const [procedures, units, viewer] = await Promise.all([
    ctx.ports.procedureNames([...new Set(all.map((one) => one.procedureRevisionId))]),
    ctx.ports.unitNames(
      [...new Set(all.flatMap((one) => [one.decidedByUnitId, ...(one.holderUnitId ? [one.holderUnitId] : [])]))],
      day,
    ),
    createViewer(ctx, ctx.db, actor, [...apologies.values()], [...exemptions.values()]),
  ]);
  const rows = keys.flatMap((key) => {
    const one = facts.get(key.dossierId);
    if (!one) return [];
    const apology = key.apologyId === null ? undefined : apologies.get(key.apologyId);
    const exemption = key.exemptionId === null ? undefined : exemptions.get(key.exemptionId);
    const duty = duties.get(key.dossierId);
    const owed = duty !== undefined && duty.apologyId === null && duty.exemptionId === null;
    const due = one.dueCurrent ?? apology?.dueBefore ?? ctx.clock.now();
    return [
      {
        dossierId: one.id,
        dossierCode: one.code,
        procedureName: procedures.get(one.procedureRevisionId) ?? '',
        authorityName: units.get(one.decidedByUnitId) ?? '',
        holderName: one.endedAt === null && one.holderUnitId ? (units.get(one.holderUnitId) ?? null) : null,
        dueOriginal: toIso(one.dueOriginal ?? due),
        dueAt: toIso(due),
        endedAt: one.endedAt && toIso(one.endedAt),
        late: duty !== undefined,
        apology: apology ? viewer.apology(apology) : null,
        exemption: exemption ? viewer.exemption(exemption) : null,
        ...mayOf(actor, one, owed, apology?.state ?? null, exemption?.state === 'requested'),
      },
    ];
  });
  return { rows, total, pageSize: PAGE_SIZE };
}

function mayOf(actor: Actor, facts: DossierFacts, owed: boolean, open: string | null, exemptionAsked: boolean) {
  const proposes = proposingUnit(actor, facts) !== undefined;
  const free = open === null || open === 'draft' || open === 'returned';
  const reappoint = facts.endedAt === null && !facts.reappointed && facts.pausedSince === null;
  return {
    mayPropose: proposes && free && !exemptionAsked && (owed || (facts.endedAt === null && reappoint)),
    mayAskExemption: proposes && owed && !exemptionAsked && (open === null || open === 'draft'),
    mayReappoint: reappoint,
  };
}

/** Everything about one dossier, for its page. @throws row/missing */
export async function readDossierApologies(
  ctx: ApologyContext,
  actor: Actor,
  dossierId: string,
): Promise<ReplyOf<typeof contract.getDossierApologies>> {
  const now = ctx.clock.now();
  const facts = await getFacts(ctx, ctx.db, actor, dossierId);
  const [apologies, exemptions, duty] = await Promise.all([
    apologiesOf(ctx.db, dossierId),
    exemptionsOf(ctx.db, [dossierId]),
    findDuty(ctx.db, dossierId),
  ]);
  const viewer = await createViewer(ctx, ctx.db, actor, apologies, exemptions);
  const late = isLate(facts, now);
  // Between the due instant and the timer's next look the row is not there yet.
  const owed = late && !duty?.apologyId && !duty?.exemptionId;
  const open = apologies.find((one) => ['draft', 'proposed', 'returned', 'approved'].includes(one.state));
  const asked = exemptions.some((one) => one.state === 'requested');
  const calendar = facts.dueCurrent ? await ctx.ports.calendarFor(facts.receivedByUnitId, dayOf(now)) : null;
  return {
    late,
    owed,
    ...mayOf(actor, facts, owed, open?.state ?? null, asked),
    lastNoticeDay:
      calendar && facts.dueCurrent && facts.endedAt === null
        ? lastNoticeDay(
            calendar,
            facts.dueCurrent,
            ctx.ports.lateNoticeOn(dayOf(facts.receivedAt ?? now)).noticeBeforeDue,
          )
        : null,
    dueAt: facts.dueCurrent && toIso(facts.dueCurrent),
    rows: apologies.map((one) => viewer.apology(one)),
    exemptions: exemptions.map((one) => viewer.exemption(one)),
    reasons: [...reasonsOn(dayOf(now))],
    exemptionReasons: [...exemptionReasonsOn(dayOf(now))],
  };
}

/** Days of a period, both inclusive, as instants; open dossiers are looked at as of its end, or now where that is earlier. */
function periodOf(ctx: ApologyContext, { from, to }: { readonly from: Day; readonly to: Day }) {
  if (!isDay(from) || !isDay(to) || to < from)
    throw new AppError('request/invalid', {
      fields: [{ path: 'query.to', code: 'period', message: words('server.apology.period') }],
    });
  const end = instantAt(addDays(to, 1), '00:00');
  const now = ctx.clock.now();
  return { from: instantAt(from, '00:00'), to: end, asOf: end < now ? end : now };
}

export type UnitLateFigures = { readonly unitId: string } & ReturnType<typeof figuresOf>;

/**
 * Late, late with an apology, late without, of the period's days (both inclusive), by deciding unit; over the one
 * denominator `late-of-due`.
 * @param unitIds only these deciding units; undefined: all
 */
export async function lateFigures(
  ctx: ApologyContext,
  unitIds: readonly string[] | undefined,
  days: { readonly from: Day; readonly to: Day },
): Promise<{ readonly total: ReturnType<typeof figuresOf>; readonly units: readonly UnitLateFigures[] }> {
  const period = periodOf(ctx, days);
  const [late, finished] = await Promise.all([
    countLate(ctx.readDb, unitIds, period),
    ctx.ports.finishedCounts(ctx.readDb, unitIds, days.from, days.to),
  ]);
  const none: LateCounts = { finished: 0, lateFinished: 0, lateOpen: 0, withApology: 0, exempted: 0 };
  const byUnit = new Map<string, LateCounts>();
  for (const [unitId, count] of finished) byUnit.set(unitId, { ...none, finished: count });
  for (const { unitId, ...row } of late) {
    const counts = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
    byUnit.set(unitId, { ...(byUnit.get(unitId) ?? none), ...counts });
  }
  return {
    total: figuresOf(sumCounts([...byUnit.values()])),
    units: [...byUnit].map(([unitId, counts]) => ({ unitId, ...figuresOf(counts) })),
  };
}

/** `without` of {@link lateFigures} by unit, and the day of the oldest promise behind it; units that owe nothing are left out. */
export async function owedApologies(
  ctx: ApologyContext,
  unitIds: readonly string[],
  days: { readonly from: Day; readonly to: Day },
): Promise<readonly { readonly unitId: string; readonly owed: number; readonly since: Day }[]> {
  const rows = await countOwed(ctx.readDb, unitIds, periodOf(ctx, days));
  return rows.map(({ unitId, owed, dueAt }) => ({ unitId, owed, since: dayOf(dueAt) }));
}

/** The figures of the units whose board the reader may see. */
export async function readFigures(
  ctx: ApologyContext,
  actor: Actor,
  query: QueryOf<typeof contract.getLateFigures>,
): Promise<ReplyOf<typeof contract.getLateFigures>> {
  const mine = unitsFor(actor, 'board.read');
  const wanted = query.unitId === undefined ? mine : mine.filter((id) => id === query.unitId);
  const { total, units } = await lateFigures(ctx, wanted, query);
  const names = await ctx.ports.unitNames(
    units.map((one) => one.unitId),
    dayOf(ctx.clock.now()),
  );
  return {
    denominatorName: DENOMINATOR,
    total,
    units: units
      .map((one) => ({ ...one, unitName: names.get(one.unitId) ?? '' }))
      .sort((a, b) => a.unitName.localeCompare(b.unitName, 'vi')),
  };
}
