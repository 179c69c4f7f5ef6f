import { type ClockEvent, classify, type Punctuality } from '../../../../core/working-time/index.ts';
import type { Change } from './state.ts';

/** A turn at a step, as the log has it. */
export type ControlTurn = {
  readonly unit: string;
  readonly person: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
};
/** The dossier as a whole, for what the turns do not tell. */
export type ControlFacts = {
  readonly owner: string;
  readonly desk: string;
  readonly authority: string;
  readonly receivedAt: Date;
  readonly endedAt: Date | null;
  readonly returnedAt: Date | null;
  readonly punctuality: Punctuality | null;
  readonly pauses: readonly ControlPause[];
};
/** A stretch without counting (tạm dừng): why, from when, and until when; null while it lasts. */
export type ControlPause = {
  readonly reason: 'supplement' | 'finance' | 'agency';
  readonly from: Date;
  readonly to: Date | null;
};
export type ControlStep = {
  readonly handedOverBy: string;
  readonly handedOverByPerson: string | null;
  readonly takenOverBy: string;
  readonly takenOverByPerson: string | null;
  readonly at: Date;
  /** Of the turn just finished. */
  readonly outcome: Punctuality | null;
  /** Pauses that began while `takenOverBy` held the dossier. */
  readonly pauses: readonly ControlPause[];
};

/** Pauses of a dossier's clock in order of time; one still open ends with the dossier's processing. */
export function pausesOf(events: readonly ClockEvent[], endedAt: Date | null): readonly ControlPause[] {
  const pauses: ControlPause[] = [];
  for (const event of events) {
    const open = pauses.at(-1);
    if (event.kind === 'pause') pauses.push({ reason: event.reason ?? 'supplement', from: event.at, to: null });
    else if (event.kind === 'resume' && open?.to === null) pauses[pauses.length - 1] = { ...open, to: event.at };
  }
  const open = pauses.at(-1);
  return open?.to === null ? [...pauses.slice(0, -1), { ...open, to: endedAt }] : pauses;
}

/**
 * When each turn was due in the end, by its number: a pause, an agreed date and another calendar move it while it is held.
 * @param changes of the log, in order
 */
export function turnsDueAt(changes: readonly Change[]): ReadonlyMap<number, Date> {
  return new Map(changes.flatMap(({ step }) => (step?.dueAt ? [[step.seq, step.dueAt] as const] : [])));
}

/**
 * Hand-overs of the control sheet in order of time, at least one: from the owner to the first turn, from turn to turn,
 * and of a dossier that ended back to the owner (when it was returned, else when its processing ended). A dossier that
 * came from an old system without turns has its reception and its end, with the class of the whole.
 * @example two turns, returned → owner→desk, desk→office, office→owner
 */
export function controlSteps(turns: readonly ControlTurn[], facts: ControlFacts): readonly ControlStep[] {
  const outcomeOf = (turn: ControlTurn): Punctuality | null =>
    turn.endedAt && turn.dueAt ? classify(turn.dueAt, turn.endedAt, 'by-instant') : null;
  const steps = turns.map((turn, index): ControlStep => {
    const before = turns[index - 1];
    const after = turns[index + 1];
    return {
      handedOverBy: before?.unit ?? facts.owner,
      handedOverByPerson: before?.person ?? null,
      takenOverBy: turn.unit,
      takenOverByPerson: turn.person,
      at: turn.startedAt,
      outcome: before ? outcomeOf(before) : null,
      pauses: facts.pauses.filter(
        ({ from }) => (!before || from >= turn.startedAt) && (!after || from < after.startedAt),
      ),
    };
  });
  if (steps.length === 0) {
    const received = { handedOverBy: facts.owner, handedOverByPerson: null, takenOverBy: facts.desk };
    steps.push({ ...received, takenOverByPerson: null, at: facts.receivedAt, outcome: null, pauses: facts.pauses });
  }
  const last = turns.at(-1);
  const end = facts.returnedAt ?? facts.endedAt;
  if (end === null || (last && last.endedAt === null)) return steps;
  // When the owner comes for the result is no office's doing.
  const waited = last !== undefined && facts.endedAt !== null && last.startedAt >= facts.endedAt;
  steps.push({
    handedOverBy: last?.unit ?? facts.authority,
    handedOverByPerson: last?.person ?? null,
    takenOverBy: facts.owner,
    takenOverByPerson: null,
    at: end,
    outcome: last ? (waited ? null : outcomeOf(last)) : facts.punctuality,
    pauses: [],
  });
  return steps;
}
