import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { Period } from '../metrics/index.ts';
import type { Reading } from './rules/attain.ts';
import type { TargetTerms, ValueSource } from './rules/definition.ts';

/** Sources other than metrics: registers, surveys, indices. */
export type ForeignSource = Exclude<ValueSource, { readonly metric: string } | { readonly manual: true }>;

/** A member of staff who may answer for an action. */
export type Person = { readonly staffId: string; readonly name: string; readonly title: string };

/** What targets need of other modules; the composition root fits their doors to it. */
export type TargetPorts = {
  directory(): Promise<UnitDirectory>;
  /**
   * The result a register, survey or index knows of a unit in a period; undefined: none.
   * @param unit what the target is told in: an index gives its points, or their percentage of what could be reached
   */
  valueOf(
    source: ForeignSource,
    unitId: string,
    period: Period,
    unit: TargetTerms['unit'],
  ): Promise<Reading | undefined>;
  /** Whether a register keeps running totals (lũy kế): what stands at a day holds all that came before; absent: none does. */
  isRunningTotal?(register: string): Promise<boolean>;
  /** Measures of registers a target may name, published by then; absent: it is not checked and none is offered. */
  registerMeasures?(day: Day): Promise<
    readonly {
      readonly register: string;
      readonly measure: string;
      readonly name: string;
      readonly unit: 'percent' | 'count';
    }[]
  >;
  /** Working days of the unit's calendar, both days inclusive; 0 where `to` is before `from`. */
  workingDays(unitId: string, from: Day, to: Day): Promise<number>;
  /** Staff of the authority the unit belongs to and of its offices, by name. */
  peopleOf(unitId: string, day: Day): Promise<readonly Person[]>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
  /** Makes an uploaded file of the actor evidence of a target. @throws row/missing */
  attachEvidence(trx: Db, fileId: string, uploader: string, targetId: string): Promise<void>;
  /** Names of evidence files of a target, by id. */
  evidenceNames(targetId: string): Promise<ReadonlyMap<string, string>>;
};
