/**
 * The door of `core/working-time`: the calendar of an authority, when something is due, whether it is late. Read
 * `due.ts` first.
 */
export { afterWorkingMs } from './add.ts';
export type { Allowance, AllowanceResult, AllowanceUnit, DueError } from './allowance.ts';
export { DEFAULT_CUT_OFF, findAllowanceError, parseAllowance } from './allowance.ts';
export type {
  Calendar,
  CalendarError,
  CalendarException,
  Season,
  Week,
  WeekdayHours,
  Window,
} from './calendar.ts';
export type { Punctuality, PunctualityRule } from './classify.ts';
export { classify } from './classify.ts';
export type { ClockEvent, PauseReason, SupplementPolicy } from './clock-events.ts';
export { parseEvents } from './clock-events.ts';
export type { CompileResult } from './compile-calendar.ts';
export { compileCalendar } from './compile-calendar.ts';
export type { CompiledCalendar } from './compiled-calendar.ts';
export type { DueAllowance, DueOptions, DueResult } from './due.ts';
export { dueAt } from './due.ts';
export type { DueLine, DueReport } from './due-cases.ts';
export { runDueCases } from './due-cases.ts';
export { latenessMinutes, workingDaysBetween, workingMsBetween, workingSecondsBetween } from './elapsed.ts';
export type { ClockReading, Light, LightThresholds } from './light.ts';
export { AMBER_FROM_SHARE, clockLight, instantOfShare } from './light.ts';
export { closeOfDay, isDayWithHours, isOpen, nextDayWithHours, nextOpening } from './opening.ts';
export type { RunStretch } from './spent-instant.ts';
export { instantOfSpent, spentMsUntil } from './spent-instant.ts';
export type { StepPlanResult } from './step-allowances.ts';
export { checkStepAllowances, uniformHoursPerDay } from './step-allowances.ts';
