import { dayNumberOf, dayOf } from '../../../core/time/index.ts';
import {
  type Allowance,
  type CompiledCalendar,
  classify,
  dueAt,
  nextDayWithHours,
  workingMsBetween,
} from '../../../core/working-time/index.ts';
import type { DossierLedger } from '../dossiers/index.ts';
import { type Forecast, forecast, type Pace, type StepLeft } from './rules/forecast.ts';

const MINUTE_MS = 60_000;
const minutesBetween = (calendar: CompiledCalendar, from: Date, to: Date): number =>
  Math.floor(workingMsBetween(calendar, from, to) / MINUTE_MS);

/** Paces by procedure, step and unit; without a unit over all units. */
export type Paces = { find(procedureCode: string, stepId: string, unitId: string | null): Pace | null };

/** The forecast of an open dossier, or null where there is nothing to foresee: ended, without a promise, late already. */
export function forecastOf(ledger: DossierLedger, paces: Paces, now: Date): Forecast | null {
  const { calendar, dueAt: due, pausedSince, stepId, procedureCode } = ledger;
  if (ledger.endedAt !== null || due === null || stepId === null) return null;
  // While the clock stands the promise waits too: what was left when it stopped is still left.
  const from = pausedSince ?? now;
  if (classify(due, from, ledger.classifyRule) === 'late') return null;
  const at = ledger.steps.findIndex((step) => step.id === stepId);
  const left = at < 0 ? [] : ledger.steps.slice(at).filter((step) => step.kind !== 'hand-over');
  if (left.length === 0) return null;
  return forecast({
    remainingMinutes: minutesBetween(calendar, from, due),
    spentMinutes: spentIn(ledger, stepId, now),
    steps: left.map((step): StepLeft => {
      const unitId = step.id === stepId ? ledger.holderUnitId : step.unitId;
      return {
        stepId: step.id,
        ofUnit: unitId ? paces.find(procedureCode, step.id, unitId) : null,
        ofProcedure: paces.find(procedureCode, step.id, null),
        allowanceMinutes: minutesOf(calendar, step.allow, now),
      };
    }),
  });
}

/** Working minutes the clock ran at a step since the limit counts. */
function spentIn(ledger: DossierLedger, stepId: string, now: Date): number {
  let minutes = 0;
  for (const { kind, stepId: own, startedAt, endedAt } of ledger.segments) {
    if (kind !== 'run' || own !== stepId) continue;
    const from = startedAt > ledger.countedFrom ? startedAt : ledger.countedFrom;
    minutes += minutesBetween(ledger.calendar, from, endedAt ?? now);
  }
  return minutes;
}

/** An allowance in working minutes, counted from an instant. */
function minutesOf(calendar: CompiledCalendar, allow: Allowance, from: Date): number {
  if (allow.unit !== 'same-day' && !(allow.amount && allow.amount > 0)) return 0;
  const due = dueAt(calendar, from, allow);
  return due.ok && due.dueAt ? minutesBetween(calendar, from, due.dueAt) : 0;
}

/** The length of a working day, to tell minutes as days: that of the next day with hours. */
export function dayMinutes(calendar: CompiledCalendar, now: Date): number {
  const day = nextDayWithHours(calendar, dayOf(now));
  return Math.max(1, Math.round(calendar.dateOf(dayNumberOf(day)).workingMs / MINUTE_MS));
}

/** What an ended dossier teaches: working minutes by step and unit, stops of the clock left out. */
export function samplesOf(ledger: DossierLedger): { stepId: string; unitId: string; minutes: number }[] {
  const sums = new Map<string, { stepId: string; unitId: string; ms: number }>();
  for (const { kind, stepId, unitId, startedAt, endedAt } of ledger.segments) {
    if (kind !== 'run' || stepId === null || unitId === null || endedAt === null) continue;
    const key = `${stepId} ${unitId}`;
    const known = sums.get(key) ?? { stepId, unitId, ms: 0 };
    known.ms += workingMsBetween(ledger.calendar, startedAt, endedAt);
    sums.set(key, known);
  }
  return [...sums.values()].map(({ stepId, unitId, ms }) => ({ stepId, unitId, minutes: Math.round(ms / MINUTE_MS) }));
}
