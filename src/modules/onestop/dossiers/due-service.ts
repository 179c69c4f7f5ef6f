import { sql } from 'kysely';
import type { Actor } from '../../../core/access/actor.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { DossierContext } from './context.ts';
import { dossierEvent, eventPayload } from './events.ts';
import { ledgerRows } from './ledger-rows.ts';
import { decisionContext, findDossier, findDossiers, type LoadedDecision, type StoredDossier } from './load.ts';
import { performerOf } from './performer.ts';
import type { Decision } from './rules/decision.ts';
import {
  type DueUnder,
  decideMove,
  decideMoveBack,
  decideReappoint,
  dueUnder,
  hasMovableDue,
} from './rules/due-moves.ts';
import type { Action } from './rules/state.ts';
import { statusName } from './rules/status.ts';
import { dossierScope } from './scope.ts';
import { saveSteps } from './step-store.ts';
import { actionRows } from './store.ts';

export type ReappointOrder = {
  readonly dossierId: string;
  /** Version the caller saw; left out: whatever it is now. */
  readonly expectedVersion?: number | undefined;
  readonly newDueAt: Date;
  readonly reason: string;
  readonly apologyId: string;
};

/** A dossier after its due date moved. */
export type DueMoved = {
  readonly version: number;
  readonly fromDueAt: Date | null;
  readonly dueAt: Date | null;
};

/**
 * Re-appoints a dossier (hẹn lại): see `decideReappoint`. For the module that has the approval; give it your
 * transaction, so that approval and move happen together or not at all.
 * @throws AppError row/missing (also outside the actor's scope), row/stale, dossier/illegal-action (no permission
 * `dossier.reappoint` for the deciding unit, not received, paused, ended), dossier/reappointed, dossier/due-not-later,
 * dossier/day-off, dossier/reason-needed.
 */
export async function reappointDossier(
  ctx: DossierContext,
  actor: Actor,
  order: ReappointOrder,
  trx?: Db,
): Promise<DueMoved> {
  const db = trx ?? ctx.db;
  const dossier = await getDossier(db, actor, order.dossierId, order.expectedVersion);
  const decision = await decisionOf(ctx, actor, dossier);
  return save(ctx, db, actor, dossier, decision, decideReappoint(dossier.state, decision, order), null);
}

export type DueMoveOrder = {
  readonly dossierId: string;
  readonly expectedVersion: number;
  readonly calendarRevisionId: string;
  readonly planId: string;
  /** Reference of the person who decided, where somebody else carries it out. */
  readonly decidedBy?: string | undefined;
};

/**
 * Counts the due dates of one dossier anew by another revision of its calendar, as part of a plan. The caller has
 * checked who may apply the plan. @throws AppError row/missing, row/stale, dossier/illegal-action, calendar/missing.
 */
export async function moveDueDate(ctx: DossierContext, actor: Actor, order: DueMoveOrder, trx?: Db): Promise<DueMoved> {
  const db = trx ?? ctx.db;
  const dossier = await getDossier(db, SYSTEM, order.dossierId, order.expectedVersion);
  const own = await decisionOf(ctx, actor, dossier);
  const decision = { ...own, calendar: await ctx.ports.calendarRevision(order.calendarRevisionId) };
  const { planId, decidedBy } = order;
  const move = {
    planId,
    ...(decidedBy ? { decidedBy } : {}),
    fromRevisionId: own.calendarRevisionId,
    toRevisionId: order.calendarRevisionId,
  };
  const decided = decideMove(dossier.state, decision, move);
  return save(ctx, db, actor, dossier, own, decided, order.calendarRevisionId);
}

/**
 * Leads a dossier back to the dates and the calendar before a plan moved it, if nothing happened to it since.
 * @throws AppError row/missing, row/stale where something did, dossier/illegal-action where the plan did not move it.
 */
