import { dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { DomainEvent, Subscriber } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { CALENDAR_ASSIGNED, type CalendarAssigned } from '../../foundation/calendar/index.ts';
import type { PlanContext } from './context.ts';
import { audit, newPlan } from './order-service.ts';
import * as store from './store.ts';
import { TIMER } from './work-service.ts';

/** Makes a plan where a unit that was given another calendar has open dossiers counted by another one. */
export function createAssignmentSubscriber(ctx: PlanContext): Subscriber {
  return {
    name: 'calendar-plans.assigned',
    topics: [CALENDAR_ASSIGNED],
    handle: (event, trx) => planAssignment(ctx, event, trx),
  };
}

/**
 * Plans for the dossiers that the unit, and those below it without a calendar of their own, received and that are counted
 * by another calendar. The plan has the event's id, so that a repeat makes no second one. Nothing moves until it is applied.
 */
async function planAssignment(ctx: PlanContext, event: DomainEvent, trx: Db): Promise<void> {
  const { unitId, from, by } = event.payload as CalendarAssigned;
  const assigned = await ctx.ports.assignedCalendar(unitId, from);
  if (!assigned || (await store.isKnown(trx, event.id))) return;
  const open = await ctx.ports.due.listMovable({
    revisionIds: assigned.otherRevisionIds,
    decidedByUnitIds: null,
    receivedByUnitIds: assigned.unitIds,
    afterId: store.NOTHING_COUNTED,
    limit: 1,
  });
  if (open.length === 0) return;
  const now = ctx.clock.now();
  const name = (await ctx.ports.unitNames([unitId], dayOf(now))).get(unitId) ?? '';
  const reason = words('server.plan.assigned', { unit: name, calendar: assigned.name, day: formatDay(from) });
  const wish = {
    calendarCode: assigned.code,
    revisionId: assigned.revisionId,
    policy: 'later-only',
    unitId,
    reason,
  } as const;
  await store.insertPlan(trx, {
    ...newPlan(event.id, wish, by, now),
    cause: 'assignment',
    fromRevisionIds: assigned.otherRevisionIds,
    unitIds: null,
    assignedFrom: from,
    receivedUnitIds: assigned.unitIds,
  });
  await audit(trx, TIMER, 'calendar-plan.make', event.id, now, { ...wish, assignedFrom: from, assignedBy: by });
}
