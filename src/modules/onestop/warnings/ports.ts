import type { Day } from '../../../core/time/index.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import type { LedgerReader } from '../dossiers/index.ts';

/** What warnings need of other modules; the composition root fits their doors to it. */
export type WarningPorts = {
  readonly ledgers: Pick<LedgerReader, 'ledgersOf' | 'openIds'>;
  /** Hours of a unit on a day: when its people may be told. @throws calendar/missing */
  calendarFor(unitId: string, day: Day): Promise<{ readonly calendar: CompiledCalendar }>;
  /** The unit and those above it, nearest first; empty where it does not exist on the day. */
  unitPath(unitId: string, day: Day): Promise<readonly string[]>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
  /** People who hold a permission at a unit on a day. */
  staffOf(unitId: string, permission: string, day: Day): Promise<readonly { readonly staffId: string }[]>;
  /** Mail addresses of staff; who has none is left out. */
  staffMails(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Who gets the digest of a person on a day: the person, or whoever acts for an absent one. */
  recipientFor(staffId: string, unitId: string, day: Day): Promise<string>;
  /** Name and steps of a published procedure revision. @throws procedure/missing */
  procedureOf(revisionId: string): Promise<{ readonly name: string; readonly stepNames: ReadonlyMap<string, string> }>;
};
