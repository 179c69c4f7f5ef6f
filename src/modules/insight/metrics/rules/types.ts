import type { Day } from '../../../../core/time/index.ts';

/** `calendar`: days of the calendar; `nd09`: NĐ 09/2019 art. 12, a month runs from the 15th before to the 14th. */
export type Cutoff = 'calendar' | 'nd09';

/** A reporting period; both days inclusive. Ids: `2023-06`, `2023-Q2`, `2023-H1`, `2023`, `2023-01-05..2023-02-04`. */
export type Period = { readonly id: string; readonly from: Day; readonly to: Day; readonly cutoff: Cutoff };

/** One figure asked for. `own`: the unit alone; `tree`: with all below it on the last day of the period. */
export type MetricQuery = {
  readonly metricId: string;
  readonly unitId: string;
  readonly roll: 'own' | 'tree';
  readonly period: Period;
  readonly where?: MetricWhere;
};

/** Narrows a figure; its rows are narrowed the same. */
export type MetricWhere = {
  /** Code of the field (lĩnh vực) the procedure belongs to on the last day of the period. */
  readonly field?: string;
  readonly procedureCode?: string;
  readonly channel?: string;
  /** The unit that received the dossier, itself alone. */
  readonly receivedUnitId?: string;
  /** Of visits: the step. */
  readonly stepId?: string;
  /** Of visits: who did the step; whoever asks needs `metrics.persons`. */
  readonly staffId?: string;
};

/** By which unit of the dossier it is counted: the one that decides, or the one that received it. */
export type UnitRole = 'decided' | 'received';

/**
 * `unit-closed`: the unit does not exist on the last day of the period, so there is no figure. `units-changed`: units
 * merged or split within the period, or since the beginning of the one before it, with which it is compared; figures of
 * former units stand under those in their place.
 * `period-open`: the period has not ended; the figure is as of now.
 */
export type MetricWarning = 'unit-closed' | 'units-changed' | 'period-open';

export type MetricUnit = 'percent' | 'count' | 'working-minutes';

export type MetricValue = {
  readonly metricId: string;
  readonly unitId: string;
  readonly period: Period;
  readonly numerator: number | null;
  /** `null` where the metric is a count: it has none. */
  readonly denominator: number | null;
  /** Exact: `numerator × 100 / denominator` of a percentage. `null` = no data, which is neither 0 nor 100. */
  readonly value: number | null;
  /** To the decimals of the definition, half away from zero. */
  readonly rounded: number | null;
  readonly unit: MetricUnit;
  readonly computedAt: Date;
  /** `<metric>@<valid from>`: the definition the figure was computed by. */
  readonly definitionId: string;
  readonly warnings: readonly MetricWarning[];
  /** When the period was closed and the figure frozen; null: computed from the present facts. */
  readonly frozenAt: Date | null;
};

/** Which rows are asked for: those counted above or below the line. */
export type Side = 'numerator' | 'denominator';

/** A dossier behind a figure. No name of a person. */
export type FactRow = {
  readonly dossierId: string;
  readonly code: string;
  readonly procedureCode: string;
  readonly channel: string;
  readonly unitId: string;
  readonly receivedDay: Day;
  readonly dueAt: Date | null;
  readonly endedDay: Day | null;
  readonly punctuality: string | null;
  readonly latenessMinutes: number | null;
  /** Working minutes of the whole processing; null where it has not ended or was not measured. */
  readonly workMinutes: number | null;
};

/** A visit of a dossier to a step behind a figure. */
export type VisitRow = {
  readonly dossierId: string;
  readonly code: string;
  readonly stepId: string;
  readonly procedureCode: string;
  readonly channel: string;
  /** Where the step was done. */
  readonly unitId: string;
  /** Null: the software, or somebody the reader may not know. */
  readonly staffId: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date | null;
  readonly endedAt: Date;
  readonly class: 'on-time' | 'late' | 'untimed';
  readonly way: 'onward' | 'returned' | 'taken-back';
  /** Working minutes of the stay; null where it was not measured. */
  readonly minutes: number | null;
};

/** `total` is the number itself; `hidden` of them the reader may not see. */
export type FactRows = {
  readonly rows: readonly FactRow[];
  readonly total: number;
  readonly hidden: number;
};

export type VisitRows = Omit<FactRows, 'rows'> & { readonly rows: readonly VisitRow[] };

/** Rows behind a figure: dossiers, or visits of dossiers to steps. */
export type MetricRows = ({ readonly fact: 'dossier' } & FactRows) | ({ readonly fact: 'visit' } & VisitRows);

/** What a figure is told apart by: dimensions of its fact, or the units it stands at. */
export type SplitBy = 'unit' | 'field' | 'procedure' | 'channel' | 'step' | 'person';

/** One part of a figure; the parts of both sides add up to it. */
export type SplitRow = {
  /** Unit, field, procedure, channel, step or person; empty where a procedure has no known field. */
  readonly key: string;
  /** In the order of the metrics asked. */
  readonly values: readonly Pick<
    MetricValue,
    'metricId' | 'numerator' | 'denominator' | 'value' | 'rounded' | 'unit'
  >[];
};

export type Paging = { readonly page: number; readonly pageSize: number };
