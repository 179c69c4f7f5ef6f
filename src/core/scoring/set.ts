import Type, { type Static } from 'typebox';

const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,60}$' });
const Name = Type.String({ minLength: 1, maxLength: 400 });
const Points = Type.Number({ minimum: 0, maximum: 100_000 });

/**
 * How points are found from a measure. Ratios are numerator ÷ denominator; 1 is 100 %, more is allowed and counts as 1.
 * - `manual`: somebody gives points, with evidence.
 * - `linear`: from `from` (default 0: nothing up to there) to `full` (default 1: the maximum from there), straight between.
 * - `threshold`: the maximum from `at` upwards, else nothing.
 * - `bands`: the points of the first step whose `min` the ratio reaches; steps fall.
 * - `checklist`: as linear, the ratio being done ÷ all.
 * - `formula`: an expression (`readFormula`) of numerator, denominator, ratio and maximum; below 0 is 0, above the maximum
 *   is the maximum.
 */
export const ScoringRule = Type.Union([
  Type.Object({ kind: Type.Literal('manual') }, { additionalProperties: false }),
  Type.Object(
    {
      kind: Type.Literal('linear'),
      full: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
      from: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1 })),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('threshold'), at: Type.Number({ minimum: 0, maximum: 1 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('bands'),
      steps: Type.Array(Type.Object({ min: Type.Number({ minimum: 0 }), points: Points }), { minItems: 1 }),
    },
    { additionalProperties: false },
  ),
  Type.Object({ kind: Type.Literal('checklist') }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('formula'), expression: Type.String({ minLength: 1, maxLength: 400 }) },
    { additionalProperties: false },
  ),
]);
export type ScoringRule = Static<typeof ScoringRule>;

const leaf = {
  id: Id,
  name: Name,
  max: Points,
  rule: Type.Optional(ScoringRule),
  /**
   * What is measured for the rule: a metric, `procedures:<metric>` (procedures with something above its line, of all with
   * something below it), `register:<register>/<measure>`, `survey`, `survey:<group of fields>`, `ratings`,
   * `ratings:given`.
   */
  metric: Type.Optional(Type.String()),
  /** What a denominator of 0 gives; without it there is no score. */
  zeroDenominator: Type.Optional(Type.Union([Type.Literal('full'), Type.Literal('none')])),
  /** Levels of government it does not apply to: left out, or given in full. */
  notFor: Type.Optional(
    Type.Array(Type.Object({ level: Type.String(), treat: Type.Union([Type.Literal('skip'), Type.Literal('full')]) })),
  ),
  source: Type.Optional(Type.String()),
  verified: Type.Optional(Type.Boolean()),
  note: Type.Optional(Type.String()),
};
const SubCriterion = Type.Object(leaf, { additionalProperties: false });
export type SubCriterion = Static<typeof SubCriterion>;
/** A criterion is scored itself, or by sub-criteria (tiêu chí thành phần) whose maxima add up to its own. */
const Criterion = Type.Object(
  { ...leaf, criteria: Type.Optional(Type.Array(SubCriterion, { minItems: 1 })) },
  { additionalProperties: false },
);
export type Criterion = Static<typeof Criterion>;

const Domain = Type.Object(
  {
    id: Id,
    name: Name,
    max: Points,
    /** Part of the index it belongs to, where the set has parts. */
    part: Type.Optional(Id),
    criteria: Type.Optional(Type.Array(Criterion, { minItems: 1 })),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type Domain = Static<typeof Domain>;

const Part = Type.Object(
  {
    id: Id,
    name: Name,
    weight: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    /** The weight was never published: it is worked out from published results (suy ra). */
    derived: Type.Optional(Type.Boolean()),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
const Band = Type.Object({ min: Type.Number({ minimum: 0, maximum: 100 }), label: Name });
const Bands = Type.Object({
  /** By total ÷ maximum × 100. */
  total: Type.Optional(Type.Array(Band, { minItems: 1 })),
  /** By a domain's points ÷ maximum × 100. */
  domain: Type.Optional(Type.Array(Band, { minItems: 1 })),
  /** The limits were never published: they are worked out from published classes (suy ra). */
  derived: Type.Optional(Type.Boolean()),
});
/** One reading of a disputed place: what stands instead of what the set says. Nothing: the set as it is written. */
const SettingOption = Type.Object(
  {
    id: Id,
    name: Name,
    note: Type.Optional(Type.String()),
    /** In the place of the criteria of the same ids. */
    criteria: Type.Optional(Type.Array(Criterion, { minItems: 1 })),
    bands: Type.Optional(Bands),
  },
  { additionalProperties: false },
);
/**
 * A place of a set on which sources disagree, e.g. how 12 points are split: who opens a round, or scores a file, chooses a
 * reading, and the choice is kept with the set. `chosen` holds where nobody chooses.
 */
const Setting = Type.Object(
  {
    id: Id,
    name: Name,
    note: Type.Optional(Type.String()),
    chosen: Id,
    options: Type.Array(SettingOption, { minItems: 2 }),
  },
  { additionalProperties: false },
);
export type Setting = Static<typeof Setting>;
/** Indices of one kind are compared with each other over the years, whatever the set is called that year. */
export const FAMILIES = ['766', 'par-index', 'sipas', 'ddci', 'dti', 'papi', 'de-an-06', 'other'] as const;
export type Family = (typeof FAMILIES)[number];

/** An indicator set (bộ chỉ số) of one owner and period, as `content/sets/<id>.yaml` holds it. */
export const IndicatorSet = Type.Object(
  {
    id: Id,
    name: Name,
    family: Type.Optional(Type.Enum(FAMILIES)),
    level: Type.String(),
    owner: Type.String(),
    validFrom: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    validTo: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    max: Points,
    parts: Type.Optional(Type.Array(Part, { minItems: 1 })),
    domains: Type.Optional(Type.Array(Domain, { minItems: 1 })),
    bands: Type.Optional(Bands),
    settings: Type.Optional(Type.Array(Setting, { minItems: 1 })),
    source: Type.String(),
    verified: Type.Boolean(),
    /** Published elsewhere: parts and points are typed from what was published, nothing is scored here. */
    importOnly: Type.Optional(Type.Boolean()),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type IndicatorSet = Static<typeof IndicatorSet>;
export type Band = Static<typeof Band>;
