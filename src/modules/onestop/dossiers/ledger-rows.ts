import { deriveLedger } from './rules/ledger.ts';
import type { Action, DossierState } from './rules/state.ts';
import type { SavedStep, SegmentRow, TaskRow } from './store.ts';

type LedgerRows = Pick<SavedStep, 'closedTask' | 'assignedTask' | 'closeSegmentAt'> & {
  readonly tasks: TaskRow[];
  readonly segments: Omit<SegmentRow, 'seq'>[];
};

/**
 * Rows of tasks and clock segments that actions add to a dossier, and what they close.
 * @param by reference of who acts, written to the tasks that end.
 * @param calendarRevisionId revision the new segments are counted by.
 */
export function ledgerRows(
  before: DossierState,
  actions: readonly Action[],
  by: string,
  calendarRevisionId: string | null,
): LedgerRows {
  const ledger = deriveLedger(before, actions);
  return {
    closedTask: ledger.closedTask ? { ...ledger.closedTask, by } : null,
    assignedTask: ledger.assignedTask,
    closeSegmentAt: ledger.closeSegmentAt,
    tasks: ledger.tasks.map((t) => ({
      seq: t.seq,
      step_id: t.stepId,
      unit_id: t.unitId,
      role: t.role,
      staff_id: t.staffId,
      started_at: t.startedAt,
      due_at: t.dueAt,
      ended_at: t.endedAt,
      ended_by: t.endedAt ? by : null,
    })),
    segments: ledger.segments.map((s) => ({
      kind: s.kind,
      reason: s.reason,
      step_id: s.stepId,
      holder_unit_id: s.unitId,
      holder_staff_id: s.staffId,
      started_at: s.startedAt,
      ended_at: s.endedAt,
      calendar_revision_id: calendarRevisionId,
    })),
  };
}
