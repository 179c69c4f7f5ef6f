import { type RawBuilder, sql } from 'kysely';
import { dayOf } from '../../../core/time/index.ts';
import type { Allowance, ClockEvent, CompiledCalendar } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { type Circumstances, stepAllowance } from '../procedures/rules/time-limit.ts';
import { openLate } from './late-sql.ts';
import type { DossierPorts, ProcedureRevision } from './ports.ts';
import { limitOf } from './prepare.ts';
import type { LedgerSegment } from './rules/ledger.ts';
import type { StepKind } from './rules/state.ts';
import { type DossierStatus, OPEN_STATUSES } from './rules/status.ts';
import type { DossierScope } from './scope.ts';

/** A received dossier with its clock ledger: what modules above measure lateness and pace by. No personal data. */
export type DossierLedger = {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly status: DossierStatus;
  readonly procedureCode: string;
  readonly procedureRevisionId: string;
  readonly procedureName: string;
  readonly receivedByUnitId: string;
  readonly decidedByUnitId: string;
  readonly holderUnitId: string | null;
  readonly holderStaffId: string | null;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
  readonly punctuality: 'early' | 'on-time' | 'late' | null;
  readonly latenessMinutes: number | null;
  /** Set while the clock stands. */
  readonly pausedSince: Date | null;
  /** From where the limit counts now: the reception, the last restart, or the beginning of the second phase. */
  readonly countedFrom: Date;
  /** What happened to the clock since the reception, and what a supplement does to it. */
  readonly clockEvents: readonly ClockEvent[];
  readonly supplementPolicy: 'pause' | 'restart';
  readonly clockRuns: boolean;
  readonly reappointments: number;
  readonly stepId: string | null;
  readonly stepSeq: number;
  readonly stepStartedAt: Date | null;
  readonly stepDueAt: Date | null;
  /** Steps of the workflow in order, with the allowance of this dossier's case. */
  readonly steps: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: StepKind;
    readonly allow: Allowance;
    /** The unit that does it today; null for an ended dossier, and where nobody does it any more. */
    readonly unitId: string | null;
  }[];
  readonly calendar: CompiledCalendar;
  readonly classifyRule: 'by-date' | 'by-instant';
  readonly segments: readonly LedgerSegment[];
};

export type LedgerReader = {
  /** Ledgers of received dossiers within the scope, in the order of their ids; unknown and unreceived ones are left out. */
  ledgersOf(db: Db, ids: readonly string[], scope: DossierScope): Promise<readonly DossierLedger[]>;
  /** Whether the dossier exists within the scope, received or not. */
  isVisible(db: Db, id: string, scope: DossierScope): Promise<boolean>;
  /** Ids of dossiers in processing after `afterId`, in order: a walk over all of them, page by page. */
  openIds(db: Db, afterId: string | null, limit: number): Promise<readonly string[]>;
  /** Ids of dossiers in processing that are past their due instant, within the scope, the longest overdue first. */
  overdueIds(db: Db, scope: DossierScope, now: Date, limit: number): Promise<readonly string[]>;
  /** Ids of dossiers whose processing ended since, after `afterId`, in order: for bulk counting. */
  endedIds(db: Db, since: Date, afterId: string | null, limit: number): Promise<readonly string[]>;
  /** Of these, the ones that ended late. */
  lateIds(db: Db, since: Date, afterId: string | null, limit: number): Promise<readonly string[]>;
};

type LedgerPorts = Pick<
  DossierPorts,
  'getProcedureRevision' | 'calendarFor' | 'calendarRevision' | 'regimeOn' | 'stepUnit'
>;

