import { type ClockEvent, type CompiledCalendar, classify, latenessMinutes } from '../../core/working-time/index.ts';
import type { PlannedStep } from '../../modules/onestop/dossiers/rules/context.ts';
import { type CurrentStep, type DossierState, EMPTY_STATE } from '../../modules/onestop/dossiers/rules/state.ts';
import { statusOfNational } from '../../modules/onestop/dossiers/rules/status.ts';
import type { OldRecord } from './old-record.ts';

/** What the law and the organisation say about an old record. */
export type OldRecordFacts = {
  readonly deskId: string;
  readonly authorityId: string;
  readonly procedureName: string;
  readonly calendar: CompiledCalendar;
  readonly classifyRule: 'by-date' | 'by-instant';
  /** Today's way through the offices; only looked at for dossiers that are not over. */
  readonly plan: readonly PlannedStep[];
};

const REF = 'system:import';

/**
 * The full state of an imported dossier. Class and lateness come from `classify` like everybody's; an open one stands
 * at the step its code names, unassigned, with the old system's due date. A pause (codes 5, 6) is known only from now.
 */
export function importedState(record: OldRecord, facts: OldRecordFacts, now: Date): DossierState {
  const status = statusOfNational(record.status);
  const received = record.status === 1 || record.status === 3 ? null : record.receivedAt;
  const ended = record.finishedAt ?? (record.status === 3 ? record.receivedAt : null);
  const classed = received !== null && ended !== null;
  const paused = record.status === 5 ? ('supplement' as const) : record.status === 6 ? ('finance' as const) : null;
  const events: ClockEvent[] = paused
    ? [{ kind: 'pause', at: now > record.receivedAt ? now : record.receivedAt, reason: paused }]
    : [];
  const step = stepOf(record, facts.plan, now);
  return {
    ...EMPTY_STATE,
    status,
    outcome: record.outcome,
    submittedAt: record.receivedAt,
    receivedAt: received,
    dueOriginal: received ? record.dueAt : null,
    dueCurrent: received ? record.dueAt : null,
    clock: {
      status: received === null ? (ended ? 'ended' : 'not-started') : ended ? 'ended' : paused ? 'paused' : 'running',
      events,
    },
    endedAt: ended,
    returnedAt: record.returnedAt,
    punctuality: classed ? classify(record.dueAt, ended, facts.classifyRule) : null,
    latenessMinutes: classed ? latenessMinutes(facts.calendar, record.dueAt, ended) : null,
    step,
    stepSeq: step ? 1 : 0,
    result:
      record.outcome === 'granted' || record.outcome === 'refused'
        ? {
            kind: record.outcome,
            title: facts.procedureName,
            body: 'Kết quả lập trên hệ thống trước.',
            draftedBy: REF,
            draftedAt: ended ?? now,
          }
        : null,
    receivedByUnitId: facts.deskId,
    decidedByUnitId: facts.authorityId,
  };
}

/** Where an open record stands: 2 at the desk, 4 to 6 with the first office, 9 where results are handed over. */
function stepOf(record: OldRecord, plan: readonly PlannedStep[], now: Date): CurrentStep | null {
  const planned = plannedFor(record, plan);
  if (!planned) return null;
  return {
    id: planned.id,
    seq: 1,
    from: null,
    unitId: planned.unitId,
    role: planned.role,
    staffId: null,
    startedAt: record.finishedAt ?? record.receivedAt,
    dueAt: record.dueAt,
    readAt: record.status === 9 ? now : null,
  };
}

function plannedFor(record: OldRecord, plan: readonly PlannedStep[]): PlannedStep | undefined {
  switch (record.status) {
    case 2:
      return plan[0];
    case 4:
    case 5:
    case 6:
      return plan.find((step) => step.kind === 'process') ?? plan[1];
    case 9:
      return plan.find((step) => step.kind === 'hand-over');
    default:
      return undefined;
  }
}
