import Type, { type Static } from 'typebox';

const DAY = '^\\d{4}-\\d{2}-\\d{2}$';
const strict = { additionalProperties: false };
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const CODE = '^[a-z][a-z0-9-]{1,59}$';

/** A unit as content names it: by statistical code, or an office of it by kind (`dat-dai`). */
export const UnitRef = Type.Object(
  { gso: Type.String({ pattern: '^\\d{2,5}$' }), office: Type.Optional(Type.String({ pattern: CODE })) },
  strict,
);
export type UnitRef = Static<typeof UnitRef>;

/**
 * With whom a moving goal compares: a named unit, the administrative unit above, or the plain mean of the units with the
 * same parent and level, the unit itself included. `metric` where it is not the target's own.
 */
const Reference = Type.Object(
  {
    of: Type.Enum(['unit', 'parent', 'average-of-siblings']),
    /** In content. */
    unit: Type.Optional(UnitRef),
    /** In the database. */
    unitId: Type.Optional(Type.String({ format: 'uuid' })),
    metric: Type.Optional(Type.String({ pattern: CODE })),
  },
  strict,
);
export type Reference = Static<typeof Reference>;

const Bands = Type.Array(Text(40), { minItems: 2, maxItems: 12 });

/** What must be reached. `above` and `below` are strict: exactly 90 is not “trên 90 %”. Bands are ordered, worst first. */
export const Goal = Type.Union([
  Type.Object({ atLeast: Type.Number() }, strict),
  Type.Object({ above: Type.Number() }, strict),
  Type.Object({ atMost: Type.Number() }, strict),
  Type.Object({ below: Type.Number() }, strict),
  Type.Object({ notBelow: Reference }, strict),
  Type.Object({ notAbove: Reference }, strict),
  Type.Object({ atLeastBand: Text(40), bands: Bands }, strict),
]);
export type Goal = Static<typeof Goal>;

/** Where the value comes from. */
export const ValueSource = Type.Union([
  Type.Object(
    {
      metric: Type.String({ pattern: CODE }),
      roll: Type.Optional(Type.Enum(['own', 'tree'])),
      /** Field of the procedures (lĩnh vực) it is narrowed to. */
      field: Type.Optional(Text(60)),
      /** Read at the people's committee the unit belongs to: an office decides nothing in its own name. */
      authority: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
  Type.Object({ register: Text(60), measure: Text(60) }, strict),
  /** The satisfaction index of the last survey of the period; `factor: field:land,construction` pools groups of fields. */
  Type.Object({ survey: Text(60), factor: Type.Optional(Text(60)) }, strict),
  /** Band or points published of a family of indices for the year: `par-index`, `sipas`. */
  Type.Object({ index: Text(60) }, strict),
  Type.Object({ manual: Type.Literal(true) }, strict),
]);
export type ValueSource = Static<typeof ValueSource>;

export const MEASURES = ['percent', 'count', 'points', 'band'] as const;
export const DIRECTIONS = ['up', 'down'] as const;

/** What a target says, apart from whose it is and when. */
export const TargetTerms = Type.Object(
  {
    name: Text(300),
    source: Type.Object(
      {
        /** Number of the decision; empty where the source names none. */
        number: Type.String({ maxLength: 60 }),
        date: Type.Optional(Type.String({ pattern: DAY })),
        text: Text(1000),
      },
      strict,
    ),
    /** Who answers for it: a kind of office or a position, in words. */
    owner: Text(200),
    direction: Type.Enum(DIRECTIONS),
    /** Share in the unit's total; 0 counts for nothing. Weights need not add up. */
    weight: Type.Number({ minimum: 0, maximum: 1000 }),
    value: ValueSource,
    unit: Type.Enum(MEASURES),
    decimals: Type.Integer({ minimum: 0, maximum: 4 }),
    goal: Goal,
    /** The quantity planned: the value is what was done over it, in percent, and may pass 100. */
    planned: Type.Optional(
      Type.Object(
        {
          quantity: Type.Number({ exclusiveMinimum: 0 }),
          /** Worked out by us (suy ra), not published. */
          derived: Type.Boolean(),
          note: Type.Optional(Text(500)),
        },
        strict,
      ),
    ),
    /** Fewer cases than this below the line: no light. */
    minimumVolume: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Attainment from which what is not met counts as near, of 1; default 0.9. */
    nearShare: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    /** How many bands below the goal still count as near; default 0. */
    nearBands: Type.Optional(Type.Integer({ minimum: 0, maximum: 5 })),
    /** `count` grows with the working days that pass; `ratio` stays as it is; `none` says nothing. */
    forecast: Type.Enum(['count', 'ratio', 'none']),
    /** The figure of the period before, where a source states it. */
    base: Type.Optional(Type.Object({ value: Type.Number(), label: Text(100) }, strict)),
    note: Type.Optional(Text(1000)),
  },
  strict,
);
export type TargetTerms = Static<typeof TargetTerms>;

/** A result somebody published or entered: a fraction, a value or a band, up to the end of a day. */
export const EnteredValue = Type.Object(
  {
    asOf: Type.String({ pattern: DAY }),
    numerator: Type.Optional(Type.Number()),
    denominator: Type.Optional(Type.Number({ minimum: 0 })),
    value: Type.Optional(Type.Number()),
    band: Type.Optional(Text(40)),
    /** The source says “trên 90 %”: more than the value, not equal to it. */
    bound: Type.Optional(Type.Enum(['above', 'below'])),
    evidence: Text(1000),
  },
  strict,
);
export type EnteredValue = Static<typeof EnteredValue>;

/** A target as content: for whom, when, what. */
export const TargetDefinition = Type.Object(
  {
    id: Type.String({ pattern: CODE }),
    units: Type.Union([
      Type.Array(UnitRef, { minItems: 1 }),
      /** Every administrative unit of a level directly or further below. */
      Type.Object(
        {
          level: Type.Enum(['province', 'district', 'commune']),
          under: Type.Optional(Type.String({ pattern: '^\\d{2,5}$' })),
        },
        strict,
      ),
    ]),
    /** As periods of metrics are written: `2023`, `2023-09`, `2023-02-16..2023-12-31`. */
    period: Text(24),
    cutoff: Type.Optional(Type.Enum(['calendar', 'nd09'])),
    terms: TargetTerms,
    published: Type.Optional(Type.Array(EnteredValue)),
    verified: Type.Boolean(),
    doubt: Type.Optional(Text(1000)),
  },
  strict,
);
export type TargetDefinition = Static<typeof TargetDefinition>;

export const TargetFile = Type.Object({ targets: Type.Array(TargetDefinition, { minItems: 1 }) }, strict);