type Row = {
  id: string;
  code: string;
  version: number;
  status: DossierStatus;
  procedure_code: string;
  procedure_revision_id: string;
  case_id: string | null;
  area: 'normal' | 'difficult';
  channel: 'desk' | 'online' | 'post';
  received_by_unit_id: string;
  decided_by_unit_id: string;
  holder_unit_id: string | null;
  holder_staff_id: string | null;
  received_at: Date;
  due_current: Date | null;
  ended_at: Date | null;
  punctuality: 'early' | 'on-time' | 'late' | null;
  lateness_minutes: number | null;
  clock_status: string;
  clock_events: { kind: ClockEvent['kind']; at: string; reason?: 'supplement' | 'finance' | 'agency' }[];
  step_id: string | null;
  step_seq: number;
  step_started_at: Date | null;
  step_due_at: Date | null;
  reappointments: number;
  calendar_revision_id: string | null;
};
type SegmentRow = {
  dossier_id: string;
  kind: 'run' | 'pause';
  reason: string | null;
  step_id: string | null;
  holder_unit_id: string | null;
  holder_staff_id: string | null;
  started_at: Date;
  ended_at: Date | null;
};

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id);
const OPEN = sql.raw(OPEN_STATUSES.map((status) => `'${status}'`).join(', '));

/** Reads clock ledgers with what they are measured by. For modules above; the door gives it. */
export function createLedgerReader(ports: LedgerPorts, now: () => Date): LedgerReader {
  return {
    async ledgersOf(db, ids, scope) {
      if (ids.length === 0) return [];
      const { rows } =
        await sql<Row>`select d.id, d.code, d.version, d.status, d.procedure_code, d.procedure_revision_id,
          d.case_id, d.area, d.channel, d.received_by_unit_id, d.decided_by_unit_id, d.holder_unit_id, d.holder_staff_id, d.received_at,
          d.due_current, d.ended_at, d.punctuality, d.lateness_minutes, d.clock_status, d.clock_events, d.step_id,
          d.step_seq, d.step_started_at, d.step_due_at, d.reappointments, d.calendar_revision_id
        from dossiers.dossier d
        where d.id = any(${[...ids]}::uuid[]) and d.received_at is not null and ${scope.where('d')} order by d.id`.execute(
          db,
        );
      const { rows: segments } = await sql<SegmentRow>`select dossier_id, kind, reason, step_id, holder_unit_id,
          holder_staff_id, started_at, ended_at
        from dossiers.clock_segment where dossier_id = any(${idsOf(rows)}::uuid[]) order by dossier_id, seq`.execute(
        db,
      );
      const byDossier = Map.groupBy(segments, (segment) => segment.dossier_id);
      return Promise.all(rows.map((row) => ledgerOf(ports, row, byDossier.get(row.id) ?? [], now())));
    },
    async isVisible(db, id, scope) {
      const { rows } =
        await sql`select 1 from dossiers.dossier d where d.id = ${id}::uuid and ${scope.where('d')}`.execute(db);
      return rows.length > 0;
    },
    async openIds(db, afterId, limit) {
      const after = afterId === null ? sql`true` : sql`d.id > ${afterId}::uuid`;
      const { rows } = await sql<{ id: string }>`select d.id from dossiers.dossier d
        where d.status in (${OPEN}) and ${after} order by d.id limit ${limit}`.execute(db);
      return idsOf(rows);
    },
    async overdueIds(db, scope, at, limit) {
      const { rows } = await sql<{ id: string }>`select d.id from dossiers.dossier d
        where d.status in (${OPEN}) and ${openLate('d', at)} and ${scope.where('d')}
        order by d.due_current, d.id limit ${limit}`.execute(db);
      return idsOf(rows);
    },
    endedIds: (db, since, afterId, limit) => endedAfter(db, since, afterId, limit, sql`true`),
    lateIds: (db, since, afterId, limit) => endedAfter(db, since, afterId, limit, sql`d.punctuality = 'late'`),
  };
}

async function endedAfter(
  db: Db,
  since: Date,
  afterId: string | null,
  limit: number,
  which: RawBuilder<unknown>,
): Promise<string[]> {
  const after = afterId === null ? sql`true` : sql`d.id > ${afterId}::uuid`;
  const { rows } = await sql<{ id: string }>`select d.id from dossiers.dossier d
    where d.ended_at >= ${since} and d.received_at is not null and ${which} and ${after}
    order by d.id limit ${limit}`.execute(db);
  return idsOf(rows);
}