export async function moveDueDateBack(
  ctx: DossierContext,
  actor: Actor,
  order: Omit<DueMoveOrder, 'calendarRevisionId'>,
  trx?: Db,
): Promise<DueMoved> {
  const db = trx ?? ctx.db;
  const dossier = await getDossier(db, SYSTEM, order.dossierId, order.expectedVersion);
  const last = await findAction(db, dossier.id, dossier.version);
  const decision = await decisionOf(ctx, actor, dossier);
  const decided = decideMoveBack(dossier.state, decision.now, last, order);
  return save(ctx, db, actor, dossier, decision, decided, decided.calendarRevisionId ?? null);
}

/** What a revision of the calendar would do to one dossier. */
export type DueForecast = {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly receivedByUnitId: string;
  readonly decidedByUnitId: string;
  readonly holderUnitId: string | null;
  readonly calendarRevisionId: string | null;
  /** False: closed or not received; nothing to move. */
  readonly open: boolean;
  readonly reappointed: boolean;
  readonly now: DueUnder;
  /** Null where the rules do not come to the present date by the present calendar (an import): not to be moved by them. */
  readonly moved: DueUnder | null;
  readonly classifyRule: 'by-date' | 'by-instant';
};

/** Forecasts for some dossiers; missing ones are left out. Changes nothing. For acts of the installation: no scope. */
export async function forecastDue(
  ctx: DossierContext,
  ids: readonly string[],
  calendarRevisionId: string,
  db: Db = ctx.db,
): Promise<DueForecast[]> {
  const calendar = await ctx.ports.calendarRevision(calendarRevisionId);
  const dossiers = await findDossiers(db, dossierScope(SYSTEM), ids);
  return Promise.all(dossiers.map((dossier) => forecastOf(ctx, dossier, calendar)));
}

async function forecastOf(
  ctx: DossierContext,
  dossier: StoredDossier,
  calendar: CompiledCalendar,
): Promise<DueForecast> {
  const { state } = dossier;
  const now = { dueAt: state.dueCurrent, stepDueAt: state.step?.dueAt ?? null };
  const open = hasMovableDue(state);
  const own = await decisionOf(ctx, SYSTEM, dossier).catch((error: unknown) => {
    // Its calendar or procedure cannot be read: its date cannot be counted, those of the others can.
    if (error instanceof AppError) return undefined;
    throw error;
  });
  const counted = open && own ? dueUnder(state, own) : undefined;
  const known = counted !== undefined && counted.dueAt?.getTime() === state.dueCurrent?.getTime();
  return {
    id: dossier.id,
    code: dossier.code,
    version: dossier.version,
    receivedByUnitId: state.receivedByUnitId,
    decidedByUnitId: state.decidedByUnitId,
    holderUnitId: state.step?.unitId ?? null,
    calendarRevisionId: dossier.calendarRevisionId,
    open,
    reappointed: state.reappointment !== null,
    now,
    moved: (known && own ? dueUnder(state, { ...own, calendar }) : undefined) ?? null,
    classifyRule: own?.classifyRule ?? 'by-date',
  };
}

export type MovableQuestion = {
  /** Revisions the dossiers are counted by. */
  readonly revisionIds: readonly string[];
  /** Deciding units; null: all. */
  readonly decidedByUnitIds: readonly string[] | null;
  /** Receiving desks; left out or null: all. */
  readonly receivedByUnitIds?: readonly string[] | null;
  /** Id after which the page begins; the nil UUID for the first. */
  readonly afterId: string;
  readonly limit: number;
};

