/** How long a step usually takes: working minutes of finished dossiers, without stops of the clock. */
export type Pace = {
  readonly medianMinutes: number;
  /** Nine in ten finished within this. */
  readonly p90Minutes: number;
  /** How many dossiers this was learned from. */
  readonly sample: number;
};

/** Whose history a step's pace was taken from, from the strongest to the weakest. */
export type Basis = 'unit' | 'procedure' | 'allowance';
export const BASES: readonly Basis[] = ['unit', 'procedure', 'allowance'];

/** `likely`: late even at the usual pace. `possible`: late if the steps left are slow. */
export type Level = 'none' | 'possible' | 'likely';
export const LEVELS: readonly Level[] = ['none', 'possible', 'likely'];

/** Fewer samples than this tell nothing. */
export const MIN_SAMPLE = 10;

export type StepLeft = {
  readonly stepId: string;
  /** The unit's own history, the procedure's over all units; whichever has enough samples is taken. */
  readonly ofUnit: Pace | null;
  readonly ofProcedure: Pace | null;
  /** The step's budget in working minutes, where nothing was learned yet. */
  readonly allowanceMinutes: number;
};

export type ForecastFacts = {
  /** Working minutes left until the due instant; 0 where it has passed. */
  readonly remainingMinutes: number;
  /** Working minutes already spent in the present step, over all its turns. */
  readonly spentMinutes: number;
  /** The present step first, then those ahead up to the end of processing. */
  readonly steps: readonly StepLeft[];
};

export type Forecast = {
  readonly level: Level;
  readonly remainingMinutes: number;
  /** What the steps left usually need, the present one less what it had. */
  readonly medianMinutes: number;
  /** The same at the slow pace. The sum of slow steps is slower than nine in ten dossiers: it is a warning, not a promise. */
  readonly p90Minutes: number;
  readonly stepsLeft: number;
  /** The smallest sample among the steps left; 0 where an allowance had to do. */
  readonly sample: number;
  /** The weakest basis among the steps left. */
  readonly basis: Basis;
};

/**
 * Whether an open dossier will likely be late: what is left of its budget against what the steps left usually take.
 * A present step that has already outlasted its usual time is taken to end now: the forecast never counts on more
 * delay than history shows.
 * Example: 1,440 minutes left, four steps of usually 2,016 minutes: likely.
 */
export function forecast(facts: ForecastFacts): Forecast {
  let medianMinutes = 0;
  let p90Minutes = 0;
  let sample = Number.POSITIVE_INFINITY;
  let weakest = 0;
  for (const [index, step] of facts.steps.entries()) {
    const { pace, basis } = paceOf(step);
    const spent = index === 0 ? facts.spentMinutes : 0;
    medianMinutes += Math.max(0, pace.medianMinutes - spent);
    p90Minutes += Math.max(0, pace.p90Minutes - spent);
    sample = Math.min(sample, pace.sample);
    weakest = Math.max(weakest, BASES.indexOf(basis));
  }
  const { remainingMinutes } = facts;
  return {
    level: medianMinutes > remainingMinutes ? 'likely' : p90Minutes > remainingMinutes ? 'possible' : 'none',
    remainingMinutes,
    medianMinutes,
    p90Minutes,
    stepsLeft: facts.steps.length,
    sample: Number.isFinite(sample) ? sample : 0,
    basis: BASES[weakest] ?? 'allowance',
  };
}

function paceOf(step: StepLeft): { pace: Pace; basis: Basis } {
  if (step.ofUnit && step.ofUnit.sample >= MIN_SAMPLE) return { pace: step.ofUnit, basis: 'unit' };
  if (step.ofProcedure && step.ofProcedure.sample >= MIN_SAMPLE) return { pace: step.ofProcedure, basis: 'procedure' };
  const minutes = step.allowanceMinutes;
  return { pace: { medianMinutes: minutes, p90Minutes: minutes, sample: 0 }, basis: 'allowance' };
}
