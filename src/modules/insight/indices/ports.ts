import type { Actor } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';

/** A metric of a unit over a year, with all below it. */
export type MetricMeasure = {
  readonly numerator: number;
  readonly denominator: number;
  /** `<metric>@<valid from>`. */
  readonly definitionId: string;
  readonly name: string;
};

export type EvidenceFile = { readonly id: string; readonly name: string; readonly size: number };

export type IndexAction = {
  readonly id: string;
  readonly criterionId: string;
  readonly title: string;
  readonly ownerName: string;
  readonly dueDay: Day;
  readonly state: string;
};

/** What indices need of other modules; the composition root fits their doors to it. */
export type IndexPorts = {
  directory(): Promise<UnitDirectory>;
  /** Measures of the metrics there are data for; unknown metrics and counts without a denominator are left out. */
  measures(unitId: string, year: number, metricIds: readonly string[]): Promise<ReadonlyMap<string, MetricMeasure>>;
  metrics(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
  /** People who hold a permission for the unit on a day. */
  holdersOf(unitId: string, permission: string, day: Day): Promise<readonly { readonly staffId: string }[]>;
  /** People of a unit and its offices who may be given a task today. */
  staffOf(unitId: string, day: Day): Promise<readonly { readonly staffId: string; readonly name: string }[]>;
  /** Files of a criterion; `owner` is `<sheet>/<criterion>`. */
  filesOf(owners: readonly string[]): Promise<ReadonlyMap<string, readonly EvidenceFile[]>>;
  /** Hands over a file the actor has uploaded. @returns its name @throws AppError row/missing */
  takeUpload(trx: Db, actor: Actor, fileId: string, owner: string): Promise<string>;
  /** The file is evidence no more, and is kept. @throws AppError row/missing */
  takeBack(trx: Db, fileId: string, owner: string): Promise<void>;
  /** Percentages of a part that surveys here have measured, by unit; those who are missing are to be typed. */
  surveyPart(
    unitIds: readonly string[],
    year: number,
    partId: string,
  ): Promise<ReadonlyMap<string, { readonly percent: number; readonly source: string }>>;
  /** Surveys of dossiers finished in the year that are being answered about these units, one line a unit. */
  runningSurveys(
    unitIds: readonly string[],
    year: number,
  ): Promise<
    readonly {
      readonly unitId: string;
      readonly surveyId: string;
      readonly name: string;
      /** Who asks, and closes it. */
      readonly ownerId: string;
      readonly openTo: Day;
    }[]
  >;
  /** Tasks that follow from criteria of the sheet; who may see the sheet may see them. */
  actionsOf(sheetId: string): Promise<readonly IndexAction[]>;
  /** In the caller's transaction. @throws AppError row/missing (the actor sets no targets for the unit), target/person, target/invalid */
  createAction(
    trx: Db,
    actor: Actor,
    wish: {
      readonly sheetId: string;
      readonly criterionId: string;
      readonly label: string;
      readonly unitId: string;
      readonly title: string;
      readonly ownerStaffId: string;
      readonly dueDay: Day;
    },
  ): Promise<{ readonly id: string }>;
};
