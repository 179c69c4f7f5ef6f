import type { SystemActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, instantAt } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { type DossierLedger, dossierScope } from '../dossiers/index.ts';
import { getWarningContent } from './content.ts';
import type { WarningContext } from './context.ts';
import { warningReached } from './events.ts';
import { insertNotices, type NoticeRow, type Part } from './notice-store.ts';
import { createRecipients } from './recipients.ts';
import { type Act, type Subject, urgencyOf } from './rules/definition.ts';
import { ladder, type PlacedRung } from './rules/ladder.ts';
import { resolveLadder, type ScopedLadder } from './rules/resolve.ts';
import { type ClockFacts, roundOf, timingOf } from './rules/timing.ts';
import { rungText } from './rules/words.ts';
import * as store from './store.ts';

const TIMER: SystemActor = { kind: 'system', name: 'warnings', assurance: 'system' };
export const EVERYTHING = dossierScope(TIMER);
const BATCH = 200;
const HOUR_MS = 3_600_000;

/**
 * Looks at the dossiers whose next rung has come or that changed: makes the warnings that are due, each once, tells
 * listeners by `warning.reached`, puts them on the lists of those to be told. Any number of processes may do so at once.
 * @returns true where more may wait.
 */
export async function evaluateOnce(ctx: WarningContext): Promise<boolean> {
  const now = ctx.clock.now();
  let claimed: readonly string[] = [];
  try {
    return await ctx.db.transaction().execute(async (trx) => {
      claimed = await store.claimDue(trx, now, BATCH);
      if (claimed.length > 0) await evaluate(ctx, trx, claimed, now);
      return claimed.length === BATCH;
    });
  } catch (error) {
    if (claimed.length === 0) throw error;
    // One of them cannot be looked at (its desk has no calendar, say): the others are not to wait for it.
    for (const id of claimed) await evaluateAlone(ctx, id, now);
    return claimed.length === BATCH;
  }
}

async function evaluateAlone(ctx: WarningContext, id: string, now: Date): Promise<void> {
  try {
    await ctx.db.transaction().execute((trx) => evaluate(ctx, trx, [id], now));
  } catch (error) {
    ctx.log.warn({ dossier: id, err: error }, 'dossier could not be looked at for warnings');
    await store.postpone(ctx.db, id, new Date(now.getTime() + HOUR_MS));
  }
}

/** Begins to watch open dossiers nobody has told of. @returns how many. */
export async function adoptOpen(ctx: WarningContext): Promise<number> {
  let after: string | null = null;
  let adopted = 0;
  for (;;) {
    const ids: readonly string[] = await ctx.ports.ledgers.openIds(ctx.db, after, 1000);
    adopted += await store.adopt(ctx.db, ids);
    after = ids.at(-1) ?? null;
    if (after === null) return adopted;
  }
}

/** All ladders there are: those of the installation and, behind them, those that come with the program. */
export async function allLadders(db: Db): Promise<readonly ScopedLadder[]> {
  const own = await store.findLadders(db);
  const content = getWarningContent().ladders.map((one) => ({
    ...one,
    procedureCode: one.procedureCode ?? null,
    unitId: null,
  }));
  // Of two that begin on the same day in the same scope the installation's own stands first.
  return [...own, ...content];
}

/** The rungs of a dossier by the ladder that holds for it, each with its instant; those from before the ladder left out. */
export async function placeRungs(
  ctx: Pick<WarningContext, 'ports'>,
  ladders: readonly ScopedLadder[],
  dossier: DossierLedger,
  now: Date,
): Promise<readonly PlacedRung[]> {
  if (dossier.dueAt === null) return [];
  const day = dayOf(now);
  const path = await ctx.ports.unitPath(dossier.decidedByUnitId, day);
  const found = resolveLadder(ladders, dossier.procedureCode, path, day);
  if (!found) return [];
  const { stepStartedAt, stepDueAt } = dossier;
  const step = stepStartedAt && stepDueAt ? timingOf(stepStartedAt, stepDueAt, clockOf(dossier, 'step')) : null;
  const facts = { dossier: timingOf(dossier.receivedAt, dossier.dueAt, clockOf(dossier, 'dossier')), step };
  const begin = instantAt(found.validFrom, '00:00');
  return ladder(found.definition, facts, dossier.calendar).filter((rung) => begin === undefined || rung.at >= begin);
}

/** A step's budget knows pauses and restarts; the second phase of the dossier and a new date for it are not its own. */
const clockOf = (dossier: DossierLedger, subject: Subject): ClockFacts => ({
  events: dossier.clockEvents.filter((event) => subject === 'dossier' || event.kind !== 'next-phase'),
  supplementPolicy: dossier.supplementPolicy,
});

const roundFor = (dossier: DossierLedger, subject: Subject): number =>
  roundOf(clockOf(dossier, subject)) + (subject === 'dossier' ? dossier.reappointments : 0);

