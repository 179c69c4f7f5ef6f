import type { Day } from '../../../core/time/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { Counts } from './rules/counts.ts';

/** Counts of one deciding unit in one field of procedures. */
export type FieldCounts = {
  readonly unitId: string;
  readonly fieldCode: string;
  readonly fieldName: string;
  readonly counts: Counts;
};

/** What reports need of other modules; the composition root fits their doors to it. */
export type ReportPorts = {
  directory(): Promise<UnitDirectory>;
  /**
   * Counts of the dossiers decided by these units.
   * @param span `from` inclusive, `to` exclusive; `asOf`: the instant at which open dossiers are judged.
   */
  countsOf(
    unitIds: readonly string[],
    span: { readonly from: Date; readonly to: Date; readonly asOf: Date },
  ): Promise<readonly FieldCounts[]>;
  /** People who hold a permission for the unit on a day. */
  staffOf(unitId: string, permission: string, day: Day): Promise<readonly { readonly staffId: string }[]>;
  /** Units at which somebody was given a role with the permission on a day. */
  unitsGranted(permission: string, day: Day): Promise<readonly string[]>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
};
