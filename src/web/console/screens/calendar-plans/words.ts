import type { Static } from 'typebox';
import type { getCalendarPlan, listCalendarPlanItems } from '../../../../modules/onestop/calendar-plans/contract.ts';
import type { TagTone } from '../../../shared/design/tag.tsx';

export type Plan = Static<typeof getCalendarPlan.reply>;
export type PlanItem = Static<typeof listCalendarPlanItems.reply>['rows'][number];

export const PLAN_TONES: Readonly<Record<Plan['status'], TagTone>> = {
  counting: 'blue',
  ready: 'amber',
  applying: 'blue',
  applied: 'green',
  reverting: 'blue',
  reverted: 'grey',
  discarded: 'grey',
};
export const ITEM_TONES: Readonly<Record<PlanItem['state'], TagTone>> = {
  listed: 'blue',
  kept: 'grey',
  moved: 'green',
  skipped: 'amber',
  restored: 'grey',
  changed: 'amber',
};
export const DIRECTIONS = ['later', 'earlier', 'same', 'unknown'] as const satisfies readonly PlanItem['direction'][];
export const STATES = [
  'listed',
  'kept',
  'moved',
  'skipped',
  'restored',
  'changed',
] as const satisfies readonly PlanItem['state'][];

const WHY: ReadonlySet<string> = new Set([
  'earlier',
  'before-start',
  'makes-late',
  'unknown',
  'ended',
  'missing',
  'already',
  'since',
  'failed',
]);
/** Key of the words for why a dossier was not moved or not led back. */
export const whyKey = (why: string): string => `console.plans.why.${WHY.has(why) ? why : 'other'}`;
/** Plans a timer is working on: their page looks again by itself. */
export const atWork = (status: Plan['status']): boolean => ['counting', 'applying', 'reverting'].includes(status);

/** One figure of all units together. */
export const sumOf = (plan: Plan, name: Exclude<keyof Plan['units'][number], 'unitId' | 'unitName'>): number =>
  plan.units.reduce((sum, unit) => sum + unit[name], 0);
