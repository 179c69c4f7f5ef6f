import { type Action, applyAction, type DossierState } from './state.ts';

/** A turn at a step: who held it, from when, by when (thus "task"); `seq` is the step's own. */
export type LedgerTask = {
  readonly seq: number;
  readonly stepId: string;
  readonly unitId: string;
  readonly role: string;
  readonly staffId: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
};

/** A stretch of the clock with one holder: running, or paused for a reason. Stretches never overlap. */
export type LedgerSegment = {
  readonly kind: 'run' | 'pause';
  readonly reason: string | null;
  readonly stepId: string | null;
  readonly unitId: string | null;
  readonly staffId: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
};

export type Ledger = {
  readonly tasks: readonly LedgerTask[];
  /** The task open before, where it ended: its seq and instant. */
  readonly closedTask: { readonly seq: number; readonly at: Date } | null;
  /** The task open before, where only its person changed. */
  readonly assignedTask: { readonly seq: number; readonly staffId: string | null } | null;
  readonly segments: readonly LedgerSegment[];
  readonly closeSegmentAt: Date | null;
};

type Open = {
  kind: 'run' | 'pause';
  reason: string | null;
  stepId: string | null;
  unitId: string | null;
  staffId: string | null;
};

function openSegmentOf(state: DossierState): Open | null {
  const { clock, step } = state;
  if (clock.status !== 'running' && clock.status !== 'paused') return null;
  const last = clock.events.at(-1);
  const reason = clock.status === 'paused' && last?.kind === 'pause' ? (last.reason ?? null) : null;
  return {
    kind: clock.status === 'running' ? 'run' : 'pause',
    reason,
    stepId: step?.id ?? null,
    unitId: step?.unitId ?? null,
    staffId: step?.staffId ?? null,
  };
}

const same = (a: Open | null, b: Open | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What actions add to the ledger of tasks and clock segments. The ledger is derived, never decided: each segment
 * begins where the one before ended, so the parts add up to the whole to the second.
 * @param before state before the first action; its open task and segment are assumed to be open in the ledger.
 */
export function deriveLedger(before: DossierState, actions: readonly Action[]): Ledger {
  const tasks: LedgerTask[] = [];
  const segments: LedgerSegment[] = [];
  let closedTask: Ledger['closedTask'] = null;
  let assignedTask: Ledger['assignedTask'] = null;
  let closeSegmentAt: Date | null = null;
  let state = before;
  for (const action of actions) {
    const after = applyAction(state, action);
    if (state.step && after.step?.seq !== state.step.seq) {
      const last = tasks.at(-1);
      if (last && last.seq === state.step.seq) tasks[tasks.length - 1] = { ...last, endedAt: action.at };
      else closedTask = { seq: state.step.seq, at: action.at };
    }
    if (after.step && after.step.seq !== state.step?.seq) {
      const { id, seq, unitId, role, staffId, startedAt, dueAt } = after.step;
      tasks.push({ seq, stepId: id, unitId, role, staffId, startedAt, dueAt, endedAt: null });
    } else if (after.step && state.step && after.step.staffId !== state.step.staffId) {
      assignedTask = { seq: after.step.seq, staffId: after.step.staffId };
    }
    const [from, to] = [openSegmentOf(state), openSegmentOf(after)];
    if (!same(from, to)) {
      const last = segments.at(-1);
      if (from && last && last.endedAt === null) segments[segments.length - 1] = { ...last, endedAt: action.at };
      else if (from) closeSegmentAt = action.at;
      if (to) segments.push({ ...to, startedAt: action.at, endedAt: null });
    }
    state = after;
  }
  return { tasks, closedTask, assignedTask, segments, closeSegmentAt };
}
