import type { Actor } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { CountId, Counts } from './rules/counts.ts';
import type { ReportPeriod } from './rules/period.ts';
import type { Source } from './rules/source.ts';

/** Counts of one deciding unit in one field of procedures. */
export type FieldCounts = {
  readonly unitId: string;
  readonly fieldCode: string;
  readonly fieldName: string;
  readonly counts: Counts;
};

export type CountedDossiers = {
  readonly rows: readonly {
    readonly dossierId: string;
    readonly code: string;
    readonly procedureCode: string;
    readonly channel: string;
    readonly unitId: string;
    readonly receivedDay: Day;
    readonly endedDay: Day | null;
    readonly punctuality: string | null;
  }[];
  readonly total: number;
  readonly hidden: number;
};

/** A measure of a register for a unit (of several merged into one: together) over the periods that end between two days. */
export type RegisterAsk = {
  readonly register: string;
  readonly measure: string;
  readonly unitIds: readonly string[];
  readonly reach: NonNullable<Source['reach']>;
  readonly ends: { readonly from: Day | null; readonly to: Day };
};
/** `value`, `numerator`, `denominator` null: nothing entered, never 0. */
export type RegisterAnswer = {
  readonly periods: readonly { readonly id: string; readonly name: string }[];
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly entered: number;
  readonly expected: number;
};

/** What reports need of other modules; the composition root fits their doors to it. */
export type ReportPorts = {
  directory(): Promise<UnitDirectory>;
  /**
   * Counts of the dossiers decided by these units.
   * `unit`: one line a unit, without its fields, from the smaller sums.
   * Open dossiers are judged at the end of the period, or now where it is not over.
   * `served`: also how dossiers were served (`SERVED_COUNTS`); without it these are 0.
   */
  countsOf(
    unitIds: readonly string[],
    period: ReportPeriod,
    by: 'field' | 'unit',
    served: boolean,
  ): Promise<readonly FieldCounts[]>;
  /** The dossiers behind counts of some units: `total` is the sum of the counts, `hidden` what the reader may not see. */
  rowsOf(
    actor: Actor,
    ask: {
      readonly unitIds: readonly string[];
      readonly period: ReportPeriod;
      readonly fieldCode?: string | undefined;
      readonly counts: readonly CountId[];
    },
    paging: { readonly page: number; readonly pageSize: number },
  ): Promise<CountedDossiers>;
  /** One answer for each question. */
  registerFigures(asks: readonly RegisterAsk[]): Promise<readonly RegisterAnswer[]>;
  /** People who hold a permission for the unit on a day. */
  staffOf(unitId: string, permission: string, day: Day): Promise<readonly { readonly staffId: string }[]>;
  /** Units at which somebody was given a role with the permission on a day. */
  unitsGranted(permission: string, day: Day): Promise<readonly string[]>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
};