async function ledgerOf(
  ports: LedgerPorts,
  row: Row,
  segments: readonly SegmentRow[],
  now: Date,
): Promise<DossierLedger> {
  const revision = await ports.getProcedureRevision(row.procedure_revision_id);
  const regime = ports.regimeOn(dayOf(row.received_at));
  const circumstances = { caseId: row.case_id ?? undefined, area: row.area, channel: row.channel };
  const { limit } = limitOf(revision, circumstances, regime);
  // The calendar it was counted by (ADR 0020); a dossier of an older system has none and takes that of its reception.
  const calendar = row.calendar_revision_id
    ? await ports.calendarRevision(row.calendar_revision_id)
    : (await ports.calendarFor(row.received_by_unit_id, dayOf(row.received_at))).calendar;
  const last = row.clock_events.at(-1);
  return {
    id: row.id,
    code: row.code,
    version: row.version,
    status: row.status,
    procedureCode: row.procedure_code,
    procedureRevisionId: row.procedure_revision_id,
    procedureName: revision.definition.name,
    receivedByUnitId: row.received_by_unit_id,
    decidedByUnitId: row.decided_by_unit_id,
    holderUnitId: row.holder_unit_id,
    holderStaffId: row.holder_staff_id,
    receivedAt: row.received_at,
    dueAt: row.due_current,
    endedAt: row.ended_at,
    punctuality: row.punctuality,
    latenessMinutes: row.lateness_minutes,
    pausedSince: row.clock_status === 'paused' && last?.kind === 'pause' ? new Date(last.at) : null,
    countedFrom: countedFrom(row, limit.supplementPolicy),
    clockEvents: row.clock_events.map((event) => ({ ...event, at: new Date(event.at) }) as ClockEvent),
    supplementPolicy: limit.supplementPolicy,
    clockRuns: row.clock_status === 'running',
    reappointments: row.reappointments,
    stepId: row.step_id,
    stepSeq: row.step_seq,
    stepStartedAt: row.step_started_at,
    stepDueAt: row.step_due_at,
    steps: await stepsOf(ports, revision, circumstances, row, now),
    calendar,
    classifyRule: regime.classifyRule,
    segments: segments.map((segment) => ({
      kind: segment.kind,
      reason: segment.reason,
      stepId: segment.step_id,
      unitId: segment.holder_unit_id,
      staffId: segment.holder_staff_id,
      startedAt: segment.started_at,
      endedAt: segment.ended_at,
    })),
  };
}

async function stepsOf(
  ports: LedgerPorts,
  revision: ProcedureRevision,
  circumstances: Circumstances,
  row: Row,
  now: Date,
): Promise<DossierLedger['steps']> {
  const steps = revision.definition.steps.map((step) => ({ step, allow: stepAllowance(step, circumstances) }));
  const units = await Promise.all(
    steps.map(({ step }) =>
      row.ended_at ? undefined : ports.stepUnit(step, row.received_by_unit_id, row.decided_by_unit_id, dayOf(now)),
    ),
  );
  return steps.map(({ step: { id, name, kind }, allow }, index) => ({
    id,
    name,
    kind,
    allow,
    unitId: units[index]?.id ?? null,
  }));
}

/** A supplement that restarts, or a second phase, begins the count anew: what was before is settled. */
function countedFrom(row: Row, policy: 'pause' | 'restart'): Date {
  let from = row.received_at;
  let reason: string | undefined;
  for (const event of row.clock_events) {
    if (event.kind === 'pause') reason = event.reason ?? 'supplement';
    if (event.kind === 'next-phase') from = new Date(event.at);
    if (event.kind === 'resume' && policy === 'restart' && reason === 'supplement') from = new Date(event.at);
  }
  return from;
}
