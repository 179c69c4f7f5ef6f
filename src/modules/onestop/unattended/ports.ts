import type { Day } from '../../../core/time/index.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';

/** What this module needs of others; the composition root fits their doors to it. */
export type UnattendedPorts = {
  /** Who of the people is not there now: departed, or absent, each with what others may do of their work. */
  awayNow(staffIds: readonly string[], at: Date): Promise<ReadonlyMap<string, Away>>;
  /** Hours of a unit on a day. @throws calendar/missing */
  calendarFor(unitId: string, day: Day): Promise<{ readonly calendar: CompiledCalendar }>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
  staffOf(
    unitId: string,
    permission: string,
    day: Day,
  ): Promise<readonly { readonly staffId: string; readonly name: string; readonly title: string }[]>;
  /** Who gets the notices of a person: the person, or whoever acts for an absent one. */
  recipientFor(staffId: string, unitId: string): Promise<string>;
  /** Name and steps of a published procedure revision. @throws procedure/missing */
  procedureOf(revisionId: string): Promise<{ readonly name: string; readonly stepNames: ReadonlyMap<string, string> }>;
};

/** Why somebody's work lies still. `covers`: true where another does the work of this kind at this unit. */
export type Away = {
  readonly reason: 'absent' | 'departed';
  readonly until: Date | null;
  covers(unitId: string, permission: string): boolean;
};
