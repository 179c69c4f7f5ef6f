import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { words } from '../../../platform/messages/words.ts';
import type { PlanContext } from './context.ts';
import type * as contract from './contract.ts';
import { getPlan, PLAN } from './order-service.ts';
import { STATUS_NAMES } from './rules/stages.ts';
import * as store from './store.ts';

const iso = (at: Date | null): string | null => at && toIso(at);
const PAGE = 50;

/** Plans that touch the reader's units, newest first. */
export async function listPlans(
  ctx: PlanContext,
  actor: Actor,
  query: QueryOf<typeof contract.listCalendarPlans>,
): Promise<ReplyOf<typeof contract.listCalendarPlans>> {
  const mine = unitsFor(actor, PLAN);
  const [plans, total] = await Promise.all([
    store.listPlans(ctx.db, mine, ((query.page ?? 1) - 1) * PAGE, PAGE),
    store.countPlans(ctx.db, mine),
  ]);
  const rows = await Promise.all(plans.map((plan) => present(ctx, plan)));
  return { rows, total };
}

/** One plan with its figures by unit: only units of the reader. @throws row/missing */
export async function readPlan(
  ctx: PlanContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.getCalendarPlan>> {
  const plan = await getPlan(ctx, actor, id);
  const units = await store.unitTotals(ctx.db, id, unitsFor(actor, PLAN));
  const names = await ctx.ports.unitNames(
    units.map((unit) => unit.unitId),
    dayOf(ctx.clock.now()),
  );
  return {
    ...(await present(ctx, plan)),
    units: units.map((unit) => ({ ...unit, unitName: names.get(unit.unitId) ?? '' })),
  };
}

/** Dossiers of a plan, of the reader's units. No personal data. @throws row/missing */
export async function readItems(
  ctx: PlanContext,
  actor: Actor,
  id: string,
  query: QueryOf<typeof contract.listCalendarPlanItems>,
): Promise<ReplyOf<typeof contract.listCalendarPlanItems>> {
  await getPlan(ctx, actor, id);
  const { direction, state, unitId, late, q, page = 1, limit = PAGE } = query;
  const filter = {
    direction,
    state,
    unitId,
    becomesLate: late === 'yes' ? true : undefined,
    code: q?.trim() || undefined,
  };
  const found = await store.listItems(ctx.db, id, unitsFor(actor, PLAN), filter, { offset: (page - 1) * limit, limit });
  const names = await ctx.ports.unitNames(
    [...new Set(found.rows.map((row) => row.decidedByUnitId))],
    dayOf(ctx.clock.now()),
  );
  return {
    total: found.total,
    rows: found.rows.map((row) => ({
      dossierId: row.dossierId,
      code: row.code,
      unitName: names.get(row.decidedByUnitId) ?? '',
      dueBefore: iso(row.dueBefore),
      dueAfter: iso(row.dueAfter),
      movedMinutes: row.movedMinutes,
      movedDays: row.movedDays,
      direction: row.direction,
      becomesLate: row.becomesLate,
      state: row.state,
      why: row.why,
    })),
  };
}

async function present(
  ctx: PlanContext,
  plan: store.Plan,
): Promise<ReplyOf<typeof contract.listCalendarPlans>['rows'][number]> {
  const revisions = await ctx.ports.revisionsOf(plan.calendarCode);
  const refs = [plan.madeBy, plan.applyOrderedBy, plan.revertOrderedBy].filter((ref) => ref !== null);
  const staffIds = refs.filter((ref) => ref.startsWith('staff:')).map((ref) => ref.slice('staff:'.length));
  const [staff, units] = await Promise.all([
    ctx.ports.staffNames([...new Set(staffIds)]),
    ctx.ports.unitNames(plan.unitId ? [plan.unitId] : [], dayOf(ctx.clock.now())),
  ]);
  const nameOf = (ref: string | null): string | null =>
    ref === null ? null : (staff.get(ref.slice('staff:'.length))?.name ?? words('server.who.system'));
  return {
    id: plan.id,
    version: plan.version,
    calendarCode: plan.calendarCode,
    revisionId: plan.toRevisionId,
    validFrom: revisions.find((revision) => revision.id === plan.toRevisionId)?.validFrom ?? '',
    unitName: plan.unitId ? (units.get(plan.unitId) ?? '') : null,
    cause: plan.cause,
    assignedFrom: plan.assignedFrom,
    policy: plan.policy,
    reason: plan.reason,
    status: plan.status,
    statusName: STATUS_NAMES[plan.status],
    madeAt: toIso(plan.madeAt),
    madeBy: nameOf(plan.madeBy),
    countedAt: iso(plan.countedAt),
    decisionNumber: plan.decisionNumber,
    decisionReason: plan.decisionReason,
    applyOrderedAt: iso(plan.applyOrderedAt),
    applyOrderedBy: nameOf(plan.applyOrderedBy),
    appliedAt: iso(plan.appliedAt),
    revertReason: plan.revertReason,
    revertOrderedAt: iso(plan.revertOrderedAt),
    revertOrderedBy: nameOf(plan.revertOrderedBy),
    revertedAt: iso(plan.revertedAt),
  };
}
