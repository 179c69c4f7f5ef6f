import { type Actor, actorRef, unitsFor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type Day, dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../../foundation/audit/index.ts';
import { type HealthContext, MANAGE } from './context.ts';
import { healthEvent } from './events.ts';
import {
  countsToCompare,
  type Look,
  lookForParked,
  lookForUnused,
  lookForZeroOnline,
  lookIntoBooks,
  workingDaysOn,
  zeroOnlinePeriods,
} from './look.ts';
import { ruleOn } from './rules/definition.ts';
import { type Change, type Found, reconcile } from './rules/judge.ts';
import {
  addHistory,
  closeFinding,
  insertFinding,
  knownFindings,
  lockLooking,
  markChecked,
  type StoredFinding,
  takeDay,
  updateFacts,
} from './store.ts';

export type LookReport = { readonly found: number; readonly changed: number; readonly closed: number };
const SYSTEM = 'system:unit-health';

/**
 * Looks at all units once a day, after midnight; in one process, whatever their number.
 * @returns undefined where the day's look was done before
 */
export async function lookNightly(ctx: HealthContext): Promise<LookReport | undefined> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    await lockLooking(trx);
    if (!(await takeDay(trx, dayOf(now), now))) return undefined;
    return look(ctx, trx, undefined, now, SYSTEM);
  });
}

/** Looks at once at the units somebody answers for as an authority above. Repeated, it changes nothing. */
export async function lookNow(ctx: HealthContext, actor: Actor): Promise<LookReport> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    await lockLooking(trx);
    const report = await look(ctx, trx, new Set(unitsFor(actor, MANAGE)), now, actorRef(actor));
    await recordAudit(trx, [
      {
        chainId: INSTALLATION_CHAIN,
        occurredAt: now,
        actor,
        action: 'unit-health.recompute',
        object: { type: 'installation', id: INSTALLATION_CHAIN },
        payload: report,
      },
    ]);
    return report;
  });
}

async function look(
  ctx: HealthContext,
  trx: Db,
  unitIds: ReadonlySet<string> | undefined,
  now: Date,
  by: string,
): Promise<LookReport> {
  const at: Look = { db: trx, today: dayOf(now), unitIds };
  const open = (await knownFindings(trx, unitIds && [...unitIds], [])).filter((one) => one.state !== 'closed');
  const periodsOf = (rule: StoredFinding['rule']) => open.flatMap((one) => (one.rule === rule ? one.period : []));
  const online = await lookForZeroOnline(ctx, at, zeroOnlinePeriods(ctx, at.today, periodsOf('zero-online')));
  const found = [
    ...online.found,
    ...(await lookIntoBooks(ctx, at, await countsToCompare(ctx, at, periodsOf('under-entry')))),
    ...(await lookForParked(ctx, at)),
    ...(await lookForUnused(ctx, at)),
  ];
  const known = await knownFindings(trx, unitIds && [...unitIds], [...new Set(found.map((one) => one.period))]);
  const looked = (one: { rule: string; unitId: string; period: string }): boolean =>
    one.rule !== 'zero-online' || online.looked.has(`${one.unitId} ${one.period}`);
  return apply(ctx, trx, known, reconcile(known, found, looked), now, by);
}

/** Compares one unit's books of one month, after a count was entered. @returns whether a finding about it stands. */
export async function lookAtBook(
  ctx: HealthContext,
  trx: Db,
  found: readonly Found[],
  month: { readonly unitId: string; readonly period: string },
  now: Date,
  by: string,
): Promise<boolean> {
  const known = (await knownFindings(trx, [month.unitId], [month.period])).filter(
    (one) => one.rule === 'under-entry' && one.period === month.period,
  );
  await apply(
    ctx,
    trx,
    known,
    reconcile(known, found, () => true),
    now,
    by,
  );
  return found.length > 0;
}

async function apply(
  ctx: HealthContext,
  trx: Db,
  known: readonly StoredFinding[],
  changes: readonly Change[],
  now: Date,
  by: string,
): Promise<LookReport> {
  const report = { found: 0, changed: 0, closed: 0 };
  await markChecked(
    trx,
    known.filter((one) => one.state !== 'closed').map((one) => one.id),
    now,
  );
  for (const change of changes) {
    switch (change.kind) {
      case 'found': {
        const id = uuidv7(now);
        const deadline = await deadlineOf(ctx, change.found, now);
        if (!(await insertFinding(trx, { ...change.found, id, foundAt: now, deadline }))) continue;
        await tell(trx, 'found', id, change.found, now, by, { deadline });
        report.found += 1;
        break;
      }
      case 'reopened': {
        const deadline = await deadlineOf(ctx, change.found, now);
        await updateFacts(trx, change.id, { ...change.found, at: now, deadline });
        await tell(trx, 'reopened', change.id, change.found, now, by, { deadline });
        report.found += 1;
        break;
      }
      case 'changed':
        await updateFacts(trx, change.id, { ...change.found, at: now });
        await addHistory(trx, change.id, trace('changed', now, by, change.found));
        report.changed += 1;
        break;
      case 'closed':
        await closeFinding(trx, change.known.id, 'facts', now);
        await tell(trx, 'closed', change.known.id, change.known, now, by, { closedAs: 'facts' });
        report.closed += 1;
        break;
    }
  }
  return report;
}

const trace = (
  kind: 'found' | 'reopened' | 'changed' | 'closed',
  at: Date,
  actor: string,
  found: Pick<Found, 'facts'>,
) => ({
  kind,
  at,
  actor,
  note: null,
  evidence: null,
  facts: found.facts,
});

async function tell(
  trx: Db,
  kind: 'found' | 'reopened' | 'closed',
  findingId: string,
  found: Found,
  at: Date,
  by: string,
  more: { deadline?: Day; closedAs?: 'facts' },
): Promise<void> {
  await addHistory(trx, findingId, trace(kind, at, by, found));
  const { rule, unitId, period, measure } = found;
  const payload = { findingId, rule, unitId, period, measure, ...more };
  await emit(trx, [healthEvent(kind === 'closed' ? 'closed' : 'found', at, payload)]);
}

/** Last day to answer: working days of the rule after today, by the unit's calendar. */
export async function deadlineOf(ctx: HealthContext, finding: Pick<Found, 'rule' | 'unitId'>, now: Date): Promise<Day> {
  const today = dayOf(now);
  const days = ruleOn(ctx.content, finding.rule, today)?.answerWorkingDays ?? 5;
  return workingDaysOn(await ctx.ports.findCalendar(finding.unitId, today), today, days);
}
