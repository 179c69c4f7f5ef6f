import type { Day } from '../../../core/time/index.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import type { DossierService } from '../dossiers/index.ts';

/** A published revision of a calendar. */
export type PlanRevision = { readonly id: string; readonly validFrom: Day; readonly supersededAt: Date | null };

/** The calendar that counts for a unit on a day, and for whom below it. */
export type AssignedCalendar = {
  readonly code: string;
  readonly name: string;
  readonly revisionId: string;
  /** Every other revision of every calendar. */
  readonly otherRevisionIds: readonly string[];
  /** The unit and those below it that follow the same revision. */
  readonly unitIds: readonly string[];
};

/** What plans need of other modules; the composition root fits their doors to it. */
export type PlanPorts = {
  readonly due: DossierService['due'];
  /** All revisions of a calendar, in force or not; empty where there is no such calendar. */
  revisionsOf(calendarCode: string): Promise<readonly PlanRevision[]>;
  /** What counts for a unit on a day; undefined where nothing does or the unit does not exist. */
  assignedCalendar(unitId: string, day: Day): Promise<AssignedCalendar | undefined>;
  calendarRevision(revisionId: string): Promise<CompiledCalendar>;
  /** The unit with everything below it; empty where it does not exist on the day. */
  unitsBelow(unitId: string, day: Day): Promise<readonly string[]>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
};
