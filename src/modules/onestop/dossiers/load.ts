import { sql } from 'kysely';
import { dayOf } from '../../../core/time/index.ts';
import type { ClockEvent } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Circumstances } from '../procedures/rules/time-limit.ts';
import type { DossierContext } from './context.ts';
import { findPlan, limitOf } from './prepare.ts';
import { changeFromJson } from './rules/action-json.ts';
import type { DecisionContext, Performer } from './rules/context.ts';
import type { View } from './rules/legal.ts';
import type { DossierState, ResultMethod, ResultState } from './rules/state.ts';
import type { DossierStatus, Outcome } from './rules/status.ts';
import { type DossierScope, seenByUnits } from './scope.ts';
import { findSupplementDeadline } from './supplement-store.ts';

/** A dossier as stored: facts and state. */
export type StoredDossier = {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly procedureCode: string;
  readonly procedureRevisionId: string;
  readonly caseId: string | null;
  readonly area: 'normal' | 'difficult';
  readonly regimeId: string;
  readonly channel: 'desk' | 'online' | 'post';
  readonly subject: string;
  readonly formValues: Record<string, unknown>;
  readonly citizenAccountId: string | null;
  readonly guest: boolean;
  readonly followDigest: Buffer | null;
  readonly resultMethod: ResultMethod;
  readonly resultAddress: string | null;
  readonly fees: readonly StoredFee[];
  readonly calendarRevisionId: string | null;
  readonly copies: number;
  /** Its personal data were taken out by law. */
  readonly erased: boolean;
  readonly state: DossierState;
};
export type StoredFee = {
  readonly feeId: string;
  readonly name: string;
  readonly kind: string;
  readonly amountVnd: number;
  readonly payWhen: string;
  readonly exemptedBy: string | null;
};

type Row = {
  id: string;
  code: string;
  version: number;
  status: DossierStatus;
  outcome: Outcome | null;
  procedure_code: string;
  procedure_revision_id: string;
  case_id: string | null;
  area: 'normal' | 'difficult';
  regime_id: string;
  channel: 'desk' | 'online' | 'post';
  received_by_unit_id: string;
  decided_by_unit_id: string;
  subject: string;
  form_values: Record<string, unknown>;
  citizen_account_id: string | null;
  guest: boolean;
  follow_digest: Buffer | null;
  submitted_at: Date;
  received_at: Date | null;
  due_original: Date | null;
  due_current: Date | null;
  clock_status: DossierState['clock']['status'];
  clock_events: { kind: ClockEvent['kind']; at: string; reason?: 'supplement' | 'finance' | 'agency' }[];
  ended_at: Date | null;
  returned_at: Date | null;
  punctuality: DossierState['punctuality'];
  lateness_minutes: number | null;
  reappointed_at: Date | null;
  reappointed_from: Date | null;
  reappointed_due: Date | null;
  reappointed_after: number | null;
  late_original: boolean | null;
  lateness_original_minutes: number | null;
  step_id: string | null;
  step_seq: number;
  holder_unit_id: string | null;
  holder_role: string | null;
  holder_staff_id: string | null;
  step_from: string | null;
  step_started_at: Date | null;
  step_due_at: Date | null;
  step_read_at: Date | null;
  completion_requests: number;
  result_method: ResultMethod;
  result_address: string | null;
  result: Record<string, unknown> | null;
  fees: StoredFee[];
  calendar_revision_id: string | null;
  copies: number;
  erased_at: Date | null;
};

/** The result as the rules know it, from its JSON. */
export function resultOf(value: Record<string, unknown> | null): ResultState | null {
  return changeFromJson({ result: value }).result ?? null;
}

function reappointmentOf(row: Row): DossierState['reappointment'] {
  const { reappointed_at: at, reappointed_from: previousDueAt, reappointed_due: dueAt, reappointed_after: after } = row;
  return at && previousDueAt && dueAt ? { at, previousDueAt, dueAt, after: after ?? 0 } : null;
}

function stateOf(row: Row): DossierState {
  const step =
    row.step_id !== null && row.holder_unit_id !== null && row.step_started_at !== null
      ? {
          id: row.step_id,
          seq: row.step_seq,
          unitId: row.holder_unit_id,
          role: row.holder_role ?? '',
          staffId: row.holder_staff_id,
          from: row.step_from,
          startedAt: row.step_started_at,
          dueAt: row.step_due_at,
          readAt: row.step_read_at,
        }
      : null;
  return {
    status: row.status,
    outcome: row.outcome,
    submittedAt: row.submitted_at,
    receivedAt: row.received_at,
    dueOriginal: row.due_original,
    dueCurrent: row.due_current,
    clock: {
      status: row.clock_status,
      events: row.clock_events.map((e) => ({ ...e, at: new Date(e.at) }) as ClockEvent),
    },
    endedAt: row.ended_at,
    returnedAt: row.returned_at,
    punctuality: row.punctuality,
    latenessMinutes: row.lateness_minutes,
    reappointment: reappointmentOf(row),
    lateOriginal: row.late_original,
    latenessOriginalMinutes: row.lateness_original_minutes,
    step,
    stepSeq: row.step_seq,
    completionRequests: row.completion_requests,
    result: resultOf(row.result),
    receivedByUnitId: row.received_by_unit_id,
    decidedByUnitId: row.decided_by_unit_id,
  };
}

