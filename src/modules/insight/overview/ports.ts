import type { StaffActor } from '../../../core/access/actor.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Stillness } from '../../../platform/db/still-readings.ts';
import type { MetricDefinition, MetricsService } from '../metrics/index.ts';
import type { Concern } from './rules/concerns.ts';

/** Whom a page is about: a unit with all below it that the reader may read of. */
export type Reach = {
  readonly unitId: string;
  readonly unitIds: ReadonlySet<string>;
  readonly now: Date;
  /** A reading that is the same for every page of the reader, done once for all who ask before anything is written. */
  readonly forReader: <T>(name: string, read: () => Promise<T>) => Promise<T>;
};

/** What a source knows; the page names the unit. */
export type Found = Omit<Concern, 'unitName'>;

/** A place where things go wrong. Asked only for readers who hold its permission somewhere. */
export type ConcernSource = {
  readonly name: string;
  readonly permission: string;
  find(actor: StaffActor, reach: Reach): Promise<readonly Found[]>;
};

/** What the page needs of other modules; the composition root fits their doors to it. */
export type OverviewPorts = {
  readonly metrics: Pick<MetricsService, 'values' | 'byUnit' | 'periodOf'> & {
    definitions(day: Day): readonly MetricDefinition[];
  };
  readonly sources: readonly ConcernSource[];
  /** What was read since the last commit anywhere, a moment ago at most. */
  still(): Promise<Stillness>;
  /** Ids of the unit and all below it on the day. */
  below(unitId: string, day: Day): Promise<readonly string[]>;
  /** An office works for its authority and decides nothing in its own name. */
  isOffice(unitId: string, day: Day): Promise<boolean>;
  /** Units by rank: superiors first. */
  ordered(unitIds: readonly string[], day: Day): Promise<readonly string[]>;
  unitNames(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, string>>;
};
