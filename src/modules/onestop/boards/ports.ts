import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Bucket, BucketCounts } from './rules/buckets.ts';
import type { UnitFigure } from './rules/unit-figures.ts';

/** Which dossiers on the desks of some units: all of them, or those at a step, with a person (`none`: with nobody yet). */
export type DeskFilter = {
  readonly units: readonly string[];
  readonly bucket?: Bucket | undefined;
  readonly stepId?: string | undefined;
  readonly staffId?: string | undefined;
};
/** The instant asked about, and the end of its day in Vietnam (exclusive). */
export type Moment = { readonly now: Date; readonly endOfDay: Date };

export type DeskGroup = {
  readonly by: 'all' | 'step' | 'staff';
  readonly unitId: string | null;
  readonly stepId: string | null;
  readonly staffId: string | null;
  /** A revision that has the step, for its name. */
  readonly revisionId: string | null;
  readonly counts: BucketCounts;
  /** The earliest due instant of the late ones. */
  readonly lateSince: Date | null;
  /** The earliest due instant of those at risk. */
  readonly riskDue: Date | null;
};
export type DeskRow = {
  readonly id: string;
  readonly code: string;
  readonly revisionId: string;
  readonly status: string;
  readonly stepId: string | null;
  readonly unitId: string;
  readonly staffId: string | null;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
  /** Ended late, or open past its due instant; paused in time it is not. */
  readonly late: boolean;
  readonly atRisk: boolean;
};

export type UnitFigures = {
  readonly unitId: string;
  readonly received: number;
  readonly online: number;
  readonly finished: number;
  readonly inTime: number;
  readonly late: number;
  readonly open: number;
  readonly openLate: number;
  readonly apologiesOwed: number;
  /** Late and denominator of the one late rate (`late-of-due`). */
  readonly lateOfDue: number;
  readonly due: number;
};

/** What boards need of other modules; the composition root fits their doors to it. Nothing here reads history. */
export type BoardPorts = {
  /** Counts over open dossiers that the units hold, in all, by unit and step, by unit and person. */
  deskCounts(db: Db, units: readonly string[], moment: Moment): Promise<readonly DeskGroup[]>;
  /** The dossiers behind one of those numbers, what is due first in front. */
  deskRows(
    db: Db,
    filter: DeskFilter,
    moment: Moment,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly rows: readonly DeskRow[]; readonly total: number }>;
  /** Figures of deciding units over days (both inclusive), from daily counts; `open` and `openLate` as of now. */
  unitFigures(
    db: Db,
    units: readonly string[],
    days: { readonly from: Day; readonly to: Day },
    moment: Moment,
  ): Promise<readonly UnitFigures[]>;
  /** The dossiers behind one of these figures: as many as the figure says. */
  unitRows(
    db: Db,
    filter: {
      readonly units: readonly string[];
      readonly figure: UnitFigure;
      readonly from: Day;
      readonly to: Day;
    },
    moment: Moment,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly rows: readonly DeskRow[]; readonly total: number }>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
  procedureOf(revisionId: string): Promise<{ readonly name: string; readonly stepNames: ReadonlyMap<string, string> }>;
  statusName(status: string): string;
  /** Per cent with two places; null where nothing was due. */
  ratePercent(late: number, due: number): number | null;
};