function storedOf(row: Row): StoredDossier {
  return {
    id: row.id,
    code: row.code,
    version: row.version,
    procedureCode: row.procedure_code,
    procedureRevisionId: row.procedure_revision_id,
    caseId: row.case_id,
    area: row.area,
    regimeId: row.regime_id,
    channel: row.channel,
    subject: row.subject,
    formValues: row.form_values,
    citizenAccountId: row.citizen_account_id,
    guest: row.guest,
    followDigest: row.follow_digest,
    resultMethod: row.result_method,
    resultAddress: row.result_address,
    fees: row.fees,
    calendarRevisionId: row.calendar_revision_id,
    copies: row.copies,
    erased: row.erased_at !== null,
    state: stateOf(row),
  };
}

/** One dossier within a scope, or undefined: a foreign dossier looks the same as a missing one. */
export async function findDossier(db: Db, scope: DossierScope, id: string): Promise<StoredDossier | undefined> {
  const { rows } =
    await sql<Row>`select d.* from dossiers.dossier d where d.id = ${id}::uuid and ${scope.where('d')}`.execute(db);
  return rows[0] ? storedOf(rows[0]) : undefined;
}

/** A dossier that somebody asks for. */
export type Wanted = { readonly scope: DossierScope; readonly id: string };

/**
 * Dossiers asked for at the same moment, each within its asker's own scope, by one statement.
 * @param wanted scopes must be `byUnits`.
 * @returns in order; undefined where there is none or it is foreign.
 */
export async function findEach(db: Db, wanted: readonly Wanted[]): Promise<(StoredDossier | undefined)[]> {
  const scopes = new Map<string, number>();
  const scopeOf = wanted.map(({ scope }) => {
    const key = scope.unitIds.join();
    const known = scopes.get(key) ?? scopes.size + 1;
    scopes.set(key, known);
    return known;
  });
  const { rows } = await sql<Row & { n: number }>`
    select q.n::int n, d.* from unnest(${wanted.map(({ id }) => id)}::uuid[], ${scopeOf}::int[]) with ordinality as q(id, s, n)
    join dossiers.dossier d on d.id = q.id
    join (select x.s, string_to_array(x.units, ',')::uuid[] units
      from unnest(${[...scopes.keys()]}::text[]) with ordinality as x(units, s)) a on a.s = q.s
    where ${seenByUnits('d', sql`a.units`)}`.execute(db);
  const found = new Map(rows.map((row) => [row.n, storedOf(row)]));
  return wanted.map((_, index) => found.get(index + 1));
}

/** Dossiers within a scope by id, in no order; foreign and missing ones are left out. */
export async function findDossiers(db: Db, scope: DossierScope, ids: readonly string[]): Promise<StoredDossier[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`select d.* from dossiers.dossier d
    where d.id = any(${[...ids]}::uuid[]) and ${scope.where('d')}`.execute(db);
  return rows.map(storedOf);
}

/** Id of a code, without regard to scope: only for paths that check a scope or a second fact afterwards. */
export async function findIdOfCode(db: Db, code: string): Promise<string | undefined> {
  const { rows } = await sql<{ dossier_id: string }>`select dossier_id from dossiers.code where code = ${code}`.execute(
    db,
  );
  return rows[0]?.dossier_id;
}

/** A decision's context with what is stored beside the state: the calendar counted by, the regime of the reception. */
export type LoadedDecision = DecisionContext & { readonly calendarRevisionId: string; readonly regimeId: string };

/**
 * What a decision on a stored dossier needs: the revision it stays on, today's plan, the regime of its reception. A
 * dossier not yet received is looked at as if it were received now (contracts §4.5).
 */
export async function decisionContext(
  ctx: DossierContext,
  dossier: StoredDossier,
  performer: Performer,
  now: Date,
): Promise<LoadedDecision> {
  const { ports } = ctx;
  const revision = await ports.getProcedureRevision(dossier.procedureRevisionId);
  const regime = ports.regimeOn(dayOf(dossier.state.receivedAt ?? now));
  // A received dossier keeps the calendar it was counted by until a deliberate act moves it to another.
  const counted = dossier.state.receivedAt ? dossier.calendarRevisionId : null;
  const { calendar, revisionId } = counted
    ? { calendar: await ports.calendarRevision(counted), revisionId: counted }
    : await ports.calendarFor(dossier.state.receivedByUnitId, dayOf(now));
  return {
    ...(await legalView(ctx, dossier, performer, now)),
    limit: limitOf(revision, circumstancesOf(dossier), regime).limit,
    calendar,
    classifyRule: regime.classifyRule,
    resultMethod: dossier.resultMethod,
    calendarRevisionId: revisionId,
    regimeId: regime.id,
  };
}

/**
 * What legality looks at. Asks for no calendar and no limit, so that a dossier can be read when its desk is long gone:
 * a step nobody does any more has an empty unit.
 */
export async function legalView(
  ctx: DossierContext,
  dossier: StoredDossier,
  performer: Performer,
  now: Date,
): Promise<View> {
  const { state } = dossier;
  const revision = await ctx.ports.getProcedureRevision(dossier.procedureRevisionId);
  const [plan, supplementDeadline] = await Promise.all([
    findPlan(ctx.ports, revision, circumstancesOf(dossier), state.receivedByUnitId, state.decidedByUnitId, dayOf(now)),
    state.status === 'supplement' ? findSupplementDeadline(ctx.db, dossier.id) : null,
  ]);
  return { now, performer, plan, supplementDeadline };
}

const circumstancesOf = (dossier: StoredDossier): Circumstances => ({
  caseId: dossier.caseId ?? undefined,
  area: dossier.area,
  channel: dossier.channel,
});
