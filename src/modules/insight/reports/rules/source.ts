import Type, { type Static } from 'typebox';
import type { Day } from '../../../../core/time/index.ts';
import { periodOf, type ReportPeriod } from './period.ts';

/** What of a measure a cell takes: its value, or one of the two numbers it is made of. */
export const SOURCE_PARTS = ['value', 'numerator', 'denominator'] as const;
/** `tree`: the unit with everything below it; `own`: what the unit itself has entered. */
export const SOURCE_REACHES = ['tree', 'own'] as const;
/**
 * Which periods of a register (whole months, quarters, years) belong to a report's period, which may be cut off on the
 * 14th. `within`: those that end in it; `latest`: the last one that had ended by its last day; `same`: those that end in
 * the calendar period of the same name.
 * @example month 11 by nd09 (15/10 to 14/11/2026): `within` and `latest` → October; `same` → November
 */
export const SOURCE_PERIODS = ['within', 'latest', 'same'] as const;

/**
 * Stands among the registers for the metrics (content/metrics): its measures are metrics, of the report's own days (or, by
 * `same`, of the calendar period of its name), rolled up or of the unit with its offices. Nobody enters them.
 */
export const METRICS_SOURCE = 'so-lieu';

/** A register (content/registers), or the metrics, as where the figure of a typed cell comes from. */
export const SourceSchema = Type.Object(
  {
    register: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
    measure: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
    part: Type.Optional(Type.Enum(SOURCE_PARTS)),
    reach: Type.Optional(Type.Enum(SOURCE_REACHES)),
    period: Type.Optional(Type.Enum(SOURCE_PERIODS)),
    /** The unit may report another number where it says why; without it the cell says what the register says. */
    overwrite: Type.Optional(Type.Boolean()),
    /** What is not sure about taking the figure from there; stands beside it. */
    doubt: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })),
  },
  { additionalProperties: false },
);
export type Source = Static<typeof SourceSchema>;

/** A register as a form may name it. */
export type KnownRegister = {
  readonly id: string;
  readonly name: string;
  readonly measures: readonly {
    readonly id: string;
    readonly name: string;
    readonly unit: 'percent' | 'count';
    /** Made of two numbers. */
    readonly divided: boolean;
  }[];
};

/** What a cell took from a register; kept with a sent version, so that it reads the same for good. */
export type CellSource = {
  readonly register: string;
  readonly registerName: string;
  readonly measure: string;
  readonly measureName: string;
  readonly part: (typeof SOURCE_PARTS)[number];
  readonly reach: (typeof SOURCE_REACHES)[number];
  readonly unitId: string;
  /** Periods of the register it was read from, oldest first; empty: the register has none for this report. */
  readonly periods: readonly { readonly id: string; readonly name: string }[];
  /** How many units have entered of how many that should. */
  readonly entered: number;
  readonly expected: number;
  /** What the register says; null: nothing entered, never 0. */
  readonly value: number | null;
  readonly overwrite: boolean;
  readonly doubt: string;
  /** Why the report says something else; null: it says what the register says. */
  readonly reason: string | null;
};

/** Last days of the register's periods a cell asks for, both inclusive; `from` null: only the last period ended by `to`. */
export function endsOf({ period: rule = 'within' }: Source, period: ReportPeriod): { from: Day | null; to: Day } {
  switch (rule) {
    case 'within':
      return { from: period.from, to: period.to };
    case 'latest':
      return { from: null, to: period.to };
    case 'same': {
      const { from, to } = periodOf(period.id, 'calendar') ?? period;
      return { from, to };
    }
  }
}
