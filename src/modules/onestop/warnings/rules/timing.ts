import type { ClockEvent, RunStretch } from '../../../../core/working-time/index.ts';

/** A clock as the ladder sees it: when its time began, when it is due, and the stretches in which it ran. */
export type Timing = {
  readonly startedAt: Date;
  readonly dueAt: Date;
  /** In order, from `startedAt`; the last one is open where the clock runs. */
  readonly stretches: readonly RunStretch[];
};

/** What is known of the clock of a dossier. */
export type ClockFacts = {
  readonly events: readonly ClockEvent[];
  readonly supplementPolicy: 'pause' | 'restart';
};

/**
 * Where the time of a clock began that started at `from`: there, or at the last moment the law let the whole allowance
 * count anew (resume after a supplement under `restart`, beginning of the second phase).
 */
function countedFrom(from: Date, { events, supplementPolicy }: ClockFacts): Date {
  let start = from;
  let reason: string | undefined;
  for (const event of events) {
    if (event.kind === 'pause') reason = event.reason ?? 'supplement';
    const anew =
      event.kind === 'next-phase' ||
      (event.kind === 'resume' && reason === 'supplement' && supplementPolicy === 'restart');
    if (anew && event.at > start) start = event.at;
  }
  return start;
}

/** How often the allowance has begun anew: warnings of an earlier round do not stand in the way of the present one. */
export function roundOf({ events, supplementPolicy }: ClockFacts): number {
  let round = 0;
  let reason: string | undefined;
  for (const event of events) {
    if (event.kind === 'pause') reason = event.reason ?? 'supplement';
    if (event.kind === 'next-phase') round++;
    if (event.kind === 'resume' && reason === 'supplement' && supplementPolicy === 'restart') round++;
  }
  return round;
}

/** The timing of a clock that started at `from` (reception, or beginning of a step) and is due at `dueAt`. */
export function timingOf(from: Date, dueAt: Date, clock: ClockFacts): Timing {
  const startedAt = countedFrom(from, clock);
  const stretches: RunStretch[] = [];
  let runsFrom: Date | null = startedAt;
  for (const event of clock.events) {
    if (event.kind === 'pause') {
      // Paused again in the instant it was resumed: from there on what is left of the promise is counted.
      const ran = runsFrom !== null && (event.at > runsFrom || stretches.length > 0);
      if (runsFrom && ran) stretches.push({ from: runsFrom, to: event.at });
      // A pause before the start that nothing ended: the clock has not begun to run.
      runsFrom = null;
    } else if (event.kind === 'resume') runsFrom = event.at > startedAt ? event.at : startedAt;
  }
  if (runsFrom) stretches.push({ from: runsFrom, to: null });
  return { startedAt, dueAt, stretches };
}