async function evaluate(ctx: WarningContext, trx: Db, ids: readonly string[], now: Date): Promise<void> {
  const [dossiers, ladders] = [await ctx.ports.ledgers.ledgersOf(trx, ids, EVERYTHING), await allLadders(trx)];
  const open = dossiers.filter((one) => one.endedAt === null && one.dueAt !== null);
  const kept = new Set(open.map((one) => one.id));
  await store.unwatch(
    trx,
    ids.filter((id) => !kept.has(id)),
  );
  const watches: store.WatchRow[] = [];
  const warnings: store.WarningRow[] = [];
  for (const dossier of open) {
    const placed = await placeRungs(ctx, ladders, dossier, now);
    const reached = placed.filter((rung) => rung.at <= now);
    watches.push(watchOf(dossier, reached, placed.find((rung) => rung.at > now)?.at ?? null));
    warnings.push(...reached.map((rung) => warningOf(dossier, rung, now)));
  }
  const isNew = await store.insertWarnings(trx, warnings);
  const fresh = warnings.filter((warning) => isNew.has(warning.id));
  await store.saveWatches(trx, watches);
  await insertNotices(trx, await noticesOf(ctx, fresh, new Map(open.map((one) => [one.id, one])), now));
  await emit(trx, fresh.filter((warning) => warning.acts.length > 0).map(warningReached));
}

function watchOf(dossier: DossierLedger, reached: readonly PlacedRung[], nextAt: Date | null): store.WatchRow {
  const top = [...reached].sort((a, b) => urgencyOf(b.rung, b.subject) - urgencyOf(a.rung, a.subject))[0];
  return {
    dossier_id: dossier.id,
    next_at: nextAt,
    code: dossier.code,
    procedure_code: dossier.procedureCode,
    procedure_revision_id: dossier.procedureRevisionId,
    received_by_unit_id: dossier.receivedByUnitId,
    decided_by_unit_id: dossier.decidedByUnitId,
    holder_unit_id: dossier.holderUnitId,
    holder_staff_id: dossier.holderStaffId,
    step_id: dossier.stepId,
    step_seq: dossier.stepSeq,
    due_at: dossier.dueAt,
    paused: !dossier.clockRuns,
    rung: top?.rung.id ?? null,
    rung_text: top ? rungText(top.rung, top.subject) : null,
    subject: top?.subject ?? null,
    colour: top?.rung.colour ?? null,
    urgency: top ? urgencyOf(top.rung, top.subject) : null,
    reached_at: top?.at ?? null,
    rung_due_at: top?.dueAt ?? null,
  };
}

function warningOf(dossier: DossierLedger, { subject, rung, at, dueAt }: PlacedRung, now: Date): store.WarningRow {
  return {
    id: uuidv7(now),
    dossier_id: dossier.id,
    subject,
    step_seq: subject === 'step' ? dossier.stepSeq : 0,
    step_id: dossier.stepId,
    round: roundFor(dossier, subject),
    rung: rung.id,
    rung_text: rungText(rung, subject),
    colour: rung.colour,
    acts: rung.acts,
    urgency: urgencyOf(rung, subject),
    reached_at: at,
    recorded_at: now,
    late_notice: now.getTime() - at.getTime() > getWarningContent().digest.lateAfterHours * HOUR_MS,
    due_at: dueAt,
    holder_unit_id: dossier.holderUnitId,
    holder_staff_id: dossier.holderStaffId,
  };
}

const ACT_OF_PART: Readonly<Record<Part, Act>> = { holder: 'remind', head: 'tell-head' };

/** Of several rungs a dossier passed at once, people are told the gravest; nobody is told of a rung without that act. */
async function noticesOf(
  ctx: WarningContext,
  fresh: readonly store.WarningRow[],
  dossiers: ReadonlyMap<string, DossierLedger>,
  now: Date,
): Promise<NoticeRow[]> {
  const recipients = createRecipients(ctx.ports, dayOf(now));
  const gravest = new Map<string, { warning: store.WarningRow; part: Part }>();
  for (const warning of fresh) {
    for (const part of ['holder', 'head'] as const) {
      if (!warning.acts.includes(ACT_OF_PART[part])) continue;
      const key = `${warning.dossier_id} ${part}`;
      const other = gravest.get(key);
      if (!other || other.warning.urgency < warning.urgency) gravest.set(key, { warning, part });
    }
  }
  const notices: NoticeRow[] = [];
  for (const { warning, part } of gravest.values()) {
    const dossier = dossiers.get(warning.dossier_id);
    const unitId = warning.holder_unit_id;
    if (!dossier || unitId === null) continue;
    const stepKind = dossier.steps.find((step) => step.id === dossier.stepId)?.kind;
    for (const staff of await recipients(part, { unitId, staffId: warning.holder_staff_id, stepKind })) {
      notices.push({ staff_id: staff, warning_id: warning.id, part, unit_id: unitId, dossier_id: warning.dossier_id });
    }
  }
  return notices;
}
