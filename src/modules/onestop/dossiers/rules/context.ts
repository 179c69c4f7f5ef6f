import type { Day } from '../../../../core/time/index.ts';
import type { Allowance, CompiledCalendar } from '../../../../core/working-time/index.ts';
import type { CurrentStep, ResultMethod, StepKind } from './state.ts';

/**
 * A step of the procedure's workflow with the unit that does it for this dossier today. `unitId` is empty where no unit
 * does it any more: such a step can be shown, never moved to.
 */
export type PlannedStep = {
  readonly id: string;
  readonly name: string;
  readonly kind: StepKind;
  readonly role: string;
  readonly unitId: string;
  readonly allow: Allowance;
};

/** The limit that holds for this dossier: resolved for its case, area and channel at reception. */
export type Limit = {
  readonly allow: Allowance;
  readonly phases?: readonly [Allowance, Allowance];
  readonly supplementPolicy: 'pause' | 'restart';
};

/** Who acts, as far as rules care. */
export type Performer = {
  readonly ref: string;
  readonly staffId: string | null;
  readonly title: string | null;
  /** True for the citizen whose dossier it is. */
  readonly owner: boolean;
  /** True for the installation itself (timers, imports). */
  readonly system: boolean;
  may(permission: string, unitId: string): boolean;
  /** True where the performer acts for the absent person with this permission at this unit; absent: for nobody. */
  standsInFor?(staffId: string, permission: string, unitId: string): boolean;
};

/** Everything a decision may look at beside the dossier itself. Time is an argument. */
export type DecisionContext = {
  readonly now: Date;
  readonly performer: Performer;
  readonly plan: readonly PlannedStep[];
  readonly limit: Limit;
  readonly calendar: CompiledCalendar;
  readonly classifyRule: 'by-date' | 'by-instant';
  readonly resultMethod: ResultMethod;
  /** Last day the applicant has for the open supplement request; until it has passed the dossier may not be stopped. */
  readonly supplementDeadline?: Day | null;
};

/** Permission needed to hold a step of a kind. */
export const PERMISSION_OF_STEP: Readonly<Record<StepKind, string>> = {
  receive: 'dossier.receive',
  assign: 'dossier.review',
  process: 'dossier.process',
  review: 'dossier.review',
  approve: 'dossier.approve',
  number: 'dossier.number',
  'hand-over': 'dossier.hand-over',
};

export function plannedStep(ctx: Pick<DecisionContext, 'plan'>, step: CurrentStep | null): PlannedStep | undefined {
  return step ? ctx.plan.find((planned) => planned.id === step.id) : undefined;
}

export function nextStep(ctx: Pick<DecisionContext, 'plan'>, step: CurrentStep): PlannedStep | undefined {
  const at = ctx.plan.findIndex((planned) => planned.id === step.id);
  return at < 0 ? undefined : ctx.plan[at + 1];
}

/** The nearest earlier step of a processing kind: where a returned step goes. */
export function earlierStep(ctx: Pick<DecisionContext, 'plan'>, step: CurrentStep): PlannedStep | undefined {
  const at = ctx.plan.findIndex((planned) => planned.id === step.id);
  for (let i = at - 1; i >= 0; i--) {
    const planned = ctx.plan[i];
    if (planned && planned.kind !== 'receive') return planned;
  }
  return undefined;
}