/** Ids of open dossiers that are counted by one of the given calendar revisions, in pages. */
export async function listMovable(ctx: DossierContext, question: MovableQuestion): Promise<string[]> {
  const desks = question.receivedByUnitIds ?? null;
  const { rows } = await sql<{ id: string }>`select d.id from dossiers.dossier d
    where d.clock_status in ('running', 'paused') and d.received_at is not null
      and d.calendar_revision_id = any(${[...question.revisionIds]}::uuid[])
      and (${question.decidedByUnitIds === null} or d.decided_by_unit_id = any(${[...(question.decidedByUnitIds ?? [])]}::uuid[]))
      and (${desks === null} or d.received_by_unit_id = any(${[...(desks ?? [])]}::uuid[]))
      and d.id > ${question.afterId}::uuid order by d.id limit ${question.limit}`.execute(ctx.db);
  return rows.map((row) => row.id);
}

const SYSTEM = { kind: 'system', name: 'due-dates', assurance: 'system' } as const satisfies Actor;

async function getDossier(db: Db, actor: Actor, id: string, version: number | undefined): Promise<StoredDossier> {
  const dossier = await findDossier(db, dossierScope(actor), id);
  if (!dossier) throw new AppError('row/missing');
  if (version !== undefined && dossier.version !== version) throw stale(dossier);
  return dossier;
}

const stale = (dossier: StoredDossier): AppError =>
  new AppError('row/stale', { extra: { currentVersion: dossier.version, currentStatus: dossier.state.status } });

const decisionOf = (ctx: DossierContext, actor: Actor, dossier: StoredDossier): Promise<LoadedDecision> =>
  decisionContext(ctx, dossier, performerOf(actor, dossier.citizenAccountId), ctx.clock.now());

async function findAction(db: Db, id: string, seq: number): Promise<Pick<Action, 'kind' | 'detail'>> {
  const { rows } = await sql<Pick<Action, 'kind'> & { detail: Record<string, unknown> }>`
    select kind, detail from dossiers.action where dossier_id = ${id}::uuid and seq = ${seq}`.execute(db);
  if (!rows[0]) throw new AppError('row/missing');
  return rows[0];
}

/** Saves a decided move with its audit entry and event. @param calendarRevisionId the calendar counted by from now on. */
async function save(
  ctx: DossierContext,
  db: Db,
  actor: Actor,
  dossier: StoredDossier,
  decision: LoadedDecision,
  decided: Decision,
  calendarRevisionId: string | null,
): Promise<DueMoved> {
  if (!decided.ok) {
    const params = { state: statusName(dossier.state.status), reason: decided.reason ?? '' };
    throw new AppError(decided.code, { params, extra: { currentVersion: dossier.version } });
  }
  const { state, actions } = decided;
  const { id, version } = dossier;
  const ref = decision.performer.ref;
  const next = version + actions.length;
  const same = state.dueCurrent?.getTime() === dossier.state.dueCurrent?.getTime();
  const [saved] = await saveSteps(db, [
    {
      id,
      version,
      state,
      received: calendarRevisionId === null ? null : { regimeId: dossier.regimeId, calendarRevisionId },
      actions: actionRows(
        actions,
        version + 1,
        { ref, unitId: actor.kind === 'staff' ? actor.homeUnitId : null, assurance: actor.assurance },
        ctx.clock.now(),
      ),
      ...ledgerRows(dossier.state, actions, ref, calendarRevisionId ?? decision.calendarRevisionId),
      told: {
        audit: actions.map((action) => ({
          chainId: state.decidedByUnitId,
          occurredAt: action.at,
          actor,
          action: action.kind === 'reappointed' ? 'dossier.reappoint' : 'dossier.move-due',
          object: { type: 'dossier', id },
          payload: { code: dossier.code, ...action.detail },
        })),
        // A dossier that is only counted by another calendar from now on is no news to anybody.
        events: (same ? [] : actions).map((action) =>
          dossierEvent(action.kind, action.at, eventPayload(dossier, state, next)),
        ),
        reply: null,
        also: [],
      },
    },
  ]);
  if (!saved) {
    const now = await findDossier(db, dossierScope(SYSTEM), id);
    throw now ? stale(now) : new AppError('row/missing');
  }
  return { version: next, fromDueAt: dossier.state.dueCurrent, dueAt: state.dueCurrent };
}
